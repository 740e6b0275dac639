//! What the generated types make of responses: those of the pages, those that deviate from the pages, and those that are none.

/// Compares the fields of a struct that can grow, and so cannot be written out as a value here.
macro_rules! assert_fields {
    ($value:expr, $ty:ident { $($field:ident: $expected:expr),+ $(,)? }) => {
        let value: &$ty = $value;
        $(crate::decoding::assert_same(stringify!($field), &value.$field, &$expected);)+
    };
}

mod attachments;
mod catalogue;
mod deviations;
mod examples;
mod matrix;
mod responses;

use postpress_client::runtime::{DecodeError, decode_json, serde};
use postpress_client::types::{ChatDetail, Message};
use postpress_tests::examples::body;
use serde_json::Value;

fn assert_same<T: PartialEq + std::fmt::Debug>(field: &str, value: &T, expected: &T) {
    assert_eq!(value, expected, "`{field}`");
}

/// Decodes as the client does.
fn decode<T: serde::de::DeserializeOwned>(json: &Value) -> Result<T, DecodeError> {
    decode_json(json.to_string().as_bytes())
}

fn decoded<T: serde::de::DeserializeOwned>(json: &Value) -> T {
    decode(json).unwrap()
}

fn written(value: &impl serde::Serialize) -> Value {
    serde_json::to_value(value).unwrap()
}

/// The list of one chat that the page shows, after a change to that chat.
fn list_with(change: impl FnOnce(&mut Value)) -> Value {
    let mut list = body("listChats");
    change(&mut list["items"][0]);
    list
}

/// The chat that the page shows, after a change to its last message.
fn chat_with(change: impl FnOnce(&mut Value)) -> Value {
    let mut chat = body("getChat");
    change(&mut chat["lastMessage"]);
    chat
}

/// The last message of a chat.
fn message(chat: ChatDetail) -> Message {
    chat.last_message.unwrap().into_value().unwrap()
}

fn without(json: &mut Value, member: &str) {
    let removed = json.as_object_mut().unwrap().remove(member);
    assert!(removed.is_some(), "there is no `{member}`");
}
