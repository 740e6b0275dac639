//! An answer whose status is not 2xx.

use std::fmt;

use bytes::Bytes;
use reqwest::header::HeaderMap;
use reqwest::{Method, StatusCode};
use serde::de::DeserializeOwned;

use super::Asked;
use super::summary::summary;
use crate::decode::{decode_json, without_bom};
use crate::excerpt::{BodyExcerpt, Excerpt};

/// An answer whose status is not 2xx: its status, headers and body, whatever the body is, and the documented
/// [`problem`](Self::problem) when the body is one.
pub struct ErrorResponse<E> {
    asked: Asked,
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
    broke_off: bool,
    problem: Option<E>,
}

impl<E> ErrorResponse<E> {
    /// The status of the answer.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers of the answer.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The body, byte for byte: JSON as documented, or the HTML page of a proxy, or nothing.
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// Whether the connection broke while the body was read: [`body`](Self::body) is what came until then.
    pub fn body_broke_off(&self) -> bool {
        self.broke_off
    }

    /// The body as the service documents it; `None` when it is something else.
    pub fn problem(&self) -> Option<&E> {
        self.problem.as_ref()
    }

    /// Takes the documented body out.
    pub fn into_problem(self) -> Option<E> {
        self.problem
    }

    /// The method of the request.
    pub fn method(&self) -> Option<&Method> {
        self.asked.method()
    }

    /// The path of the request's URL, the base URL's own path included.
    pub fn path(&self) -> &str {
        self.asked.path()
    }
}

impl ErrorResponse<()> {
    pub(crate) fn unread(
        asked: Asked,
        status: StatusCode,
        headers: HeaderMap,
        body: Bytes,
        broke_off: bool,
    ) -> Self {
        Self {
            asked,
            status,
            headers,
            body,
            broke_off,
            problem: None,
        }
    }

    /// Reads the body as `E`; a body that is something else is no error.
    pub(crate) fn read_as<E: DeserializeOwned>(self) -> ErrorResponse<E> {
        ErrorResponse {
            problem: decode_json(&self.body).ok(),
            asked: self.asked,
            status: self.status,
            headers: self.headers,
            body: self.body,
            broke_off: self.broke_off,
        }
    }
}

impl<E> fmt::Display for ErrorResponse<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} answered {}", self.asked, self.status)?;
        match summary(&self.headers, without_bom(&self.body)) {
            Some(summary) => write!(f, ": {}", Excerpt(&summary)),
            None => Ok(()),
        }
    }
}

impl<E: fmt::Debug> fmt::Debug for ErrorResponse<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ErrorResponse")
            .field("request", &format_args!("{}", self.asked))
            .field("status", &self.status)
            .field("headers", &self.headers)
            .field("body", &BodyExcerpt(&self.body))
            .field("problem", &self.problem)
            .finish()
    }
}
