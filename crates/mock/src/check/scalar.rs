//! Single values: texts, numbers, booleans, files.

use serde_json::Value;

use super::format::Format;
use super::{FieldTree, FieldValue, ProblemKind, Report, format, json};
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
        (FieldValue::Json(value), _) => {
            json::check_request(schema, value, at, report);
            return value.clone();
        }
        // Any value may be a file, as a schema without a type has it in OpenAPI 3.1.
        (FieldValue::File(part), false) if schema.types().is_empty() && !schema.has_members() => {
            return Value::from(*part);
        }
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
    if let [several @ .., last] = schema.types()
        && let Some(value) = several.iter().find_map(|it| typed(Some(*it), text).0)
    {
        return within(schema, &value).map(|()| value).or_else(|problem| {
            let value = typed(Some(*last), text).0.ok_or(problem)?;
            within(schema, &value).map(|()| value)
        });
    }
    let (value, expected) = typed(schema.types().last().copied(), text);
    let value = value.ok_or_else(|| {
        let message = format!("must be {expected}, and is {}", shown(text));
        (ProblemKind::Invalid, message)
    })?;
    within(schema, &value)?;
    Ok(value)
}

/// The text as a value of this type, and what it should be.
fn typed(json_type: Option<JsonType>, text: &str) -> (Option<Value>, &'static str) {
    match json_type {
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
    }
}

/// An integer in its one form: `7`, not `07`, `+7` or `7.0`.
fn whole_number(text: &str) -> Option<i64> {
    let number: i64 = text.parse().ok()?;
    (number.to_string() == text).then_some(number)
}

/// Checks the keywords that bound a single value.
pub(crate) fn within(schema: &Schema, value: &Value) -> Result<(), (ProblemKind, String)> {
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
        let least = schema
            .least
            .filter(|it| number < it.value || it.open && number == it.value);
        if let Some(least) = least {
            let than = if least.open {
                "greater than"
            } else {
                "at least"
            };
            return invalid(format!("must be {than} {}, and is {number}", least.value));
        }
        let most = schema
            .most
            .filter(|it| number > it.value || it.open && number == it.value);
        if let Some(most) = most {
            let than = if most.open { "less than" } else { "at most" };
            let message = format!("must be {than} {}, and is {number}", most.value);
            return Err((ProblemKind::TooHigh, message));
        }
        // Decimal fractions have no exact value, so that some are a little off.
        let rest = schema
            .multiple_of
            .map(|it| (it, (number / it) - (number / it).round()));
        if let Some((factor, _)) = rest.filter(|(_, rest)| rest.abs() > 1e-9) {
            return invalid(format!("must be a multiple of {factor}, and is {number}"));
        }
        if schema.format.as_deref() == Some("int32") && i32::try_from(number as i64).is_err() {
            return invalid(format!("must fit 32 bits, and is {number}"));
        }
    }
    let Some(text) = value.as_str() else {
        return Ok(());
    };
    let length = text.chars().count() as u64;
    if length < schema.min_length {
        return invalid(match length {
            0 => "must not be empty".to_owned(),
            _ => format!("must have at least {} characters", schema.min_length),
        });
    }
    if let Some(most) = schema.max_length.filter(|most| length > *most) {
        let message = format!("must have at most {most} characters, and has {length}");
        return Err((ProblemKind::TooLong, message));
    }
    let pattern = schema.pattern.as_ref().filter(|it| !it.is_match(text));
    if let Some(Format {
        what,
        example,
        fits,
    }) = schema.format.as_deref().and_then(format)
    {
        if pattern.is_some() || !fits(text) {
            let shown = shown(text);
            return invalid(format!("must be {what} such as {example}, and is {shown}"));
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
