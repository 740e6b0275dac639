//! Texts that no one would write: nothing may panic.

use postpress_codegen::Source;
use postpress_openapi::{Diagnostics, Document};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

use super::holds;

const RICH: &str = include_str!("../../../openapi/tests/documents/rich.yaml");

fn rich_json() -> String {
    let source = Source {
        name: "rich.yaml",
        text: RICH,
    };
    let document = Document::parse(&source, &mut Diagnostics::default()).unwrap();
    serde_json::to_string_pretty(&document.root).unwrap()
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
    fn no_change_to_the_text_of_a_document_makes_anything_panic(
        changes in proptest::collection::vec(
            (any::<proptest::sample::Index>(), 0_usize..40, proptest::sample::select(TOKENS.to_vec())),
            1..6,
        ),
        as_json: bool,
    ) {
        let (name, mut text) = if as_json {
            ("x.json", rich_json())
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
        holds(name, &text);
    }

    #[test]
    fn objects_and_properties_may_have_any_name(
        objects in proptest::collection::vec("[a-zA-Z0-9._-]{1,4}", 1..6),
        names in proptest::collection::vec("\\PC{0,8}|[a-zA-Z0-9_ -]{0,4}", 1..12),
    ) {
        let reference = |object: &String| json!({ "$ref": format!("#/components/schemas/{object}") });
        let properties = names.iter().zip(objects.iter().cycle());
        let properties: Map<String, Value> = properties.map(|(name, object)| (name.clone(), reference(object))).collect();
        let object = json!({ "type": "object", "properties": properties });
        let schemas: Map<String, Value> = objects.iter().map(|name| (name.clone(), object.clone())).collect();
        let content = json!({ "application/json": { "schema": reference(&objects[0]) } });
        let document = json!({
            "openapi": "3.0.4",
            "info": { "title": "Names", "version": "1" },
            "paths": { "/": { "get": { "operationId": "it", "responses": { "200": { "description": "", "content": content } } } } },
            "components": { "schemas": schemas },
        });
        prop_assert!(holds("x.json", &document.to_string()));
    }

    #[test]
    fn no_text_makes_anything_panic(text in "\\PC{0,60}", lines in proptest::collection::vec("[ \t]{0,3}[-?:,\\[\\]{}#&*!|>'\"%@`a1~<=\\\\\r]{0,8}", 0..12)) {
        holds("x.yaml", &text);
        holds("x.json", &text);
        let lines = lines.join("\n");
        holds("x.yaml", &lines);
        holds("x.json", &lines);
        holds("x.yaml", &format!("openapi: 3.0.4\ninfo: {{}}\npaths:\n{lines}"));
    }
}

const TOKENS: [&str; 40] = [
    "", "\n", "\r", "\r\n", "\t", " ", "  ", ":", ": ", "- ", "? ", ",", "[", "]", "{", "}", "#",
    " #", "&a ", "*a ", "!!str ", "!x ", "|", ">-\n", "'", "\"", "\\", "\\ud83d", "%", "---\n",
    "...\n", "<<: ", "~", ".inf", "1e999", "é", "\u{feff}", "\0", "$ref: ", "\u{85}",
];
