//! All pages as one stream.

use std::{
    collections::{HashSet, VecDeque},
    fmt,
    pin::Pin,
    task::{Context, Poll},
};

use futures_core::{Stream, future::BoxFuture};

use crate::{chat::Chat, error::Error, list_chats::ListChats, page::ChatPage};

/// The chats of all pages of a listing.
#[must_use = "streams do nothing unless polled"]
pub struct ChatStream {
    listing: ListChats,
    ready: VecDeque<Chat>,
    /// The page being fetched.
    next: Option<BoxFuture<'static, Result<ChatPage, Error>>>,
    /// The page that has been fetched while the one before it is given out.
    waiting: Option<Result<ChatPage, Error>>,
    /// The cursor of the page being fetched.
    fetching: Option<String>,
    /// The cursor of the page that is being given out.
    current: Option<String>,
    seen: HashSet<String>,
    failed: Option<Error>,
}

impl ChatStream {
    pub(crate) fn new(listing: ListChats) -> Self {
        let start = listing.start();
        let next: BoxFuture<'static, _> = Box::pin(listing.clone().page());
        Self {
            seen: start.iter().cloned().collect(),
            fetching: start.clone(),
            current: start,
            next: Some(next),
            waiting: None,
            listing,
            ready: VecDeque::new(),
            failed: None,
        }
    }

    /// Where to resume: the cursor of the page that the next chat is on. `None` while that is the first page.
    ///
    /// A listing resumed there gives that page from its beginning, so some chats may come again and none is left out.
    pub fn cursor(&self) -> Option<&str> {
        if self.ready.is_empty() {
            self.fetching.as_deref()
        } else {
            self.current.as_deref()
        }
    }

    /// Takes up a page, and asks for the one after it.
    fn arrived(&mut self, page: ChatPage) {
        self.current = self.fetching.clone();
        if let Some(cursor) = page.next_cursor() {
            if self.seen.insert(cursor.to_owned()) {
                self.fetching = Some(cursor.to_owned());
                self.next = Some(Box::pin(self.listing.clone().cursor(cursor).page()));
            } else {
                self.failed = Some(Error::repeated_cursor(cursor.to_owned()));
            }
        }
        self.ready.extend(page.into_chats());
    }
}

impl Stream for ChatStream {
    type Item = Result<Chat, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            // The request for the next page goes on while chats of this one are given out; its page waits for its turn.
            if self.waiting.is_none()
                && let Some(next) = self.next.as_mut()
                && let Poll::Ready(page) = next.as_mut().poll(context)
            {
                self.next = None;
                self.waiting = Some(page);
            }
            if let Some(chat) = self.ready.pop_front() {
                return Poll::Ready(Some(Ok(chat)));
            }
            match self.waiting.take() {
                Some(Ok(page)) => self.arrived(page),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None if self.next.is_some() => return Poll::Pending,
                None => return Poll::Ready(self.failed.take().map(Err)),
            }
        }
    }
}

impl fmt::Debug for ChatStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ChatStream")
            .field("ready", &self.ready.len())
            .finish_non_exhaustive()
    }
}
