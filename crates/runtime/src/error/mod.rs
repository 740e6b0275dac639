//! What can go wrong with an operation.

mod asked;
mod cause;
mod error_response;
mod failure;
mod invalid_body;
mod invalid_request;
mod summary;
mod transport;

use std::fmt;

use bytes::Bytes;
use postpress_multipart::FormError;
use reqwest::StatusCode;
use reqwest::header::HeaderMap;

pub(crate) use self::asked::Asked;
pub use self::error_response::ErrorResponse;
pub use self::failure::Failure;
pub(crate) use self::invalid_body::BodyFault;
pub use self::invalid_body::InvalidBody;
pub use self::invalid_request::InvalidRequest;
pub use self::transport::TransportError;

/// Why an operation did not return a value. `E` is what the service documents the body of an error answer to be.
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
/// Nothing here prints credentials, the values of query parameters, or more than an excerpt of a body.
///
/// ```
/// use postpress_runtime::{Endpoint, Error};
///
/// let refused = Endpoint::new("https://api.example/v1", "/chats/{chat_id}").path("chat_id", "").finish();
/// let error: Error = refused.unwrap_err().into();
/// assert!(matches!(error, Error::InvalidRequest(_)));
/// assert_eq!(error.to_string(), "parameter `chat_id` cannot be sent: it is empty, which would change the path");
/// ```
#[derive(Debug)]
#[non_exhaustive]
pub enum Error<E = serde_json::Value> {
    /// The request was refused before anything was sent.
    InvalidRequest(InvalidRequest),
    /// No answer came, or it broke off.
    Transport(TransportError),
    /// The service answered with a status other than 2xx. Redirects are among these: they are not followed.
    ErrorResponse(Box<ErrorResponse<E>>),
    /// The service answered with a 2xx status, and a body that is not what it documents.
    InvalidBody(Box<InvalidBody>),
}

impl<E> Error<E> {
    /// The status of the answer, if one came, be it only in part.
    pub fn status(&self) -> Option<StatusCode> {
        match self {
            Self::InvalidRequest(_) => None,
            Self::Transport(error) => error.status(),
            Self::ErrorResponse(response) => Some(response.status()),
            Self::InvalidBody(error) => Some(error.status()),
        }
    }

    /// The headers of the answer, if one came, be it only in part.
    pub fn headers(&self) -> Option<&HeaderMap> {
        match self {
            Self::InvalidRequest(_) => None,
            Self::Transport(error) => error.headers(),
            Self::ErrorResponse(response) => Some(response.headers()),
            Self::InvalidBody(error) => Some(error.headers()),
        }
    }

    /// The body of the answer, if one came.
    pub fn body(&self) -> Option<&Bytes> {
        match self {
            Self::InvalidRequest(_) | Self::Transport(_) => None,
            Self::ErrorResponse(response) => Some(response.body()),
            Self::InvalidBody(error) => Some(error.body()),
        }
    }

    /// The documented body of an error answer, if the service answered so.
    pub fn problem(&self) -> Option<&E> {
        match self {
            Self::ErrorResponse(response) => response.problem(),
            _ => None,
        }
    }
}

impl<E> fmt::Display for Error<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::InvalidRequest(error) => error.fmt(f),
            Self::Transport(error) => error.fmt(f),
            Self::ErrorResponse(response) => response.fmt(f),
            Self::InvalidBody(error) => error.fmt(f),
        }
    }
}

impl<E: fmt::Debug> std::error::Error for Error<E> {
    // Transparent: each variant already prints what happened, so the source is what caused that.
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::InvalidRequest(error) => error.source(),
            Self::Transport(error) => error.source(),
            Self::ErrorResponse(_) => None,
            Self::InvalidBody(error) => error.source(),
        }
    }
}

impl<E> From<InvalidRequest> for Error<E> {
    fn from(error: InvalidRequest) -> Self {
        Self::InvalidRequest(error)
    }
}

impl<E> From<FormError> for Error<E> {
    fn from(error: FormError) -> Self {
        Self::InvalidRequest(error.into())
    }
}

impl<E> From<TransportError> for Error<E> {
    fn from(error: TransportError) -> Self {
        Self::Transport(error)
    }
}

impl<E> From<InvalidBody> for Error<E> {
    fn from(error: InvalidBody) -> Self {
        Self::InvalidBody(Box::new(error))
    }
}

impl<E> From<ErrorResponse<E>> for Error<E> {
    fn from(response: ErrorResponse<E>) -> Self {
        Self::ErrorResponse(Box::new(response))
    }
}
