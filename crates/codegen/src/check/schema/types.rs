//! `type`, what belongs to it, and values that fit it.

use postpress_openapi::{Cursor, Diagnostics, Node, Value, codes};

pub(super) fn check(schema: &Cursor<'_>, out: &mut Diagnostics) {
    let Some(kind) = schema.get("type") else {
        return;
    };
    // Other forms than text are reported by the walk.
    let Some(written) = kind.node.as_str() else {
        return;
    };
    if written == "array" && schema.node.get("items").is_none() {
        out.report_key(
            codes::MISSING_ITEMS,
            schema,
            "this array does not say what its items are, so they are any JSON values",
            "add `items` with their schema; `items: {}` stands for anything",
        );
    }
    check_default(schema, written, out);
}

fn check_default(schema: &Cursor<'_>, kind: &str, out: &mut Diagnostics) {
    let Some(default) = schema.get("default") else {
        return;
    };
    let is_null = default.node.is_null();
    let values = schema.node.list("enum");
    let is_listed = values.is_empty() || values.iter().any(|value| value.same(default.node));
    let fits_type = fits(default.node, kind) || (is_null && is_nullable(schema.node));
    let message = if !fits_type {
        let is = default.node.kind();
        format!("the default is {is}, but the type is `{kind}`")
    } else if !is_listed && !is_null {
        "the default is not among the values of `enum`".to_owned()
    } else {
        return;
    };
    let help = "correct it, or say in the `description` what happens without a value";
    out.report(codes::INVALID_DEFAULT, &default, message, help);
}

/// Whether a value is of a type. Every value is of a type that does not exist.
pub(crate) fn fits(value: &Node, kind: &str) -> bool {
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
    schema.flag("nullable") == Some(true)
}

/// The types that a schema can have.
pub(crate) const TYPES: [&str; 6] = ["string", "integer", "number", "boolean", "array", "object"];
