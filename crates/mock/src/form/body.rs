//! The body of a request, chunk by chunk.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use bytes::Bytes;
use futures_util::{Stream, stream};
use http_body::Body as _;
use http_body_util::BodyExt as _;
use hyper::body::Incoming;
use tokio::task::yield_now;
use tokio::time::timeout;

/// How long a client may be silent in the middle of a body.
const SILENCE: Duration = Duration::from_secs(30);

/// How many bytes may come without the parser getting any further: the headers of a part have to end somewhere.
const UNPARSED: usize = 256 * 1024;

/// How long a refused body is read on, for clients that read the response only after they have sent everything.
const DRAIN: Duration = Duration::from_secs(15);

pub(crate) struct RequestBody {
    incoming: Incoming,
    /// How many bytes have come so far.
    pub(crate) taken: u64,
}

#[derive(Debug, thiserror::Error)]
pub(super) enum BodyError {
    #[error("the client went away, or was silent for too long")]
    BrokenOff,
    #[error("the headers of a part have no end")]
    EndlessHeaders,
}

impl RequestBody {
    pub(crate) fn new(incoming: Incoming) -> RequestBody {
        RequestBody { incoming, taken: 0 }
    }

    /// Whether there may be more.
    pub(crate) fn unread(&self) -> bool {
        !self.incoming.is_end_stream()
    }

    /// The next bytes; `None` at the end.
    pub(super) async fn chunk(&mut self) -> Result<Option<Bytes>, BodyError> {
        loop {
            let frame = timeout(SILENCE, self.incoming.frame()).await;
            let Some(frame) = frame.map_err(|_| BodyError::BrokenOff)? else {
                return Ok(None);
            };
            // The other kind of frame is a trailer.
            if let Ok(data) = frame.map_err(|_| BodyError::BrokenOff)?.into_data() {
                self.taken += data.len() as u64;
                return Ok(Some(data));
            }
        }
    }

    /// The rest; `None` where that is more than so many bytes.
    pub(super) async fn whole(&mut self, most: u64) -> Result<Option<Vec<u8>>, BodyError> {
        let mut whole = Vec::new();
        while let Some(chunk) = self.chunk().await? {
            if self.taken > most {
                return Ok(None);
            }
            whole.extend_from_slice(&chunk);
        }
        Ok(Some(whole))
    }

    /// The chunks, for the parser of a form, which sets `unparsed` to 0 whenever it gets further.
    pub(super) fn chunks(
        &mut self,
        unparsed: &AtomicUsize,
    ) -> impl Stream<Item = Result<Bytes, BodyError>> + Send {
        stream::unfold((self, false), move |(body, pause)| async move {
            // The parser takes all chunks that are ready before it looks at any of them: one at a time.
            if pause {
                yield_now().await;
            }
            let chunk = body.chunk().await.transpose()?.and_then(|chunk| {
                let known = unparsed.fetch_add(chunk.len(), Ordering::Relaxed);
                match known + chunk.len() > UNPARSED {
                    true => Err(BodyError::EndlessHeaders),
                    false => Ok(chunk),
                }
            });
            Some((chunk, (body, true)))
        })
    }

    /// Reads the rest without keeping anything, until it ends or takes too long.
    pub(crate) async fn drain(mut self) {
        let rest = async { while let Ok(Some(_)) = self.chunk().await {} };
        // What is left after that is cut off with the connection.
        let _ = timeout(DRAIN, rest).await;
    }
}
