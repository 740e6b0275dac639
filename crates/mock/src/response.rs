//! Responses, whole or cut short.

use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use bytes::Bytes;
use http::header::{CONTENT_TYPE, HeaderName, HeaderValue};
use http_body::{Frame, SizeHint};

use crate::connection_end::ConnectionEnd;

/// A response with all of its body.
pub(crate) type Response = http::Response<Bytes>;

/// A response with a body of this media type.
pub(crate) fn response(status: u16, media_type: &'static str, body: impl Into<Bytes>) -> Response {
    let media_type = HeaderValue::from_static(media_type);
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

/// The body of a response as it goes out. It declares the length of the whole, also where only half of it will come.
pub(crate) struct ResponseBody {
    length: u64,
    rest: Option<Bytes>,
    /// Ends the connection after half of the body.
    end: Option<Arc<ConnectionEnd>>,
}

impl ResponseBody {
    pub(crate) fn whole(body: Bytes) -> ResponseBody {
        ResponseBody {
            length: body.len() as u64,
            rest: Some(body),
            end: None,
        }
    }

    /// Half of the body, after which the connection is closed.
    pub(crate) fn half(body: &Bytes, end: Arc<ConnectionEnd>) -> ResponseBody {
        ResponseBody {
            length: body.len() as u64,
            rest: Some(body.slice(..body.len() / 2)),
            end: Some(end),
        }
    }
}

impl http_body::Body for ResponseBody {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        let this = self.get_mut();
        if let Some(rest) = this.rest.take().filter(|rest| !rest.is_empty()) {
            return Poll::Ready(Some(Ok(Frame::data(rest))));
        }
        match &this.end {
            None => Poll::Ready(None),
            // While this is pending, hyper sends what it has. Then the connection ends.
            Some(end) => {
                end.close();
                Poll::Pending
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        self.end.is_none() && self.rest.as_ref().is_none_or(Bytes::is_empty)
    }

    fn size_hint(&self) -> SizeHint {
        match (&self.rest, &self.end) {
            (None, None) => SizeHint::with_exact(0),
            _ => SizeHint::with_exact(self.length),
        }
    }
}
