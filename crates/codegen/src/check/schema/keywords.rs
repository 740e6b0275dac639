//! Keywords of other versions of JSON Schema, each with the way OpenAPI 3.0 says the same.

use postpress_openapi::{Cursor, Diagnostics, Node, Value, codes};

use crate::check::wording::did_you_mean;

/// What to write in place of a keyword that constrains or defines something: to ignore it would change what the schema
/// means.
fn instead(key: &str) -> Option<&'static str> {
    Some(match key {
        "const" => "write `enum` with this one value",
        "$defs" => "move these schemas to `components/schemas`",
        "$id" | "$anchor" => "remove it; references are `#/...` pointers into the document",
        "$dynamicRef" | "$recursiveRef" => "use `$ref`",
        "$dynamicAnchor" | "$recursiveAnchor" => "remove it, and use `$ref`",
        "prefixItems" => "write `items` with an `anyOf` of the kinds of items",
        "contains" | "minContains" | "maxContains" | "propertyNames" | "contentSchema" => {
            "remove it, and say it in the `description`"
        }
        "if" | "then" | "else" => "write `oneOf` with a schema for each case",
        "dependentRequired" | "dependentSchemas" => "write `anyOf` with a schema for each case",
        "patternProperties" => "write `additionalProperties` with the schema of the values",
        "unevaluatedProperties" => "write `additionalProperties`",
        "unevaluatedItems" => "remove it; `items` covers every item",
        "contentEncoding" => "write `format: byte` for base64",
        "contentMediaType" => {
            "write `format: binary`, and the media type in `content` or `encoding`"
        }
        _ => return None,
    })
}

/// What to write in place of a keyword that only comments.
fn remark_instead(key: &str) -> Option<&'static str> {
    Some(match key {
        "examples" => "write `example` with one of them",
        "$comment" => "write a YAML comment, or `x-comment`",
        "$schema" | "$vocabulary" => "remove it",
        _ => return None,
    })
}

/// Whether an unknown keyword is one of a newer JSON Schema, which is then reported.
pub(in crate::check) fn is_newer(keyword: &Cursor<'_>, key: &str, out: &mut Diagnostics) -> bool {
    let message = format!("the keyword `{key}` exists from OpenAPI 3.1 on");
    if let Some(help) = instead(key) {
        out.report_key(codes::NEWER_KEYWORD, keyword, message, help);
    } else if let Some(help) = remark_instead(key) {
        let message = format!("{message}; it has no effect");
        out.report_key(codes::UNKNOWN_FIELD, keyword, message, help);
    } else {
        return false;
    }
    true
}

/// Whether a known keyword is written in a form that OpenAPI 3.0 does not have, which is then reported.
pub(in crate::check) fn has_newer_form(
    keyword: &Cursor<'_>,
    key: &str,
    out: &mut Diagnostics,
) -> bool {
    let (message, help) = match (key, &keyword.node.value) {
        ("type", Value::Array(types)) => (
            "a list of types exists from OpenAPI 3.1 on".to_owned(),
            type_list_help(types),
        ),
        ("type", kind) if matches!(kind, Value::Null) || keyword.node.as_str() == Some("null") => (
            "the type `null` exists from OpenAPI 3.1 on".to_owned(),
            "write `nullable: true` beside the type of the other values".to_owned(),
        ),
        ("exclusiveMinimum" | "exclusiveMaximum", Value::Number(number)) => {
            let bound = key.replace("exclusiveM", "m");
            (
                format!("`{key}` with a number exists from OpenAPI 3.1 on"),
                format!("write `{bound}: {number}` and `{key}: true`"),
            )
        }
        ("items", Value::Array(_)) => (
            "OpenAPI 3.0 has one schema for all items and no list of them".to_owned(),
            "write `items` with an `anyOf` of the kinds of items".to_owned(),
        ),
        ("required", Value::Bool(_)) => {
            out.report(
                codes::WRONG_TYPE,
                keyword,
                "`required` must be a list of property names, but is a boolean",
                "name the property in the `required` list of the object that has it",
            );
            return true;
        }
        _ => return false,
    };
    out.report_key(codes::NEWER_KEYWORD, keyword, message, help);
    true
}

/// A `true` or `false` in the place of a schema.
pub(in crate::check) fn boolean_schema(schema: &Cursor<'_>, out: &mut Diagnostics) {
    let help = match schema.node.as_bool() {
        Some(true) => "write `{}` for any value",
        _ => "write `not: {}` for no value",
    };
    let message = "`true` and `false` are schemas from OpenAPI 3.1 on";
    out.report_key(codes::NEWER_KEYWORD, schema, message, help);
}

fn type_list_help(types: &[Node]) -> String {
    let (null, others): (Vec<_>, Vec<_>) =
        types.iter().partition(|kind| kind.as_str() == Some("null"));
    match (others.as_slice(), null.is_empty()) {
        ([one], is_not_null) => {
            let kind = one.as_str().unwrap_or("string");
            let nullable = if is_not_null {
                ""
            } else {
                " and `nullable: true`"
            };
            format!("write `type: {kind}`{nullable}")
        }
        (_, true) => "write `anyOf` with a schema for each type".to_owned(),
        (_, false) => "write `anyOf` with a schema for each type, and `nullable: true`".to_owned(),
    }
}

/// The types that a schema can have.
pub(super) const TYPES: [&str; 6] = ["string", "integer", "number", "boolean", "array", "object"];

/// What to write in the place of an unknown type.
pub(super) fn type_help(written: &str) -> String {
    match written {
        "file" => "write `type: string` and `format: binary`".to_owned(),
        "date" | "date-time" | "uuid" | "email" | "uri" | "binary" | "byte" | "password" => {
            format!("write `type: string` and `format: {written}`")
        }
        "int" | "int32" | "int64" | "long" => "write `type: integer`".to_owned(),
        "float" | "double" | "decimal" => "write `type: number`".to_owned(),
        "bool" => "write `type: boolean`".to_owned(),
        "str" | "text" => "write `type: string`".to_owned(),
        "list" => "write `type: array`".to_owned(),
        "dict" | "map" | "hash" => "write `type: object`".to_owned(),
        "any" => "leave `type` out for any value".to_owned(),
        _ => did_you_mean(written, TYPES, || {
            "use `string`, `integer`, `number`, `boolean`, `array` or `object`".to_owned()
        }),
    }
}
