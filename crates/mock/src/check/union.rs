//! Unions: which branch was meant, and what is wrong with the fields of that branch.

use serde_json::Value;

use super::field_tree::member;
use super::{FieldTree, FieldValue, ProblemKind, Report, decode_branch};
use crate::schema::Schema;

/// Decodes the one branch that fits. A tag decides, where the branches have one; otherwise all are tried.
pub(super) fn one_of(
    branches: &[Schema],
    fields: &FieldTree,
    at: &str,
    report: &mut Report,
) -> Value {
    let candidates: Vec<&Schema> = match tag(branches) {
        Some(tag) => tagged(branches, tag, fields, at, report),
        None => branches.iter().collect(),
    };
    let tried = tried(branches, &candidates, fields, at, report.strict);
    let fitting = tried.iter().filter(|(_, it)| it.problems.is_empty());
    if fitting.count() > 1 {
        report.invalid(at, "fits more than one of its forms");
        return Value::Null;
    }
    // Where each branch lacks just one field, these are the choice.
    let missing = tried.iter().map(|(_, own)| match own.problems.as_slice() {
        [only] if only.kind == ProblemKind::Missing => Some(only.field.as_str()),
        _ => None,
    });
    if let Some(choice) = missing.collect::<Option<Vec<&str>>>()
        && let [_, _, ..] = choice[..]
    {
        report.problem(ProblemKind::Missing, &choice.join(" or "), "is required");
        return Value::Null;
    }
    nearest(tried, report)
}

/// Decodes the first branch that fits.
pub(super) fn any_of(
    branches: &[Schema],
    fields: &FieldTree,
    at: &str,
    report: &mut Report,
) -> Value {
    let all: Vec<&Schema> = branches.iter().collect();
    nearest(tried(&[], &all, fields, at, report.strict), report)
}

/// What each of the candidates makes of the fields.
fn tried(
    branches: &[Schema],
    candidates: &[&Schema],
    fields: &FieldTree,
    at: &str,
    strict: bool,
) -> Vec<(Value, Report)> {
    let tried = candidates.iter().map(|branch| {
        let others = branches.iter().filter(|it| !std::ptr::eq(*it, *branch));
        let others: Vec<&Schema> = others.collect();
        let mut own = Report {
            strict,
            ..Report::default()
        };
        let value = decode_branch(branch, &others, fields, at, &mut own);
        (value, own)
    });
    tried.collect()
}

/// The branch with the fewest problems, which was most probably meant, with its report.
fn nearest(tried: Vec<(Value, Report)>, report: &mut Report) -> Value {
    let nearest = tried.into_iter().min_by_key(|(_, own)| own.problems.len());
    let Some((value, own)) = nearest else {
        return Value::Null;
    };
    report.problems.extend(own.problems);
    report.ignored.extend(own.ignored);
    value
}

/// The property that has a single value in each branch.
fn tag(branches: &[Schema]) -> Option<&str> {
    let mut names = branches.first()?.properties.keys();
    let tag = names.find(|name| branches.iter().all(|it| it.only_value(name).is_some()));
    tag.map(String::as_str)
}

/// The branch that the tag names, if it names one.
fn tagged<'s>(
    branches: &'s [Schema],
    tag: &str,
    fields: &FieldTree,
    at: &str,
    report: &mut Report,
) -> Vec<&'s Schema> {
    let given = fields.children.get(tag);
    let text = given.and_then(|given| match given.values.as_slice() {
        [FieldValue::Text(text)] if given.children.is_empty() => Some(text.as_str()),
        _ => None,
    });
    let chosen = branches.iter().find(|branch| match given {
        Some(_) => branch.only_value(tag) == text,
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
    chosen.into_iter().collect()
}
