//! Documents that no one would write: nothing may panic, exhaust the stack or take long.

use std::time::{Duration, Instant};

use proptest::prelude::*;

use postpress_openapi::diagnostic::Diagnostics;
use postpress_openapi::document::{Document, Entry, Node, Position, Source, Value};

const RICH: &str = include_str!("../../../openapi/tests/documents/rich.yaml");

fn parse(name: &str, text: &str, diagnostics: &mut Diagnostics) -> Option<Document> {
    Document::parse(&Source { name, text }, diagnostics)
}

/// Checks, and sees that every finding is about a place that exists.
fn check(document: &Document) -> Diagnostics {
    let mut diagnostics = Diagnostics::new("x");
    super::check(document, &mut diagnostics);
    for finding in &diagnostics {
        let pointer = finding.pointer.trim_start_matches('#');
        assert!(document.lookup(pointer).is_some(), "{finding}");
        assert!(
            !finding.message.is_empty() && !finding.help.is_empty(),
            "{finding}"
        );
    }
    diagnostics
}

fn parse_and_check(name: &str, text: &str) {
    let mut diagnostics = Diagnostics::default();
    match parse(name, text, &mut diagnostics) {
        Some(document) => drop(check(&document)),
        None => assert!(diagnostics.has_errors(), "no tree, and no reason given"),
    }
    let lines = text.split(['\r', '\n']).count() + 1;
    for finding in &diagnostics {
        assert!(finding.at.line >= 1 && finding.at.column >= 1, "{finding}");
        assert!(finding.at.line as usize <= lines, "{finding}");
    }
}

/// What is put in the place of something else.
fn replacement() -> impl Strategy<Value = Node> {
    let texts = [
        "",
        "$ref",
        "#",
        "#/",
        "#/components/schemas/Chat",
        "#/components/schemas/Attachment",
        "#/paths/~1chats",
        "x.yaml",
        "%",
        "#/%ff",
        "object",
        "array",
        "string",
        "null",
        "3.1.0",
        "deepObject",
        "query",
        "path",
        "/{a}",
        "/{",
        "{x}",
        "é€𝄞\u{0}",
    ];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        any::<i64>().prop_map(|number| Value::Number(number.into())),
        any::<f64>().prop_map(
            |number| serde_json::Number::from_f64(number).map_or(Value::Null, Value::Number)
        ),
        proptest::sample::select(texts.to_vec()).prop_map(|text| Value::String(text.to_owned())),
        ".{0,8}".prop_map(Value::String),
    ];
    let at = Position { line: 1, column: 1 };
    let node = leaf.prop_map(move |value| Node { at, value });
    let keys = proptest::sample::select(KEYS.to_vec());
    node.prop_recursive(4, 12, 3, move |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..3).prop_map(Value::Array),
            proptest::collection::vec((keys.clone(), inner), 0..3).prop_map(move |entries| {
                let entry = |(key, value): (&str, Node)| Entry {
                    key: key.to_owned(),
                    at,
                    value,
                };
                Value::Object(entries.into_iter().map(entry).collect())
            }),
        ]
        .prop_map(move |value| Node { at, value })
    })
}

const KEYS: [&str; 24] = [
    "$ref",
    "allOf",
    "oneOf",
    "anyOf",
    "not",
    "items",
    "properties",
    "required",
    "type",
    "enum",
    "default",
    "discriminator",
    "mapping",
    "propertyName",
    "additionalProperties",
    "schema",
    "content",
    "encoding",
    "parameters",
    "name",
    "in",
    "style",
    "responses",
    "x-enum-varnames",
];

#[derive(Clone, Debug)]
enum Change {
    Replace(Node),
    Remove,
    /// Once more, under another name.
    Repeat(String),
    Rename(String),
    /// By a copy of what stands elsewhere.
    Copy(usize),
}

fn change() -> impl Strategy<Value = (usize, Change)> {
    let key = || {
        prop_oneof![
            proptest::sample::select(KEYS.to_vec()).prop_map(str::to_owned),
            ".{0,6}"
        ]
    };
    let change = prop_oneof![
        replacement().prop_map(Change::Replace),
        Just(Change::Remove),
        key().prop_map(Change::Repeat),
        key().prop_map(Change::Rename),
        any::<usize>().prop_map(Change::Copy),
    ];
    (any::<usize>(), change)
}

fn count(node: &Node) -> usize {
    let inner: usize = node.items().iter().map(count).sum();
    1 + inner
        + node
            .entries()
            .iter()
            .map(|entry| count(&entry.value))
            .sum::<usize>()
}

