//! What is read of an error, and of the response to a send: each member for itself, whatever the others are.

use postpress_client::{errors::ErrorType, runtime::RawJson};
use serde::{Deserialize, Deserializer};
use serde_json::Value;

/// The ids in the response to a send.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
pub(crate) struct Ids {
    #[serde(deserialize_with = "text")]
    pub(crate) chat_id: Option<String>,
    #[serde(deserialize_with = "text")]
    pub(crate) message_id: Option<String>,
}

/// What the service says about an error.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Problem {
    #[serde(rename = "type", deserialize_with = "text")]
    pub(crate) error_type: Option<ErrorType>,
    #[serde(deserialize_with = "text")]
    pub(crate) title: Option<String>,
    #[serde(deserialize_with = "text")]
    pub(crate) detail: Option<String>,
    #[serde(deserialize_with = "text")]
    pub(crate) instance: Option<String>,
}

/// A text, or the digits of a number. Anything else is nothing.
fn text<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: From<String>,
{
    let json = RawJson::deserialize(deserializer)?;
    Ok(match json.parse() {
        Ok(Value::String(text)) if !text.is_empty() => Some(text.into()),
        Ok(Value::Number(number)) => Some(number.to_string().into()),
        _ => None,
    })
}
