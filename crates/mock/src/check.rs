//! Requests and chats against the schemas of the document.

mod input;
mod json;
mod object;
mod scalar;
mod union;

use serde_json::Value;

pub(crate) use self::input::{Given, Leaf, Node};
pub(crate) use self::json::{branch, mistakes};
use crate::document::{Kind, Schema};

/// What was found while a request was decoded.
#[derive(Debug, Default)]
pub(crate) struct Report {
    pub(crate) problems: Vec<Problem>,
    /// Names that the document does not know, which it does not forbid either.
    pub(crate) ignored: Vec<String>,
}

/// One thing that is wrong with a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Problem {
    pub(crate) sort: Sort,
    /// The name as it is sent: `linkedin[follow_up][subject]`.
    pub(crate) field: String,
    /// Goes on from the name: `is required`.
    pub(crate) message: String,
}

/// What kind of mistake it is; the error types tell some apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sort {
    /// Something needed is absent.
    Missing,
    /// A number is greater than the greatest that is allowed.
    TooHigh,
    /// A text has more characters than are allowed.
    TooLong,
    /// Anything else.
    Invalid,
}

impl Report {
    pub(crate) fn problem(&mut self, sort: Sort, field: &str, message: impl Into<String>) {
        self.problems.push(Problem {
            sort,
            field: field.to_owned(),
            message: message.into(),
        });
    }

    fn invalid(&mut self, field: &str, message: impl Into<String>) {
        self.problem(Sort::Invalid, field, message);
    }
}

/// Decodes what was given for `at` as `schema` says, and notes all that is wrong with it.
///
/// A file becomes the number of its part. The result is of use only when there is no problem.
pub(crate) fn decode(schema: &Schema, node: &Node, at: &str, report: &mut Report) -> Value {
    if !schema.one_of.is_empty() {
        return union::one_of(&schema.one_of, node, at, report);
    }
    if !schema.any_of.is_empty() {
        return union::any_of(&schema.any_of, node, at, report);
    }
    match schema.kind {
        Some(Kind::Array) => array(schema, node, at, report),
        Some(Kind::Object) => object::decode(schema, &[], node, at, report),
        None if !schema.properties.is_empty() => object::decode(schema, &[], node, at, report),
        _ => scalar::decode(schema, node, at, report),
    }
}

fn array(schema: &Schema, node: &Node, at: &str, report: &mut Report) -> Value {
    let any = Schema::default();
    let items = schema.items.as_deref().unwrap_or(&any);
    let indexed =
        matches!(items.kind, Some(Kind::Object | Kind::Array)) || !items.one_of.is_empty();
    let mut values = Vec::new();
    if indexed {
        // The standards are silent on lists of objects in forms; those who have them number the members.
        if !node.leaves.is_empty() {
            report.invalid(at, format!("is a list of objects: number them, as {at}[0]"));
        }
        for (index, (key, item)) in node.children.iter().enumerate() {
            if *key != index.to_string() {
                report.invalid(
                    at,
                    format!("has {at}[{key}] where {at}[{index}] would be next"),
                );
            }
            values.push(decode(items, item, &format!("{at}[{key}]"), report));
        }
    } else {
        if let Some((key, _)) = node.children.first() {
            report.invalid(
                at,
                format!("is a list: repeat {at} instead of sending {at}[{key}]"),
            );
        }
        for leaf in &node.leaves {
            values.push(scalar::leaf(items, leaf, at, report));
        }
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

#[cfg(test)]
mod tests;
