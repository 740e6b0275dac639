//! All pages as one stream.

use std::{
    collections::{HashSet, VecDeque},
    fmt,
    pin::Pin,
    task::{Context, Poll, ready},
};

use futures_core::Stream;
use tokio::task::JoinHandle;

use crate::{chat::Chat, error::Error, list_chats::ListChats, page::ChatPage};

/// The chats of all pages of a listing, from [`ListChats::stream`].
///
/// Pages are fetched by a task of their own, so that the next one comes while the chats of this one are used, however long
/// that takes; dropping the stream ends it. It therefore has to be polled in a Tokio runtime.
#[must_use = "streams do nothing unless polled"]
pub struct ChatStream {
    listing: ListChats,
    ready: VecDeque<Chat>,
    next: Next,
    /// The cursor of the page after the current one, or of the one that could not be had.
    upcoming: Option<String>,
    /// The cursor of the page that is being given out.
    current: Option<String>,
    seen: HashSet<String>,
}

/// The page after the one that is being given out.
enum Next {
    /// It has not been asked for.
    Unasked,
    Fetching(Fetch),
    /// Its cursor came before.
    Repeated,
    /// There is none.
    End,
}

/// A page being fetched; dropping it gives it up.
struct Fetch(JoinHandle<Result<ChatPage, Error>>);

impl Drop for Fetch {
    fn drop(&mut self) {
        self.0.abort();
    }
}

impl ChatStream {
    pub(crate) fn new(listing: ListChats) -> Self {
        let start = listing.start();
        Self {
            seen: start.iter().cloned().collect(),
            upcoming: start.clone(),
            current: start,
            next: Next::Unasked,
            listing,
            ready: VecDeque::new(),
        }
    }

    /// Where to resume: the cursor of the page that the next chat is on; `None` while that is the first page of all.
    ///
    /// A listing resumed there gives that page from its beginning, so some chats may come again and none is left out. After an
    /// error this is the page that could not be had.
    pub fn cursor(&self) -> Option<&str> {
        if self.ready.is_empty() {
            self.upcoming.as_deref()
        } else {
            self.current.as_deref()
        }
    }

    fn fetch(&mut self) {
        let mut listing = self.listing.clone();
        if let Some(cursor) = &self.upcoming {
            listing = listing.cursor(cursor);
        }
        self.next = Next::Fetching(Fetch(tokio::spawn(listing.page())));
    }

    /// Takes up a page, and asks for the one after it.
    fn arrived(&mut self, page: ChatPage) {
        self.current = self.upcoming.clone();
        match page.next_cursor() {
            None => self.next = Next::End,
            Some(cursor) if self.seen.insert(cursor.to_owned()) => {
                self.upcoming = Some(cursor.to_owned());
                self.fetch();
            }
            Some(_) => self.next = Next::Repeated,
        }
        self.ready.extend(page);
    }
}

impl Stream for ChatStream {
    type Item = Result<Chat, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            if let Some(chat) = self.ready.pop_front() {
                return Poll::Ready(Some(Ok(chat)));
            }
            match &mut self.next {
                Next::Unasked => self.fetch(),
                Next::Fetching(Fetch(task)) => match ready!(Pin::new(task).poll(context)) {
                    Ok(Ok(page)) => self.arrived(page),
                    Ok(Err(error)) => {
                        self.next = Next::End;
                        return Poll::Ready(Some(Err(error)));
                    }
                    // A hook of the caller panicked: so does the one who reads on.
                    Err(error) if error.is_panic() => std::panic::resume_unwind(error.into_panic()),
                    Err(_) => {
                        self.next = Next::End;
                        return Poll::Ready(Some(Err(Error::configuration(
                            "the Tokio runtime that fetched the pages was shut down",
                        ))));
                    }
                },
                Next::Repeated => {
                    self.next = Next::End;
                    return Poll::Ready(Some(Err(Error::repeated_cursor())));
                }
                Next::End => return Poll::Ready(None),
            }
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.ready.len(), None)
    }
}

impl fmt::Debug for ChatStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ChatStream")
            .field("ready", &self.ready.len())
            .finish_non_exhaustive()
    }
}
