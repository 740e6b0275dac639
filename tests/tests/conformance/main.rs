//! `spec/postpress.yaml` says what the pages of the documentation say, no less and no more.
//!
//! The pages' tables are kept in `tests/data/`, in a form of our own that was written from the pages, not from the document.
//! Whoever changes the one has to change the other, and a reviewer sees both.

mod document;
mod fields;
mod tables;

use std::collections::{BTreeMap, BTreeSet};

use document::Document;
use fields::Field;
use serde_json::{Value, json};

/// Fails with what is only in the tables and what is only in the document.
fn assert_same(what: &str, tables: &[String], document: &[String]) {
    let only = |left: &[String], right: &[String]| -> String {
        let rest = left.iter().filter(|line| !right.contains(line));
        rest.map(|line| format!("\n    {line}")).collect()
    };
    let (missing, extra) = (only(tables, document), only(document, tables));
    assert!(
        missing.is_empty() && extra.is_empty(),
        "{what}\n  missing from the document:{missing}\n  only in the document:{extra}"
    );
    assert_eq!(
        tables.len(),
        document.len(),
        "{what}: something is there twice"
    );
}

/// The fields of each part of each operation: `listChats query`, `startChat form`, `getChat 200`.
fn fields_of_the_document(document: &Document) -> BTreeMap<String, Vec<Field>> {
    let mut parts = BTreeMap::<String, Vec<Field>>::new();
    for operation in document.operations() {
        for parameter in operation.parameters() {
            let part = parts
                .entry(format!("{} {}", operation.id, parameter.place))
                .or_default();
            fields::collect(
                document,
                parameter.schema,
                parameter.name,
                parameter.required,
                parameter.description,
                part,
            );
        }
        if let Some(body) = operation.body() {
            let part = parts.entry(format!("{} form", operation.id)).or_default();
            fields::collect_members(document, &body.content["schema"], part);
        }
        for response in operation
            .responses()
            .into_iter()
            .filter(|response| response.status < 400)
        {
            let part = parts
                .entry(format!("{} {}", operation.id, response.status))
                .or_default();
            fields::collect_members(document, &response.content["schema"], part);
        }
    }
    parts
}

/// `operation status type` of every row, from the document.
fn errors_of_the_document(document: &Document) -> Vec<String> {
    let mut rows = Vec::new();
    for operation in document.operations() {
        for response in operation
            .responses()
            .into_iter()
            .filter(|response| response.status >= 400)
        {
            for value in document.error_types(&response.content["schema"]) {
                rows.push(format!("{} {} {value}", operation.id, response.status));
            }
        }
    }
    rows
}

#[test]
fn operations_are_where_the_pages_have_them() {
    let document = Document::load();
    let found: Vec<String> = document
        .operations()
        .into_iter()
        .map(|operation| {
            let success: Vec<String> = operation
                .responses()
                .iter()
                .filter(|it| it.status < 400)
                .map(|it| it.status.to_string())
                .collect();
            let media_type = operation.body().map_or("-", |body| body.media_type);
            format!(
                "{} {} {} {} {}",
                operation.id,
                operation.method,
                operation.path,
                media_type,
                success.join(" ")
            )
        })
        .collect();
    assert_same("operations", &tables::rows("operations.txt"), &found);
}

#[test]
fn both_base_paths_are_there_and_the_shorter_one_is_the_default() {
    let servers: Vec<_> = Document::load().root["servers"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["url"].clone())
        .collect();
    assert_eq!(
        servers,
        [
            "https://api.postpress.ai/v1",
            "https://api.postpress.ai/api/v1"
        ]
    );
}

#[test]
fn every_operation_takes_the_api_key_in_its_header() {
    let document = Document::load();
    assert_eq!(document.root["security"], json!([{ "ApiKey": [] }]));
    assert!(
        document
            .operations()
            .iter()
            .all(|operation| operation.value.get("security").is_none())
    );
    let schemes = document.root["components"]["securitySchemes"]
        .as_object()
        .unwrap();
    assert_eq!(schemes.len(), 1);
    let scheme = (
        &schemes["ApiKey"]["type"],
        &schemes["ApiKey"]["in"],
        &schemes["ApiKey"]["name"],
    );
    assert_eq!(
        scheme,
        (&json!("apiKey"), &json!("header"), &json!("X-API-KEY"))
    );
}

#[test]
fn parameters_and_fields_are_those_of_the_pages() {
    let document = Document::load();
    let found = fields_of_the_document(&document);
    let expected = tables::fields();
    let names = |parts: Vec<&String>| parts.into_iter().cloned().collect::<Vec<_>>();
    assert_same(
        "parts",
        &names(expected.keys().collect()),
        &names(found.keys().collect()),
    );
    for (part, rows) in &expected {
        let lines: Vec<String> = found[part].iter().map(Field::to_string).collect();
        assert_same(part, rows, &lines);
    }
}

