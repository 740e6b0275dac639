//! The findings as Markdown for people, as JSON for programs, or as annotations for GitHub.

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
    let Title { spec, base, .. } = title;
    let mut text = format!("# What changes in the API\n\n`{spec}` compared with {base}: ");
    let number = |effect: Effect| log.of(effect).count();
    let changes =
        |effect: Effect, kind: &str| report::count(number(effect), &format!("{kind} change"));
    text += &if let Some(refused) = &log.refused {
        let why = "since the generator refuses the former document";
        format!("**not compared**, {why}:\n\n```text\n{refused}\n```\n")
    } else if log.changes.is_empty() && log.wordings.is_empty() {
        "**nothing** that the API consists of; at most comments and samples.\n".to_owned()
    } else {
        let breaking = changes(Effect::Breaking, "breaking");
        let compatible = changes(Effect::Compatible, "compatible");
        let waived = number(Effect::Waived);
        let waived = if waived > 0 {
            format!("{waived} waived, ")
        } else {
            String::new()
        };
        let words = report::count(log.wordings.len(), "description");
        format!("**{breaking}**, {waived}{compatible}, {words} reworded.\n")
    };
    if let Some(version) = &title.release {
        text += &format!("\nThe version is now {version}, which may break code.\n");
    }
    for (effect, heading) in [
        (
            Effect::Breaking,
            "Breaking: code that uses the crate stops compiling, or means something else",
        ),
        (Effect::Waived, "Waived: breaking, and meant"),
        (Effect::Compatible, "Compatible"),
    ] {
        if number(effect) > 0 {
            text += &format!("\n## {heading}\n\n| | Where | What | Why | Rule | Before | Now |\n");
            text += "| --- | --- | --- | --- | --- | --- | --- |\n";
        }
        log.of(effect)
            .for_each(|change| text += &row(title, change));
    }
    if !log.wordings.is_empty() {
        let (number, all) = (
            log.wordings.len(),
            Vec::from_iter(log.wordings.clone()).join("; "),
        );
        text += &format!("\n## Descriptions\n\n{number} reworded: {all}.\n");
    }
    if !log.idle.is_empty() {
        let idle = log.idle.join("; ");
        text += &format!("\nWaivers that no change needs, to be removed: {idle}.\n");
    }
    if code.files.is_empty() {
        return text;
    }
    text += &format!("\n## Public API of {}\n\n", title.package);
    text += &match code.api.join("\n") {
        api if api.is_empty() => "Unchanged.\n".to_owned(),
        api => format!("```diff\n{api}\n```\n"),
    };
    let removed = removed(&code.api, log).concat();
    if number(Effect::Breaking) == 0 && !removed.is_empty() {
        text += &format!("\nLines are removed, and nothing is breaking:\n\n{removed}");
    }
    text += &format!("\n## Generated code\n\n{}.\n", code.size());
    if report::difference(&code.files).is_some() {
        text += &format!("\n```text\n{}```\n", report::table(&code.files));
    }
    text
}

/// A change as a row of a table.
fn row(title: &Title, change: &Change) -> String {
    let cell = |text: &str| text.replace('|', "\\|").replace('\n', " ");
    let place = |place: &Option<Place>, file: &str| {
        let place = place.as_ref().map(|place| format!("{file}:{}", place.line));
        place.unwrap_or_default()
    };
    let (before, now) = (
        place(&change.old, &title.former),
        place(&change.new, &title.spec),
    );
    let operations = match change.operations.is_empty() {
        true => String::new(),
        false => format!(", in {}", listed(&change.operations)),
    };
    let subject = cell(&format!("{}{operations}", change.subject()));
    let (what, why) = (cell(&change.what), cell(change.why()));
    let (area, id) = (change.rule.area, change.rule.id);
    format!("| {area} | {subject} | {what} | {why} | `{id}` | {before} | {now} |\n")
}

