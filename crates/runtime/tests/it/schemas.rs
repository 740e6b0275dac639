//! The JSON schemas of what the macros define, and of the unions that schemars does not understand.

use postpress_runtime::{Timestamp, open_integer_enum, open_string_enum, tagged_union_schema};
use schemars::r#gen::SchemaGenerator;
use schemars::schema::Schema;
use schemars::{JsonSchema, schema_for};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

open_string_enum! {
    pub(crate) enum AccountType { Whatsapp = "WHATSAPP" }
}

open_integer_enum! {
    pub(crate) enum ChatType { Direct = 0 }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
struct Image {
    account: AccountType,
}

/// The members of an attachment of one of two kinds, of which the first is meant without a tag.
struct Attachment;

impl JsonSchema for Attachment {
    fn schema_name() -> String {
        "Attachment".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        tagged_union_schema(
            "type",
            Some("img"),
            [
                ("img", generator.subschema_for::<Image>()),
                ("other", generator.subschema_for::<Image>()),
            ],
        )
    }
}

fn schema<T: JsonSchema>() -> Value {
    serde_json::to_value(schema_for!(T)).unwrap()
}

#[test]
fn open_enums_list_what_they_know_and_allow_the_rest() {
    assert_eq!(
        schema::<AccountType>()["anyOf"],
        json!([{"description": "The values known so far.", "enum": ["WHATSAPP"]}, {"type": "string"}])
    );
    assert_eq!(
        schema::<ChatType>()["anyOf"],
        json!([{"description": "The values known so far.", "enum": [0]}, {"type": "number"}])
    );
}

#[test]
fn a_tag_is_required_but_where_it_may_be_absent() {
    let attachment = schema::<Attachment>();
    assert_eq!(
        attachment["anyOf"],
        json!([
            {"allOf": [
                {"$ref": "#/definitions/Image"},
                {"type": "object", "properties": {"type": {"type": "string", "enum": ["img"]}}},
            ]},
            {"allOf": [
                {"$ref": "#/definitions/Image"},
                {"type": "object", "required": ["type"], "properties": {"type": {"type": "string", "enum": ["other"]}}},
            ]},
        ])
    );
    assert_eq!(
        attachment["definitions"]["Image"]["properties"]["account"],
        json!({"$ref": "#/definitions/AccountType"})
    );
    assert_eq!(
        schema::<Timestamp>(),
        json!({
            "$schema": "http://json-schema.org/draft-07/schema#",
            "title": "Timestamp",
            "type": "string",
            "format": "date-time",
        })
    );
}
