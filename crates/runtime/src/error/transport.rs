//! An exchange that broke: no answer came, or not all of it.

use std::error::Error as StdError;
use std::fmt;

use postpress_multipart::UploadError;
use reqwest::header::HeaderMap;
use reqwest::{Method, StatusCode};

use super::Asked;
use super::cause::first_cause;
use crate::excerpt::Excerpt;

/// No answer came, or it broke off. The [source](std::error::Error::source) is the HTTP client's own error, without
/// the URL: its query may hold what should not be in a log.
pub struct TransportError(Box<Inner>);

struct Inner {
    asked: Asked,
    answered: Option<(StatusCode, HeaderMap)>,
    source: reqwest::Error,
}

impl TransportError {
    pub(crate) fn unanswered(asked: Asked, source: reqwest::Error) -> Self {
        Self::new(asked, None, source)
    }

    pub(crate) fn broken_off(
        asked: Asked,
        status: StatusCode,
        headers: HeaderMap,
        source: reqwest::Error,
    ) -> Self {
        Self::new(asked, Some((status, headers)), source)
    }

    fn new(
        asked: Asked,
        answered: Option<(StatusCode, HeaderMap)>,
        source: reqwest::Error,
    ) -> Self {
        Self(Box::new(Inner {
            asked,
            answered,
            source: source.without_url(),
        }))
    }

    /// Whether no connection was made, so that nothing was sent.
    pub fn is_connect(&self) -> bool {
        self.0.source.is_connect()
    }

    /// Whether a time limit ran out: while connecting if [`is_connect`](Self::is_connect) also holds.
    pub fn is_timeout(&self) -> bool {
        self.0.source.is_timeout()
    }

    /// Whether it was our own body that could not be sent: a file that shrank, vanished or could not be read.
    pub fn is_upload(&self) -> bool {
        self.upload_error().is_some()
    }

    /// What was wrong with our own body.
    pub fn upload_error(&self) -> Option<&UploadError> {
        let mut next = self.source();
        while let Some(error) = next {
            if let Some(upload) = error.downcast_ref() {
                return Some(upload);
            }
            next = error.source();
        }
        None
    }

    /// The method of the request.
    pub fn method(&self) -> Option<&Method> {
        self.0.asked.method()
    }

    /// The path of the request's URL, the base URL's own path included.
    pub fn path(&self) -> &str {
        self.0.asked.path()
    }

    /// The status of an answer whose body broke off.
    pub fn status(&self) -> Option<StatusCode> {
        self.0.answered.as_ref().map(|(status, _)| *status)
    }

    /// The headers of an answer whose body broke off.
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.0.answered.as_ref().map(|(_, headers)| headers)
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let asked = &self.0.asked;
        if let Some(upload) = self.upload_error() {
            return write!(f, "{asked} was not sent whole: {upload}");
        }
        match (self.status(), self.is_connect(), self.is_timeout()) {
            (Some(status), _, true) => {
                write!(f, "{asked} answered {status}, but its body took too long")?
            }
            (Some(status), _, false) => {
                write!(f, "{asked} answered {status}, but its body broke off")?
            }
            (None, true, true) => write!(f, "{asked} was not sent: connecting took too long")?,
            (None, true, false) => write!(f, "{asked} was not sent: could not connect")?,
            (None, false, true) => write!(f, "{asked} got no answer in time")?,
            (None, false, false) => write!(f, "{asked} got no answer: the exchange broke off")?,
        }
        match first_cause(&self.0.source) {
            Some(cause) => write!(f, ": {}", Excerpt(&cause)),
            None => Ok(()),
        }
    }
}

impl fmt::Debug for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TransportError")
            .field("request", &format_args!("{}", self.0.asked))
            .field("status", &self.status())
            .field("source", &self.0.source)
            .finish_non_exhaustive()
    }
}

impl StdError for TransportError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(&self.0.source)
    }
}
