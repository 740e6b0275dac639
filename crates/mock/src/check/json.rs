//! Checks JSON against a schema: chats that are put into the inbox, and the bodies of responses.

use serde_json::Value;

use super::scalar;
use crate::schema::{JsonType, Schema};

/// What is wrong with `value`, each with its place.
pub(crate) fn mistakes(schema: &Schema, value: &Value) -> Vec<String> {
    let mut mistakes = Vec::new();
    check(schema, value, "", &mut mistakes);
    mistakes
}

/// The branch of a union that `value` is, or comes nearest to.
pub(crate) fn branch<'s>(schema: &'s Schema, value: &Value) -> Option<&'s Schema> {
    let branches = schema.one_of.iter().chain(&schema.any_of);
    branches.min_by_key(|it| mistakes(it, value).len())
}

fn check(schema: &Schema, value: &Value, at: &str, mistakes: &mut Vec<String>) {
    let mut wrong = |message: String| {
        let at = if at.is_empty() { "it" } else { at };
        mistakes.push(format!("{at} {message}"));
    };
    if !schema.one_of.is_empty() || !schema.any_of.is_empty() {
        let fits = |it: &&Schema| self::mistakes(it, value).is_empty();
        let one = schema.one_of.is_empty() || schema.one_of.iter().filter(fits).count() == 1;
        let any = schema.any_of.is_empty() || schema.any_of.iter().any(|it| fits(&it));
        if !(one && any) {
            wrong(unfit(schema, value));
        }
        return;
    }
    if value.is_null() {
        let listed = schema.values.as_ref().is_none_or(|it| it.contains(value));
        if schema.json_type.is_some() && !(schema.nullable && listed) {
            wrong("must not be null".to_owned());
        }
        return;
    }
    let fits = match schema.json_type {
        None => true,
        Some(JsonType::String) => value.is_string(),
        Some(JsonType::Boolean) => value.is_boolean(),
        Some(JsonType::Number) => value.is_number(),
        Some(JsonType::Integer) => value.is_i64() || value.is_u64(),
        Some(JsonType::Array) => value.is_array(),
        Some(JsonType::Object) => value.is_object(),
    };
    if !fits {
        return wrong(format!("is of the wrong type: {value}"));
    }
    if let Err((_, message)) = scalar::within(schema, value) {
        wrong(message);
    }
    if let (Some(items), Some(values)) = (&schema.items, value.as_array()) {
        for (index, item) in values.iter().enumerate() {
            check(items, item, &format!("{at}[{index}]"), mistakes);
        }
    }
    if let Some(members) = value.as_object() {
        for name in &schema.required {
            if !members.contains_key(name) {
                mistakes.push(format!("{} is required", child(at, name)));
            }
        }
        for (name, member) in members {
            if let Some(schema) = schema.property(name).or(schema.additional.as_deref()) {
                check(schema, member, &child(at, name), mistakes);
            }
        }
    }
}

/// Why a value fits no branch of a union: what is wrong with the one that it comes nearest to.
fn unfit(schema: &Schema, value: &Value) -> String {
    let nearest = branch(schema, value).map_or_else(Vec::new, |it| mistakes(it, value));
    if nearest.is_empty() {
        "fits more than one of its forms".to_owned()
    } else {
        format!("fits none of its forms ({})", nearest.join("; "))
    }
}

fn child(at: &str, name: &str) -> String {
    if at.is_empty() {
        name.to_owned()
    } else {
        format!("{at}.{name}")
    }
}
