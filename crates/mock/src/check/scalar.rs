//! Single values: texts, numbers, booleans, files.

use postpress_openapi::schema::{JsonType, Kind, Schema, shown, within};
use serde_json::Value;

use super::{FieldTree, FieldValue, Report};

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
            report.json(schema, value, at);
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

fn text_value(schema: &Schema, text: &str) -> Result<Value, (Kind, String)> {
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
        (Kind::Invalid, message)
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
