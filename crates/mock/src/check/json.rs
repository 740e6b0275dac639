//! JSON against a schema: for chats that are put into the inbox, and for what the server answers.

use serde_json::Value;

use super::scalar;
use crate::document::{Kind, Schema};

/// What is wrong with `value`, each with where it is.
pub(crate) fn mistakes(schema: &Schema, value: &Value) -> Vec<String> {
    let mut mistakes = Vec::new();
    check(schema, value, "", &mut mistakes);
    mistakes
}

/// The branch of a union that `value` is, or comes nearest to.
pub(crate) fn branch<'s>(schema: &'s Schema, value: &Value) -> Option<&'s Schema> {
    let branches = schema.one_of.iter().chain(&schema.any_of);
    branches
        .min_by_key(|it| mistakes(it, value).len())
        .map(AsRef::as_ref)
}

fn check(schema: &Schema, value: &Value, at: &str, mistakes: &mut Vec<String>) {
    let mut wrong = |message: String| {
        let at = if at.is_empty() { "it" } else { at };
        mistakes.push(format!("{at} {message}"));
    };
    if !schema.one_of.is_empty() || !schema.any_of.is_empty() {
        let fitting = |branches: &[std::sync::Arc<Schema>]| {
            let fits = |it: &&std::sync::Arc<Schema>| self::mistakes(it, value).is_empty();
            branches.iter().filter(fits).count()
        };
        if !schema.one_of.is_empty() && fitting(&schema.one_of) != 1 {
            wrong(unfit(schema, value));
        }
        if !schema.any_of.is_empty() && fitting(&schema.any_of) == 0 {
            wrong(unfit(schema, value));
        }
        return;
    }
    if value.is_null() {
        let listed = schema.values.as_ref().is_none_or(|it| it.contains(value));
        if schema.kind.is_some() && !(schema.nullable && listed) {
            wrong("must not be null".to_owned());
        }
        return;
    }
    let fits = match schema.kind {
        None => true,
        Some(Kind::String) => value.is_string(),
        Some(Kind::Boolean) => value.is_boolean(),
        Some(Kind::Number) => value.is_number(),
        Some(Kind::Integer) => value.is_i64() || value.is_u64(),
        Some(Kind::Array) => value.is_array(),
        Some(Kind::Object) => value.is_object(),
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
    let branches = schema.one_of.iter().chain(&schema.any_of);
    let nearest = branches
        .map(|it| mistakes(it, value))
        .min_by_key(|mistakes| mistakes.len())
        .unwrap_or_default();
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
