//! What can go wrong with an operation.

mod error_response;
mod invalid_request;
mod summary;
mod transport;

use std::fmt;

use bytes::Bytes;
use reqwest::StatusCode;
use reqwest::header::HeaderMap;

pub(crate) use self::error_response::BodyFault;
pub use self::error_response::ErrorResponse;
pub use self::invalid_request::InvalidRequest;
pub(crate) use self::summary::{begins_like_html, is_called_html};
pub(crate) use self::transport::Cause;
pub use self::transport::TransportError;
use crate::request::RequestContext;

/// Why an operation did not return a value. `E` is what the service documents the body of an error to be.
///
/// The variants say how far things went, and so what is known of the effect:
///
/// | variant | was the request sent? | did it take effect? |
/// |---|---|---|
/// | [`InvalidRequest`](Self::InvalidRequest) | no | no |
/// | [`Transport`](Self::Transport) | not if [`is_connect`](TransportError::is_connect) | unknown otherwise |
/// | [`ErrorResponse`](Self::ErrorResponse) | yes | as the service says |
/// | [`InvalidBody`](Self::InvalidBody) | yes | yes: the status was 2xx |
///
/// Nothing here prints credentials, the values of query parameters, or more than an excerpt of a body. Where a service repeats
/// credentials of eight characters or more, `[redacted]` stands in the body in their place.
///
/// ```
/// use postpress_runtime::{Empty, Error, Method, Request, Service, http_client};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), postpress_runtime::reqwest::Error> {
/// let service = Service::new("https://api.example/v1", http_client().build()?);
/// let request: Request<'_, Empty> =
///     Request::new(&service, "deleteChat", Method::DELETE, "/chats/{chat_id}").path("chat_id", "");
/// let error = request.await.unwrap_err();
/// assert!(matches!(error, Error::InvalidRequest(_)));
/// assert_eq!(error.to_string(), "parameter `chat_id` cannot be sent: it is empty, which would change the path");
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
#[non_exhaustive]
pub enum Error<E = serde_json::Value> {
    /// The request was refused before anything was sent.
    InvalidRequest(InvalidRequest),
    /// No response came, or it broke off.
    Transport(TransportError),
    /// The service answered with a status other than 2xx. Redirects are among these: they are not followed.
    ErrorResponse(Box<ErrorResponse<E>>),
    /// The service answered with a 2xx status, and a body that is not what it documents.
    InvalidBody(Box<ErrorResponse<E>>),
}

impl<E> Error<E> {
    /// Which request it was; `None` if it was refused before anything was sent.
    pub fn context(&self) -> Option<&RequestContext> {
        match self {
            Self::InvalidRequest(_) => None,
            Self::Transport(error) => Some(error.context()),
            Self::ErrorResponse(response) | Self::InvalidBody(response) => Some(response.context()),
        }
    }

    /// The status of the response, if one came, be it only in part.
    pub fn status(&self) -> Option<StatusCode> {
        match self {
            Self::InvalidRequest(_) => None,
            Self::Transport(error) => error.status(),
            Self::ErrorResponse(response) | Self::InvalidBody(response) => Some(response.status()),
        }
    }

    /// The headers of the response, if one came, be it only in part.
    pub fn headers(&self) -> Option<&HeaderMap> {
        match self {
            Self::InvalidRequest(_) => None,
            Self::Transport(error) => error.headers(),
            Self::ErrorResponse(response) | Self::InvalidBody(response) => Some(response.headers()),
        }
    }

    /// The body of the response, if one was read.
    pub fn body(&self) -> Option<&Bytes> {
        match self {
            Self::InvalidRequest(_) | Self::Transport(_) => None,
            Self::ErrorResponse(response) | Self::InvalidBody(response) => Some(response.body()),
        }
    }

    /// The documented body of an error, if it is one.
    pub fn problem(&self) -> Option<&E> {
        match self {
            Self::ErrorResponse(response) | Self::InvalidBody(response) => response.problem(),
            _ => None,
        }
    }

    /// What happened, without the method and path of the request: a path may hold ids that do not belong in a log.
    pub fn message(&self) -> impl fmt::Display + '_ {
        Message(self)
    }
}

impl<E> fmt::Display for Error<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(context) = self.context() {
            write!(f, "{context}: ")?;
        }
        self.message().fmt(f)
    }
}

/// The message of an error, without the request.
struct Message<'a, E>(&'a Error<E>);

impl<E> fmt::Display for Message<'_, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Error::InvalidRequest(error) => error.fmt(f),
            Error::Transport(error) => error.fmt_message(f),
            Error::ErrorResponse(response) | Error::InvalidBody(response) => {
                response.fmt_message(f)
            }
        }
    }
}

impl<E: fmt::Debug> std::error::Error for Error<E> {
    // Transparent: each variant already prints what happened, so the source is what caused that.
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::InvalidRequest(error) => error.source(),
            Self::Transport(error) => error.source(),
            // Its fault is part of its message.
            Self::ErrorResponse(_) | Self::InvalidBody(_) => None,
        }
    }
}

impl<E> From<InvalidRequest> for Error<E> {
    fn from(error: InvalidRequest) -> Self {
        Self::InvalidRequest(error)
    }
}

impl<E> From<TransportError> for Error<E> {
    fn from(error: TransportError) -> Self {
        Self::Transport(error)
    }
}
