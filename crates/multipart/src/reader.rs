//! An `AsyncRead` as a stream of chunks.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::{Bytes, BytesMut};
use futures_core::Stream;
use tokio::io::{AsyncRead, ReadBuf};

use crate::CHUNK;

/// With less room than this left in the buffer, a new one is worth its while.
const MIN_READ: usize = 8 * 1024;

/// Reads into a buffer of at most a chunk and hands out what came, as it comes.
pub(crate) struct Chunks {
    reader: Pin<Box<dyn AsyncRead + Send>>,
    buffer: BytesMut,
    /// The declared length less what was read: no buffer need be larger than that and one byte, by
    /// which the end is seen.
    left: u64,
}

impl Chunks {
    pub(crate) fn new(length: u64, reader: impl AsyncRead + Send + 'static) -> Self {
        Self {
            reader: Box::pin(reader),
            buffer: BytesMut::new(),
            left: length,
        }
    }
}

impl Stream for Chunks {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = &mut *self;
        let wanted = chunk_size(this.left);
        if this.buffer.len() < wanted.min(MIN_READ) {
            this.buffer = BytesMut::zeroed(wanted);
        }
        let mut space = ReadBuf::new(&mut this.buffer);
        ready!(this.reader.as_mut().poll_read(context, &mut space))?;
        let read = space.filled().len();
        if read == 0 {
            return Poll::Ready(None);
        }
        this.left = this.left.saturating_sub(read as u64);
        Poll::Ready(Some(Ok(this.buffer.split_to(read).freeze())))
    }
}

/// The size of a buffer that takes all that is left and one byte more, or a chunk of it.
pub(crate) fn chunk_size(left: u64) -> usize {
    usize::try_from(left.saturating_add(1)).map_or(CHUNK, |size| size.min(CHUNK))
}
