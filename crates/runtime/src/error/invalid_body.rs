//! A success whose body is not what was documented.

use std::error::Error as StdError;
use std::fmt;

use bytes::Bytes;
use reqwest::header::HeaderMap;
use reqwest::{Method, StatusCode};

use super::Asked;
use crate::excerpt::{BodyExcerpt, Excerpt};

/// A 2xx answer whose body did not decode. The request took effect; the body is kept, to be read by other means.
pub struct InvalidBody {
    pub(crate) asked: Asked,
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    pub(crate) json_path: Option<String>,
    pub(crate) source: Box<dyn StdError + Send + Sync>,
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
        self.json_path.as_deref()
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
        let Self { asked, status, .. } = self;
        write!(f, "{asked} answered {status}, but its body did not decode")?;
        if let Some(path) = &self.json_path {
            write!(f, " at `{path}`")?;
        }
        // The decoder may quote a value from the body, of any length.
        write!(f, ": {}", Excerpt(&self.source.to_string()))
    }
}

impl fmt::Debug for InvalidBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("InvalidBody")
            .field("request", &format_args!("{}", self.asked))
            .field("status", &self.status)
            .field("headers", &self.headers)
            .field("body", &BodyExcerpt(&self.body))
            .field("json_path", &self.json_path)
            .field("source", &Excerpt(&self.source.to_string()).to_string())
            .finish()
    }
}

// The decoder's error is part of the message, so it is not repeated as a source.
impl StdError for InvalidBody {}
