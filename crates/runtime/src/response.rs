//! A success: its value, with the status and headers that came with it.

use std::ops::{Deref, DerefMut};

use bytes::Bytes;
use reqwest::StatusCode;
use reqwest::header::HeaderMap;

/// What a successful operation returns: the decoded value, with the status and headers that came with it.
///
/// It stands for its value: fields and methods of `T` can be used directly.
///
/// ```
/// use postpress_runtime::{Response, reqwest::{StatusCode, header::HeaderMap}};
///
/// let response = Response::new(StatusCode::CREATED, HeaderMap::new(), String::from("chat_1"));
/// assert_eq!(response.status(), StatusCode::CREATED);
/// assert_eq!(response.len(), 6); // `String::len`
/// assert_eq!(response.into_inner(), "chat_1");
/// ```
#[derive(Clone, Debug)]
pub struct Response<T> {
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
    value: T,
}

impl<T> Response<T> {
    /// Puts a response together, as a test or another transport needs it.
    pub fn new(status: StatusCode, headers: HeaderMap, value: T) -> Self {
        Self {
            status,
            headers,
            body: Bytes::new(),
            value,
        }
    }

    pub(crate) fn with_body(mut self, body: Bytes) -> Self {
        self.body = body;
        self
    }

    /// The status of the answer: always 2xx when an operation returned it.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers of the answer.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The body that the value was decoded from, byte for byte: for what the service has added and `T` does not know. Empty where
    /// the body is not read here, but streamed.
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// The value alone.
    pub fn into_inner(self) -> T {
        self.value
    }

    /// The status, the headers and the value.
    pub fn into_parts(self) -> (StatusCode, HeaderMap, T) {
        (self.status, self.headers, self.value)
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

impl<T> Deref for Response<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T> DerefMut for Response<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.value
    }
}
