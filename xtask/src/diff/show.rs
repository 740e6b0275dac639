//! The findings as Markdown for people, or as JSON for programs.

use std::path::PathBuf;

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
    /// The version that may break code, if the workspace has reached such a one since.
    pub(super) release: Option<String>,
    /// The folder that `spec` is seen from.
    pub(super) root: PathBuf,
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
    let waived: Vec<&Change> = log
        .changes
        .iter()
        .filter(|change| change.waived.is_some())
        .collect();
    text += &if let Some(refused) = &log.refused {
        format!(
            "**not compared**, since the generator refuses the former document:\n\n```text\n{refused}\n```\n"
        )
    } else if log.changes.is_empty() && log.wordings.is_empty() {
        "**nothing** that the API consists of; at most comments and samples.\n".to_owned()
    } else {
        let [breaking, compatible] = numbers.map(|(number, kind)| match number {
            1 => format!("1 {kind} change"),
            number => format!("{number} {kind} changes"),
        });
        let words = report::count(log.wordings.len(), "description");
        let waived = match waived.len() {
            0 => String::new(),
            number => format!("{number} waived, "),
        };
        format!("**{breaking}**, {waived}{compatible}, {words} reworded.\n")
    };
    if let Some(version) = &title.release {
        text += &format!("\nThe version is now {version}, which may break code.\n");
    }
    let breaking = "Breaking: code that uses the crate stops compiling, or means something else";
    for (changes, heading) in [
        (log.of(Effect::Breaking).collect(), breaking),
        (waived, "Waived: breaking, and meant"),
        (log.of(Effect::Compatible).collect(), "Compatible"),
    ] {
        if changes.is_empty() {
            continue;
        }
        text += &format!(
            "\n## {heading}\n\n| | Where | What | Why | Rule | Before | Now |\n| --- | --- | --- | --- | --- | --- | --- |\n"
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
                cell(change.waived.as_deref().unwrap_or(change.rule.why)),
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
    if !log.idle.is_empty() {
        text += &format!(
            "\nWaivers that no change needs, to be removed: {}.\n",
            log.idle.join("; ")
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
    if log.of(Effect::Breaking).next().is_none() {
        let reasons = removed(&code.api, log);
        if !reasons.is_empty() {
            text += &format!(
                "\nLines are removed, and nothing is breaking:\n\n{}",
                reasons.concat()
            );
        }
    }
    text += &format!("\n## Generated code\n\n{}.\n", code.size());
    let table = report::table(&code.files);
    if report::difference(&code.files).is_some() {
        text += &format!("\n```text\n{table}```\n");
    }
    text
}

/// For each line that the public API lost, the changes of the document that this follows from.
fn removed(api: &[String], log: &Log) -> Vec<String> {
    let plain = |text: &str| {
        text.chars()
            .filter(|c| c.is_alphanumeric())
            .collect::<String>()
            .to_lowercase()
    };
    let mut reasons = Vec::new();
    let mut item = "";
    for line in api {
        let (sign, line) = line.split_at(2);
        if !line.starts_with(' ') {
            // `Chat` of `struct types::Chat: Clone`.
            let name = line.split(": ").next().unwrap_or_default();
            item = name.rsplit([':', ' ']).next().unwrap_or_default();
        }
        let function = line
            .split_once("fn ")
            .and_then(|(_, rest)| rest.split(['(', '<']).next());
        let lost = plain(function.unwrap_or(item));
        let concerns = |change: &&Change| {
            let mut subjects = change.subjects.iter();
            subjects.any(|subject| {
                subject
                    .split(['.', ':', ','])
                    .next()
                    .is_some_and(|name| lost.starts_with(&plain(name)))
            })
        };
        if sign == "- " {
            let changes = log.changes.iter().filter(concerns);
            let because = changes.map(|change| {
                format!(
                    "`{}` at {}: {}",
                    change.rule.id,
                    change.subject(),
                    change.rule.why
                )
            });
            let because = because.collect::<Vec<_>>().join("; ");
            let because = match because.as_str() {
                "" => {
                    "no change of the document concerns it; it comes from a change of the generator, which this report does not judge"
                }
                because => because,
            };
            reasons.push(format!("- `{}`: {because}\n", line.trim()));
        }
    }
    reasons
}

/// Annotations of the lines of the document, by GitHub's workflow commands.
pub(super) fn github(title: &Title, log: &Log) -> String {
    let escaped = |text: &str| {
        text.replace('%', "%25")
            .replace('\r', "%0D")
            .replace('\n', "%0A")
    };
    let property = |text: &str| escaped(text).replace(':', "%3A").replace(',', "%2C");
    let mut text = String::new();
    if let Some(refused) = &log.refused {
        text += &format!(
            "::warning::The former document was not compared, since the generator refuses it: {}\n",
            escaped(refused)
        );
    }
    for change in &log.changes {
        let level = match (change.rule.effect, &change.waived) {
            (Effect::Breaking, None) => "error",
            _ => "notice",
        };
        let line = change
            .new
            .as_ref()
            .map_or(String::new(), |place| format!(",line={}", place.line));
        let file = property(&title.spec);
        let why = change
            .waived
            .as_ref()
            .map_or(change.rule.why.to_owned(), |reason| {
                format!("waived: {reason}")
            });
        let message = escaped(&format!("{}: {}: {why}", change.subject(), change.what));
        text += &format!(
            "::{level} file={file}{line},title={}::{message}\n",
            change.rule.id
        );
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
    let changes = |changes: &mut dyn Iterator<Item = &Change>| -> Vec<Value> {
        changes
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
                    "waived": change.waived,
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
        "not_compared": log.refused,
        "breaking": changes(&mut log.of(Effect::Breaking)),
        "waived": changes(&mut log.changes.iter().filter(|change| change.waived.is_some())),
        "compatible": changes(&mut log.of(Effect::Compatible)),
        "reworded": log.wordings,
        "public_api": code.api,
        "generated": { "lines": lines, "changed_files": files },
    });
    format!("{report:#}\n")
}
