//! The chats of all pages as one stream.

use std::{
    collections::{HashSet, VecDeque},
    fmt,
    pin::Pin,
    task::{Context, Poll, ready},
};

use futures_core::Stream;
use tokio::task::JoinSet;

use crate::{chat::Chat, error::Error, list_chats::ListChats, page::ChatPage};

/// The chats of all pages of a listing, from [`ListChats::stream`].
///
/// A task of its own fetches the next page while the chats of the current one are used, however long that takes. The stream
/// therefore has to be polled in a Tokio runtime. Dropping it ends the task.
#[must_use = "streams do nothing unless polled"]
pub struct ChatStream {
    listing: ListChats,
    /// The chats of the current page that have not been yielded.
    ready: VecDeque<Chat>,
    next: NextPage,
    /// The cursor of the current page.
    current: Option<String>,
    /// The cursor of the next page, or of the one that could not be fetched.
    upcoming: Option<String>,
    /// All cursors so far.
    seen: HashSet<String>,
    /// How many pages there were without a chat since the last one with any.
    empty: usize,
}

/// The page after the current one.
enum NextPage {
    NotRequested,
    /// The one task fetches it; dropping the set ends the task.
    Fetching(JoinSet<Result<ChatPage, Error>>),
    /// It is not fetched, since there would be no end.
    Endless(&'static str),
    /// There is none.
    End,
}

impl ChatStream {
    pub(crate) fn new(listing: ListChats) -> Self {
        let start = listing.start();
        Self {
            seen: start.iter().cloned().collect(),
            upcoming: start.clone(),
            current: start,
            next: NextPage::NotRequested,
            listing,
            ready: VecDeque::new(),
            empty: 0,
        }
    }

    /// The cursor to resume at: that of the page with the next chat; `None` if that is the first page of all. After an error it is that
    /// of the page that could not be fetched.
    ///
    /// A listing that resumes there starts with that page from its beginning, so that chats may come twice but none is left out.
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
        self.next = NextPage::Fetching(JoinSet::from_iter([listing.call()]));
    }

    /// Makes a page the current one, and requests the one after it.
    fn advance(&mut self, page: ChatPage) {
        self.current = self.upcoming.clone();
        self.empty = if page.is_empty() { self.empty + 1 } else { 0 };
        match page.next_cursor() {
            None => self.next = NextPage::End,
            Some(_) if self.empty > self.listing.max_empty_pages => {
                self.next = NextPage::Endless("the service gave too many pages without a chat");
            }
            Some(cursor) if self.seen.insert(cursor.to_owned()) => {
                self.upcoming = Some(cursor.to_owned());
                self.fetch();
            }
            Some(_) => self.next = NextPage::Endless("the service gave a cursor a second time"),
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
                NextPage::NotRequested => self.fetch(),
                NextPage::Fetching(task) => match ready!(task.poll_join_next(context)) {
                    Some(Ok(Ok(page))) => self.advance(page),
                    Some(Ok(Err(error))) => {
                        self.next = NextPage::End;
                        return Poll::Ready(Some(Err(error)));
                    }
                    // A hook of the caller panicked in the task: the panic goes on here.
                    Some(Err(error)) if error.is_panic() => {
                        std::panic::resume_unwind(error.into_panic())
                    }
                    Some(Err(_)) | None => {
                        self.next = NextPage::End;
                        return Poll::Ready(Some(Err(Error::configuration(
                            "the Tokio runtime that fetched the pages was shut down",
                        ))));
                    }
                },
                NextPage::Endless(why) => {
                    let error = Error::endless(why);
                    self.next = NextPage::End;
                    return Poll::Ready(Some(Err(error)));
                }
                NextPage::End => return Poll::Ready(None),
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