/// For each line that the public API lost, the changes of the document that this follows from.
fn removed(api: &[String], log: &Log) -> Vec<String> {
    const GENERATOR: &str = "no change of the document concerns it; it comes from a change of the generator, which \
                             this report does not judge";
    let plain = |text: &str| {
        let letters = text.chars().filter(|c| c.is_alphanumeric());
        letters.collect::<String>().to_lowercase()
    };
    let first = |text: &str| plain(text.split(['.', ':', ',']).next().unwrap_or_default());
    let mut reasons = Vec::new();
    let mut item = "";
    for (sign, line) in api.iter().map(|line| line.split_at(2)) {
        if !line.starts_with(' ') {
            // `Chat` of `struct types::Chat: Clone`.
            let name = line.split(": ").next().unwrap_or_default();
            item = name.rsplit([':', ' ']).next().unwrap_or_default();
        }
        let function = line
            .split_once("fn ")
            .map(|(_, rest)| rest.split(['(', '<']).next());
        let lost = plain(function.flatten().unwrap_or(item));
        let is_about = |subject: &String| lost.starts_with(&first(subject));
        let changes = log
            .changes
            .iter()
            .filter(|change| change.subjects.iter().any(is_about));
        let because = changes.map(|change| {
            format!(
                "`{}` at {}: {}",
                change.rule.id,
                change.subject(),
                change.rule.why
            )
        });
        let because: Vec<String> = because.collect();
        let because = if because.is_empty() {
            GENERATOR
        } else {
            &because.join("; ")
        };
        reasons.extend((sign == "- ").then(|| format!("- `{}`: {because}\n", line.trim())));
    }
    reasons
}

/// Annotations of the lines of the document, by GitHub's workflow commands.
pub(super) fn github(title: &Title, log: &Log) -> String {
    let text = |text: &str| {
        text.replace('%', "%25")
            .replace('\r', "%0D")
            .replace('\n', "%0A")
    };
    let file = text(&title.spec).replace(':', "%3A").replace(',', "%2C");
    let refused = log.refused.iter().map(|refused| {
        let message = "The former document was not compared, since the generator refuses it";
        format!("::warning::{message}: {}\n", text(refused))
    });
    let changes = log.changes.iter().map(|change| {
        let (level, waived) = match change.effect() {
            Effect::Breaking => ("error", ""),
            Effect::Waived => ("notice", "waived: "),
            Effect::Compatible => ("notice", ""),
        };
        let line = change
            .new
            .as_ref()
            .map(|place| format!(",line={}", place.line));
        let (id, line) = (change.rule.id, line.unwrap_or_default());
        let message = format!(
            "{}: {}: {waived}{}",
            change.subject(),
            change.what,
            change.why()
        );
        format!(
            "::{level} file={file}{line},title={id}::{}\n",
            text(&message)
        )
    });
    refused.chain(changes).collect()
}

pub(super) fn json(title: &Title, log: &Log, code: &Code) -> String {
    let place = |place: &Option<Place>, file: &str| {
        let place = place.as_ref();
        place.map(|place| json!({ "file": file, "line": place.line, "pointer": place.pointer }))
    };
    let change = |change: &Change| {
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
    };
    let changes = |effect: Effect| -> Vec<Value> { log.of(effect).map(change).collect() };
    let lines = |text: &Option<String>| text.as_ref().map(|text| text.lines().count());
    let files = code.files.iter().filter(|file| !file.is_unchanged());
    let files = files.map(|file| {
        json!({ "path": file.path, "lines_before": lines(&file.old), "lines": lines(&file.new) })
    });
    let report = json!({
        "document": title.spec,
        "base": title.base,
        "not_compared": log.refused,
        "breaking": changes(Effect::Breaking),
        "waived": changes(Effect::Waived),
        "compatible": changes(Effect::Compatible),
        "reworded": log.wordings,
        "public_api": code.api,
        "generated": {
            "lines": code.files.iter().filter_map(|file| lines(&file.new)).sum::<usize>(),
            "changed_files": files.collect::<Vec<_>>(),
        },
    });
    format!("{report:#}\n")
}
