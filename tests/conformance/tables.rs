//! Reads the tables in `tests/data/`. Each file says at its top how it is written.

use std::collections::BTreeMap;

use serde_json::Value;

/// What the description of a field must mention.
pub(crate) struct Advice {
    pub(crate) part: String,
    pub(crate) path: String,
    pub(crate) words: Vec<String>,
}

fn read(name: &str) -> String {
    let path = format!("{}/data/{name}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn one_space(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines()
        .map(str::trim_end)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// The lines under each `[heading]` and each `{block}`, the brackets kept.
fn sections(text: &str) -> BTreeMap<String, Vec<String>> {
    let mut sections = BTreeMap::<String, Vec<String>>::new();
    let mut name = None;
    for line in lines(text) {
        if line.starts_with(['[', '{']) {
            assert!(!sections.contains_key(line), "{line} is there twice");
            sections.insert(line.to_owned(), Vec::new());
            name = Some(line.to_owned());
        } else {
            let section = name
                .as_ref()
                .and_then(|it| sections.get_mut(it))
                .expect("a heading first");
            section.push(line.to_owned());
        }
    }
    sections
}

/// The rows of a table without sections.
pub(crate) fn rows(name: &str) -> Vec<String> {
    lines(&read(name)).map(one_space).collect()
}

/// A file of JSON.
pub(crate) fn json(name: &str) -> Value {
    serde_json::from_str(&read(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// The fields of each part of each operation, as [`crate::conformance::fields::Field`] prints them.
pub(crate) fn fields() -> BTreeMap<String, Vec<String>> {
    let sections = sections(&read("fields.txt"));
    let parts = sections
        .keys()
        .filter_map(|key| Some((key, key.strip_prefix('[')?.strip_suffix(']')?)));
    parts
        .map(|(key, part)| (part.to_owned(), expand(&sections, key, "")))
        .collect()
}

/// The fields of a block.
pub(crate) fn block(name: &str) -> Vec<String> {
    expand(&sections(&read("fields.txt")), &format!("{{{name}}}"), "")
}

fn expand(sections: &BTreeMap<String, Vec<String>>, section: &str, prefix: &str) -> Vec<String> {
    let mut fields = Vec::new();
    for line in sections
        .get(section)
        .unwrap_or_else(|| panic!("there is no {section}"))
    {
        // A line that is indented has an empty path.
        let (path, rest) = line
            .split_once(' ')
            .unwrap_or_else(|| panic!("{line}: a path only"));
        let rest = rest.trim_start();
        match rest.strip_prefix("* ") {
            Some(block) => fields.extend(expand(
                sections,
                &format!("{{{block}}}"),
                &format!("{prefix}{path}"),
            )),
            None => fields.push(one_space(&format!("{prefix}{path} {rest}"))),
        }
    }
    fields
}

/// `operation status type` of every row.
pub(crate) fn errors() -> Vec<String> {
    let mut rows = Vec::new();
    for (heading, types) in sections(&read("errors.txt")) {
        let mut words: Vec<&str> = heading.trim_matches(['[', ']']).split(' ').collect();
        let status = words.pop().expect("a status");
        for operation in words {
            rows.extend(
                types
                    .iter()
                    .map(|value| format!("{operation} {status} {value}")),
            );
        }
    }
    rows
}

pub(crate) fn advice() -> Vec<Advice> {
    let parse = |row: String| -> Advice {
        let (field, words) = row.split_once(": ").expect("a colon");
        let (part, path) = field
            .rsplit_once(' ')
            .expect("an operation, a place and a field");
        let words = words.split(" | ").map(str::to_owned).collect();
        Advice {
            part: part.to_owned(),
            path: path.to_owned(),
            words,
        }
    };
    rows("advice.txt").into_iter().map(parse).collect()
}
