//! A response that is an error.

use std::fmt;
use std::str::Utf8Error;

use bytes::Bytes;
use reqwest::StatusCode;
use reqwest::header::HeaderMap;

use super::summary::summary;
use crate::by_status::FromBody;
use crate::decode::{DecodeError, without_bom};
use crate::excerpt::{BodyExcerpt, Excerpt};
use crate::request::RequestContext;
use crate::response::Response;

/// A response that is an error: by its status, which is not 2xx, or by a body that is not what it should be. It has its status, headers
/// and body, whatever the body is, and the documented [`problem`](Self::problem) when the body is one.
pub struct ErrorResponse<E> {
    context: RequestContext,
    response: Response<Option<E>>,
    broke_off: bool,
    fault: Option<BodyFault>,
}

/// What is wrong with the body of a 2xx response.
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

impl<E> ErrorResponse<E> {
    /// The status.
    pub fn status(&self) -> StatusCode {
        self.response.status
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.response.headers
    }

    /// The body: JSON as documented, or the HTML page of a proxy, or nothing. It is cut off after a MiB if the response is an error, and
    /// empty if it is a success that is too large. It is byte for byte what arrived, unless it repeated the credentials.
    pub fn body(&self) -> &Bytes {
        &self.response.body
    }

    /// Whether the body broke off: [`body`](Self::body) is the part of it that arrived.
    pub fn body_broke_off(&self) -> bool {
        self.broke_off
    }

    /// The body as the service documents that of an error; `None` when it is something else.
    pub fn problem(&self) -> Option<&E> {
        self.response.value().as_ref()
    }

    /// Takes the documented body out.
    pub fn into_problem(self) -> Option<E> {
        self.response.into_value()
    }

    /// Why the body of a success did not decode, where it should have been JSON.
    pub fn decode_error(&self) -> Option<&DecodeError> {
        match &self.fault {
            Some(BodyFault::Json(error)) => Some(error),
            _ => None,
        }
    }

    /// Which request it was.
    pub fn context(&self) -> &RequestContext {
        &self.context
    }

    /// Whether the body is what the service says of an error.
    fn is_problem(fault: Option<&BodyFault>) -> bool {
        matches!(fault, None | Some(BodyFault::Error))
    }
}

impl<E: FromBody> ErrorResponse<E> {
    /// A body that does not decode as what is documented has no `problem`.
    pub(crate) fn new(
        context: RequestContext,
        response: Response<()>,
        broke_off: bool,
        fault: Option<BodyFault>,
    ) -> Self {
        let is_problem = Self::is_problem(fault.as_ref());
        let status = response.status.as_u16();
        let problem = is_problem
            .then(|| E::from_error_body(status, &response.body))
            .flatten();
        Self {
            context,
            response: response.map(|()| problem),
            broke_off,
            fault,
        }
    }
}

impl<E> ErrorResponse<E> {
    /// What happened, without the request.
    pub(super) fn fmt_message(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the service answered {}", self.status())?;
        if let Some(fault) = &self.fault {
            write!(f, ", but its body {fault}")?;
        }
        if Self::is_problem(self.fault.as_ref()) {
            match summary(self.headers(), without_bom(self.body())) {
                Some(summary) => write!(f, ": {}", Excerpt(&summary))?,
                None => f.write_str(", with an empty body")?,
            }
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
        // The body of a success is what somebody wrote.
        let is_problem = Self::is_problem(self.fault.as_ref());
        let shown = if is_problem { self.body() } else { &[][..] };
        f.debug_struct("ErrorResponse")
            .field("request", &format_args!("{}", self.context))
            .field("status", &self.status())
            .field("headers", self.headers())
            .field("body", &BodyExcerpt(shown))
            .field("problem", &self.problem())
            .field("fault", &self.fault)
            .finish()
    }
}
