//! Answers, whole or cut short.

use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use bytes::Bytes;
use http::header::{CONTENT_TYPE, HeaderName, HeaderValue};
use http::{Response, StatusCode};
use http_body::{Frame, SizeHint};

use crate::connection::Ending;

const JSON: HeaderValue = HeaderValue::from_static("application/json");
const HTML: HeaderValue = HeaderValue::from_static("text/html");

/// What a proxy says when the server behind it is gone.
const BAD_GATEWAY: &str = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n\
    <center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n";

/// An answer to a request.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(HeaderName, HeaderValue)>,
    pub(crate) body: Bytes,
}

impl Answer {
    pub(crate) fn json(status: u16, body: impl Into<Bytes>) -> Answer {
        Answer {
            status,
            headers: vec![(CONTENT_TYPE, JSON)],
            body: body.into(),
        }
    }

    pub(crate) fn empty(status: u16) -> Answer {
        Answer {
            status,
            headers: Vec::new(),
            body: Bytes::new(),
        }
    }

    pub(crate) fn bad_gateway() -> Answer {
        Answer {
            status: 502,
            headers: vec![(CONTENT_TYPE, HTML)],
            body: Bytes::from_static(BAD_GATEWAY.as_bytes()),
        }
    }

    /// Adds a header. A value that cannot stand in one is left out.
    pub(crate) fn with(mut self, name: HeaderName, value: &str) -> Answer {
        if let Ok(value) = HeaderValue::from_str(value) {
            self.headers.push((name, value));
        }
        self
    }

    pub(crate) fn into_response(self) -> Response<AnswerBody> {
        self.response(|body| AnswerBody {
            length: body.len() as u64,
            rest: Some(body),
            cut: None,
        })
    }

    /// The same answer, but after half of the body the connection ends.
    pub(crate) fn into_half(self, ending: Arc<Ending>) -> Response<AnswerBody> {
        self.response(|body| AnswerBody {
            length: body.len() as u64,
            rest: Some(body.slice(..body.len() / 2)),
            cut: Some(ending),
        })
    }

    fn response(self, body: impl FnOnce(Bytes) -> AnswerBody) -> Response<AnswerBody> {
        let mut response = Response::new(body(self.body));
        *response.status_mut() = StatusCode::from_u16(self.status).unwrap_or_default();
        response.headers_mut().extend(self.headers);
        response
    }
}

/// The body of an answer. It declares the length of the whole, also where only a part will come.
pub(crate) struct AnswerBody {
    length: u64,
    rest: Option<Bytes>,
    cut: Option<Arc<Ending>>,
}

impl http_body::Body for AnswerBody {
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
        match &this.cut {
            None => Poll::Ready(None),
            // While this is pending, hyper sends what it has. Then the connection ends.
            Some(ending) => {
                ending.close();
                Poll::Pending
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        self.cut.is_none() && self.rest.as_ref().is_none_or(Bytes::is_empty)
    }

    fn size_hint(&self) -> SizeHint {
        match (&self.rest, &self.cut) {
            (None, None) => SizeHint::with_exact(0),
            _ => SizeHint::with_exact(self.length),
        }
    }
}