#[test]
fn a_list_of_accounts_is_one_parameter_with_commas() {
    let document = Document::load();
    for operation in document.operations() {
        for parameter in operation.parameters() {
            let style = (parameter.value.get("style"), parameter.value.get("explode"));
            let list = (operation.id, parameter.name) == ("listChats", "account_id");
            let expected = if list {
                (Some(&json!("form")), Some(&json!(false)))
            } else {
                (None, None)
            };
            assert_eq!(style, expected, "{} {}", operation.id, parameter.name);
        }
    }
}

#[test]
fn timestamps_have_exactly_the_documented_form() {
    let timestamp = &Document::load().root["components"]["schemas"]["Timestamp"];
    assert_eq!(
        timestamp["pattern"],
        "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{3}Z$"
    );
}

#[test]
fn forms_are_encoded_as_the_pages_show() {
    let document = Document::load();
    let mut found = Vec::new();
    for operation in document.operations() {
        let Some(body) = operation.body() else {
            continue;
        };
        for (field, encoding) in body.content["encoding"].as_object().unwrap() {
            let word = |key: &str| {
                encoding
                    .get(key)
                    .map_or("-".to_owned(), |it| it.to_string().replace('"', ""))
            };
            assert!(
                encoding
                    .as_object()
                    .unwrap()
                    .keys()
                    .all(|key| ["style", "explode", "contentType"].contains(&key.as_str()))
            );
            found.push(format!(
                "{} {field} {} {} {}",
                operation.id,
                word("style"),
                word("explode"),
                word("contentType")
            ));
        }
    }
    assert_same("encodings", &tables::rows("encodings.txt"), &found);
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
        for response in operation
            .responses()
            .into_iter()
            .filter(|response| response.status >= 400)
        {
            assert_eq!(response.media_type, "application/json");
            let mut found = Vec::new();
            fields::collect_members(&document, &response.content["schema"], &mut found);
            let types = document.error_types(&response.content["schema"]).join(" ");
            let expected: Vec<String> = tables::block("problem")
                .into_iter()
                .map(|row| match row.split(' ').next() {
                    Some("type") => row.replacen("string", &format!("string in[{types}]"), 1),
                    Some("status") => {
                        row.replacen("integer", &format!("integer in[{}]", response.status), 1)
                    }
                    _ => row,
                })
                .collect();
            let lines: Vec<String> = found.iter().map(Field::to_string).collect();
            assert_same(
                &format!("{} {}", operation.id, response.status),
                &expected,
                &lines,
            );
            let example = &response.content["example"];
            assert_eq!(
                example["status"],
                json!(response.status),
                "{} {}",
                operation.id,
                response.status
            );
        }
    }
}

#[test]
fn advice_in_prose_is_in_the_descriptions() {
    let found = fields_of_the_document(&Document::load());
    for advice in tables::advice() {
        let field = found[&advice.part]
            .iter()
            .find(|field| field.path == advice.path);
        let text = &field
            .unwrap_or_else(|| panic!("{} has no {}", advice.part, advice.path))
            .description;
        for words in &advice.words {
            assert!(
                text.contains(words.as_str()),
                "{} {}: `{words}` is not in: {text}",
                advice.part,
                advice.path
            );
        }
    }
}

#[test]
fn sample_requests_are_those_of_the_pages() {
    let document = Document::load();
    for operation in document.operations() {
        let file = tables::json(&format!("examples/{}.requests.json", operation.id));
        let mut requests: Vec<_> = file
            .as_array()
            .unwrap()
            .iter()
            .map(|it| it.as_object().unwrap().clone())
            .collect();
        for parameter in operation.parameters() {
            let mut expected: Vec<Value> = requests
                .iter_mut()
                .filter_map(|request| request.remove(parameter.name))
                .collect();
            expected.dedup();
            assert_eq!(
                document::examples(parameter.value),
                expected,
                "{} {}",
                operation.id,
                parameter.name
            );
        }
        let mut found = operation
            .body()
            .map_or_else(Vec::new, |body| document::examples(body.content));
        for request in requests.into_iter().filter(|request| !request.is_empty()) {
            let at = found
                .iter()
                .position(|example| example.as_object() == Some(&request));
            found.remove(
                at.unwrap_or_else(|| panic!("{} has no such example: {request:?}", operation.id)),
            );
        }
        // One more is ours: nothing in the pages shows Recruiter.
        let ours = usize::from(operation.id == "startChat");
        assert_eq!(found.len(), ours, "{}: {found:?}", operation.id);
        assert!(
            found
                .iter()
                .all(|example| example["linkedin"]["api"] == "recruiter")
        );
    }
}

#[test]
fn sample_responses_are_those_of_the_pages() {
    for operation in Document::load().operations() {
        let expected = tables::json(&format!("examples/{}.response.json", operation.id));
        for response in operation
            .responses()
            .into_iter()
            .filter(|response| response.status < 400)
        {
            assert_eq!(
                document::examples(response.content),
                std::slice::from_ref(&expected),
                "{}",
                operation.id
            );
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
    for (part, fields) in fields_of_the_document(&document) {
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
