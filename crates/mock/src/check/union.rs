//! Unions: which branch was meant, and what is wrong with the fields of that branch.

use postpress_openapi::schema::{Kind, Schema};
use serde_json::Value;

use super::field_tree::member;
use super::{FieldTree, FieldValue, Report, decode_branch};

/// Decodes the one branch that fits. A tag decides, where the branches have one; otherwise all are tried.
pub(super) fn one_of(schema: &Schema, fields: &FieldTree, at: &str, report: &mut Report) -> Value {
    let branches: Vec<&Schema> = schema.branches().collect();
    let candidates: Vec<&Schema> = match tag(schema) {
        Some((tag, values)) => tagged(&branches, tag, &values, fields, at, report),
        None => branches.clone(),
    };
    let tried = tried(&branches, &candidates, fields, at, report.strict);
    let fitting = tried.iter().filter(|(_, it)| it.problems.is_empty());
    if fitting.count() > 1 {
        report.invalid(at, "fits more than one of its forms");
        return Value::Null;
    }
    // Where each branch lacks just one field, these are the choice.
    let missing = tried.iter().map(|(_, own)| match own.problems.as_slice() {
        [only] if only.kind == Kind::Missing => Some(only.field.as_str()),
        _ => None,
    });
    if let Some(choice) = missing.collect::<Option<Vec<&str>>>()
        && let [_, _, ..] = choice[..]
    {
        report.problem(Kind::Missing, &choice.join(" or "), "is required");
        return Value::Null;
    }
    nearest(tried, report)
}

/// Decodes the first branch that fits.
pub(super) fn any_of(schema: &Schema, fields: &FieldTree, at: &str, report: &mut Report) -> Value {
    let all: Vec<&Schema> = schema.branches().collect();
    nearest(tried(&[], &all, fields, at, report.strict), report)
}

/// What each of the candidates makes of the fields.
fn tried(
    branches: &[&Schema],
    candidates: &[&Schema],
    fields: &FieldTree,
    at: &str,
    strict: bool,
) -> Vec<(Value, Report)> {
    let tried = candidates.iter().map(|branch| {
        let others = branches.iter().copied();
        let others: Vec<&Schema> = others.filter(|it| !std::ptr::eq(*it, *branch)).collect();
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

/// The property that tells the branches apart, with the values of each: the discriminator, or else the one that has a single
/// value in each branch.
fn tag(schema: &Schema) -> Option<(&str, Vec<Vec<&str>>)> {
    if let Some(it) = &schema.discriminator {
        let values = it.values.iter();
        let values = values.map(|it| it.iter().map(String::as_str).collect());
        return Some((&it.property, values.collect()));
    }
    let mut names = schema.branches().next()?.properties.keys();
    let value = |it: &str| {
        let values = schema
            .branches()
            .map(|branch| Some(vec![branch.only_value(it)?]));
        values.collect::<Option<Vec<_>>>()
    };
    names.find_map(|name| Some((name.as_str(), value(name)?)))
}

/// The branch that the tag names, if it names one.
fn tagged<'s>(
    branches: &[&'s Schema],
    tag: &str,
    values: &[Vec<&str>],
    fields: &FieldTree,
    at: &str,
    report: &mut Report,
) -> Vec<&'s Schema> {
    let given = fields.children.get(tag);
    let text = given.and_then(|given| match given.values.as_slice() {
        [FieldValue::Text(text)] if given.children.is_empty() => Some(text.as_str()),
        _ => None,
    });
    let mut all = branches.iter().zip(values);
    let chosen = all.find(|(branch, values)| match given {
        Some(_) => text.is_some_and(|text| values.contains(&text)),
        None => !branch.required.contains(tag),
    });
    if chosen.is_none() {
        let field = member(at, tag);
        let values: Vec<String> = values
            .iter()
            .flatten()
            .map(|it| format!("`{it}`"))
            .collect();
        match given {
            Some(_) => report.invalid(&field, format!("must be one of {}", values.join(", "))),
            None => report.problem(Kind::Missing, &field, "is required"),
        }
    }
    chosen.map(|(branch, _)| *branch).into_iter().collect()
}
