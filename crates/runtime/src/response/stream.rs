//! A body that is read as it arrives.

use std::fmt;

use bytes::{Bytes, BytesMut};
use futures_core::Stream;

use crate::error::TransportError;
use crate::request::RequestContext;

/// The body of a response, read as it arrives: for downloads.
pub struct ByteStream {
    context: RequestContext,
    response: reqwest::Response,
}

impl ByteStream {
    pub(super) fn new(response: reqwest::Response, context: RequestContext) -> Self {
        Self { context, response }
    }

    /// The length of the body in bytes, if the server declares it.
    pub fn content_length(&self) -> Option<u64> {
        self.response.content_length()
    }

    /// The next piece of the body; `None` at its end.
    ///
    /// # Errors
    /// If the connection breaks before the end.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, TransportError> {
        self.response.chunk().await.map_err(|error| {
            let head = (self.response.status(), self.response.headers().clone());
            TransportError::new(self.context.clone(), Some(head), false, error.into())
        })
    }

    /// All that is left of the body, in memory.
    ///
    /// # Errors
    /// If the connection breaks before the end.
    pub async fn bytes(mut self) -> Result<Bytes, TransportError> {
        let mut body = BytesMut::new();
        while let Some(chunk) = self.chunk().await? {
            body.extend_from_slice(&chunk);
        }
        Ok(body.freeze())
    }

    /// The body as a stream of its pieces. It ends after the first error.
    pub fn into_stream(self) -> impl Stream<Item = Result<Bytes, TransportError>> + Send + 'static {
        futures_util::stream::unfold(Some(self), |body| async {
            let mut body = body?;
            match body.chunk().await {
                Ok(Some(chunk)) => Some((Ok(chunk), Some(body))),
                Ok(None) => None,
                Err(error) => Some((Err(error), None)),
            }
        })
    }
}

impl fmt::Debug for ByteStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ByteStream")
            .field("content_length", &self.content_length())
            .finish_non_exhaustive()
    }
}
