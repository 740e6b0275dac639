//! The response to a request that succeeded: its value, with the status and headers that came with it.

mod body;
mod incoming;
mod receipt;
mod stream;

use bytes::Bytes;
use reqwest::StatusCode;
use reqwest::header::HeaderMap;

pub use self::body::{Decode, Empty, Json, Raw, Receipt, Text};
pub(crate) use self::incoming::{Incoming, Limits};
pub use self::stream::ByteStream;

/// The response to a request that succeeded: the value of its body, with the status and headers that came with it.
///
/// ```
/// use postpress_runtime::{Response, reqwest::{StatusCode, header::HeaderMap}};
///
/// let response = Response::new(StatusCode::CREATED, HeaderMap::new(), String::from("chat_1"));
/// assert_eq!(response.status(), StatusCode::CREATED);
/// assert_eq!(response.value(), "chat_1");
/// assert_eq!(response.into_value(), "chat_1");
/// ```
#[derive(Clone, Debug)]
pub struct Response<T> {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    value: T,
}

impl<T> Response<T> {
    /// Puts a response together, as a test or another transport needs it. Its [`body`](Self::body) is empty.
    pub fn new(status: StatusCode, headers: HeaderMap, value: T) -> Self {
        Self {
            status,
            headers,
            body: Bytes::new(),
            value,
        }
    }

    /// The status: always 2xx when an operation returned it.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The body that the value was decoded from, byte for byte: for what the service has added and `T` does not know. Empty where
    /// the body is not read here, but streamed.
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// The value of the body.
    pub fn value(&self) -> &T {
        &self.value
    }

    /// Takes the value out.
    pub fn into_value(self) -> T {
        self.value
    }

    /// The same response with another value.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Response<U> {
        Response {
            status: self.status,
            headers: self.headers,
            body: self.body,
            value: change(self.value),
        }
    }
}
