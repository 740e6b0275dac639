//! The same API without async: [`wait`](crate::SendMessage::wait) instead of `.await`, and [`iter`](crate::ListChats::iter) instead of
//! [`stream`](crate::ListChats::stream).
//!
//! A client makes such calls on a Tokio runtime of its own, with one thread, which it starts with the first. That thread also watches
//! idle connections between calls, so that no request is written to one that the service has closed meanwhile, which would
//! leave its delivery unknown.
//!
//! Calls in async code would block the runtime that they are in. They are refused before anything is sent, with an error for which
//! [`Error::is_configuration`] holds. In a closure for [`spawn_blocking`](tokio::task::spawn_blocking) they can be made.
//!
//! ```
//! # let mock = postpress_mock::MockServer::builder().start_blocking().unwrap();
//! # let from_env = || Postpress::builder().api_key("k").base_url(mock.base_url()).build();
//! use postpress::Postpress;
//!
//! # /*
//! let postpress = Postpress::from_env()?;
//! # */
//! # let postpress = from_env()?;
//! for chat in postpress.list_chats().unread(true).iter() {
//!     let chat = chat?;
//!     println!("{}", chat.name().unwrap_or("?"));
//! }
//! let sent = postpress.send_message("chat_01HXYZ4QK3WJ8FN3M6QH7TZ8GR").text("Hello!").wait()?;
//! println!("{:?}", sent.message_id());
//! # Ok::<(), postpress::Error>(())
//! ```

use std::{
    sync::OnceLock,
    task::{Context, Poll, Waker},
};

use tokio::{runtime::Runtime, task::coop};

use crate::{Chat, ChatStream, Error, Operation, Postpress};

/// A runtime that is made when it is needed, and can be dropped anywhere.
#[derive(Default)]
pub(crate) struct OwnRuntime(OnceLock<Runtime>);

impl OwnRuntime {
    fn get(&self) -> Result<&Runtime, Error> {
        if let Some(runtime) = self.0.get() {
            return Ok(runtime);
        }
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .thread_name("postpress")
            .enable_all()
            .build();
        let refused = |error| Error::configuration(format!("no thread can be started: {error}"));
        let runtime = runtime.map_err(refused)?;
        Ok(self.0.get_or_init(|| runtime))
    }
}

impl Drop for OwnRuntime {
    fn drop(&mut self) {
        // Dropping a runtime waits for it, which panics in async code.
        if let Some(runtime) = self.0.take() {
            runtime.shutdown_background();
        }
    }
}

/// Waits for what a call does.
pub(crate) fn wait<F: Future>(
    postpress: &Postpress,
    operation: Operation,
    future: F,
) -> Result<F::Output, Error> {
    let runtime = if is_in_task() {
        Err(Error::configuration(
            "`wait` and `iter` cannot be used in async code: use `.await` and `stream` there",
        ))
    } else {
        postpress.shared.runtime.get()
    };
    let runtime = runtime.map_err(|refused| refused.of(operation))?;
    Ok(runtime.block_on(future))
}

/// Whether this thread runs a task of Tokio, or what waits for one, and not what may block. Tokio does not tell; but it
/// gives a budget to all that must not block, and to nothing else.
fn is_in_task() -> bool {
    let mut context = Context::from_waker(Waker::noop());
    let mut taken = Vec::new();
    let is_limited = (0..=u8::MAX).any(|_| match coop::poll_proceed(&mut context) {
        Poll::Ready(step) => {
            taken.push(step);
            false
        }
        Poll::Pending => true,
    });
    // Each gives back what was there before it was taken.
    while taken.pop().is_some() {}
    is_limited
}

/// The chats of all pages of a listing, from [`ListChats::iter`](crate::ListChats::iter) and [`ChatStream::iter`].
#[derive(Debug)]
#[must_use = "iterators are lazy"]
pub struct Chats<T = Chat> {
    postpress: Postpress,
    stream: ChatStream<T>,
    refused: bool,
}

impl<T> Chats<T> {
    pub(crate) fn new(postpress: Postpress, stream: ChatStream<T>) -> Self {
        Self {
            postpress,
            stream,
            refused: false,
        }
    }

    /// The stream behind this, which knows where it is.
    pub fn stream(&self) -> &ChatStream<T> {
        &self.stream
    }
}

impl<T> Iterator for Chats<T> {
    type Item = Result<T, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.refused {
            return None;
        }
        let next = wait(&self.postpress, Operation::ListChats, self.stream.next());
        next.unwrap_or_else(|error| {
            self.refused = true;
            Some(Err(error))
        })
    }
}
