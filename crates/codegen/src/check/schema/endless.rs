//! Schemas that only endless values fit: an object that requires an object of the same kind, and so on for ever.

use std::collections::{HashMap, HashSet};

use postpress_openapi::{Cursor, Diagnostics, Node, NodeId, codes};

use super::label;
use super::types::is_nullable;
use crate::check::composition::{Composition, Reach};
use crate::check::index::Index;
use crate::check::wording::way;

pub(super) fn check(index: &Index<'_>, in_cycles: &HashSet<NodeId>, out: &mut Diagnostics) {
    let schemas = index.schemas.iter();
    let needs: Vec<Needs> = schemas
        .map(|schema| needs(index, in_cycles, schema))
        .collect();
    let finite = finite(&needs);
    let mut walked: HashSet<usize> = HashSet::new();
    for start in (0..needs.len()).filter(|number| !finite[*number]) {
        if let Some(cycle) = endless_cycle(&needs, &finite, start, &mut walked) {
            report(index, &cycle, out);
        }
    }
}

/// What must have a finite value for a schema to have one: of each group, one at least.
type Needs = Vec<Vec<usize>>;

fn needs<'d>(index: &Index<'d>, in_cycles: &HashSet<NodeId>, schema: &Cursor<'d>) -> Needs {
    let number = |schema: &Cursor<'d>| index.schema_number(schema.node);
    let node = schema.node;
    if node.get("$ref").is_some() {
        let target = index.resolve(schema);
        return target
            .iter()
            .filter_map(number)
            .map(|target| vec![target])
            .collect();
    }
    // Null is finite, and so are listed values. What is made of itself has been reported.
    if is_nullable(node) || node.get("enum").is_some() || in_cycles.contains(&node.id()) {
        return Needs::new();
    }
    let mut needs: Needs = schema
        .list("allOf")
        .filter_map(|part| Some(vec![number(&part)?]))
        .collect();
    for keyword in ["oneOf", "anyOf"] {
        let branches: Option<Vec<usize>> =
            schema.list(keyword).map(|branch| number(&branch)).collect();
        needs.extend(branches.filter(|branches| !branches.is_empty()));
    }
    let least = node.get("minItems").and_then(Node::as_i64);
    let inner = match node.text("type") {
        Some("array") if least > Some(0) => schema.get("items").into_iter().collect(),
        None | Some("object") => {
            let whole = Composition::of(index, [schema.clone()], Reach::Certain);
            let required = whole.required().into_iter();
            required.flat_map(|name| whole.property(name)).collect()
        }
        _ => Vec::new(),
    };
    needs.extend(inner.iter().filter_map(number).map(|inner| vec![inner]));
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

/// Walks from a schema without finite values to what it lacks, and on, until the walk comes back to where it has been.
/// `None` if it reaches where an earlier walk has been, and so the same circle.
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

fn report(index: &Index<'_>, cycle: &[usize], out: &mut Diagnostics) {
    let is_written = |number: &&usize| index.schemas[**number].node.get("$ref").is_none();
    // The schema that comes first in the document is the same one from wherever the circle was found.
    let Some(first) = cycle.iter().filter(is_written).min() else {
        return;
    };
    let turn = cycle.iter().position(|number| number == first).unwrap_or(0);
    let around = cycle[turn..].iter().chain(&cycle[..turn]).chain([first]);
    let steps: Vec<String> = around
        .map(|number| label(&index.schemas[*number]))
        .collect();
    out.report_key(
        codes::ENDLESS_SCHEMA,
        &index.schemas[*first],
        format!(
            "no value of this schema can ever be complete: {}",
            way(&steps)
        ),
        "make one of these properties optional or `nullable`, or an array that may be empty",
    );
}
