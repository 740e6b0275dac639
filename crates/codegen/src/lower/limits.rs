//! The limits that a schema sets, in words: they follow its description in the documentation.

use postpress_openapi::document::Node;

use crate::ir::docs::{code, for_rustdoc};

use super::{At, merge::Merged};

/// The description of a schema and its limits, as Markdown for rustdoc.
pub(crate) fn documentation(merged: &Merged<'_>) -> String {
    let mut limits = Vec::new();
    for at in &merged.bounds {
        for limit in limits_of(at) {
            if !limits.contains(&limit) {
                limits.push(limit);
            }
        }
    }
    let description = for_rustdoc(merged.description.unwrap_or_default());
    let limits = limits.join(" ");
    let paragraphs = [description, limits].into_iter();
    paragraphs
        .filter(|paragraph| !paragraph.is_empty())
        .collect::<Vec<_>>()
        .join("\n\n")
}

fn limits_of(at: &At<'_>) -> Vec<String> {
    let mut limits = Vec::new();
    let number = |key: &str| {
        at.node
            .get(key)
            .filter(|node| node.as_f64().is_some())
            .map(plain)
    };
    let exclusive = |key: &str| at.flag(key) == Some(true);
    let low = number("minimum").map(|n| (n, exclusive("exclusiveMinimum")));
    let high = number("maximum").map(|n| (n, exclusive("exclusiveMaximum")));
    match (low, high) {
        (Some((low, false)), Some((high, false))) => {
            limits.push(format!("Between {low} and {high}."))
        }
        (low, high) => {
            limits.extend(low.map(|(n, open)| {
                format!("{} {n}.", if open { "Greater than" } else { "At least" })
            }));
            limits.extend(
                high.map(|(n, open)| {
                    format!("{} {n}.", if open { "Less than" } else { "At most" })
                }),
            );
        }
    }
    limits.extend(number("multipleOf").map(|n| format!("A multiple of {n}.")));
    limits.extend(counted(at, "minLength", "maxLength", "character"));
    limits.extend(counted(at, "minItems", "maxItems", "item"));
    limits.extend(counted(at, "minProperties", "maxProperties", "entry"));
    if at.flag("uniqueItems") == Some(true) {
        limits.push("No item twice.".to_owned());
    }
    let format = at.text("format").filter(|f| {
        !matches!(
            *f,
            "int32" | "int64" | "float" | "double" | "date-time" | "binary"
        )
    });
    limits.extend(format.map(|f| format!("Format: {}.", code(f))));
    if at.text("format") != Some("date-time") {
        limits.extend(at.text("pattern").map(|p| format!("Matches {}.", code(p))));
    }
    limits.extend(
        at.node
            .get("default")
            .map(|d| format!("Default: {}.", code(&plain(d)))),
    );
    let one_way = [("readOnly", "Read-only."), ("writeOnly", "Write-only.")];
    limits.extend(
        one_way
            .iter()
            .filter(|(keyword, _)| at.flag(keyword) == Some(true))
            .map(|(_, text)| (*text).to_owned()),
    );
    if at.flag("deprecated") == Some(true) {
        limits.push("Deprecated.".to_owned());
    }
    limits
}

fn counted(at: &At<'_>, least: &str, most: &str, unit: &str) -> Option<String> {
    let number = |key: &str| at.node.get(key).and_then(Node::as_i64);
    let plural = |n: i64| match (n, unit) {
        (1, _) => format!("1 {unit}"),
        (_, "entry") => format!("{n} entries"),
        _ => format!("{n} {unit}s"),
    };
    match (number(least).filter(|n| *n > 0), number(most)) {
        (Some(low), Some(high)) if low == high => Some(format!("Exactly {}.", plural(low))),
        (Some(low), Some(high)) => Some(format!("{low} to {}.", plural(high))),
        (Some(low), None) => Some(format!("At least {}.", plural(low))),
        (None, Some(high)) => Some(format!("At most {}.", plural(high))),
        (None, None) => None,
    }
}

/// A value as one would say it: texts without quotes, others as JSON.
pub(crate) fn plain(node: &Node) -> String {
    match node.as_str() {
        Some(text) => text.to_owned(),
        None => node.to_json().to_string(),
    }
}
