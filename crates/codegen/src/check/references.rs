//! Where references lead: somewhere, to the right kind of object, and not in a circle.

use std::collections::{HashMap, HashSet};
use std::iter::successors;

use postpress_openapi::{
    BrokenReference, Cursor, Diagnostics, LONGEST_CHAIN, NodeId, Pointer, codes,
};

use super::grammar::Kind;
use super::index::{Index, Reference};
use super::wording::{enumeration, nearest};

/// Looks at every reference, and at the chains that they make.
pub(super) fn check(index: &Index<'_>, broken: &HashMap<String, Pointer>, out: &mut Diagnostics) {
    let mut next = HashMap::new();
    for reference in &index.references {
        siblings(reference, out);
        let text = reference.at.node.reference();
        if text.is_some_and(|text| broken.contains_key(text)) {
            continue;
        }
        if let Some(target) = target(index, reference, out) {
            next.insert(reference.at.node.id(), target);
        }
    }
    let mut seen = HashSet::new();
    for reference in &index.references {
        let way: Vec<_> = chain(&next, &reference.at)
            .take_while(|at| seen.insert(at.node.id()))
            .collect();
        let stop = way.last().and_then(|last| next.get(&last.node.id()));
        let from = stop.and_then(|stop| way.iter().position(|at| at.is(stop)));
        if let Some(from) = from {
            report_circle(&index.references, &way[from..], out);
        }
        // Longer chains lead through this one, and it is the one to mend.
        let mut beyond = chain(&next, &reference.at).skip(LONGEST_CHAIN + 1);
        let end = beyond.next().filter(|end| end.node.get("$ref").is_none());
        if end.is_some() {
            let message = format!(
                "this reference leads to a reference, and so on more than {LONGEST_CHAIN} times"
            );
            let help = "refer to the object itself";
            out.report(codes::LONG_REF_CHAIN, &reference.at, message, help);
        }
    }
}

/// A reference, what it names, and so on as long as that is a reference that names something.
fn chain<'n, 'd>(
    next: &'n HashMap<NodeId, Cursor<'d>>,
    start: &'n Cursor<'d>,
) -> impl Iterator<Item = &'n Cursor<'d>> {
    successors(Some(start), |at| next.get(&at.node.id()))
}

/// What the reference names, if that is there and of the right kind.
fn target<'d>(
    index: &Index<'d>,
    Reference {
        at,
        expected,
        in_note,
    }: &Reference<'d>,
    out: &mut Diagnostics,
) -> Option<Cursor<'d>> {
    let reference = at.get("$ref")?;
    let text = reference.node.as_str()?;
    let section = expected.section().unwrap_or_default();
    let (code, message, help) = match index.document.target(text) {
        Ok(target) => {
            let found = index.kind(target.node);
            if found == Some(*expected) {
                return Some(target);
            }
            let is = found.map_or_else(
                || format!("not {}", expected.name()),
                |kind| kind.name().to_owned(),
            );
            let help = match expected.section() {
                Some(section) => format!("refer to one of `#/components/{section}`"),
                None => format!("refer to {}", expected.name()),
            };
            let message = format!("{} belongs here, but `{text}` is {is}", expected.name());
            (codes::WRONG_REF_KIND, message, help)
        }
        Err(BrokenReference::External) => {
            let name = text
                .trim_start_matches('/')
                .trim_start_matches(&format!("components/{section}/"));
            let help = if index.document.component(section, name).is_some() {
                format!("write '#/components/{section}/{name}'")
            } else {
                "bring what it refers to into this document, for example with `redocly bundle`, and write '#/...'".to_owned()
            };
            let message = format!(
                "`{text}` is outside of this document, and only references within it are followed"
            );
            (codes::EXTERNAL_REF, message, help)
        }
        Err(BrokenReference::Invalid) => (
            codes::INVALID_REF,
            format!("`{text}` is no JSON Pointer"),
            "write `#/` and the keys that lead there, with `~1` for `/` and `~0` for `~` inside of a key".to_owned(),
        ),
        Err(BrokenReference::Dangling) => (
            codes::DANGLING_REF,
            format!("there is nothing at `{text}`"),
            dangling_help(index, &Pointer::parse(text)?, section),
        ),
    };
    let leads_nowhere = code.name != codes::EXTERNAL_REF.name;
    let (code, message) = match in_note {
        true => (codes::IGNORED_VALUE, format!("{message}; it has no effect")),
        false if *expected == Kind::Schema && leads_nowhere => {
            let message = format!("{message}; this is a JSON value");
            (codes::MISSING_SCHEMA, message)
        }
        false => (code, message),
    };
    out.report(code, &reference, message, help);
    None
}

