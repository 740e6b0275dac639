//! That everything is described, and that the advice of the pages is in the descriptions.

use std::collections::BTreeSet;

use postpress_tests::Facts;
use serde_json::Value;

use crate::conformance::{
    document::{self, Document},
    fields,
};

#[test]
fn advice_in_prose_is_in_the_descriptions() {
    let document = Document::load();
    let found = fields::of_the_document(&document);
    let of_operation = |part: &str| -> Option<String> {
        let id = part.strip_suffix(" operation")?;
        let operation = document
            .operations()
            .into_iter()
            .find(|operation| operation.id == id)?;
        Some(operation.value["description"].as_str()?.to_owned())
    };
    let of_field = |part: &str, path: &str| -> Option<String> {
        let field = found.get(part)?.iter().find(|field| field.path == path)?;
        Some(field.description.clone())
    };
    for facts in Facts::all() {
        for row in facts.rows("advice") {
            let (field, words) = row.split_once(": ").expect("a colon");
            let (part, path) = field.split_once(' ').expect("a part and a field");
            let part = format!("{} {part}", facts.operation);
            let text = of_operation(&part).or_else(|| of_field(&part, path));
            let text = text.unwrap_or_else(|| panic!("{part} has no {path}"));
            for word in words.split(" | ") {
                assert!(
                    text.contains(word),
                    "{part} {path}: `{word}` is not in: {text}"
                );
            }
        }
    }
}

#[test]
fn every_value_of_every_enum_is_described() {
    let document = Document::load();
    let mut count = 0;
    document::visit(&document.root, "#", &mut |at, value| {
        let Some(values) = value.get("enum").and_then(Value::as_array) else {
            return;
        };
        let texts = |key: &str| -> Option<Vec<&str>> {
            let list = value
                .get(key)?
                .as_array()
                .unwrap_or_else(|| panic!("{at}: {key} is not a list"));
            assert_eq!(
                list.len(),
                values.len(),
                "{at}: {key} is not parallel to enum"
            );
            Some(
                list.iter()
                    .map(|it| {
                        it.as_str()
                            .filter(|it| !it.trim().is_empty())
                            .unwrap_or_else(|| panic!("{at}: {key}"))
                    })
                    .collect(),
            )
        };
        assert!(
            texts("x-enum-descriptions").is_some(),
            "{at}: values without a description"
        );
        let names = texts("x-enum-varnames");
        // A status code is only ever one of one.
        let needs_names = values.iter().any(Value::is_number) && !at.ends_with("/status");
        assert!(
            names.is_some() || !needs_names,
            "{at}: numbers without names"
        );
        let distinct: BTreeSet<_> = values.iter().map(Value::to_string).collect();
        assert_eq!(distinct.len(), values.len(), "{at}: a value twice");
        count += 1;
    });
    assert!(count > 40, "only {count} enums were found");
}

#[test]
fn everything_that_people_can_meet_is_described() {
    let document = Document::load();
    for operation in document.operations() {
        for key in ["summary", "description"] {
            assert!(
                operation.value[key]
                    .as_str()
                    .is_some_and(|it| !it.is_empty()),
                "{}: no {key}",
                operation.id
            );
        }
        for response in operation.responses() {
            assert!(
                !response.description.is_empty(),
                "{} {}",
                operation.id,
                response.status
            );
        }
    }
    for (part, fields) in fields::of_the_document(&document) {
        for field in fields.iter().filter(|field| !field.path.ends_with("[]")) {
            assert!(
                !field.description.is_empty(),
                "{part} {}: no description",
                field.path
            );
        }
    }
    for (name, schema) in document.root["components"]["schemas"].as_object().unwrap() {
        assert!(
            schema["description"]
                .as_str()
                .is_some_and(|it| !it.is_empty()),
            "{name}: no description"
        );
    }
}

#[test]
fn the_comment_on_the_description_of_an_error_type_names_that_type() {
    let text = document::text();
    let values = text
        .lines()
        .filter_map(|line| line.trim_start().strip_prefix("- errors/"));
    let comments = text
        .lines()
        .filter_map(|line| line.trim_start().strip_prefix("- ")?.rsplit_once(".  # "))
        .map(|it| it.1);
    assert_eq!(values.collect::<Vec<_>>(), comments.collect::<Vec<_>>());
}
