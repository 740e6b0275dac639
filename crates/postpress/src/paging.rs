//! The chats of all pages as one stream.

use std::{
    collections::{HashSet, VecDeque},
    fmt,
    future::poll_fn,
    mem::replace,
    pin::Pin,
    task::{Context, Poll, ready},
};

use futures_core::Stream;
use postpress_client::runtime::Odd;
use tokio::task::JoinSet;

use crate::{chat::Chat, error::Error, list_chats::ListChats, page::ChatPage};

/// The chats of all pages of a listing, from [`ListChats::stream`]. [`try_next`](Self::try_next) gives them one by one; `futures_util` has
/// methods for the [`Stream`] that it is.
///
/// It goes on over chats that do not decode: each is traced as a warning and [counted](Self::odd_count), and
/// [`with_odd`](Self::with_odd) yields it, too.
///
/// A task of its own fetches the next page while the chats of the current one are used, however long that takes. The stream
/// therefore has to be polled in a Tokio runtime. Dropping it ends the task.
#[must_use = "streams do nothing unless polled"]
pub struct ChatStream<T = Chat> {
    walk: Walk,
    /// What is yielded of a chat; `None` passes it over.
    yielded: fn(Result<Chat, Odd>) -> Option<T>,
}

/// The way over the pages.
struct Walk {
    listing: ListChats,
    /// The chats of the current page that have not been yielded.
    ready: VecDeque<Result<Chat, Odd>>,
    /// The chats so far that do not decode.
    odd_count: u64,
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
    /// It is not fetched, for this reason.
    Refused(Error),
    /// There is none.
    End,
}

impl ChatStream {
    pub(crate) fn new(listing: ListChats) -> Self {
        let start = listing.start();
        let walk = Walk {
            seen: start.iter().cloned().collect(),
            upcoming: start.clone(),
            current: start,
            next: NextPage::NotRequested,
            listing,
            ready: VecDeque::new(),
            empty: 0,
            odd_count: 0,
        };
        Self {
            walk,
            yielded: Result::ok,
        }
    }

    /// The chats of all pages, those that do not decode among them: `Ok(Err(odd))` is one of these.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), postpress::Error> {
    /// # let mock = postpress_mock::MockServer::start().await;
    /// # let postpress = postpress::Postpress::builder().api_key("k").base_url(mock.base_url()).build()?;
    /// let mut chats = postpress.list_chats().stream().with_odd();
    /// while let Some(chat) = chats.try_next().await? {
    ///     match chat {
    ///         Ok(chat) => println!("{}", chat.id()),
    ///         Err(odd) => println!("{}: {}", odd.error(), odd.json()),
    ///     }
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn with_odd(self) -> ChatStream<Result<Chat, Odd>> {
        ChatStream {
            walk: self.walk,
            yielded: Some,
        }
    }
}

impl<T> ChatStream<T> {
    /// The next chat; `None` at the end.
    pub async fn next(&mut self) -> Option<Result<T, Error>> {
        poll_fn(|context| self.poll(context)).await
    }

    /// The next chat, with the error outside; `None` at the end.
    ///
    /// # Errors
    /// Those of [`ListChats::stream`], each of which ends the stream.
    pub async fn try_next(&mut self) -> Result<Option<T>, Error> {
        self.next().await.transpose()
    }

    /// The number of chats that do not decode, of all that were passed so far.
    pub fn odd_count(&self) -> u64 {
        self.walk.odd_count
    }

    /// The cursor to resume at: that of the page with the next chat; `None` if that is the first page of all. After an error it is that
    /// of the page that could not be fetched.
    ///
    /// A listing that resumes there starts with that page from its beginning, so that chats may come twice but none is left out.
    pub fn cursor(&self) -> Option<&str> {
        if self.walk.ready.is_empty() {
            self.walk.upcoming.as_deref()
        } else {
            self.walk.current.as_deref()
        }
    }

    /// The same without async: see [`blocking`](crate::blocking).
    #[cfg(feature = "blocking")]
    pub fn iter(self) -> crate::blocking::Chats<T> {
        crate::blocking::Chats::new(self.walk.listing.postpress.clone(), self)
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<T, Error>>> {
        loop {
            let next = ready!(self.walk.poll(context));
            match next.map(|chat| chat.map(self.yielded).transpose()) {
                // It is passed over.
                Some(None) => {}
                next => return Poll::Ready(next.flatten()),
            }
        }
    }
}

impl Walk {
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
        let is_empty = page.is_empty() && page.odd().len() == 0;
        self.empty = if is_empty { self.empty + 1 } else { 0 };
        match page.next_cursor() {
            None => {
                let odd = page.odd_cursor().map(|odd| odd.error().clone());
                let error = odd.map(Error::odd_cursor);
                self.next = error.map_or(NextPage::End, NextPage::Refused);
            }
            Some(_) if self.empty > self.listing.max_empty_pages => {
                let error = Error::endless("the service gave too many pages without a chat");
                self.next = NextPage::Refused(error);
            }
            Some(cursor) if self.seen.insert(cursor.to_owned()) => {
                self.upcoming = Some(cursor.to_owned());
                self.fetch();
            }
            Some(_) => {
                let error = Error::endless("the service gave a cursor a second time");
                self.next = NextPage::Refused(error);
            }
        }
        self.ready.extend(page.into_with_odd());
    }

    fn poll(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Result<Chat, Odd>, Error>>> {
        loop {
            if let Some(chat) = self.ready.pop_front() {
                self.odd_count += u64::from(chat.is_err());
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
                NextPage::Refused(_) => {
                    if let NextPage::Refused(error) = replace(&mut self.next, NextPage::End) {
                        return Poll::Ready(Some(Err(error)));
                    }
                }
                NextPage::End => return Poll::Ready(None),
            }
        }
    }
}

impl<T> Stream for ChatStream<T> {
    type Item = Result<T, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll(context)
    }
}

impl<T> fmt::Debug for ChatStream<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ChatStream")
            .field("ready", &self.walk.ready.len())
            .finish_non_exhaustive()
    }
}