/// The node of a number, counted from the root down.
fn find(node: &Node, number: &mut usize) -> Option<Node> {
    if *number == 0 {
        return Some(node.clone());
    }
    *number -= 1;
    let items = node.items().iter();
    items
        .chain(node.entries().iter().map(|entry| &entry.value))
        .find_map(|inner| find(inner, number))
}

/// Changes a node's member of a number, counted from the root down.
fn apply(node: &mut Node, number: &mut usize, change: &Change, copy: &Node) -> bool {
    let new = |old: &Node| match change {
        Change::Replace(new) => new.clone(),
        Change::Copy(_) => copy.clone(),
        _ => old.clone(),
    };
    match &mut node.value {
        Value::Array(items) => {
            for index in 0..items.len() {
                if *number == 0 {
                    match change {
                        Change::Remove => drop(items.remove(index)),
                        Change::Repeat(_) => items.push(items[index].clone()),
                        _ => items[index] = new(&items[index]),
                    }
                    return true;
                }
                *number -= 1;
                if apply(&mut items[index], number, change, copy) {
                    return true;
                }
            }
        }
        Value::Object(entries) => {
            for index in 0..entries.len() {
                if *number == 0 {
                    // Equal keys do not outlive the parser.
                    let is_free = |key: &String| entries.iter().all(|entry| entry.key != *key);
                    match change {
                        Change::Remove => drop(entries.remove(index)),
                        Change::Rename(key) if is_free(key) => entries[index].key.clone_from(key),
                        Change::Repeat(key) if is_free(key) => {
                            let entry = Entry {
                                key: key.clone(),
                                ..entries[index].clone()
                            };
                            entries.push(entry);
                        }
                        _ => entries[index].value = new(&entries[index].value),
                    }
                    return true;
                }
                *number -= 1;
                if apply(&mut entries[index].value, number, change, copy) {
                    return true;
                }
            }
        }
        _ => {}
    }
    false
}

fn without_equal_keys(node: &mut Node) {
    match &mut node.value {
        Value::Array(items) => items.iter_mut().for_each(without_equal_keys),
        Value::Object(entries) => {
            let mut seen = std::collections::HashSet::new();
            entries.retain(|entry| seen.insert(entry.key.clone()));
            entries
                .iter_mut()
                .for_each(|entry| without_equal_keys(&mut entry.value));
        }
        _ => {}
    }
}

fn rich() -> Document {
    parse("rich.yaml", RICH, &mut Diagnostics::default()).unwrap()
}

fn settings() -> ProptestConfig {
    ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::with_cases(cases())
    }
}

/// More with `PROPTEST_CASES` in the environment.
fn cases() -> u32 {
    std::env::var("PROPTEST_CASES")
        .ok()
        .and_then(|cases| cases.parse().ok())
        .unwrap_or(150)
}

proptest! {
    #![proptest_config(settings())]

    #[test]
    fn no_change_to_the_tree_of_a_document_makes_the_checks_panic(
        changes in proptest::collection::vec(change(), 1..12)
    ) {
        let mut document = rich();
        for (number, change) in changes {
            let size = count(&document.root);
            let copy = match change {
                Change::Copy(from) => find(&document.root, &mut (from % size)).unwrap(),
                _ => Node { at: Position::default(), value: Value::Null },
            };
            // Deeper documents do not come out of the parser.
            if size + count(&copy) < 20_000 {
                apply(&mut document.root, &mut (number % size), &change, &copy);
            }
        }
        without_equal_keys(&mut document.root);
        let json = serde_json::to_string_pretty(&document.root).unwrap();
        let mut diagnostics = Diagnostics::default();
        if let Some(document) = parse("x.json", &json, &mut diagnostics) {
            check(&document);
        }
    }

    #[test]
    fn no_change_to_the_text_of_a_document_makes_anything_panic(
        changes in proptest::collection::vec(
            (any::<proptest::sample::Index>(), 0_usize..40, proptest::sample::select(TOKENS.to_vec())),
            1..6,
        ),
        as_json: bool,
    ) {
        let (name, mut text) = if as_json {
            ("x.json", serde_json::to_string_pretty(&rich().root).unwrap())
        } else {
            ("x.yaml", RICH.to_owned())
        };
        for (index, length, token) in changes {
            let boundary = |mut offset: usize| {
                offset = offset.min(text.len());
                while !text.is_char_boundary(offset) {
                    offset -= 1;
                }
                offset
            };
            let from = boundary(index.index(text.len() + 1));
            // Short ones replace, long ones only insert.
            let to = boundary(from + length % 20).max(from);
            text.replace_range(from..to, token);
        }
        parse_and_check(name, &text);
    }

    #[test]
    fn no_text_makes_anything_panic(text in "\\PC{0,60}", lines in proptest::collection::vec("[ \t]{0,3}[-?:,\\[\\]{}#&*!|>'\"%@`a1~<=\\\\\r]{0,8}", 0..12)) {
        parse_and_check("x.yaml", &text);
        parse_and_check("x.json", &text);
        let lines = lines.join("\n");
        parse_and_check("x.yaml", &lines);
        parse_and_check("x.json", &lines);
        parse_and_check("x.yaml", &format!("openapi: 3.0.4\ninfo: {{}}\npaths:\n{lines}"));
    }
}

