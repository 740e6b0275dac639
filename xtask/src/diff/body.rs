//! Bodies: their media types, their schemas, and how the parts of a form are written.

use postpress_openapi::{Document, Entry, Node};

use super::change::{Area, Effect, Log};
use super::is_same;
use super::operations::Operation;
use super::schema::{self, Sides};
use super::usage::Usage;

const WIRE: &str = "the wire changes: the same value is sent in another form";

/// Compares what an operation sends.
pub(super) fn compare(
    log: &mut Log,
    documents: Sides<&Document>,
    old: &Operation<'_>,
    new: &Operation<'_>,
) {
    let subject = format!("`{}`, body", new.id);
    let body = |document: &'_ Document, operation: &Operation<'_>| {
        let node = operation.at().node.get("requestBody")?;
        Some(document.resolve(node).unwrap_or(node).clone())
    };
    match (body(documents.old, old), body(documents.new, new)) {
        (None, None) => {}
        (Some(_), None) => {
            let why = "the method has one argument less";
            log.add(Effect::Breaking, Area::Body, subject, "removed", why, None);
        }
        (None, Some(body)) => {
            let why = "the method has one argument more";
            log.add(
                Effect::Breaking,
                Area::Body,
                subject,
                "added",
                why,
                Some(body.at),
            );
        }
        (Some(before), Some(after)) => {
            if !is_same(before.get("description"), after.get("description")) {
                log.wording(&subject);
            }
            let required = |body: &Node| body.flag("required") == Some(true);
            if required(&before) != required(&after) {
                let what = if required(&after) {
                    "required now"
                } else {
                    "optional now"
                };
                let why = "the type of the argument changes between `&T` and `Option<&T>`";
                log.add(
                    Effect::Breaking,
                    Area::Body,
                    &subject,
                    what,
                    why,
                    Some(after.at),
                );
            }
            let nodes = Sides {
                old: &before,
                new: &after,
            };
            media(log, documents, &subject, nodes, Usage::SENT);
        }
    }
}

/// Compares the media types of a body or an answer, and what each holds.
pub(super) fn media(
    log: &mut Log,
    documents: Sides<&Document>,
    subject: &str,
    nodes: Sides<&Node>,
    usage: Usage,
) {
    let entries = |node: &'_ Node| node.map("content").to_vec();
    let (old, new): (Vec<Entry>, Vec<Entry>) = (entries(nodes.old), entries(nodes.new));
    let names = |entries: &[Entry]| -> Vec<String> {
        entries
            .iter()
            .map(|entry| format!("`{}`", entry.key))
            .collect()
    };
    if names(&old) != names(&new) {
        let list = |names: Vec<String>| {
            if names.is_empty() {
                "nothing".to_owned()
            } else {
                names.join(", ")
            }
        };
        log.add(
            Effect::Breaking,
            Area::Body,
            subject,
            format!("is {}, was {}", list(names(&new)), list(names(&old))),
            "the wire changes, and the method with it",
            Some(nodes.new.at),
        );
    }
    for after in &new {
        let Some(before) = old.iter().find(|before| before.key == after.key) else {
            continue;
        };
        if let (Some(old), Some(new)) = (before.value.get("schema"), after.value.get("schema")) {
            let nodes = Sides { old, new };
            schema::compare(log, documents, subject, Area::Body, nodes, usage);
        }
        encodings(log, subject, &before.value, &after.value);
    }
}

fn encodings(log: &mut Log, subject: &str, old: &Node, new: &Node) {
    let entries = |node: &'_ Node| node.map("encoding").to_vec();
    let (old, new) = (entries(old), entries(new));
    let mut names: Vec<&String> = Vec::new();
    for entry in new.iter().chain(&old) {
        if !names.contains(&&entry.key) {
            names.push(&entry.key);
        }
    }
    for name in names {
        let of = |entries: &'_ [Entry]| entries.iter().find(|entry| entry.key == *name).cloned();
        let (before, after) = (of(&old), of(&new));
        let subject = format!("{subject}, `{name}`");
        for key in [
            "style",
            "explode",
            "allowReserved",
            "contentType",
            "headers",
        ] {
            let value = |entry: &Option<Entry>| {
                let value = entry.as_ref()?.value.get(key)?;
                Some(value.to_string())
            };
            let (before, now) = (value(&before), value(&after));
            if before == now {
                continue;
            }
            let shown = |value: &Option<String>| {
                value
                    .as_ref()
                    .map_or_else(|| "not given".to_owned(), |value| format!("`{value}`"))
            };
            let what = format!("`{key}` is {}, was {}", shown(&now), shown(&before));
            let (effect, why) = match (key, &before, &now) {
                ("contentType", Some(before), Some(now)) if is_wider(before, now) => (
                    Effect::Compatible,
                    "every media type that was taken still is, and more are",
                ),
                ("contentType", Some(_), Some(_)) => (
                    Effect::Breaking,
                    "files of a media type that was taken are refused before they are sent",
                ),
                ("contentType", ..) => (
                    Effect::Breaking,
                    "the wire changes: the media type that files get by themselves is another",
                ),
                _ => (Effect::Breaking, WIRE),
            };
            let at = after.as_ref().map(|entry| entry.at);
            log.add(effect, Area::Encoding, &subject, what, why, at);
        }
    }
}

/// Whether every media type that `old` allows is allowed by `new`.
fn is_wider(old: &str, new: &str) -> bool {
    let new: Vec<&str> = new.split(',').map(str::trim).collect();
    old.split(',').map(str::trim).all(|kind| {
        let family = kind.split('/').next().unwrap_or_default();
        new.iter()
            .any(|wide| *wide == kind || *wide == "*/*" || *wide == format!("{family}/*"))
    })
}