fn dangling_help(index: &Index<'_>, pointer: &Pointer, section: &str) -> String {
    let name = pointer.last_key();
    let own = index.document.components(section);
    if let Some(near) = nearest(&name, own.map(|(name, _)| name)) {
        return format!("did you mean '#/components/{section}/{near}'?");
    }
    let mut sections = index.document.root.map("components").iter();
    if let Some(entry) = sections.find(|entry| entry.value.get(&name).is_some()) {
        return format!("`{name}` exists in `components/{}` only", entry.key);
    }
    if pointer.parent() == Some(Pointer::root().child("components").child(section)) {
        return format!("correct it, or add `{name}` to `components/{section}`");
    }
    let mut around = pointer.ancestors();
    let found = around.find_map(|pointer| index.document.lookup(&pointer));
    match found {
        Some(found) if found.node.reference().is_some() => format!(
            "`{}` is itself a reference, and a pointer does not lead through it; refer to what it refers to",
            found.pointer
        ),
        found => {
            let found = found.map_or_else(Pointer::root, |found| found.pointer);
            format!("correct it; `{found}` is as far as it leads")
        }
    }
}

/// Reports a circle at the member that comes first in the document.
fn report_circle(references: &[Reference<'_>], circle: &[&Cursor<'_>], out: &mut Diagnostics) {
    let turn_of = |at: &Cursor<'_>| {
        let mut members = circle.iter();
        members.position(|member| member.is(at))
    };
    let found = references
        .iter()
        .find_map(|reference| Some((reference, turn_of(&reference.at)?)));
    let Some((first, turn)) = found else { return };
    let Some(reference) = first.at.get("$ref") else {
        return;
    };
    // Each reference names the next one, so the last one names the first.
    let names: Vec<&str> = (0..circle.len())
        .filter_map(|step| {
            let member = &circle[(turn + circle.len() - 1 + step) % circle.len()];
            member.node.reference()
        })
        .collect();
    let message = match names.as_slice() {
        [_] => "this reference leads to itself".to_owned(),
        [first, second, .., last] if names.len() > 8 => format!(
            "these {} references lead to each other and to nothing else: `{first}`, `{second}` and so on to `{last}`",
            names.len()
        ),
        _ => format!(
            "these references lead to each other and to nothing else: {}",
            enumeration(&names)
        ),
    };
    let help = "put an object in the place of one of them";
    let (code, message) = match first.expected {
        Kind::Schema => (
            codes::MISSING_SCHEMA,
            format!("{message}; these are JSON values"),
        ),
        _ => (codes::REF_CYCLE, message),
    };
    out.report(code, &reference, message, help);
}

/// OpenAPI 3.0 ignores everything beside a `$ref`.
fn siblings(Reference { at, expected, .. }: &Reference<'_>, out: &mut Diagnostics) {
    let others: Vec<_> = at.entries().filter(|(key, _)| *key != "$ref").collect();
    let Some((_, first)) = others.first() else {
        return;
    };
    let names: Vec<&str> = others.iter().map(|(key, _)| *key).collect();
    let verb = if names.len() == 1 { "has" } else { "have" };
    let message = format!(
        "{} beside a `$ref` {verb} no effect in OpenAPI 3.0",
        enumeration(&names)
    );
    let help = if *expected == Kind::Schema {
        "move this to the schema that is referred to, or wrap the reference: `allOf: [{$ref: ...}]`"
    } else {
        "remove this, or move it to what is referred to"
    };
    out.report_at(
        codes::REF_SIBLINGS,
        first.key_at,
        &at.pointer,
        message,
        help,
    );
}
