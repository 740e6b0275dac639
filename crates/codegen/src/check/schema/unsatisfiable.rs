//! `allOf` whose parts no value can satisfy together.

use std::collections::HashSet;

use postpress_openapi::{Cursor, Diagnostics, Node, NodeId, codes};

use super::label;
use super::types::{fits, is_nullable};
use crate::check::composition::{Composition, Reach};
use crate::check::index::Index;

/// Reports the schemas that no value fits, and gives them.
pub(super) fn check(
    index: &Index<'_>,
    in_cycles: &HashSet<NodeId>,
    out: &mut Diagnostics,
) -> HashSet<NodeId> {
    let composed = index
        .written_schemas()
        .filter(|schema| schema.node.get("allOf").is_some());
    let mut faulty: HashSet<NodeId> = HashSet::new();
    let mut conflicts = Vec::new();
    for schema in composed {
        let whole = Composition::of(index, [schema.clone()], Reach::Certain);
        let mut members = whole.members.iter();
        if members.any(|member| in_cycles.contains(&member.node.id())) {
            continue;
        }
        if let Some(message) = conflict(index, &whole) {
            faulty.insert(schema.node.id());
            conflicts.push((schema, whole, message));
        }
    }
    for (schema, whole, message) in conflicts {
        // Whatever contains a faulty part is faulty; the part is the place to mend.
        let mut parts = whole.members.iter().skip(1);
        if parts.any(|part| faulty.contains(&part.node.id())) {
            continue;
        }
        let at = schema
            .node
            .entry("allOf")
            .map_or(schema.key_at, |entry| entry.at);
        out.report_at(
            codes::UNSATISFIABLE_ALL_OF,
            at,
            &schema.pointer,
            format!(
                "no value fits all parts of this `allOf`, which is a JSON value then: {message}"
            ),
            "correct one of the parts, or use `oneOf` if a value fits one of them only",
        );
    }
    faulty
}

/// Why no value fits all of these, if that is certain.
fn conflict<'d>(index: &Index<'d>, whole: &Composition<'d>) -> Option<String> {
    if let Some(message) = plain_conflict(whole) {
        return Some(message);
    }
    // An object without a property that cannot have a value is still possible, unless the property is required.
    whole.required().into_iter().find_map(|name| {
        let definitions = whole.property(name);
        // With one definition, the parts do not disagree.
        if definitions.len() < 2 {
            return None;
        }
        let message = plain_conflict(&Composition::of(index, definitions, Reach::Certain))?;
        Some(format!(
            "the required property `{name}` would have to be two things, {message}"
        ))
    })
}

/// A conflict of types or of `enum`s.
fn plain_conflict(whole: &Composition<'_>) -> Option<String> {
    let name = |schema: &Cursor<'_>| format!("`{}`", label(schema));
    let typed: Vec<(&Cursor<'_>, &str)> = whole
        .members
        .iter()
        .filter_map(|member| Some((member, member.text("type")?)))
        .collect();
    if let Some((first, kind)) = typed.first() {
        let all_nullable = typed.iter().all(|(member, _)| is_nullable(member.node));
        let other = typed.iter().find(|(_, other)| !overlap(kind, other));
        if let (Some((second, other)), false) = (other, all_nullable) {
            return Some(format!(
                "{} is of the type `{kind}`, and {} of the type `{other}`",
                name(first),
                name(second)
            ));
        }
    }
    let lists: Vec<(&Cursor<'_>, &[Node])> = whole
        .members
        .iter()
        .map(|member| (member, member.node.list("enum")))
        .filter(|(_, values)| !values.is_empty())
        .collect();
    let ((first, values), others) = lists.split_first()?;
    // That its values fit its own type is another check.
    let is_first = |member: &Cursor<'_>| member.is(first);
    let possible = |value: &Node| {
        let lists = |others: &[Node]| others.iter().any(|other| other.same(value));
        (value.is_null() && whole.nullable)
            || typed
                .iter()
                .all(|(member, kind)| is_first(member) || fits(value, kind))
                && others.iter().all(|(_, values)| lists(values))
    };
    if values.iter().any(possible) {
        return None;
    }
    let second = match others.first() {
        Some((member, _)) => member,
        None => typed
            .iter()
            .map(|(member, _)| member)
            .find(|member| !is_first(member))?,
    };
    Some(format!(
        "no value of the `enum` of {} is allowed by {}",
        name(first),
        name(second)
    ))
}

/// Whether values can be of both types. Those that do not exist are reported elsewhere.
fn overlap(one: &str, other: &str) -> bool {
    let known = |kind: &str| super::types::TYPES.contains(&kind);
    one == other
        || matches!((one, other), ("integer", "number") | ("number", "integer"))
        || !known(one)
        || !known(other)
}
