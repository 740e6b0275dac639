//! Parameters, fields and forms against the tables of the pages.

use serde_json::json;

use crate::conformance::{
    assert_same,
    document::Document,
    fields::{self, Field},
    tables,
};

#[test]
fn parameters_and_fields_are_those_of_the_pages() {
    let document = Document::load();
    let found = fields::of_the_document(&document);
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
fn numbers_are_named_for_what_the_pages_say_they_stand_for() {
    let found = fields::of_the_document(&Document::load());
    for row in tables::rows("names.txt") {
        let words: Vec<&str> = row.split(' ').collect();
        let [operation, place, path, names @ ..] = words.as_slice() else {
            panic!("{row}")
        };
        let mut fields = found[&format!("{operation} {place}")].iter();
        let field = fields.find(|field| field.path == *path);
        assert_eq!(
            field.map(|field| field.names.join(" ")),
            Some(names.join(" ")),
            "{row}"
        );
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
            let mut keys = encoding.as_object().unwrap().keys();
            assert!(keys.all(|key| ["style", "explode", "contentType"].contains(&key.as_str())));
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
