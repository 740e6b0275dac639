//! The body of a request, chunk by chunk.

use std::future::Future as _;
use std::mem;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use http_body::Body as _;
use hyper::body::Incoming;
use tokio::time::{Instant, Sleep};

/// How long a client may be silent in the middle of a body.
const SILENCE: Duration = Duration::from_secs(30);

/// How many bytes may come without the parser getting any further: the headers of a part have to end somewhere.
const UNPARSED: usize = 256 * 1024;

/// How long the rest of a refused body is read, so that a client that sends all before it reads gets the response.
const DRAIN: Duration = Duration::from_secs(15);

/// The chunks of a body, as a stream.
pub(crate) struct RequestBody {
    incoming: Incoming,
    deadline: Pin<Box<Sleep>>,
    paused: bool,
    taken: u64,
    ended: bool,
    progress: Progress,
}

/// Lets the reader of the form tell the stream that the parser got further.
#[derive(Clone, Default)]
pub(super) struct Progress(Arc<AtomicUsize>);

impl Progress {
    pub(super) fn made(&self) {
        self.0.store(0, Ordering::Relaxed);
    }
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum BodyError {
    #[error("the client was silent for too long")]
    Silent,
    #[error("the client went away")]
    Gone(#[source] hyper::Error),
    #[error("the headers of a part have no end")]
    EndlessHeaders,
}

impl RequestBody {
    pub(crate) fn new(incoming: Incoming) -> RequestBody {
        RequestBody {
            deadline: Box::pin(tokio::time::sleep(SILENCE)),
            paused: false,
            taken: 0,
            ended: incoming.is_end_stream(),
            progress: Progress::default(),
            incoming,
        }
    }

    /// How many bytes have come so far.
    pub(crate) fn taken(&self) -> u64 {
        self.taken
    }

    pub(super) fn progress(&self) -> Progress {
        self.progress.clone()
    }

    /// Whether there may be more.
    pub(crate) fn unread(&self) -> bool {
        !self.ended
    }

    /// Reads the rest without keeping anything, until it ends or takes too long.
    pub(crate) async fn drain(mut self) {
        let rest = async {
            while self.unread() {
                let frame = std::future::poll_fn(|cx| Pin::new(&mut self.incoming).poll_frame(cx));
                self.ended = !matches!(frame.await, Some(Ok(_)));
            }
        };
        // What is left after that is cut off with the connection.
        let _ = tokio::time::timeout(DRAIN, rest).await;
    }
}

impl Stream for RequestBody {
    type Item = Result<Bytes, BodyError>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        // The parser takes all chunks that are ready before it looks at any of them. So there is never more than one.
        if mem::take(&mut this.paused) {
            cx.waker().wake_by_ref();
            return Poll::Pending;
        }
        loop {
            match Pin::new(&mut this.incoming).poll_frame(cx) {
                Poll::Ready(Some(Ok(frame))) => {
                    // The other kind of frame is a trailer.
                    let Ok(data) = frame.into_data() else {
                        continue;
                    };
                    this.paused = true;
                    this.taken += data.len() as u64;
                    this.deadline.as_mut().reset(Instant::now() + SILENCE);
                    let unparsed = this.progress.0.fetch_add(data.len(), Ordering::Relaxed);
                    if unparsed + data.len() > UNPARSED {
                        return Poll::Ready(Some(Err(BodyError::EndlessHeaders)));
                    }
                    return Poll::Ready(Some(Ok(data)));
                }
                Poll::Ready(Some(Err(error))) => {
                    this.ended = true;
                    return Poll::Ready(Some(Err(BodyError::Gone(error))));
                }
                Poll::Ready(None) => {
                    this.ended = true;
                    return Poll::Ready(None);
                }
                Poll::Pending => {
                    return match this.deadline.as_mut().poll(cx) {
                        Poll::Ready(()) => Poll::Ready(Some(Err(BodyError::Silent))),
                        Poll::Pending => Poll::Pending,
                    };
                }
            }
        }
    }
}
