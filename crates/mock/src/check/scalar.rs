//! Single values: texts, numbers, switches, files.

use serde_json::Value;

use super::input::{Given, Leaf, Node};
use super::{Report, Sort};
use crate::document::{Kind, Schema};
use crate::time::Moment;

/// How much of a wrong value an error repeats, in characters.
const SHOWN: usize = 40;

pub(super) fn decode(schema: &Schema, node: &Node, at: &str, report: &mut Report) -> Value {
    if let Some((key, _)) = node.children.first() {
        report.invalid(at, format!("is not an object, so there is no {at}[{key}]"));
    }
    match node.leaves.as_slice() {
        [leaf] if leaf.listed => {
            report.invalid(at, format!("is not a list: send {at}, not {at}[]"));
            Value::Null
        }
        [only] => self::leaf(schema, only, at, report),
        [] => Value::Null,
        several => {
            report.invalid(
                at,
                format!("must be given once, and is given {} times", several.len()),
            );
            Value::Null
        }
    }
}

/// Decodes one value, which is all of `at` or a member of the list `at`.
pub(super) fn leaf(schema: &Schema, leaf: &Leaf, at: &str, report: &mut Report) -> Value {
    match (&leaf.given, schema.is_file()) {
        (Given::File(part), true) => Value::from(*part),
        (Given::Text(text), false) => match text_value(schema, text) {
            Ok(value) => value,
            Err((sort, message)) => {
                report.problem(sort, at, message);
                Value::Null
            }
        },
        (Given::File(_), false) => {
            report.invalid(at, "is not a file: send it without a file name");
            Value::Null
        }
        (Given::Text(_), true) => {
            report.invalid(at, "is a file: its part needs a file name");
            Value::Null
        }
    }
}

fn text_value(schema: &Schema, text: &str) -> Result<Value, (Sort, String)> {
    let invalid = |message: String| (Sort::Invalid, message);
    let value = match schema.kind {
        Some(Kind::Integer) => whole_number(text)
            .ok_or_else(|| invalid(format!("must be a whole number, and is {}", shown(text))))?
            .into(),
        Some(Kind::Number) => text
            .parse()
            .ok()
            .filter(|number: &f64| number.is_finite())
            .ok_or_else(|| invalid(format!("must be a number, and is {}", shown(text))))?
            .into(),
        Some(Kind::Boolean) => match text {
            "true" => true.into(),
            "false" => false.into(),
            _ => {
                let message = format!("must be `true` or `false`, and is {}", shown(text));
                return Err(invalid(message));
            }
        },
        _ => Value::from(text),
    };
    within(schema, &value)?;
    Ok(value)
}

/// An integer in its one form: `7`, not `07`, `+7` or `7.0`.
fn whole_number(text: &str) -> Option<i64> {
    let number: i64 = text.parse().ok()?;
    (number.to_string() == text).then_some(number)
}

/// Checks the keywords that bound a single value.
pub(super) fn within(schema: &Schema, value: &Value) -> Result<(), (Sort, String)> {
    let invalid = |message: String| Err((Sort::Invalid, message));
    if let Some(values) = &schema.values
        && !values.contains(value)
    {
        let listed: Vec<String> = values.iter().map(named).collect();
        return invalid(match listed.as_slice() {
            [only] => format!("must be {only}, and is {}", named(value)),
            _ => format!(
                "must be one of {}, and is {}",
                listed.join(", "),
                named(value)
            ),
        });
    }
    if let Some(number) = value.as_f64() {
        if let Some(least) = schema.minimum.filter(|least| number < *least) {
            return invalid(format!("must be at least {least}, and is {number}"));
        }
        if let Some(most) = schema.maximum.filter(|most| number > *most) {
            let message = format!("must be at most {most}, and is {number}");
            return Err((Sort::TooHigh, message));
        }
    }
    if let Some(text) = value.as_str() {
        let length = text.chars().count() as u64;
        if let Some(least) = schema.min_length.filter(|least| length < *least) {
            return invalid(match length {
                0 => "must not be empty".to_owned(),
                _ => format!("must have at least {least} characters"),
            });
        }
        if let Some(most) = schema.max_length.filter(|most| length > *most) {
            let message = format!("must have at most {most} characters, and has {length}");
            return Err((Sort::TooLong, message));
        }
        if schema.format.as_deref() == Some("date-time") {
            let fits = schema.pattern.as_ref().is_none_or(|it| it.is_match(text));
            if !fits || Moment::parse(text).is_none() {
                let message = format!(
                    "must be a time such as 2026-05-17T09:42:11.000Z, and is {}",
                    shown(text)
                );
                return invalid(message);
            }
        } else if let Some(pattern) = &schema.pattern
            && !pattern.is_match(text)
        {
            let pattern = pattern.as_str();
            return invalid(format!("must match {pattern}, and is {}", shown(text)));
        }
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
