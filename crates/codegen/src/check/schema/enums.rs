//! `enum`, and the extensions that name and describe its values.

use std::collections::HashMap;

use heck::ToUpperCamelCase;
use postpress_openapi::{Code, Cursor, Diagnostics, Node, codes};

pub(super) fn check(schema: &Cursor<'_>, out: &mut Diagnostics) {
    let values = schema.get("enum");
    if let Some(values) = values.filter(|values| values.node.as_array().is_some()) {
        check_values(&values, out);
    }
    check_parallel(schema, "x-enum-varnames", codes::ENUM_NAMES, out);
    check_names(schema, out);
    check_parallel(schema, "x-enum-descriptions", codes::ENUM_DESCRIPTIONS, out);
}

fn check_values(values: &Cursor<'_>, out: &mut Diagnostics) {
    if values.node.items().is_empty() {
        out.report_key(
            codes::EMPTY_ENUM,
            values,
            "this `enum` has no values, so no value is allowed",
            "list the values, or remove it",
        );
    }
    // By their JSON, since comparing each with each takes too long for long lists.
    let mut seen: HashMap<String, u32> = HashMap::new();
    for value in values.items() {
        let json = value.node.to_json().to_string();
        if let Some(line) = seen.get(&json) {
            let message = format!("{json} is already listed on line {line}");
            out.report(
                codes::DUPLICATE_ENUM_VALUE,
                &value,
                message,
                "remove one of the two",
            );
        } else {
            seen.insert(json.clone(), value.at().line);
        }
    }
}

fn check_names(schema: &Cursor<'_>, out: &mut Diagnostics) {
    let mut seen: HashMap<String, &str> = HashMap::new();
    for place in schema.list("x-enum-varnames") {
        let Some(name) = place.node.as_str() else {
            continue;
        };
        let variant = name.to_upper_camel_case();
        let allowed = |character: char| {
            character.is_alphanumeric() || matches!(character, '_' | '-' | ' ' | '.')
        };
        let is_name = variant.starts_with(char::is_alphabetic) && name.chars().all(allowed);
        let (message, help) = if !is_name || variant == "Self" {
            (
                format!("`{name}` cannot name a value"),
                "begin with a letter, and use letters, digits and `_` only",
            )
        } else if let Some(first) = seen.insert(variant.clone(), name) {
            let message = if first == name {
                format!("`{name}` names two values")
            } else {
                format!("`{name}` and `{first}` would both become `{variant}`")
            };
            (message, "give each value its own name")
        } else {
            continue;
        };
        out.report(codes::ENUM_NAMES, &place, message, help);
    }
}

/// A list of texts, one for each value of `enum`.
fn check_parallel(schema: &Cursor<'_>, key: &str, code: Code, out: &mut Diagnostics) {
    let Some(list) = schema.get(key) else { return };
    let Some(items) = list.node.as_array() else {
        let message = format!("`{key}` must be a list, but is {}", list.node.kind());
        out.report(
            code,
            &list,
            message,
            "write a list with one text for each value of `enum`",
        );
        return;
    };
    for item in list.items().filter(|item| item.node.as_str().is_none()) {
        let kind = item.node.kind();
        let message = format!("an item of `{key}` must be a string, but is {kind}");
        out.report(code, &item, message, "put it in quotes");
    }
    match schema.node.get("enum").map(Node::items) {
        None => out.report(
            code,
            &list,
            format!("`{key}` belongs to an `enum`, and there is none here"),
            "move it to the schema that has the `enum`, or remove it",
        ),
        Some(values) if values.len() != items.len() => out.report(
            code,
            &list,
            format!(
                "`{key}` has {}, but `enum` has {}",
                counted(items.len(), "item"),
                counted(values.len(), "value")
            ),
            "write one for each value, in the same order",
        ),
        Some(_) => {}
    }
}

fn counted(count: usize, what: &str) -> String {
    if count == 1 {
        format!("1 {what}")
    } else {
        format!("{count} {what}s")
    }
}
