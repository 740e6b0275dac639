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
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error<E = serde_json::Value> {
    /// The request was refused before anything was sent.
    #[error(transparent)]
    InvalidRequest(#[from] InvalidRequest),
    /// No response came, or it broke off.
    #[error(transparent)]
    Transport(#[from] TransportError),
    /// The service answered with a status other than 2xx. Redirects are among these: they are not followed.
    #[error("{0}")]
    ErrorResponse(Box<ErrorResponse<E>>),
    /// The service answered with a 2xx status, and a body that is not what it documents.
    #[error("{0}")]
    InvalidBody(Box<ErrorResponse<E>>),
}

impl<E> Error<E> {
    fn response(&self) -> Option<&ErrorResponse<E>> {
        match self {
            Self::ErrorResponse(response) | Self::InvalidBody(response) => Some(response),
            _ => None,
        }
    }

    /// Which request it was; `None` if it was refused before anything was sent.
    pub fn context(&self) -> Option<&RequestContext> {
        match self {
            Self::Transport(error) => Some(error.context()),
            _ => self.response().map(ErrorResponse::context),
        }
    }

    /// The status of the response, if one came, be it only in part.
    pub fn status(&self) -> Option<StatusCode> {
        match self {
            Self::Transport(error) => error.status(),
            _ => self.response().map(ErrorResponse::status),
        }
    }

    /// The headers of the response, if one came, be it only in part.
    pub fn headers(&self) -> Option<&HeaderMap> {
        match self {
            Self::Transport(error) => error.headers(),
            _ => self.response().map(ErrorResponse::headers),
        }
    }

    /// The body of the response, if one was read.
    pub fn body(&self) -> Option<&Bytes> {
        self.response().map(ErrorResponse::body)
    }

    /// The documented body of an error, if it is one.
    pub fn problem(&self) -> Option<&E> {
        self.response()?.problem()
    }

    /// What happened, without the method and path of the request: a path may hold ids that do not belong in a log.
    pub fn message(&self) -> impl fmt::Display + '_ {
        Message(self)
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
