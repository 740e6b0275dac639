//! An exchange that broke off: no response came, or not all of it.

use std::error::Error as StdError;
use std::fmt;

use postpress_multipart::UploadError;
use reqwest::StatusCode;
use reqwest::header::HeaderMap;

use crate::excerpt::Excerpt;
use crate::request::RequestContext;

/// No response came, or it broke off.
///
/// It has no [source](std::error::Error::source), since it says itself why: [`http_error`](Self::http_error) has what is below.
pub struct TransportError(Box<Inner>);

struct Inner {
    context: RequestContext,
    /// The head of a response whose body broke off.
    head: Option<(StatusCode, HeaderMap)>,
    /// Whether the request had a body, of which nothing can have gone out.
    is_unsent: bool,
    cause: Cause,
}

/// Why an exchange broke off.
#[derive(Debug)]
pub(crate) enum Cause {
    Http(reqwest::Error),
    /// The time limit of the request ran out.
    TimedOut,
}

/// Without the URL: its query may hold what should not be in a log.
impl From<reqwest::Error> for Cause {
    fn from(error: reqwest::Error) -> Self {
        Self::Http(error.without_url())
    }
}

impl TransportError {
    pub(crate) fn new(
        context: RequestContext,
        head: Option<(StatusCode, HeaderMap)>,
        is_unsent: bool,
        cause: Cause,
    ) -> Self {
        Self(Box::new(Inner {
            context,
            head,
            is_unsent,
            cause,
        }))
    }

    /// Whether no connection was made, so that nothing was sent. This includes a time limit that ran out before any of the request's
    /// body was asked for, be it while connecting, in TLS or in a proxy's CONNECT.
    pub fn is_connect(&self) -> bool {
        self.0.is_unsent || self.http_error().is_some_and(reqwest::Error::is_connect)
    }

    /// Whether a time limit ran out: while connecting if [`is_connect`](Self::is_connect) also holds.
    pub fn is_timeout(&self) -> bool {
        self.http_error().is_none_or(reqwest::Error::is_timeout)
    }

    /// Whether it was our own body that could not be sent: a file that shrank, vanished or could not be read.
    pub fn is_upload(&self) -> bool {
        self.upload_error().is_some()
    }

    /// What was wrong with our own body.
    pub fn upload_error(&self) -> Option<&UploadError> {
        UploadError::find(self.http_error()?)
    }

    /// The HTTP client's own error, without the URL, whose query may hold what should not be in a log; `None` if the time limit of
    /// the request ran out.
    pub fn http_error(&self) -> Option<&reqwest::Error> {
        match &self.0.cause {
            Cause::Http(error) => Some(error),
            Cause::TimedOut => None,
        }
    }

    /// Which request it was.
    pub fn context(&self) -> &RequestContext {
        &self.0.context
    }

    /// The status of a response whose body broke off.
    pub fn status(&self) -> Option<StatusCode> {
        self.0.head.as_ref().map(|(status, _)| *status)
    }

    /// The headers of a response whose body broke off.
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.0.head.as_ref().map(|(_, headers)| headers)
    }
}

impl TransportError {
    /// What happened, without the request.
    pub(super) fn fmt_message(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(upload) = self.upload_error() {
            return write!(f, "the request was not sent whole: {upload}");
        }
        if let Some(status) = self.status() {
            write!(f, "the service answered {status}, but its body ")?;
        }
        f.write_str(
            match (
                self.status().is_some(),
                self.is_connect(),
                self.is_timeout(),
            ) {
                (true, _, true) => "took too long",
                (true, _, false) => "broke off",
                (false, true, true) => "the request was not sent: connecting took too long",
                (false, true, false) => "the request was not sent: could not connect",
                (false, false, true) => "the request got no response in time",
                (false, false, false) => "the request got no response: the exchange broke off",
            },
        )?;
        match self.http_error().and_then(root_cause) {
            Some(cause) => write!(f, ": {}", Excerpt(&cause)),
            None => Ok(()),
        }
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.0.context)?;
        self.fmt_message(f)
    }
}

impl fmt::Debug for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TransportError")
            .field("request", &format_args!("{}", self.0.context))
            .field("status", &self.status())
            .field("cause", &self.0.cause)
            .finish_non_exhaustive()
    }
}

impl StdError for TransportError {}

/// The root cause of an error of the HTTP client, whose own text says little; `None` if it has no cause.
pub(super) fn root_cause(error: &reqwest::Error) -> Option<String> {
    let mut cause = error.source()?;
    while let Some(next) = cause.source() {
        cause = next;
    }
    Some(cause.to_string())
}
