//! Where the bytes of an upload come from, and who may read them.

use std::fmt;
use std::io;
#[cfg(not(target_family = "wasm"))]
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;

use crate::error::Reason;

pub(crate) type ByteStream = Pin<Box<dyn Stream<Item = io::Result<Bytes>> + Send>>;
pub(crate) type MakeStream = Arc<dyn Fn() -> ByteStream + Send + Sync>;

/// What an upload holds.
#[derive(Clone)]
pub(crate) enum Source {
    Bytes(Bytes),
    #[cfg(not(target_family = "wasm"))]
    Path(PathBuf),
    Once {
        length: u64,
        slot: Slot,
    },
    Replay {
        length: u64,
        make: MakeStream,
    },
}

impl fmt::Debug for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bytes(bytes) => write!(f, "Bytes({})", bytes.len()),
            #[cfg(not(target_family = "wasm"))]
            Self::Path(path) => f.debug_tuple("Path").field(path).finish(),
            Self::Once { length, .. } => write!(f, "Stream({length})"),
            Self::Replay { length, .. } => write!(f, "Replay({length})"),
        }
    }
}

/// Holds a stream that can be read once. All clones of an upload share it.
#[derive(Clone)]
pub(crate) struct Slot(Arc<Mutex<State>>);

enum State {
    Ready(ByteStream),
    Lent,
    Sent,
}

impl Slot {
    pub(crate) fn new(stream: ByteStream) -> Self {
        Self(Arc::new(Mutex::new(State::Ready(stream))))
    }

    /// Takes the stream out for a form. `file_name` is for the error.
    pub(crate) fn borrow(&self, file_name: &str) -> Result<Loan, Reason> {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match std::mem::replace(&mut *state, State::Lent) {
            State::Ready(stream) => Ok(Loan {
                slot: self.clone(),
                stream: Mutex::new(Some(stream)),
                touched: false,
            }),
            State::Lent => Err(Reason::StreamLent(file_name.to_owned())),
            State::Sent => {
                *state = State::Sent;
                Err(Reason::StreamSent(file_name.to_owned()))
            }
        }
    }

    fn give_back(&self, state: State) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = state;
    }
}

/// A stream taken out of its slot by one form. A form that was never sent, say because another of
/// its fields was refused or no connection could be made, puts the stream back untouched.
pub(crate) struct Loan {
    slot: Slot,
    /// The mutex is never locked; it makes the body `Sync`, which `reqwest` asks of it.
    stream: Mutex<Option<ByteStream>>,
    touched: bool,
}

impl Loan {
    pub(crate) fn poll_next(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Bytes>>> {
        self.touched = true;
        let stream = self
            .stream
            .get_mut()
            .unwrap_or_else(PoisonError::into_inner);
        match stream {
            Some(stream) => stream.as_mut().poll_next(context),
            None => Poll::Ready(None),
        }
    }
}

impl Drop for Loan {
    fn drop(&mut self) {
        let stream = self
            .stream
            .get_mut()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        self.slot.give_back(match stream {
            Some(stream) if !self.touched => State::Ready(stream),
            _ => State::Sent,
        });
    }
}
