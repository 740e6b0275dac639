//! Whether any of a request's body can have gone out.

use std::error::Error;
use std::pin::Pin;
use std::sync::{Arc, OnceLock};
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};

/// Stands before the body of a request. The HTTP client asks for the body when it has a connection to write it to; a request is not
/// complete without it.
pub(super) struct Gate(Option<Arc<OnceLock<State>>>);

/// What came first.
#[derive(PartialEq)]
enum State {
    /// The client asked for the body.
    Passed,
    /// The request was given up: nobody gets the body any more.
    Closed,
}

impl Gate {
    /// Puts a gate before the body, if there is any.
    pub(super) fn before_body(request: &mut reqwest::Request) -> Self {
        let body = request.body_mut().take();
        let Some(body) = body else {
            return Self(None);
        };
        let is_empty = body.is_end_stream() || body.size_hint().exact() == Some(0);
        let state = (!is_empty).then(Arc::default);
        *request.body_mut() = Some(match &state {
            Some(state) => reqwest::Body::wrap(Gated {
                state: Arc::clone(state),
                body,
            }),
            None => body,
        });
        Self(state)
    }

    /// Gives the request up; says whether nothing of its body went out, and nothing will.
    pub(super) fn close(self) -> bool {
        let state = self
            .0
            .as_ref()
            .map(|state| state.get_or_init(|| State::Closed));
        state == Some(&State::Closed)
    }
}

struct Gated {
    state: Arc<OnceLock<State>>,
    body: reqwest::Body,
}

impl Body for Gated {
    type Data = Bytes;
    type Error = Box<dyn Error + Send + Sync>;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        if *self.state.get_or_init(|| State::Passed) == State::Closed {
            return Poll::Ready(Some(Err("the request was given up".into())));
        }
        Pin::new(&mut self.body)
            .poll_frame(context)
            .map_err(Into::into)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

#[cfg(test)]
mod tests {
    use std::future::poll_fn;

    use super::*;

    fn request() -> reqwest::Request {
        let url = "http://localhost".parse().unwrap();
        let mut request = reqwest::Request::new(reqwest::Method::POST, url);
        *request.body_mut() = Some("text".into());
        request
    }

    async fn first_frame(mut request: reqwest::Request) -> Option<Result<Bytes, reqwest::Error>> {
        let mut body = request.body_mut().take().unwrap();
        let frame = poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await;
        frame.map(|frame| frame.map(|frame| frame.into_data().unwrap()))
    }

    #[tokio::test]
    async fn once_a_request_is_given_up_nobody_gets_its_body() {
        let mut request = request();
        assert!(Gate::before_body(&mut request).close());
        assert!(first_frame(request).await.unwrap().is_err());
    }

    #[tokio::test]
    async fn once_the_body_was_asked_for_it_may_have_gone_out() {
        let mut request = request();
        let gate = Gate::before_body(&mut request);
        assert_eq!(first_frame(request).await.unwrap().unwrap(), "text");
        assert!(!gate.close());
    }
}
