//! A success whose body is not what was documented.

use std::error::Error as StdError;
use std::fmt;
use std::str::Utf8Error;

use bytes::Bytes;
use reqwest::header::HeaderMap;
use reqwest::{Method, StatusCode};

use super::Asked;
use crate::decode::DecodeError;

/// A 2xx answer whose body did not decode. The request took effect; the body is kept, to be read by other means.
pub struct InvalidBody {
    pub(crate) asked: Asked,
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    pub(crate) fault: BodyFault,
}

/// What is wrong with the body.
#[derive(Debug, thiserror::Error)]
pub(crate) enum BodyFault {
    #[error(transparent)]
    Json(#[from] DecodeError),
    #[error(transparent)]
    Text(#[from] Utf8Error),
}

impl InvalidBody {
    /// The status of the answer, a 2xx.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers of the answer.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The body, byte for byte.
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// Where in the JSON the fault is, such as `items[3].id`; `None` when it is the whole, or no JSON at all.
    pub fn json_path(&self) -> Option<&str> {
        match &self.fault {
            BodyFault::Json(error) => error.json_path(),
            BodyFault::Text(_) => None,
        }
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

impl fmt::Display for InvalidBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            asked,
            status,
            fault,
            ..
        } = self;
        write!(
            f,
            "{asked} answered {status}, but its body did not decode: {fault}"
        )
    }
}

// Without the body, which is what somebody wrote.
impl fmt::Debug for InvalidBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("InvalidBody")
            .field("request", &format_args!("{}", self.asked))
            .field("status", &self.status)
            .field("headers", &self.headers)
            .field("body", &format_args!("{} bytes", self.body.len()))
            .field("fault", &format_args!("{}", self.fault))
            .finish()
    }
}

// The fault is part of the message, so it is not repeated as a source.
impl StdError for InvalidBody {}
