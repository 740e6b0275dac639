//! Keywords of newer and older versions of JSON Schema, each with the way OpenAPI 3.0 says the same.

use crate::check::survey::Place;
use crate::check::wording::did_you_mean;
use postpress_openapi::diagnostic::{Diagnostics, codes};
use postpress_openapi::document::{Node, Value};

/// Keywords that constrain or define something: to ignore one would change what the schema means.
const CONSTRAINTS: &[(&str, &str)] = &[
    ("const", "write `enum` with this one value"),
    ("$defs", "move these schemas to `components/schemas`"),
    (
        "$id",
        "remove it; references are `#/...` pointers into the document",
    ),
    (
        "$anchor",
        "remove it; references are `#/...` pointers into the document",
    ),
    ("$dynamicRef", "use `$ref`"),
    ("$dynamicAnchor", "remove it, and use `$ref`"),
    ("$recursiveRef", "use `$ref`"),
    ("$recursiveAnchor", "remove it, and use `$ref`"),
    (
        "prefixItems",
        "write `items` with an `anyOf` of the kinds of items",
    ),
    ("contains", "remove it, and say it in the `description`"),
    ("minContains", "remove it, and say it in the `description`"),
    ("maxContains", "remove it, and say it in the `description`"),
    ("if", "write `oneOf` with a schema for each case"),
    ("then", "write `oneOf` with a schema for each case"),
    ("else", "write `oneOf` with a schema for each case"),
    (
        "dependentRequired",
        "write `anyOf` with a schema for each case",
    ),
    (
        "dependentSchemas",
        "write `anyOf` with a schema for each case",
    ),
    (
        "patternProperties",
        "write `additionalProperties` with the schema of the values",
    ),
    (
        "propertyNames",
        "remove it, and say it in the `description`",
    ),
    ("unevaluatedProperties", "write `additionalProperties`"),
    ("unevaluatedItems", "remove it; `items` covers every item"),
    ("contentEncoding", "write `format: byte` for base64"),
    (
        "contentMediaType",
        "write `format: binary`, and the media type in `content` or `encoding`",
    ),
    (
        "contentSchema",
        "remove it, and say it in the `description`",
    ),
];

/// Keywords that only comment.
const REMARKS: &[(&str, &str)] = &[
    ("examples", "write `example` with one of them"),
    ("$comment", "write a YAML comment, or `x-comment`"),
    ("$schema", "remove it"),
    ("$vocabulary", "remove it"),
];

/// Whether an unknown keyword is one of a newer JSON Schema, which is then reported.
pub(in crate::check) fn is_newer(place: &Place<'_>, key: &str, out: &mut Diagnostics) -> bool {
    let find = |list: &[(&str, &'static str)]| {
        list.iter()
            .find(|(keyword, _)| *keyword == key)
            .map(|(_, help)| *help)
    };
    let message = format!("the keyword `{key}` exists from OpenAPI 3.1 on");
    if let Some(help) = find(CONSTRAINTS) {
        newer(place, message, help, out);
    } else if let Some(help) = find(REMARKS) {
        out.warning(
            place.key_at,
            &place.pointer,
            codes::NEWER_KEYWORD,
            format!("{message}; it has no effect"),
            help,
        );
    } else {
        return false;
    }
    true
}

/// Whether a known keyword is written in a form that OpenAPI 3.0 does not have, which is then reported.
pub(in crate::check) fn has_newer_form(
    place: &Place<'_>,
    key: &str,
    out: &mut Diagnostics,
) -> bool {
    match (key, &place.node.value) {
        ("type", Value::Array(types)) => {
            let help = type_list_help(types);
            newer(
                place,
                "a list of types exists from OpenAPI 3.1 on".to_owned(),
                &help,
                out,
            );
        }
        ("type", kind) if matches!(kind, Value::Null) || place.node.as_str() == Some("null") => {
            let message = "the type `null` exists from OpenAPI 3.1 on".to_owned();
            newer(
                place,
                message,
                "write `nullable: true` beside the type of the other values",
                out,
            );
        }
        ("exclusiveMinimum" | "exclusiveMaximum", Value::Number(number)) => {
            let bound = if key == "exclusiveMinimum" {
                "minimum"
            } else {
                "maximum"
            };
            newer(
                place,
                format!("`{key}` with a number exists from OpenAPI 3.1 on"),
                &format!("write `{bound}: {number}` and `{key}: true`"),
                out,
            );
        }
        ("items", Value::Array(_)) => {
            let message = "OpenAPI 3.0 has one schema for all items and no list of them".to_owned();
            newer(
                place,
                message,
                "write `items` with an `anyOf` of the kinds of items",
                out,
            );
        }
        ("required", Value::Bool(_)) => out.error(
            place.at(),
            &place.pointer,
            codes::WRONG_TYPE,
            "`required` must be a list of property names, but is a boolean",
            "name the property in the `required` list of the object that has it",
        ),
        _ => return false,
    }
    true
}

/// A `true` or `false` in the place of a schema.
pub(in crate::check) fn boolean_schema(place: &Place<'_>, out: &mut Diagnostics) {
    let help = match place.node.as_bool() {
        Some(true) => "write `{}` for any value",
        _ => "write `not: {}` for no value",
    };
    newer(
        place,
        "`true` and `false` are schemas from OpenAPI 3.1 on".to_owned(),
        help,
        out,
    );
}

fn newer(place: &Place<'_>, message: String, help: &str, out: &mut Diagnostics) {
    out.error(
        place.key_at,
        &place.pointer,
        codes::NEWER_KEYWORD,
        message,
        help,
    );
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
