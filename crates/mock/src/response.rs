//! Responses, whole or cut short.

use std::future::ready;
use std::time::Duration;

use bytes::Bytes;
use futures_util::{FutureExt as _, StreamExt as _};
use http::header::{CONTENT_LENGTH, CONTENT_TYPE, HeaderName, HeaderValue};
use http_body::Frame;
use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt as _, Full, StreamBody};

/// How long a response that is cut short has to go out before the connection ends.
const PAUSE: Duration = Duration::from_millis(20);

/// A response with all of its body.
pub(crate) type Response = http::Response<Bytes>;

/// A response as it goes out.
pub(crate) type Outgoing = http::Response<UnsyncBoxBody<Bytes, Disconnect>>;

/// How a connection ends where there is no whole response.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Disconnect {
    #[error("the connection is closed")]
    Closed,
    #[error("the connection is reset")]
    Reset,
}

/// The media type of almost all responses.
pub(crate) const JSON: HeaderValue = HeaderValue::from_static("application/json");

/// A response with a body of this media type.
pub(crate) fn response(status: u16, media_type: HeaderValue, body: impl Into<Bytes>) -> Response {
    let mut response = empty(status);
    response.headers_mut().insert(CONTENT_TYPE, media_type);
    response.map(|_| body.into())
}

/// A response without a body.
pub(crate) fn empty(status: u16) -> Response {
    let mut response = Response::default();
    // The statuses are those of the document, and ours.
    *response.status_mut() = status.try_into().unwrap_or_default();
    response
}

/// Adds a header. A value that cannot stand in one is left out.
pub(crate) fn with_header(mut response: Response, name: HeaderName, value: &str) -> Response {
    if let Ok(value) = value.parse() {
        response.headers_mut().insert(name, value);
    }
    response
}

pub(crate) fn whole(response: Response) -> Outgoing {
    response.map(|body| {
        Full::new(body)
            .map_err(|never| match never {})
            .boxed_unsync()
    })
}

/// Declares the length of the whole, and ends the connection after half of it.
pub(crate) fn half(response: Response) -> Outgoing {
    let length = response.body().len();
    with_header(response, CONTENT_LENGTH, &length.to_string()).map(|body| {
        let half = ready(Ok(Frame::data(body.slice(..length / 2)))).into_stream();
        let end = async {
            tokio::time::sleep(PAUSE).await;
            Err(Disconnect::Closed)
        };
        StreamBody::new(half.chain(end.into_stream())).boxed_unsync()
    })
}
