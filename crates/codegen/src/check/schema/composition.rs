//! `allOf`, `oneOf`, `anyOf` and `not`: that they have parts, and that nothing is made of itself.

use std::collections::HashSet;

use crate::check::survey::{Address, Place, Survey, address};
use crate::check::wording::way;
use postpress_openapi::diagnostic::{Diagnostics, codes};
use postpress_openapi::document::Node;

pub(super) fn check_parts(place: &Place<'_>, out: &mut Diagnostics) {
    for keyword in ["allOf", "oneOf", "anyOf"] {
        let Some(list) = place.get(keyword) else {
            continue;
        };
        if list.node.as_array().is_some_and(<[_]>::is_empty) {
            out.error(
                list.key_at,
                &list.pointer,
                codes::EMPTY_COMPOSITION,
                format!("this `{keyword}` has no parts"),
                "list the schemas, or remove it",
            );
        }
    }
}

/// The schemas that apply to the same value as this one, with the keywords that say so.
fn parts(schema: &Node) -> impl Iterator<Item = (&'static str, &Node)> {
    let lists = ["allOf", "oneOf", "anyOf"].into_iter().flat_map(|keyword| {
        schema
            .get(keyword)
            .map_or(&[][..], Node::items)
            .iter()
            .map(move |item| (keyword, item))
    });
    lists.chain(schema.get("not").map(|negated| ("not", negated)))
}

/// Reports schemas that are made of themselves, each circle once, and gives all members of the circles.
///
/// A property may well have the type of its owner. But a schema that is one of its own parts says nothing: to check a
/// value against it means to check the value against it.
pub(super) fn check_cycles(survey: &Survey<'_>, out: &mut Diagnostics) -> HashSet<Address> {
    let mut finished: HashSet<Address> = HashSet::new();
    let mut in_cycles = HashSet::new();
    for start in survey.written_schemas() {
        // Depth first, on a stack of our own: chains of references can be long.
        let mut stack = vec![Step::new(survey, start.node, "")];
        let mut open: HashSet<Address> = HashSet::from([address(start.node)]);
        if finished.contains(&address(start.node)) {
            continue;
        }
        while let Some(step) = stack.last_mut() {
            let Some((keyword, part)) = step.waiting.pop() else {
                let done = address(step.schema);
                open.remove(&done);
                finished.insert(done);
                stack.pop();
                continue;
            };
            if open.contains(&address(part)) {
                let from = stack
                    .iter()
                    .position(|step| address(step.schema) == address(part))
                    .unwrap_or(0);
                let cycle = &stack[from..];
                in_cycles.extend(cycle.iter().map(|step| address(step.schema)));
                report(survey, cycle, keyword, out);
            } else if !finished.contains(&address(part)) {
                open.insert(address(part));
                stack.push(Step::new(survey, part, keyword));
            }
        }
    }
    in_cycles
}

struct Step<'d> {
    schema: &'d Node,
    /// The keyword that led here.
    keyword: &'static str,
    /// The last is next.
    waiting: Vec<(&'static str, &'d Node)>,
}

impl<'d> Step<'d> {
    fn new(survey: &Survey<'d>, schema: &'d Node, keyword: &'static str) -> Self {
        let mut waiting: Vec<_> = parts(schema)
            .filter_map(|(keyword, part)| Some((keyword, survey.target(part)?)))
            .collect();
        waiting.reverse();
        Self {
            schema,
            keyword,
            waiting,
        }
    }
}

fn report(survey: &Survey<'_>, cycle: &[Step<'_>], last_keyword: &str, out: &mut Diagnostics) {
    let Some(place) = cycle
        .first()
        .and_then(|first| place_of(survey, first.schema))
    else {
        return;
    };
    let name = |step: &Step<'_>| place_of(survey, step.schema).map(label).unwrap_or_default();
    let mut steps = vec![label(place)];
    for step in &cycle[1..] {
        steps.extend([step.keyword.to_owned(), name(step)]);
    }
    steps.extend([last_keyword.to_owned(), label(place)]);
    out.error(
        place.key_at,
        &place.pointer,
        codes::COMPOSITION_CYCLE,
        format!("this schema is made of itself: {}", way(&steps)),
        "remove one of these parts; to nest values of the same kind, put the reference into a property or into `items`",
    );
}

pub(super) fn place_of<'s, 'd>(survey: &'s Survey<'d>, schema: &Node) -> Option<&'s Place<'d>> {
    survey.schemas.get(survey.schema_number(schema)?)
}

/// A short name for a schema: `Chat`, `Chat.members`, or else its pointer.
pub(super) fn label(place: &Place<'_>) -> String {
    let pointer = place.pointer.as_str();
    match pointer.strip_prefix("#/components/schemas/") {
        Some(path) => path.replace("/properties/", "."),
        None => pointer.to_owned(),
    }
}
