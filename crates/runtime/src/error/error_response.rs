//! A response whose status is not 2xx.

use std::fmt;

use bytes::Bytes;
use reqwest::StatusCode;
use reqwest::header::HeaderMap;
use serde::de::DeserializeOwned;

use super::summary::summary;
use crate::decode::{decode_json, without_bom};
use crate::excerpt::{BodyExcerpt, Excerpt};
use crate::request::RequestContext;
use crate::response::Response;

/// A response whose status is not 2xx: its status, headers and body, whatever the body is, and the documented
/// [`problem`](Self::problem) when the body is one.
pub struct ErrorResponse<E> {
    context: RequestContext,
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
    broke_off: bool,
    problem: Option<E>,
}

impl<E> ErrorResponse<E> {
    /// The status.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The body: JSON as documented, or the HTML page of a proxy, or nothing; its first MiB if it is larger. It is what came byte for
    /// byte, unless it held the credentials.
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// Whether the body did not come to its end: [`body`](Self::body) is what had come of it.
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

    /// Which request it was.
    pub fn context(&self) -> &RequestContext {
        &self.context
    }
}

impl<E: DeserializeOwned> ErrorResponse<E> {
    /// A body that is not what is documented is no error.
    pub(crate) fn new(context: RequestContext, response: Response<()>, broke_off: bool) -> Self {
        Self {
            problem: decode_json(&response.body).ok(),
            context,
            status: response.status,
            headers: response.headers,
            body: response.body,
            broke_off,
        }
    }
}

impl<E> ErrorResponse<E> {
    /// What happened, without the request.
    pub(super) fn fmt_message(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the service answered {}", self.status)?;
        match summary(&self.headers, without_bom(&self.body)) {
            Some(summary) => write!(f, ": {}", Excerpt(&summary))?,
            None => f.write_str(", with an empty body")?,
        }
        f.write_str(if self.broke_off {
            " (the body broke off)"
        } else {
            ""
        })
    }
}

impl<E> fmt::Display for ErrorResponse<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.context)?;
        self.fmt_message(f)
    }
}

impl<E: fmt::Debug> fmt::Debug for ErrorResponse<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ErrorResponse")
            .field("request", &format_args!("{}", self.context))
            .field("status", &self.status)
            .field("headers", &self.headers)
            .field("body", &BodyExcerpt(&self.body))
            .field("problem", &self.problem)
            .finish()
    }
}
