//! The error responses against the tables of the pages.

use postpress_tests::Facts;

use crate::conformance::{
    assert_same,
    document::Document,
    fields::{self, Field},
};

/// `operation status type` of every row, from the document.
fn errors_of_the_document(document: &Document) -> Vec<String> {
    let mut rows = Vec::new();
    for operation in document.operations() {
        for response in operation.failures() {
            let body = response.body.expect("every error has a body");
            for value in document.error_types(&body.content["schema"]) {
                rows.push(format!("{} {} {value}", operation.id, response.status));
            }
        }
    }
    rows
}

#[test]
fn error_types_are_those_of_the_pages() {
    let rows = Facts::all().into_iter().flat_map(|facts| {
        let rows = facts.errors().into_iter();
        let rows = rows.map(|(status, value)| format!("{} {status} {value}", facts.operation));
        rows.collect::<Vec<_>>()
    });
    let found = errors_of_the_document(&Document::load());
    assert_same("errors", &rows.collect::<Vec<_>>(), &found);
}

#[test]
fn every_error_has_the_one_envelope_narrowed_to_its_status() {
    let document = Document::load();
    let problem = Facts::of("listChats").block("problem");
    for operation in document.operations() {
        for response in operation.failures() {
            let at = format!("{} {}", operation.id, response.status);
            let body = response.body.expect("every error has a body");
            assert_eq!(body.media_type, "application/json", "{at}");
            let schema = &body.content["schema"];
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
            let expected: Vec<String> = problem.iter().cloned().map(narrowed).collect();
            let mut found = Vec::new();
            fields::collect_members(&document, schema, &mut found);
            let found: Vec<String> = found.iter().map(Field::to_string).collect();
            assert_same(&at, &expected, &found);

            let example = &body.content["example"];
            assert_eq!(example["status"], response.status, "{at}");
            assert!(
                types.iter().any(|it| example["type"] == it.as_str()),
                "{at}: {example}"
            );
        }
    }
}
