//! An exchange that broke off: no response came, or not all of it.

use std::error::Error as StdError;
use std::fmt;

use postpress_multipart::UploadError;
use reqwest::StatusCode;
use reqwest::header::HeaderMap;

use super::cause::root_cause;
use crate::excerpt::Excerpt;
use crate::request::RequestContext;

/// No response came, or it broke off. The [source](std::error::Error::source) is the HTTP client's own error, without
/// the URL: its query may hold what should not be in a log.
pub struct TransportError(Box<Inner>);

struct Inner {
    context: RequestContext,
    /// The head of a response whose body broke off.
    head: Option<(StatusCode, HeaderMap)>,
    source: reqwest::Error,
}

impl TransportError {
    pub(crate) fn no_response(context: RequestContext, source: reqwest::Error) -> Self {
        Self::new(context, None, source)
    }

    pub(crate) fn broken_off(
        context: RequestContext,
        status: StatusCode,
        headers: HeaderMap,
        source: reqwest::Error,
    ) -> Self {
        Self::new(context, Some((status, headers)), source)
    }

    fn new(
        context: RequestContext,
        head: Option<(StatusCode, HeaderMap)>,
        source: reqwest::Error,
    ) -> Self {
        Self(Box::new(Inner {
            context,
            head,
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
        match root_cause(&self.0.source) {
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
            .field("source", &self.0.source)
            .finish_non_exhaustive()
    }
}

impl StdError for TransportError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(&self.0.source)
    }
}
