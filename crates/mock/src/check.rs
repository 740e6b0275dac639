//! Checks requests and chats against the schemas of the document.

mod field_tree;
mod format;
mod scalar;
mod union;

use postpress_openapi::schema::{JsonType, Kind, Schema, problems};
use serde_json::{Map, Value};

use self::field_tree::member;
pub(crate) use self::field_tree::{FieldTree, FieldValue};
pub(crate) use self::format::format;

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
    pub(crate) kind: Kind,
    /// The name as it is sent: `linkedin[follow_up][subject]`.
    pub(crate) field: String,
    /// Continues a sentence that begins with the name: `is required`.
    pub(crate) message: String,
}

impl Report {
    pub(crate) fn problem(&mut self, kind: Kind, field: &str, message: impl Into<String>) {
        self.problems.push(FieldProblem {
            kind,
            field: field.to_owned(),
            message: message.into(),
        });
    }

    pub(crate) fn invalid(&mut self, field: &str, message: impl Into<String>) {
        self.problem(Kind::Invalid, field, message);
    }

    /// Notes what is wrong with JSON that was given for `at`.
    fn json(&mut self, schema: &Schema, value: &Value, at: &str) {
        let problems = problems(schema, value, true).into_iter();
        for problem in problems.filter(|it| it.kind != Kind::Unknown) {
            let inner = problem.field();
            let is_joined = at.is_empty() || inner.is_empty() || inner.starts_with('[');
            let dot = if is_joined { "" } else { "." };
            self.problem(problem.kind, &format!("{at}{dot}{inner}"), problem.message);
        }
    }
}

/// What is wrong with a response of `value`, each with its place.
pub(crate) fn mistakes(schema: &Schema, value: &Value) -> Vec<String> {
    let problems = problems(schema, value, false).into_iter();
    let wrong = problems.filter(|it| it.kind != Kind::Unknown);
    wrong.map(|it| it.to_string()).collect()
}

/// Decodes what was given for `at` as `schema` says, and reports all that is wrong with it.
///
/// A file becomes the index of its part. The result is of use only when there is no problem.
pub(crate) fn decode(schema: &Schema, fields: &FieldTree, at: &str, report: &mut Report) -> Value {
    decode_branch(schema, &[], fields, at, report)
}

/// Decodes one branch of a union. Members of the other branches do not belong in it.
fn decode_branch(
    schema: &Schema,
    others: &[&Schema],
    fields: &FieldTree,
    at: &str,
    report: &mut Report,
) -> Value {
    let json_type = schema.json_type();
    if let [json @ FieldValue::Json(_)] = fields.values.as_slice()
        && json_type != Some(JsonType::Array)
    {
        return scalar::value(schema, json, at, report);
    }
    if !schema.one_of.is_empty() {
        return union::one_of(schema, fields, at, report);
    }
    if !schema.any_of.is_empty() {
        return union::any_of(schema, fields, at, report);
    }
    match json_type {
        Some(JsonType::Array) => array(schema, fields, at, report),
        Some(JsonType::Object) => object(schema, others, fields, at, report),
        _ => scalar::decode(schema, fields, at, report),
    }
}

/// Lists of texts, numbers, files and JSON. No standard says how fields in brackets are a list of objects.
fn array(schema: &Schema, fields: &FieldTree, at: &str, report: &mut Report) -> Value {
    let any = Schema::default();
    let items = schema.items.as_deref().unwrap_or(&any);
    if let Some(key) = fields.children.keys().next() {
        let message = format!("is a list: repeat {at} instead of sending {at}[{key}]");
        report.invalid(at, message);
    }
    let values = fields.values.iter().map(|value| {
        if let FieldValue::Text(text) = value
            && report.strict
            && let Some(how) = joined(text)
        {
            let message = format!("is a list: send its members one by one, not {how}");
            report.invalid(at, message);
        }
        scalar::value(items, value, at, report)
    });
    let values: Vec<Value> = values.collect();
    let count = values.len() as u64;
    if count < schema.min_items {
        report.invalid(
            at,
            format!("must have at least {} members", schema.min_items),
        );
    }
    if let Some(most) = schema.max_items.filter(|most| count > *most) {
        report.invalid(at, format!("must have at most {most} members"));
    }
    Value::Array(values)
}

fn object(
    schema: &Schema,
    others: &[&Schema],
    fields: &FieldTree,
    at: &str,
    report: &mut Report,
) -> Value {
    if !fields.values.is_empty() {
        let example = schema
            .properties
            .keys()
            .next()
            .map_or("name", String::as_str);
        let message = format!("is an object: send its members one by one, as {at}[{example}]");
        report.invalid(at, message);
    }
    let mut members = Map::new();
    for (name, property) in &schema.properties {
        let field = member(at, name);
        if let Some(given) = fields.children.get(name) {
            members.insert(name.clone(), decode(property, given, &field, report));
        } else if schema.required.contains(name) && !property.read_only {
            report.problem(Kind::Missing, &field, "is required");
        }
    }
    for (name, given) in &fields.children {
        let field = member(at, name);
        if schema.property(name).is_some() {
            continue;
        } else if let Some(additional) = &schema.additional {
            members.insert(name.clone(), decode(additional, given, &field, report));
        } else if others.iter().any(|it| it.property(name).is_some()) {
            let mark = mark(schema, others, at);
            report.invalid(&field, format!("does not go with {mark}"));
        } else if schema.is_closed {
            report.invalid(&field, "must not be given");
        } else {
            report.ignored.push(field);
        }
    }
    Value::Object(members)
}

/// The first member that tells a branch from the others.
fn mark(schema: &Schema, others: &[&Schema], at: &str) -> String {
    let mut marks = schema.properties.keys().filter_map(|name| {
        let is_own = others.iter().all(|it| it.property(name).is_none());
        match schema.only_value(name) {
            Some(value) => Some(format!("{}={value}", member(at, name))),
            None => is_own.then(|| member(at, name)),
        }
    });
    marks
        .next()
        .unwrap_or_else(|| "the other fields".to_owned())
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
pub(crate) mod tests;
