//! Unions: which branch was meant, and what is wrong with the fields of that branch.

use serde_json::Value;

use super::field_tree::{FieldTree, member};
use super::{ProblemKind, Report, decode, object};
use crate::api::{JsonType, Schema};

/// Decodes the one branch that fits. A tag decides, where the branches have one; otherwise all are tried.
pub(super) fn one_of(
    branches: &[Schema],
    fields: &FieldTree,
    at: &str,
    report: &mut Report,
) -> Value {
    let chosen = match tag(branches) {
        Some(tag) => chosen_by_tag(branches, tag, fields, at, report),
        None => chosen_by_trial(branches, fields, at, report),
    };
    chosen.map_or(Value::Null, |index| {
        branch(branches, index, fields, at, report)
    })
}

/// Decodes the first branch that fits. Where none does, the first has the problems.
pub(super) fn any_of(
    branches: &[Schema],
    fields: &FieldTree,
    at: &str,
    report: &mut Report,
) -> Value {
    let fits = |branch: &&Schema| {
        let mut own = Report::default();
        decode(branch, fields, at, &mut own);
        own.problems.is_empty()
    };
    let chosen = branches.iter().find(fits).or(branches.first());
    chosen.map_or(Value::Null, |it| decode(it, fields, at, report))
}

/// The property that has a single value in each branch.
fn tag(branches: &[Schema]) -> Option<&str> {
    let (first, _) = branches.split_first()?;
    let mut names = first.properties.iter().map(|(name, _)| name.as_str());
    names.find(|name| branches.iter().all(|it| it.only_value(name).is_some()))
}

fn chosen_by_tag(
    branches: &[Schema],
    tag: &str,
    fields: &FieldTree,
    at: &str,
    report: &mut Report,
) -> Option<usize> {
    let given = fields.child(tag).map(FieldTree::text);
    let chosen = branches.iter().position(|branch| match given {
        Some(text) => branch.only_value(tag) == text,
        None => !branch.required.contains(tag),
    });
    if chosen.is_none() {
        let field = member(at, tag);
        let values = branches.iter().filter_map(|it| it.only_value(tag));
        let values: Vec<String> = values.map(|value| format!("`{value}`")).collect();
        match given {
            Some(_) => report.invalid(&field, format!("must be one of {}", values.join(", "))),
            None => report.problem(ProblemKind::Missing, &field, "is required"),
        }
    }
    chosen
}

fn chosen_by_trial(
    branches: &[Schema],
    fields: &FieldTree,
    at: &str,
    report: &mut Report,
) -> Option<usize> {
    let problems = (0..branches.len()).map(|index| {
        let mut own = Report::default();
        branch(branches, index, fields, at, &mut own);
        own.problems
    });
    let problems: Vec<_> = problems.collect();
    match problems.iter().filter(|it| it.is_empty()).count() {
        0 | 1 => {}
        _ => {
            report.invalid(at, "fits more than one of its forms");
            return None;
        }
    }
    // Where each branch lacks just one field, these are the choice.
    let missing = problems.iter().map(|it| match it.as_slice() {
        [only] if only.kind == ProblemKind::Missing => Some(only.field.as_str()),
        _ => None,
    });
    if let Some(choice) = missing.collect::<Option<Vec<&str>>>() {
        report.problem(ProblemKind::Missing, &choice.join(" or "), "is required");
        return None;
    }
    // The branch with the fewest problems was most probably meant.
    (0..branches.len()).min_by_key(|index| problems[*index].len())
}

fn branch(
    branches: &[Schema],
    index: usize,
    fields: &FieldTree,
    at: &str,
    report: &mut Report,
) -> Value {
    let schema = &branches[index];
    if schema.json_type != Some(JsonType::Object) {
        return decode(schema, fields, at, report);
    }
    let siblings = branches.iter().enumerate();
    let siblings = siblings.filter_map(|(other, it)| (other != index).then_some(it));
    object::decode(schema, &siblings.collect::<Vec<_>>(), fields, at, report)
}
