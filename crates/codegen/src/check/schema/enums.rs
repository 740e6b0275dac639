//! `enum`, and the extensions that name and describe its values.

use std::collections::HashMap;

use heck::ToUpperCamelCase;

use super::types::{fits, is_nullable};
use crate::check::survey::Place;
use postpress_openapi::diagnostic::{Diagnostics, codes};
use postpress_openapi::document::Node;

pub(super) fn check(place: &Place<'_>, out: &mut Diagnostics) {
    if let Some(values) = place
        .get("enum")
        .filter(|values| values.node.as_array().is_some())
    {
        check_values(place, &values, out);
    }
    check_names(place, out);
    check_descriptions(place, out);
}

fn check_values(place: &Place<'_>, values: &Place<'_>, out: &mut Diagnostics) {
    let items = values.node.items();
    if items.is_empty() {
        out.error(
            values.key_at,
            &values.pointer,
            codes::EMPTY_ENUM,
            "this `enum` has no values, so no value is allowed",
            "list the values, or remove it",
        );
    }
    let kind = place.text("type");
    // By their JSON, since comparing each with each takes too long for long lists.
    let mut seen: HashMap<String, u32> = HashMap::new();
    for value in values.items() {
        let json = value.node.to_json().to_string();
        if let Some(line) = seen.get(&json) {
            out.error(
                value.at(),
                &value.pointer,
                codes::DUPLICATE_ENUM_VALUE,
                format!("{json} is already listed on line {line}"),
                "remove one of the two",
            );
        } else {
            seen.insert(json.clone(), value.at().line);
        }
        let Some(kind) = kind else { continue };
        if fits(value.node, kind) || (value.node.is_null() && is_nullable(place.node)) {
            continue;
        }
        let help = if value.node.is_null() {
            "add `nullable: true`, or remove the value".to_owned()
        } else if kind == "string" {
            format!("put it in quotes, \"{json}\", or correct the type")
        } else {
            "correct the value or the type".to_owned()
        };
        out.error(
            value.at(),
            &value.pointer,
            codes::ENUM_TYPE,
            match value.node.is_null() {
                true => format!("null is listed, but the type is `{kind}` alone"),
                false => format!("{json} is {}, but the type is `{kind}`", value.node.kind()),
            },
            help,
        );
    }
}

fn check_names(place: &Place<'_>, out: &mut Diagnostics) {
    let Some(names) = parallel_list(place, "x-enum-varnames", codes::ENUM_NAMES, out) else {
        return;
    };
    let mut seen: HashMap<String, &str> = HashMap::new();
    for place in names.items() {
        let Some(name) = place.node.as_str() else {
            continue;
        };
        let mut report = |message: String, help: &str| {
            out.error(place.at(), &place.pointer, codes::ENUM_NAMES, message, help);
        };
        let variant = name.to_upper_camel_case();
        let allowed = |character: char| {
            character.is_alphanumeric() || matches!(character, '_' | '-' | ' ' | '.')
        };
        if !variant.starts_with(char::is_alphabetic)
            || !name.chars().all(allowed)
            || variant == "Self"
        {
            report(
                format!("`{name}` cannot name a value"),
                "begin with a letter, and use letters, digits and `_` only",
            );
        } else if let Some(first) = seen.insert(variant.clone(), name) {
            if first == name {
                report(
                    format!("`{name}` names two values"),
                    "give each value its own name",
                );
            } else {
                report(
                    format!("`{name}` and `{first}` would both become `{variant}`"),
                    "give each value its own name",
                );
            }
        }
    }
}

fn check_descriptions(place: &Place<'_>, out: &mut Diagnostics) {
    let _ = parallel_list(place, "x-enum-descriptions", codes::ENUM_DESCRIPTIONS, out);
}

/// A list of texts, one for each value of `enum`; `None` if it is absent or no list.
fn parallel_list<'d>(
    place: &Place<'d>,
    key: &str,
    code: &'static str,
    out: &mut Diagnostics,
) -> Option<Place<'d>> {
    let list = place.get(key)?;
    let mut report = |place: &Place<'_>, message: String, help: &str| {
        out.error(place.at(), &place.pointer, code, message, help);
    };
    let Some(items) = list.node.as_array() else {
        let message = format!("`{key}` must be a list, but is {}", list.node.kind());
        report(
            &list,
            message,
            "write a list with one text for each value of `enum`",
        );
        return None;
    };
    for item in list.items().filter(|item| item.node.as_str().is_none()) {
        let message = format!(
            "an item of `{key}` must be a string, but is {}",
            item.node.kind()
        );
        report(&item, message, "put it in quotes");
    }
    match place.node.get("enum").map(Node::items) {
        None => report(
            &list,
            format!("`{key}` belongs to an `enum`, and there is none here"),
            "move it to the schema that has the `enum`, or remove it",
        ),
        Some(values) if values.len() != items.len() => report(
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
    Some(list)
}

fn counted(count: usize, what: &str) -> String {
    if count == 1 {
        format!("1 {what}")
    } else {
        format!("{count} {what}s")
    }
}
