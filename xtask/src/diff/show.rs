//! The findings as Markdown for people, or as JSON for programs.

use serde_json::{Value, json};

use super::change::{Change, Effect, Log};
use super::code::Code;
use crate::report;

/// What is compared.
pub(super) struct Title<'a> {
    /// The document.
    pub(super) spec: &'a str,
    /// The crate.
    pub(super) package: &'a str,
    /// With what: `1a2b3c4d5, where this branch left main`.
    pub(super) base: String,
}

pub(super) fn markdown(title: &Title<'_>, log: &Log, code: &Code) -> String {
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
            "\n{heading}\n\n| | Where | What | Why | Line |\n| --- | --- | --- | --- | --- |\n"
        );
        for change in changes {
            let line = change
                .line
                .map_or_else(String::new, |line| line.to_string());
            text += &format!(
                "| {} | {} | {} | {} | {line} |\n",
                change.area.name(),
                cell(&change.subject),
                cell(&change.what),
                cell(&change.why)
            );
        }
    }
    if !log.wordings.is_empty() {
        text += &format!(
            "\n## Descriptions\n\n{} reworded: {}.\n",
            log.wordings.len(),
            log.wordings.join("; ")
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

pub(super) fn json(title: &Title<'_>, log: &Log, code: &Code) -> String {
    let changes = |effect: Effect| -> Vec<Value> {
        log.of(effect)
            .map(|change| {
                json!({
                    "area": change.area.name(),
                    "where": change.subject.replace('`', ""),
                    "what": change.what,
                    "why": change.why,
                    "line": change.line,
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
