//! `allOf` whose parts no value can satisfy together.

use std::collections::HashSet;

use super::closure::{Closure, Reach, is_maybe_null};
use super::composition::{label, place_of};
use super::types::fits;
use crate::check::survey::{Address, Place, Survey, address};
use postpress_openapi::diagnostic::{Diagnostics, codes};
use postpress_openapi::document::Node;

pub(super) fn check(survey: &Survey<'_>, in_cycles: &HashSet<Address>, out: &mut Diagnostics) {
    let composed: Vec<&Place<'_>> = survey
        .written_schemas()
        .filter(|place| place.node.get("allOf").is_some())
        .collect();
    let conflicts: Vec<Option<String>> = composed
        .iter()
        .map(|place| {
            let closure = Closure::of(survey, place.node, Reach::Certain);
            let is_circular = closure
                .members
                .iter()
                .any(|member| in_cycles.contains(&address(member)));
            if is_circular {
                None
            } else {
                conflict(survey, &closure)
            }
        })
        .collect();
    let faulty: HashSet<Address> = composed
        .iter()
        .zip(&conflicts)
        .filter(|(_, conflict)| conflict.is_some())
        .map(|(place, _)| address(place.node))
        .collect();
    for (place, conflict) in composed.iter().zip(conflicts) {
        let Some(message) = conflict else { continue };
        // Whatever contains a faulty part is faulty; the part is the place to mend.
        let parts = Closure::of(survey, place.node, Reach::Certain);
        if parts
            .members
            .iter()
            .skip(1)
            .any(|member| faulty.contains(&address(member)))
        {
            continue;
        }
        let at = place
            .node
            .entry("allOf")
            .map_or(place.key_at, |entry| entry.at);
        out.error(
            at,
            &place.pointer,
            codes::UNSATISFIABLE_ALL_OF,
            format!("no value fits all parts of this `allOf`: {message}"),
            "correct one of the parts, or use `oneOf` if a value fits one of them only",
        );
    }
}

/// Why no value fits all of these, if that is certain.
fn conflict(survey: &Survey<'_>, closure: &Closure<'_>) -> Option<String> {
    if let Some(message) = plain_conflict(survey, &closure.members) {
        return Some(message);
    }
    // An object without a property that cannot have a value is still possible, unless the property is required.
    closure.required().into_iter().find_map(|name| {
        let definitions = Closure::of_all(survey, closure.definitions(name), Reach::Certain);
        // One definition is no matter of the parts disagreeing.
        if closure.definitions(name).count() < 2 {
            return None;
        }
        let message = plain_conflict(survey, &definitions.members)?;
        Some(format!(
            "the required property `{name}` would have to be two things, {message}"
        ))
    })
}

/// A conflict of types or of `enum`s.
fn plain_conflict(survey: &Survey<'_>, members: &[&Node]) -> Option<String> {
    let typed: Vec<(&Node, &str)> = members
        .iter()
        .filter_map(|member| Some((*member, member.get("type")?.as_str()?)))
        .collect();
    if let Some((first, kind)) = typed.first() {
        let all_nullable = typed.iter().all(|(member, _)| is_maybe_null(&[*member]));
        let other = typed.iter().find(|(_, other)| !overlap(kind, other));
        if let (Some((second, other)), false) = (other, all_nullable) {
            return Some(format!(
                "{} is of the type `{kind}`, and {} of the type `{other}`",
                name(survey, first),
                name(survey, second)
            ));
        }
    }
    let lists: Vec<(&Node, &[Node])> = members
        .iter()
        .filter_map(|member| Some((*member, member.get("enum")?.as_array()?)))
        .filter(|(_, values)| !values.is_empty())
        .collect();
    let (first, values) = lists.first()?;
    // That its values fit its own type is another check.
    let is_first = |member: &Node| std::ptr::eq(member, *first);
    let possible = |value: &Node| {
        (value.is_null() && is_maybe_null(members))
            || typed
                .iter()
                .all(|(member, kind)| is_first(member) || fits(value, kind))
                && lists
                    .iter()
                    .skip(1)
                    .all(|(_, others)| others.iter().any(|other| other.same(value)))
    };
    if values.iter().any(possible) {
        return None;
    }
    let second = lists.get(1).map_or_else(
        || {
            typed
                .iter()
                .map(|(member, _)| *member)
                .find(|member| !is_first(member))
        },
        |(member, _)| Some(*member),
    )?;
    Some(format!(
        "no value of the `enum` of {} is allowed by {}",
        name(survey, first),
        name(survey, second)
    ))
}

/// Whether values can be of both types. Those that do not exist are reported elsewhere.
fn overlap(one: &str, other: &str) -> bool {
    let known = |kind: &str| super::keywords::TYPES.contains(&kind);
    one == other
        || matches!((one, other), ("integer", "number") | ("number", "integer"))
        || !known(one)
        || !known(other)
}

fn name(survey: &Survey<'_>, schema: &Node) -> String {
    place_of(survey, schema).map_or_else(|| "one".to_owned(), |place| format!("`{}`", label(place)))
}
