//! Single values: texts, numbers, booleans, files.

use jiff::Timestamp;
use serde_json::Value;

use super::{FieldTree, FieldValue, ProblemKind, Report};
use crate::schema::{JsonType, Schema};

/// How much of a wrong value an error repeats, in characters.
const SHOWN: usize = 40;

pub(super) fn decode(schema: &Schema, fields: &FieldTree, at: &str, report: &mut Report) -> Value {
    if let Some(key) = fields.children.keys().next() {
        report.invalid(at, format!("is not an object, so there is no {at}[{key}]"));
    }
    match fields.values.as_slice() {
        [] => {}
        [_] if fields.listed => {
            report.invalid(at, format!("is not a list: send {at}, not {at}[]"));
        }
        [only] => return value(schema, only, at, report),
        several => {
            let count = several.len();
            let message = format!("must be given once, and is given {count} times");
            report.invalid(at, message);
        }
    }
    Value::Null
}

/// Decodes one value, which is all of `at` or a member of the list `at`.
pub(super) fn value(schema: &Schema, value: &FieldValue, at: &str, report: &mut Report) -> Value {
    match (value, schema.is_file()) {
        (FieldValue::File(part), true) => return Value::from(*part),
        (FieldValue::Text(text), false) => match text_value(schema, text) {
            Ok(value) => return value,
            Err((kind, message)) => report.problem(kind, at, message),
        },
        (FieldValue::File(_), false) => {
            report.invalid(at, "is not a file: send it without a file name");
        }
        (FieldValue::Text(_), true) => {
            report.invalid(at, "is a file: its part needs a file name");
        }
    }
    Value::Null
}

fn text_value(schema: &Schema, text: &str) -> Result<Value, (ProblemKind, String)> {
    let (value, expected) = match schema.json_type {
        Some(JsonType::Integer) => (whole_number(text).map(Value::from), "a whole number"),
        Some(JsonType::Number) => {
            let number = text.parse().ok().filter(|number: &f64| number.is_finite());
            (number.map(Value::from), "a number")
        }
        Some(JsonType::Boolean) => {
            let value = text.parse().ok().map(Value::Bool);
            (value, "`true` or `false`")
        }
        _ => (Some(Value::from(text)), "a text"),
    };
    let value = value.ok_or_else(|| {
        let message = format!("must be {expected}, and is {}", shown(text));
        (ProblemKind::Invalid, message)
    })?;
    within(schema, &value)?;
    Ok(value)
}

/// An integer in its one form: `7`, not `07`, `+7` or `7.0`.
fn whole_number(text: &str) -> Option<i64> {
    let number: i64 = text.parse().ok()?;
    (number.to_string() == text).then_some(number)
}

/// Checks the keywords that bound a single value.
pub(super) fn within(schema: &Schema, value: &Value) -> Result<(), (ProblemKind, String)> {
    let invalid = |message: String| Err((ProblemKind::Invalid, message));
    if let Some(values) = &schema.values
        && !values.contains(value)
    {
        let listed: Vec<String> = values.iter().map(named).collect();
        let one_of = if listed.len() == 1 { "" } else { "one of " };
        let listed = listed.join(", ");
        return invalid(format!("must be {one_of}{listed}, and is {}", named(value)));
    }
    if let Some(number) = value.as_f64() {
        if let Some(least) = schema.minimum.filter(|least| number < *least) {
            return invalid(format!("must be at least {least}, and is {number}"));
        }
        if let Some(most) = schema.maximum.filter(|most| number > *most) {
            let message = format!("must be at most {most}, and is {number}");
            return Err((ProblemKind::TooHigh, message));
        }
    }
    let Some(text) = value.as_str() else {
        return Ok(());
    };
    let length = text.chars().count() as u64;
    if let Some(least) = schema.min_length.filter(|least| length < *least) {
        return invalid(match length {
            0 => "must not be empty".to_owned(),
            _ => format!("must have at least {least} characters"),
        });
    }
    if let Some(most) = schema.max_length.filter(|most| length > *most) {
        let message = format!("must have at most {most} characters, and has {length}");
        return Err((ProblemKind::TooLong, message));
    }
    let pattern = schema.pattern.as_ref().filter(|it| !it.is_match(text));
    if schema.format.as_deref() == Some("date-time") {
        if pattern.is_some() || text.parse::<Timestamp>().is_err() {
            let example = "2026-05-17T09:42:11.000Z";
            return invalid(format!(
                "must be a time such as {example}, and is {}",
                shown(text)
            ));
        }
    } else if let Some(pattern) = pattern {
        return invalid(format!("must match {pattern}, and is {}", shown(text)));
    }
    Ok(())
}

fn named(value: &Value) -> String {
    match value {
        Value::String(text) => shown(text),
        other => other.to_string(),
    }
}

fn shown(text: &str) -> String {
    if text.is_empty() {
        return "empty".to_owned();
    }
    let start: String = text.chars().take(SHOWN).collect();
    let start = start.escape_debug();
    if text.chars().nth(SHOWN).is_some() {
        format!("`{start}...`")
    } else {
        format!("`{start}`")
    }
}
