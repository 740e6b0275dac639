//! Unions: which branch was meant, and what is wrong with that.

use std::sync::Arc;

use serde_json::Value;

use super::input::{Node, member};
use super::{Report, Sort, decode, object};
use crate::document::{Kind, Schema};

/// Decodes the one branch that fits. A tag decides, where the branches have one; otherwise all are tried.
pub(super) fn one_of(
    branches: &[Arc<Schema>],
    node: &Node,
    at: &str,
    report: &mut Report,
) -> Value {
    match tag(branches) {
        Some(tag) => tagged(branches, tag, node, at, report),
        None => tried(branches, node, at, report),
    }
}

/// Decodes the first branch that fits.
pub(super) fn any_of(
    branches: &[Arc<Schema>],
    node: &Node,
    at: &str,
    report: &mut Report,
) -> Value {
    let mut first = None;
    for branch in branches {
        let mut own = Report::default();
        let value = decode(branch, node, at, &mut own);
        if own.problems.is_empty() {
            report.ignored.append(&mut own.ignored);
            return value;
        }
        first.get_or_insert(own);
    }
    report.problems.extend(first.unwrap_or_default().problems);
    Value::Null
}

/// The property that has one value in each branch, and another in every branch.
fn tag(branches: &[Arc<Schema>]) -> Option<&str> {
    let (first, _) = branches.split_first()?;
    let mut names = first.properties.iter().map(|(name, _)| name.as_str());
    names.find(|name| branches.iter().all(|it| it.only_value(name).is_some()))
}

fn tagged(
    branches: &[Arc<Schema>],
    tag: &str,
    node: &Node,
    at: &str,
    report: &mut Report,
) -> Value {
    let field = member(at, tag);
    let chosen = match node.child(tag) {
        Some(given) => {
            let text = given.text();
            branches.iter().position(|it| it.only_value(tag) == text)
        }
        None => branches.iter().position(|it| !it.required.contains(tag)),
    };
    let Some(chosen) = chosen else {
        let values: Vec<String> = branches
            .iter()
            .filter_map(|it| Some(format!("`{}`", it.only_value(tag)?)))
            .collect();
        match node.child(tag) {
            Some(_) => report.invalid(&field, format!("must be one of {}", values.join(", "))),
            None => report.problem(Sort::Missing, &field, "is required"),
        }
        return Value::Null;
    };
    branch(branches, chosen, node, at, report)
}

fn tried(branches: &[Arc<Schema>], node: &Node, at: &str, report: &mut Report) -> Value {
    let mut outcomes: Vec<(Value, Report)> = (0..branches.len())
        .map(|index| {
            let mut own = Report::default();
            (branch(branches, index, node, at, &mut own), own)
        })
        .collect();
    let mut fitting = (0..outcomes.len()).filter(|index| outcomes[*index].1.problems.is_empty());
    let chosen = match (fitting.next(), fitting.next()) {
        (Some(only), None) => only,
        (Some(_), Some(_)) => {
            report.invalid(at, "fits more than one of its forms");
            return Value::Null;
        }
        (None, _) => {
            if let Some(choice) = all_missing(&outcomes) {
                report.problem(Sort::Missing, &choice, "is required");
                return Value::Null;
            }
            // What has the fewest problems is what was most probably meant.
            let fewest = (0..outcomes.len()).min_by_key(|index| outcomes[*index].1.problems.len());
            fewest.unwrap_or_default()
        }
    };
    let (value, own) = outcomes.swap_remove(chosen);
    report.problems.extend(own.problems);
    report.ignored.extend(own.ignored);
    value
}

/// Where each branch lacks just one field: these, to choose from.
fn all_missing(outcomes: &[(Value, Report)]) -> Option<String> {
    let fields: Option<Vec<&str>> = outcomes
        .iter()
        .map(|(_, own)| match own.problems.as_slice() {
            [only] if only.sort == Sort::Missing => Some(only.field.as_str()),
            _ => None,
        })
        .collect();
    Some(fields?.join(" or "))
}

fn branch(
    branches: &[Arc<Schema>],
    chosen: usize,
    node: &Node,
    at: &str,
    report: &mut Report,
) -> Value {
    let schema = &branches[chosen];
    if schema.kind != Some(Kind::Object) {
        return decode(schema, node, at, report);
    }
    let siblings: Vec<&Arc<Schema>> = branches
        .iter()
        .enumerate()
        .filter_map(|(index, it)| (index != chosen).then_some(it))
        .collect();
    object::decode(schema, &siblings, node, at, report)
}
