//! The JSON schemas of what the macros define.

// Helpers of tests are tests, too.
#![allow(clippy::unwrap_used)]
#![cfg(feature = "schemars")]

use postpress_runtime::{
    Timestamp, open_integer_enum, open_string_enum, tagged_union, untagged_union,
};
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

tagged_union! {
    pub(crate) enum Attachment tag "type" {
        Image = "img" default => Image,
        Other = "other" => Image,
    }
}

untagged_union! {
    pub(crate) enum MutedUntil { Kind(ChatType), Until(Timestamp) }
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
fn unions_are_any_of_their_variants() {
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
        schema::<MutedUntil>()["anyOf"],
        json!([{"$ref": "#/definitions/ChatType"}, {"type": "string", "format": "date-time"}])
    );
}
