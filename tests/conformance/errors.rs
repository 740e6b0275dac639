//! The error responses against the tables of the pages.

use std::collections::BTreeSet;

use crate::conformance::{
    assert_same,
    document::Document,
    fields::{self, Field},
    tables,
};

/// `operation status type` of every row, from the document.
fn errors_of_the_document(document: &Document) -> Vec<String> {
    let mut rows = Vec::new();
    for operation in document.operations() {
        for response in operation.failures() {
            for value in document.error_types(&response.content["schema"]) {
                rows.push(format!("{} {} {value}", operation.id, response.status));
            }
        }
    }
    rows
}

#[test]
fn error_types_are_those_of_the_pages() {
    assert_same(
        "errors",
        &tables::errors(),
        &errors_of_the_document(&Document::load()),
    );
}

#[test]
fn there_are_213_error_rows_with_79_distinct_types() {
    for rows in [tables::errors(), errors_of_the_document(&Document::load())] {
        assert_eq!(rows.len(), 213);
        let types: BTreeSet<_> = rows
            .iter()
            .map(|row| row.rsplit(' ').next().unwrap())
            .collect();
        assert_eq!(types.len(), 79);
    }
}

#[test]
fn every_error_has_the_one_envelope_narrowed_to_its_status() {
    let document = Document::load();
    for operation in document.operations() {
        for response in operation.failures() {
            let at = format!("{} {}", operation.id, response.status);
            assert_eq!(response.media_type, "application/json", "{at}");
            let schema = &response.content["schema"];
            let types = document.error_types(schema);
            let narrowed = |row: String| match row.split(' ').next() {
                Some("type") => {
                    row.replacen("string", &format!("string in[{}]", types.join(" ")), 1)
                }
                Some("status") => {
                    row.replacen("integer", &format!("integer in[{}]", response.status), 1)
                }
                _ => row,
            };
            let expected: Vec<String> =
                tables::block("problem").into_iter().map(narrowed).collect();
            let mut found = Vec::new();
            fields::collect_members(&document, schema, &mut found);
            let found: Vec<String> = found.iter().map(Field::to_string).collect();
            assert_same(&at, &expected, &found);

            let example = &response.content["example"];
            assert_eq!(example["status"], response.status, "{at}");
            assert!(
                types.iter().any(|it| example["type"] == it.as_str()),
                "{at}: {example}"
            );
        }
    }
}