const TOKENS: [&str; 40] = [
    "", "\n", "\r", "\r\n", "\t", " ", "  ", ":", ": ", "- ", "? ", ",", "[", "]", "{", "}", "#",
    " #", "&a ", "*a ", "!!str ", "!x ", "|", ">-\n", "'", "\"", "\\", "\\ud83d", "%", "---\n",
    "...\n", "<<: ", "~", ".inf", "1e999", "é", "\u{feff}", "\0", "$ref: ", "\u{85}",
];

/// In a thread with a fraction of the usual stack.
fn on_a_small_stack(run: impl FnOnce() + Send + 'static) {
    std::thread::Builder::new()
        .stack_size(1 << 20)
        .spawn(run)
        .unwrap()
        .join()
        .unwrap();
}

fn schemas(schemas: &str) -> String {
    format!(
        "openapi: 3.0.4\ninfo: {{title: T, version: '1'}}\npaths: {{}}\ncomponents:\n  schemas:\n{schemas}"
    )
}

#[test]
fn the_deepest_documents_fit_a_small_stack() {
    for (open, close) in [
        ("{not: ", "}"),
        ("{allOf: [", "]}"),
        ("{type: array, items: ", "}"),
        ("{properties: {a: ", "}}"),
        ("{additionalProperties: ", "}"),
        ("{example: [", "]}"),
    ] {
        let levels = 124 / open.matches(['{', '[']).count();
        let text = schemas(&format!(
            "    A: {}{{}}{}\n",
            open.repeat(levels),
            close.repeat(levels)
        ));
        on_a_small_stack(move || {
            let document = parse("x.yaml", &text, &mut Diagnostics::default()).expect(&text);
            let json = serde_json::to_string(&document.root).unwrap();
            assert!(!check(&document).has_errors());
            let from_json = parse("x.json", &json, &mut Diagnostics::default()).unwrap();
            assert_eq!(from_json.root, document.root);
        });
    }
}

#[test]
fn long_chains_of_references_take_neither_stack_nor_time() {
    type Link = fn(usize) -> String;
    let links: [Link; 7] = [
        |next| format!("{{$ref: '#/components/schemas/S{next}'}}"),
        |next| format!("{{allOf: [{{$ref: '#/components/schemas/S{next}'}}]}}"),
        |next| {
            format!(
                "{{oneOf: [{{$ref: '#/components/schemas/S{next}'}}, {{$ref: '#/components/schemas/S{next}'}}]}}"
            )
        },
        |next| {
            format!(
                "{{required: [a], properties: {{a: {{$ref: '#/components/schemas/S{next}'}}}}}}"
            )
        },
        |next| {
            format!(
                "{{allOf: [{{$ref: '#/components/schemas/S{next}'}}, {{$ref: '#/components/schemas/S{next}'}}], required: [x]}}"
            )
        },
        |next| format!("{{not: {{$ref: '#/components/schemas/S{next}'}}}}"),
        |next| {
            format!(
                "{{anyOf: [{{$ref: '#/components/schemas/S{next}'}}], discriminator: {{propertyName: k, mapping: {{a: S{next}}}}}}}"
            )
        },
    ];
    for link in links {
        // Once with an end, once in a circle.
        for last in ["{type: object}".to_owned(), link(0)] {
            let length = 1_500;
            let mut text: String = (0..length)
                .map(|number| format!("    S{number}: {}\n", link(number + 1)))
                .collect();
            text.push_str(&format!("    S{length}: {last}\n"));
            let text = schemas(&text);
            on_a_small_stack(move || {
                let document = parse("x.yaml", &text, &mut Diagnostics::default()).unwrap();
                let start = Instant::now();
                check(&document);
                assert!(
                    start.elapsed() < Duration::from_secs(20),
                    "{:?}",
                    start.elapsed()
                );
            });
        }
    }
}
