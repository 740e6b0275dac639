//! The findings as Markdown for people, or as JSON for programs.

use serde_json::{Value, json};

use super::change::{Change, Log, Place, listed};
use super::code::Code;
use super::rules::Effect;
use crate::report;

/// What is compared.
pub(super) struct Title {
    /// The document.
    pub(super) spec: String,
    /// The file that the former document is, or was.
    pub(super) former: String,
    /// The crate.
    pub(super) package: &'static str,
    /// With what: `1a2b3c4d5, where this branch left main`.
    pub(super) base: String,
}

pub(super) fn markdown(title: &Title, log: &Log, code: &Code) -> String {
    let mut text = format!(
        "# What changes in the API\n\n`{}` compared with {}: ",
        title.spec, title.base
    );
    let numbers = [
        (log.of(Effect::Breaking).count(), "breaking"),
        (log.of(Effect::Compatible).count(), "compatible"),
    ];
    text += &if log.changes.is_empty() && log.wordings.is_empty() {
        "**nothing** that the API consists of; at most comments and samples.\n".to_owned()
    } else {
        let [breaking, compatible] = numbers.map(|(number, kind)| match number {
            1 => format!("1 {kind} change"),
            number => format!("{number} {kind} changes"),
        });
        let words = report::count(log.wordings.len(), "description");
        format!("**{breaking}**, {compatible}, {words} reworded.\n")
    };
    for (effect, heading) in [
        (
            Effect::Breaking,
            "## Breaking: code that uses the crate stops compiling, or means something else",
        ),
        (Effect::Compatible, "## Compatible"),
    ] {
        let changes: Vec<&Change> = log.of(effect).collect();
        if changes.is_empty() {
            continue;
        }
        text += &format!(
            "\n{heading}\n\n| | Where | What | Why | Rule | Before | Now |\n| --- | --- | --- | --- | --- | --- | --- |\n"
        );
        for change in changes {
            let place = |place: &Option<Place>, file: &str| {
                place
                    .as_ref()
                    .map_or_else(String::new, |place| format!("{file}:{}", place.line))
            };
            let mut subject = change.subject();
            if !change.operations.is_empty() {
                subject += &format!(", in {}", listed(&change.operations));
            }
            text += &format!(
                "| {} | {} | {} | {} | `{}` | {} | {} |\n",
                change.rule.area,
                cell(&subject),
                cell(&change.what),
                cell(change.rule.why),
                change.rule.id,
                place(&change.old, &title.former),
                place(&change.new, &title.spec),
            );
        }
    }
    if !log.wordings.is_empty() {
        let all: Vec<&str> = log.wordings.iter().map(String::as_str).collect();
        text += &format!(
            "\n## Descriptions\n\n{} reworded: {}.\n",
            all.len(),
            all.join("; ")
        );
    }
    if code.files.is_empty() {
        return text;
    }
    text += &format!("\n## Public API of {}\n\n", title.package);
    text += &if code.api.is_empty() {
        "Unchanged.\n".to_owned()
    } else {
        format!("```diff\n{}\n```\n", code.api.join("\n"))
    };
    let is_removed = |line: &String| line.starts_with('-');
    if log.of(Effect::Breaking).next().is_none() && code.api.iter().any(is_removed) {
        text += "\nLines are removed here, and nothing above is breaking: what they say was replaced by something \
                 that code written as documented goes on compiling with, as an argument with another name or a \
                 function with the same arguments in another file. If a removed line is neither, it comes from a \
                 change of the generator, which this report does not judge.\n";
    }
    text += &format!("\n## Generated code\n\n{}.\n", code.size());
    let table = report::table(&code.files);
    if report::difference(&code.files).is_some() {
        text += &format!("\n```text\n{table}```\n");
    }
    text
}

/// Text that may stand in a table.
fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ")
}

pub(super) fn json(title: &Title, log: &Log, code: &Code) -> String {
    let place = |place: &Option<Place>, file: &str| {
        place
            .as_ref()
            .map(|place| json!({ "file": file, "line": place.line, "pointer": place.pointer }))
    };
    let changes = |effect: Effect| -> Vec<Value> {
        log.of(effect)
            .map(|change| {
                json!({
                    "rule": change.rule.id,
                    "area": change.rule.area,
                    "where": change.subject().replace('`', ""),
                    "what": change.what,
                    "why": change.rule.why,
                    "line": change.new.as_ref().map(|place| place.line),
                    "before": place(&change.old, &title.former),
                    "now": place(&change.new, &title.spec),
                    "operations": change.operations,
                })
            })
            .collect()
    };
    let files: Vec<Value> = code
        .files
        .iter()
        .filter(|file| !file.is_unchanged())
        .map(|file| {
            let lines = |text: &Option<String>| text.as_ref().map(|text| text.lines().count());
            json!({ "path": file.path, "lines_before": lines(&file.old), "lines": lines(&file.new) })
        })
        .collect();
    let lines: usize = code
        .files
        .iter()
        .filter_map(|file| Some(file.new.as_ref()?.lines().count()))
        .sum();
    let report = json!({
        "document": title.spec,
        "base": title.base,
        "breaking": changes(Effect::Breaking),
        "compatible": changes(Effect::Compatible),
        "reworded": log.wordings,
        "public_api": code.api,
        "generated": { "lines": lines, "changed_files": files },
    });
    format!("{report:#}\n")
}
