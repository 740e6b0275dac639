//! `type`, what belongs to it, and values that fit it.

use super::keywords::{TYPES, type_help};
use crate::check::survey::Place;
use postpress_openapi::diagnostic::{Diagnostics, codes};
use postpress_openapi::document::{Node, Value};

pub(super) fn check(place: &Place<'_>, out: &mut Diagnostics) {
    let Some(kind) = place.get("type") else {
        return;
    };
    // Other forms than text are reported by the walk, and so is `null`.
    let Some(written) = kind.node.as_str().filter(|written| *written != "null") else {
        return;
    };
    if !TYPES.contains(&written) {
        out.error(
            kind.at(),
            &kind.pointer,
            codes::UNKNOWN_TYPE,
            format!("there is no type `{written}`"),
            type_help(written),
        );
    }
    if written == "array" && place.node.get("items").is_none() {
        out.error(
            place.key_at,
            &place.pointer,
            codes::MISSING_ITEMS,
            "this array does not say what its items are",
            "add `items` with their schema; `items: {}` stands for anything",
        );
    }
    check_default(place, written, out);
}

fn check_default(place: &Place<'_>, kind: &str, out: &mut Diagnostics) {
    let Some(default) = place.get("default") else {
        return;
    };
    let fits_type = fits(default.node, kind) || (default.node.is_null() && is_nullable(place.node));
    let listed = match place.node.get("enum").and_then(Node::as_array) {
        Some(values) if !values.is_empty() => values.iter().any(|value| value.same(default.node)),
        _ => true,
    };
    let message = if !fits_type {
        format!(
            "the default is {}, but the type is `{kind}`",
            default.node.kind()
        )
    } else if !listed && !default.node.is_null() {
        "the default is not among the values of `enum`".to_owned()
    } else {
        return;
    };
    out.warning(
        default.at(),
        &default.pointer,
        codes::INVALID_DEFAULT,
        message,
        "correct it, or say in the `description` what happens without a value",
    );
}

/// Whether a value is of a type. Every value is of a type that does not exist.
pub(super) fn fits(value: &Node, kind: &str) -> bool {
    match (kind, &value.value) {
        ("string", Value::String(_))
        | ("boolean", Value::Bool(_))
        | ("number", Value::Number(_))
        | ("array", Value::Array(_))
        | ("object", Value::Object(_)) => true,
        ("integer", Value::Number(number)) => {
            !number.is_f64() || number.as_f64().is_some_and(|value| value.fract() == 0.0)
        }
        _ => !TYPES.contains(&kind),
    }
}

pub(super) fn is_nullable(schema: &Node) -> bool {
    schema.get("nullable").and_then(Node::as_bool) == Some(true)
}
