//! The limits that a schema sets, in words. They follow its description in the documentation.

use postpress_openapi::{Cursor, Node};

use crate::{
    check::composition::Composition,
    ir::{
        Limit,
        docs::{code, for_rustdoc},
    },
};

use super::Lowering;

/// The keywords that limit values, and the values of them that do not.
const KEYWORDS: [(&str, &str); 14] = [
    ("minimum", ""),
    ("maximum", ""),
    ("exclusiveMinimum", "false"),
    ("exclusiveMaximum", "false"),
    ("multipleOf", ""),
    ("minLength", "0"),
    ("maxLength", ""),
    ("pattern", ""),
    ("minItems", "0"),
    ("maxItems", ""),
    ("uniqueItems", "false"),
    ("minProperties", "0"),
    ("maxProperties", ""),
    ("default", ""),
];

/// Lists within lists deeper than this are not looked at for limits.
const DEEPEST: usize = 8;

impl<'d> Lowering<'d, '_> {
    /// What a schema limits values to, and its members where it is a list.
    pub(super) fn limits(&self, whole: &Composition<'d>) -> Vec<Limit> {
        let mut limits: Vec<Limit> = Vec::new();
        let mut prefix = String::new();
        let mut members: Vec<Cursor<'d>> = whole.members.clone();
        for _ in 0..DEEPEST {
            for member in &members {
                for (keyword, none) in KEYWORDS {
                    let Some(at) = member.get(keyword) else {
                        continue;
                    };
                    let limit = Limit {
                        keyword: format!("{prefix}{keyword}"),
                        value: at.node.to_json().to_string(),
                        origin: (&at).into(),
                    };
                    let is_known = |known: &Limit| {
                        (&known.keyword, &known.value) == (&limit.keyword, &limit.value)
                    };
                    if limit.value != none && !limits.iter().any(is_known) {
                        limits.push(limit);
                    }
                }
            }
            let items: Vec<_> = members
                .iter()
                .filter_map(|member| member.get("items"))
                .collect();
            if items.is_empty() {
                break;
            }
            prefix.push_str("items.");
            members = self.compose(items).members;
        }
        limits
    }
}

/// The description of a schema and its limits, as Markdown for rustdoc.
pub(super) fn documentation(whole: &Composition<'_>) -> String {
    described(whole.text("description"), whole)
}

/// A description, and the limits of a schema.
pub(super) fn described(description: Option<&str>, whole: &Composition<'_>) -> String {
    let mut limits = Vec::new();
    for limit in whole
        .members
        .iter()
        .flat_map(|member| limits_of(member.node))
    {
        if !limits.contains(&limit) {
            limits.push(limit);
        }
    }
    let mut parts = vec![
        for_rustdoc(description.unwrap_or_default()),
        limits.join(" "),
    ];
    parts.retain(|part| !part.is_empty());
    parts.join("\n\n")
}

fn limits_of(schema: &Node) -> Vec<String> {
    let mut limits = Vec::new();
    let number = |key: &str| {
        let number = schema.get(key)?;
        number.as_f64().is_some().then(|| number.to_string())
    };
    let says = |key: &str| schema.flag(key) == Some(true);
    match (number("minimum"), number("maximum")) {
        (Some(low), Some(high)) if !says("exclusiveMinimum") && !says("exclusiveMaximum") => {
            limits.push(format!("Between {low} and {high}."));
        }
        (low, high) => {
            let least = if says("exclusiveMinimum") {
                "Greater than"
            } else {
                "At least"
            };
            let most = if says("exclusiveMaximum") {
                "Less than"
            } else {
                "At most"
            };
            limits.extend(low.map(|low| format!("{least} {low}.")));
            limits.extend(high.map(|high| format!("{most} {high}.")));
        }
    }
    limits.extend(number("multipleOf").map(|step| format!("A multiple of {step}.")));
    limits.extend(counted(schema, "minLength", "maxLength", "character"));
    limits.extend(counted(schema, "minItems", "maxItems", "item"));
    limits.extend(counted(schema, "minProperties", "maxProperties", "entry"));
    if says("uniqueItems") {
        limits.push("No item twice.".to_owned());
    }
    let format = schema.text("format");
    // The Rust type shows these.
    let typed = ["int32", "int64", "float", "double", "date-time", "binary"];
    let untyped = format.filter(|format| !typed.contains(format));
    limits.extend(untyped.map(|format| format!("Format: {}.", code(format))));
    let pattern = schema
        .text("pattern")
        .filter(|_| format != Some("date-time"));
    limits.extend(pattern.map(|pattern| format!("Matches {}.", code(pattern))));
    let default = schema.get("default");
    limits.extend(default.map(|default| format!("Default: {}.", code(&default.to_string()))));
    for (keyword, limit) in [
        ("readOnly", "Read-only."),
        ("writeOnly", "Write-only."),
        ("deprecated", "Deprecated."),
    ] {
        if says(keyword) {
            limits.push(limit.to_owned());
        }
    }
    limits
}

fn counted(schema: &Node, least: &str, most: &str, unit: &str) -> Option<String> {
    let number = |key: &str| schema.get(key).and_then(Node::as_i64);
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
