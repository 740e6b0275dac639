//! What is read of a response: of its head, and of the body of an error or of a send, where each member is read for itself, whatever
//! the others are.

use std::fmt;

use http::HeaderMap;
use postpress_client::{
    errors::ErrorType,
    runtime::{RawJson, Response},
};
use serde::{Deserialize, Deserializer};
use serde_json::Value;

/// The status and headers of a response, and the service's id of the request.
#[derive(Clone)]
pub struct ResponseHead {
    status: u16,
    headers: HeaderMap,
}

impl ResponseHead {
    pub(crate) fn of<T>(response: &Response<T>) -> Self {
        Self {
            status: response.status().as_u16(),
            headers: response.headers().clone(),
        }
    }

    /// The status, which is that of a success: 200 to 299.
    pub fn status(&self) -> u16 {
        self.status
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The service's id of the request, which its support asks for: the header `x-request-id`. `None` if there is none, or one that
    /// is no id.
    pub fn request_id(&self) -> Option<&str> {
        request_id(&self.headers)
    }
}

impl fmt::Debug for ResponseHead {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResponseHead")
            .field("status", &self.status)
            .field("request_id", &self.request_id())
            .finish_non_exhaustive()
    }
}

/// The id of a request in the headers of its response, unless that repeats a secret.
pub(crate) fn request_id(headers: &HeaderMap) -> Option<&str> {
    let value = headers
        .get("x-request-id")
        .filter(|id| !id.is_sensitive())?;
    value.to_str().ok().filter(|id| is_id(id))
}

/// Whether a text can be shown as the id of a request: it is short, and neither a sentence nor a path, which may be personal.
fn is_id(text: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_graphic() && !b"/?@".contains(&byte);
    (1..=128).contains(&text.len()) && text.bytes().all(fits)
}

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

impl Problem {
    /// The service's id of the request.
    pub(crate) fn request_id(&self) -> Option<&str> {
        self.instance.as_deref().filter(|id| is_id(id))
    }
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
