//! Checks requests and chats against the schemas of the document.

mod field_tree;
mod json;
mod object;
mod scalar;
mod union;

use serde_json::Value;

pub(crate) use self::field_tree::{Content, FieldTree, FieldValue};
pub(crate) use self::json::{branch, mistakes};
use crate::api::{JsonType, Schema};

/// What was found while a request was decoded.
#[derive(Debug, Default)]
pub(crate) struct Report {
    pub(crate) problems: Vec<FieldProblem>,
    /// Names that the document does not know, which it does not forbid either.
    pub(crate) ignored: Vec<String>,
    /// Whether a text that looks like several members of a list is refused.
    pub(crate) strict: bool,
}

/// One thing that is wrong with a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FieldProblem {
    pub(crate) kind: ProblemKind,
    /// The name as it is sent: `linkedin[follow_up][subject]`.
    pub(crate) field: String,
    /// Continues a sentence that begins with the name: `is required`.
    pub(crate) message: String,
}

/// The kinds of problems that have error types of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ProblemKind {
    /// Something required is absent.
    Missing,
    /// A number is greater than the greatest that is allowed.
    TooHigh,
    /// A text has more characters than are allowed.
    TooLong,
    /// Anything else.
    Invalid,
}

impl Report {
    pub(crate) fn problem(&mut self, kind: ProblemKind, field: &str, message: impl Into<String>) {
        self.problems.push(FieldProblem {
            kind,
            field: field.to_owned(),
            message: message.into(),
        });
    }

    pub(crate) fn invalid(&mut self, field: &str, message: impl Into<String>) {
        self.problem(ProblemKind::Invalid, field, message);
    }
}

/// Decodes what was given for `at` as `schema` says, and reports all that is wrong with it.
///
/// A file becomes the index of its part. The result is of use only when there is no problem.
pub(crate) fn decode(schema: &Schema, fields: &FieldTree, at: &str, report: &mut Report) -> Value {
    if !schema.one_of.is_empty() {
        return union::one_of(&schema.one_of, fields, at, report);
    }
    if !schema.any_of.is_empty() {
        return union::any_of(&schema.any_of, fields, at, report);
    }
    match schema.json_type {
        Some(JsonType::Array) => array(schema, fields, at, report),
        Some(JsonType::Object) => object::decode(schema, &[], fields, at, report),
        None if !schema.properties.is_empty() => object::decode(schema, &[], fields, at, report),
        _ => scalar::decode(schema, fields, at, report),
    }
}

fn array(schema: &Schema, fields: &FieldTree, at: &str, report: &mut Report) -> Value {
    let any = Schema::default();
    let items = schema.items.as_deref().unwrap_or(&any);
    let nested = matches!(items.json_type, Some(JsonType::Object | JsonType::Array));
    let mut values = Vec::new();
    if nested || !items.one_of.is_empty() {
        // The standards are silent on lists of objects in forms; those who have them number the members.
        if !fields.values.is_empty() {
            report.invalid(at, format!("is a list of objects: number them, as {at}[0]"));
        }
        for (index, (key, item)) in fields.children.iter().enumerate() {
            if *key != index.to_string() {
                let message = format!("has {at}[{key}] where {at}[{index}] would be next");
                report.invalid(at, message);
            }
            values.push(decode(items, item, &format!("{at}[{key}]"), report));
        }
    } else {
        if let Some((key, _)) = fields.children.first() {
            let message = format!("is a list: repeat {at} instead of sending {at}[{key}]");
            report.invalid(at, message);
        }
        let all = fields.values.iter();
        values.extend(all.map(|value| {
            if let Content::Text(text) = &value.content
                && report.strict
                && let Some(how) = joined(text)
            {
                report.invalid(
                    at,
                    format!("is a list: send its members one by one, not {how}"),
                );
            }
            scalar::value(items, value, at, report)
        }));
    }
    let count = values.len() as u64;
    if let Some(least) = schema.min_items.filter(|least| count < *least) {
        report.invalid(at, format!("must have at least {least} members"));
    }
    if let Some(most) = schema.max_items.filter(|most| count > *most) {
        report.invalid(at, format!("must have at most {most} members"));
    }
    Value::Array(values)
}

/// How a text that should be one member of a list was made of several; `None` if it does not look like that.
fn joined(text: &str) -> Option<&'static str> {
    match serde_json::from_str::<Value>(text) {
        Ok(Value::Array(_)) => Some("as a JSON array"),
        _ if text.contains(',') => Some("with commas between them"),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
