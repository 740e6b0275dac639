//! Parameters, fields and forms against the tables of the pages.

use std::collections::BTreeMap;

use postpress_tests::Facts;
use serde_json::{Value, json};

use crate::conformance::{
    assert_same,
    document::Document,
    fields::{self, Field},
};

#[test]
fn parameters_and_fields_are_those_of_the_pages() {
    let document = Document::load();
    let found = fields::of_the_document(&document);
    let mut expected = BTreeMap::new();
    for facts in Facts::all() {
        for part in facts.parts() {
            expected.insert(format!("{} {part}", facts.operation), facts.rows(part));
        }
    }
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
fn numbers_are_named_for_what_the_pages_say_they_stand_for() {
    let found = fields::of_the_document(&Document::load());
    for facts in Facts::all() {
        for row in facts.rows("names") {
            let words: Vec<&str> = row.split(' ').collect();
            let [part, path, names @ ..] = words.as_slice() else {
                panic!("{row}")
            };
            let mut fields = found[&format!("{} {part}", facts.operation)].iter();
            let field = fields.find(|field| field.path == *path);
            let found = field.map(|field| field.names.join(" "));
            assert_eq!(found, Some(names.join(" ")), "{row}");
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
fn what_is_not_sent_simply_is_encoded_as_the_pages_show() {
    let document = Document::load();
    for operation in document.operations() {
        let mut found = Vec::new();
        let mut add = |name: &str, encoding: &Value| {
            let word = |key| match encoding.get(key) {
                Some(it) => it.to_string().replace('"', ""),
                None => "-".to_owned(),
            };
            let [style, explode, types] = ["style", "explode", "contentType"].map(word);
            if [&style, &explode, &types].iter().any(|it| *it != "-") {
                found.push(format!("{name} {style} {explode} {types}"));
            }
        };
        for parameter in operation.parameters() {
            add(parameter.name, parameter.value);
        }
        let body = operation.body();
        let encoding = body.and_then(|body| body.content.get("encoding")?.as_object());
        for (name, encoding) in encoding.into_iter().flatten() {
            add(name, encoding);
        }
        let expected = Facts::of(operation.id).rows("encodings");
        assert_same(operation.id, &expected, &found);
    }
}

#[test]
fn the_discriminator_leads_to_the_kind_of_attachment_with_that_type() {
    let document = Document::load();
    let attachment = &document.root["components"]["schemas"]["Attachment"];
    assert_eq!(attachment["discriminator"]["propertyName"], "type");
    let mapping = attachment["discriminator"]["mapping"].as_object().unwrap();
    let branches = attachment["oneOf"].as_array().unwrap();
    assert_eq!(mapping.len(), branches.len());
    for (value, reference) in mapping {
        let branch = json!({ "$ref": reference });
        assert!(branches.contains(&branch), "{value}");
        let mut members = Vec::new();
        fields::collect_members(&document, &branch, &mut members);
        let tag = format!("type string in[{value}] required");
        assert!(
            members.iter().any(|field| field.to_string() == tag),
            "{value}: {reference}"
        );
    }
}
