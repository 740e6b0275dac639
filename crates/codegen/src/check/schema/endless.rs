//! Schemas that only endless values fit: an object that requires an object of the same kind, and so on for ever.

use std::collections::{HashMap, HashSet};

use super::closure::{Closure, Reach};
use super::composition::label;
use super::types::is_nullable;
use crate::check::survey::{Address, Survey, address};
use crate::check::wording::way;
use postpress_openapi::diagnostic::{Diagnostics, codes};
use postpress_openapi::document::Node;

pub(super) fn check(survey: &Survey<'_>, in_cycles: &HashSet<Address>, out: &mut Diagnostics) {
    let needs: Vec<Needs> = survey
        .schemas
        .iter()
        .map(|place| needs(survey, in_cycles, place.node))
        .collect();
    let finite = finite(&needs);
    let mut walked: HashSet<usize> = HashSet::new();
    for start in (0..needs.len()).filter(|number| !finite[*number]) {
        if let Some(cycle) = endless_cycle(&needs, &finite, start, &mut walked) {
            report(survey, &cycle, out);
        }
    }
}

/// What must have a finite value for a schema to have one: of each group, one at least.
type Needs = Vec<Vec<usize>>;

fn needs<'d>(survey: &Survey<'d>, in_cycles: &HashSet<Address>, schema: &'d Node) -> Needs {
    let number = |node: &Node| survey.schema_number(node);
    if schema.get("$ref").is_some() {
        return survey
            .target(schema)
            .and_then(number)
            .map(|target| vec![vec![target]])
            .unwrap_or_default();
    }
    // Null is finite, and so are listed values. What is made of itself has been reported.
    if is_nullable(schema) || schema.get("enum").is_some() || in_cycles.contains(&address(schema)) {
        return Needs::new();
    }
    let mut needs = Needs::new();
    for part in schema.get("allOf").map_or(&[][..], Node::items) {
        needs.extend(number(part).map(|part| vec![part]));
    }
    for keyword in ["oneOf", "anyOf"] {
        let branches = schema.get(keyword).map_or(&[][..], Node::items);
        let numbers: Option<Vec<usize>> = branches.iter().map(number).collect();
        needs.extend(numbers.filter(|numbers| !numbers.is_empty()));
    }
    let kind = schema.get("type").and_then(Node::as_str);
    if kind == Some("array")
        && schema
            .get("minItems")
            .and_then(Node::as_i64)
            .is_some_and(|least| least > 0)
    {
        needs.extend(
            schema
                .get("items")
                .and_then(number)
                .map(|items| vec![items]),
        );
    }
    if kind.is_none_or(|kind| kind == "object") {
        let closure = Closure::of(survey, schema, Reach::Certain);
        for name in closure.required() {
            needs.extend(
                closure
                    .definitions(name)
                    .filter_map(number)
                    .map(|property| vec![property]),
            );
        }
    }
    needs
}

/// The least set of schemas that have a finite value: begin with none, and add until nothing is added.
fn finite(needs: &[Needs]) -> Vec<bool> {
    let mut finite = vec![false; needs.len()];
    let mut users: HashMap<usize, Vec<usize>> = HashMap::new();
    for (user, groups) in needs.iter().enumerate() {
        for used in groups.iter().flatten() {
            users.entry(*used).or_default().push(user);
        }
    }
    let mut waiting: Vec<usize> = (0..needs.len()).collect();
    while let Some(number) = waiting.pop() {
        let is_met = |group: &Vec<usize>| group.iter().any(|used| finite[*used]);
        if !finite[number] && needs[number].iter().all(is_met) {
            finite[number] = true;
            waiting.extend(users.get(&number).into_iter().flatten());
        }
    }
    finite
}

/// From a schema without finite values, always on to what it lacks, until that comes round. `None` if the way leads to
/// where an earlier one has been, and so to the same circle.
fn endless_cycle(
    needs: &[Needs],
    finite: &[bool],
    start: usize,
    walked: &mut HashSet<usize>,
) -> Option<Vec<usize>> {
    let mut way = Vec::new();
    let mut current = start;
    while walked.insert(current) {
        way.push(current);
        let lacking = needs[current]
            .iter()
            .find(|group| group.iter().all(|used| !finite[*used]))?;
        current = *lacking.first()?;
    }
    let from = way.iter().position(|number| *number == current)?;
    Some(way.split_off(from))
}

fn report(survey: &Survey<'_>, cycle: &[usize], out: &mut Diagnostics) {
    let place = |number: usize| &survey.schemas[number];
    let is_written = |number: &&usize| place(**number).node.get("$ref").is_none();
    // The schema that stands first in the document, for it is the same whichever way the circle was found.
    let Some(first) = cycle.iter().filter(is_written).min() else {
        return;
    };
    let turn = cycle.iter().position(|number| number == first).unwrap_or(0);
    let around = cycle[turn..].iter().chain(&cycle[..turn]).chain([first]);
    let steps: Vec<String> = around.map(|number| label(place(*number))).collect();
    out.error(
        place(*first).key_at,
        &place(*first).pointer,
        codes::ENDLESS_SCHEMA,
        format!(
            "no value of this schema can ever be complete: {}",
            way(&steps)
        ),
        "make one of these properties optional or `nullable`, or an array that may be empty",
    );
}
