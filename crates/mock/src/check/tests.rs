//! Constructs that the document may come to have; those that it has are tested over HTTP.

use serde_json::{Value, json};

use postpress_openapi::schema::{Child, Reader};
use postpress_openapi::{Cursor, Diagnostics, Document, Source};

use super::{FieldTree, Report, decode, format, mistakes};

/// The schema that this JSON is, and what of it is not served.
pub(crate) fn schema(schema: &Value, version: &str) -> (Child, String) {
    let document = json!({ "openapi": version, "schema": schema }).to_string();
    let source = Source {
        name: "x.json",
        text: &document,
    };
    let document = Document::parse(&source, &mut Diagnostics::default()).expect("JSON");
    let mut reader = Reader::new(&document, format);
    let at = Cursor::root(&document).get("schema").expect("a schema");
    let schema = reader.schema(&at);
    (schema, reader.findings.to_string())
}

/// Names in bracket notation with texts.
fn given(fields: &[(&str, &str)]) -> FieldTree {
    let mut root = FieldTree::default();
    for (name, text) in fields {
        let keys = name.split(['[', ']']).filter(|key| !key.is_empty());
        let tree = keys.fold(&mut root, |tree, key| tree.child_mut(key));
        tree.add_text(text);
    }
    root
}

fn decoded(value: &Value, fields: &[(&str, &str)]) -> Result<Value, Vec<String>> {
    let mut report = Report::default();
    let (schema, _) = schema(value, "3.0.4");
    let result = decode(&schema, &given(fields), "", &mut report);
    if report.problems.is_empty() {
        return Ok(result);
    }
    let problems = report.problems.iter();
    Err(problems
        .map(|it| format!("{} {}", it.field, it.message))
        .collect())
}

#[test]
fn maps_take_any_key_and_check_what_is_under_it() {
    let map = json!({ "type": "object", "additionalProperties": { "type": "boolean" } });
    let map = json!({ "properties": { "m": map } });
    assert_eq!(
        decoded(&map, &[("m[x]", "true")]),
        Ok(json!({ "m": { "x": true } }))
    );
    let wrong = decoded(&map, &[("m[x]", "1")]);
    assert_eq!(
        wrong,
        Err(vec![
            "m[x] must be `true` or `false`, and is `1`".to_owned()
        ])
    );
}

#[test]
fn of_anything_the_first_that_fits_is_taken() {
    let any = json!({ "anyOf": [{ "type": "integer", "minimum": 0 }, { "type": "string", "maxLength": 3 }] });
    let any = json!({ "properties": { "v": any } });
    assert_eq!(decoded(&any, &[("v", "7")]), Ok(json!({ "v": 7 })));
    assert_eq!(decoded(&any, &[("v", "abc")]), Ok(json!({ "v": "abc" })));
    assert!(decoded(&any, &[("v", "abcd")]).is_err());
}

#[test]
fn the_bounds_of_lists_and_texts_are_checked() {
    let schema = json!({ "properties": {
        "list": { "type": "array", "minItems": 2, "maxItems": 3, "items": { "type": "number" } },
        "text": { "type": "string", "minLength": 2, "maxLength": 3, "pattern": "^[a-z]*$" },
    } });
    let list = |count| vec![("list", "1.5"); count];
    assert!(decoded(&schema, &list(2)).is_ok());
    assert!(decoded(&schema, &list(1)).is_err());
    assert!(decoded(&schema, &list(4)).is_err());
    assert!(decoded(&schema, &[("list", "1"), ("list", "NaN")]).is_err());
    for (text, right) in [
        ("ab", true),
        ("äöü", false),
        ("a", false),
        ("abcd", false),
        ("AB", false),
    ] {
        assert_eq!(decoded(&schema, &[("text", text)]).is_ok(), right, "{text}");
    }
}

#[test]
fn null_is_right_only_where_it_may_be() {
    let (schema, _) = schema(
        &json!({ "properties": {
        "yes": { "type": "string", "nullable": true },
        "no": { "type": "string" },
        "either": { "oneOf": [{ "type": "integer" }, { "type": "string", "nullable": true, "enum": [null] }] },
    } }),
        "3.0.4",
    );
    assert_eq!(
        mistakes(&schema, &json!({ "yes": null, "either": null })),
        Vec::<String>::new()
    );
    assert_eq!(
        mistakes(&schema, &json!({ "no": null })),
        ["no must not be null"]
    );
    assert_eq!(
        mistakes(&schema, &json!({ "either": 5 })),
        Vec::<String>::new()
    );
    assert_eq!(mistakes(&schema, &json!({ "either": "text" })).len(), 1);
}
