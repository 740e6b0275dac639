//! A success whose body is not what is documented.

use std::error::Error as StdError;
use std::fmt;
use std::str::Utf8Error;

use bytes::Bytes;
use reqwest::StatusCode;
use reqwest::header::HeaderMap;

use super::summary::summary;
use crate::decode::DecodeError;
use crate::excerpt::Excerpt;
use crate::request::RequestContext;
use crate::response::Response;

/// A 2xx response whose body is not what it should be. The request took effect, if it was the service that responded.
pub struct InvalidBody {
    pub(crate) context: RequestContext,
    pub(crate) response: Response<()>,
    pub(crate) fault: BodyFault,
}

/// What is wrong with the body.
#[derive(Debug, thiserror::Error)]
pub(crate) enum BodyFault {
    #[error("did not decode: {0}")]
    Json(#[from] DecodeError),
    #[error("did not decode: {0}")]
    Text(#[from] Utf8Error),
    #[error("is larger than {0} bytes")]
    TooLarge(usize),
    #[error("is an HTML page")]
    Html,
    #[error("is an error")]
    Error,
}

impl InvalidBody {
    /// The status, a 2xx.
    pub fn status(&self) -> StatusCode {
        self.response.status()
    }

    /// The headers of the response.
    pub fn headers(&self) -> &HeaderMap {
        self.response.headers()
    }

    /// The body, byte for byte unless it held the credentials; empty if it was too large.
    pub fn body(&self) -> &Bytes {
        self.response.body()
    }

    /// Why the body did not decode, where it should have been JSON.
    pub fn decode_error(&self) -> Option<&DecodeError> {
        match &self.fault {
            BodyFault::Json(error) => Some(error),
            _ => None,
        }
    }

    /// Which request it was.
    pub fn context(&self) -> &RequestContext {
        &self.context
    }
}

impl InvalidBody {
    /// What happened, without the request.
    pub(super) fn fmt_message(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            response, fault, ..
        } = self;
        let status = response.status();
        write!(f, "the service answered {status}, but its body {fault}")?;
        match (fault, summary(&response.headers, &response.body)) {
            (BodyFault::Error, Some(said)) => write!(f, ": {}", Excerpt(&said)),
            _ => Ok(()),
        }
    }
}

impl fmt::Display for InvalidBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.context)?;
        self.fmt_message(f)
    }
}

// Without the body, which is what somebody wrote.
impl fmt::Debug for InvalidBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("InvalidBody")
            .field("request", &format_args!("{}", self.context))
            .field("status", &self.status())
            .field("headers", self.headers())
            .field("body", &format_args!("{} bytes", self.body().len()))
            .field("fault", &format_args!("{}", self.fault))
            .finish()
    }
}

// The fault is part of the message, so it is not repeated as a source.
impl StdError for InvalidBody {}
