//! Constructs that the document may come to have; those that it has are tested over HTTP.

use serde_json::{Value, json};

use super::{FieldTree, Report, decode, mistakes};
use crate::api::tests::schema;

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
    let schema = schema(value).expect("a schema");
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
fn lists_of_objects_are_numbered() {
    let items = json!({ "type": "object", "required": ["n"], "properties": { "n": { "type": "integer" } } });
    let list = json!({ "properties": { "a": { "type": "array", "items": items } } });
    assert_eq!(
        decoded(&list, &[("a[0][n]", "1"), ("a[1][n]", "2")]),
        Ok(json!({ "a": [{ "n": 1 }, { "n": 2 }] }))
    );
    for (fields, problem) in [
        (
            [("a[0][n]", "1"), ("a[2][n]", "2")],
            "a has a[2] where a[1] would be next",
        ),
        (
            [("a[0][n]", "1"), ("a", "{}")],
            "a is a list of objects: number them, as a[0]",
        ),
        ([("a[0][n]", "1"), ("a[1][m]", "2")], "a[1][n] is required"),
    ] {
        assert_eq!(decoded(&list, &fields), Err(vec![problem.to_owned()]));
    }
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
fn a_keyword_that_would_not_be_checked_is_refused() {
    for keyword in ["not", "multipleOf", "exclusiveMinimum", "uniqueItems"] {
        let error = schema(&json!({ keyword: {} })).expect_err(keyword);
        assert!(error.to_string().contains(keyword), "{error}");
    }
}

#[test]
fn a_schema_that_contains_itself_is_refused_not_followed() {
    let schema = schema(&json!({ "properties": { "a": { "$ref": "#" } } }));
    let error = schema.expect_err("a cycle").to_string();
    assert!(error.contains("contains itself"), "{error}");
}

#[test]
fn null_is_right_only_where_it_may_be() {
    let schema = schema(&json!({ "properties": {
        "yes": { "type": "string", "nullable": true },
        "no": { "type": "string" },
        "either": { "oneOf": [{ "type": "integer" }, { "type": "string", "nullable": true, "enum": [null] }] },
    } }));
    let schema = schema.expect("a schema");
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
