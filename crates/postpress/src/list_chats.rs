//! Listing chats.

use std::fmt;

use postpress_client::{
    enums::AccountType,
    params::ListChatsParams,
    runtime::{Json, Request, Timestamp},
    types,
};

use crate::{
    call::{CallOptions, call},
    client::Postpress,
    error::InvalidField,
    page::ChatPage,
    paging::ChatStream,
    response::Problem,
    setters::setters,
};

/// A listing of chats. Awaiting it gives one page; [`stream`](Self::stream) gives the chats of all pages. From the page "List
/// all chats".
#[doc = include_str!("guide/spawn.md")]
#[derive(Clone)]
#[must_use = "nothing is requested before it is awaited or streamed"]
pub struct ListChats {
    pub(crate) postpress: Postpress,
    params: ListChatsParams,
    call_options: CallOptions,
    /// Times that cannot be sent.
    refused: Vec<InvalidField>,
    pub(crate) max_empty_pages: usize,
}

call!(ListChats -> ChatPage);

impl ListChats {
    pub(crate) fn new(postpress: Postpress) -> Self {
        Self {
            postpress,
            params: ListChatsParams::default(),
            call_options: CallOptions::default(),
            refused: Vec::new(),
            max_empty_pages: 100,
        }
    }

    /// Lists only chats of this account. Further calls add accounts; [`accounts`](Self::accounts) takes an `Option` as well.
    pub fn account(mut self, account_id: impl Into<String>) -> Self {
        self.params.account_id.push(account_id.into());
        self
    }

    /// Lists only chats of these accounts, and of those that were given before.
    pub fn accounts<A: Into<String>>(mut self, account_ids: impl IntoIterator<Item = A>) -> Self {
        let account_ids = account_ids.into_iter().map(Into::into);
        self.params.account_id.extend(account_ids);
        self
    }

    setters! {
        /// Lists only chats of this provider.
        provider, maybe_provider(provider: AccountType) => params.account_type;

        /// Lists only chats with unread messages, or, if `false`, only chats without.
        unread, maybe_unread(unread: bool) => params.unread;
    }

    /// Lists only chats that were created before this time: a text in RFC 3339 such as `"2026-05-17T09:42:11Z"`, a [`Timestamp`] or a
    /// [`SystemTime`](std::time::SystemTime). A text that is none, or a time outside the years 0 to 9999, is refused when the request is
    /// made.
    pub fn before(self, time: impl TryInto<Timestamp, Error: fmt::Display>) -> Self {
        self.maybe_before(Some(time))
    }

    /// The same with an `Option`: `None` is as if [`before`](Self::before) had not been called.
    pub fn maybe_before(
        mut self,
        time: Option<impl TryInto<Timestamp, Error: fmt::Display>>,
    ) -> Self {
        self.params.before = self.time("before", time);
        self
    }

    /// Lists only chats that were created after this time, which is given as that for [`before`](Self::before).
    pub fn after(self, time: impl TryInto<Timestamp, Error: fmt::Display>) -> Self {
        self.maybe_after(Some(time))
    }

    /// The same with an `Option`: `None` is as if [`after`](Self::after) had not been called.
    pub fn maybe_after(
        mut self,
        time: Option<impl TryInto<Timestamp, Error: fmt::Display>>,
    ) -> Self {
        self.params.after = self.time("after", time);
        self
    }

    fn time(
        &mut self,
        field: &'static str,
        time: Option<impl TryInto<Timestamp, Error: fmt::Display>>,
    ) -> Option<Timestamp> {
        self.refused.retain(|refused| refused.field != field);
        match time?.try_into() {
            Ok(time) => Some(time),
            Err(error) => {
                let refused = InvalidField::new(field, error.to_string());
                self.refused.push(refused);
                None
            }
        }
    }

    setters! {
        /// Limits a page to this many chats: 1 to 250, by default 100.
        limit, maybe_limit(chats: u64) => params.limit;

        /// Continues at the [`next_cursor`](ChatPage::next_cursor) of an earlier page. The filters should be the same.
        cursor, maybe_cursor(cursor: impl Into<String>) => params.cursor;
    }

    /// Ends a [stream](Self::stream) after so many pages in a row that have no chats, though the service says that there are more: 100
    /// by default.
    pub fn max_empty_pages(mut self, pages: usize) -> Self {
        self.max_empty_pages = pages;
        self
    }

    /// The chats of all pages. The next page is fetched while the current one is being used.
    ///
    /// The stream ends when a cursor is null, absent or empty, or with an error when a cursor comes a second time or there are
    /// [too many empty pages](Self::max_empty_pages). Any other error
    /// ends it as well; [`ChatStream::cursor`] says where to resume. A chat that does not decode does not end it: see
    /// [`ChatStream::with_odd`].
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), postpress::Error> {
    /// # let mock = postpress_mock::MockServer::start().await;
    /// # let postpress = postpress::Postpress::builder().api_key("k").base_url(mock.base_url()).build()?;
    /// let mut chats = postpress.list_chats().unread(true).stream();
    /// while let Some(chat) = chats.try_next().await? {
    ///     println!("{}", chat.id());
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn stream(self) -> ChatStream {
        ChatStream::new(self)
    }

    /// The chats of all pages as [`stream`](Self::stream) gives them, without async: see [`blocking`](crate::blocking).
    #[cfg(feature = "blocking")]
    pub fn iter(self) -> crate::blocking::Chats {
        self.stream().iter()
    }

    /// The cursor that the listing begins at.
    pub(crate) fn start(&self) -> Option<String> {
        self.params.cursor.clone()
    }

    fn request(&self) -> Request<'_, Json<types::ChatList>, Problem> {
        let client = &self.postpress.shared.client;
        client.list_chats(&self.params).decode_as()
    }

    fn invalid(&self) -> Vec<InvalidField> {
        let mut invalid = self.refused.clone();
        let params = &self.params;
        if params.cursor.as_deref() == Some("") {
            invalid.push(InvalidField::new(
                "cursor",
                "it is empty: the listing that it came from had ended",
            ));
        }
        if let Some(limit) = params.limit.filter(|limit| !(1..=250).contains(limit)) {
            invalid.push(InvalidField::new(
                "limit",
                format!("{limit} is out of range; 1 to 250 are possible"),
            ));
        }
        if params.account_id.iter().any(|id| id.trim().is_empty()) {
            invalid.push(InvalidField::new("account_id", "an id is empty"));
        }
        if params.account_id.iter().any(|id| id.contains(',')) {
            invalid.push(InvalidField::new(
                "account_id",
                "an id holds a comma, which would make it two: give each id by itself",
            ));
        }
        invalid
    }
}

/// Shows no ids and no cursors.
impl fmt::Debug for ListChats {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let params = &self.params;
        f.debug_struct("ListChats")
            .field("accounts", &params.account_id.len())
            .field("provider", &params.account_type)
            .field("unread", &params.unread)
            .field("before", &params.before)
            .field("after", &params.after)
            .field("limit", &params.limit)
            .field("call_options", &self.call_options)
            .finish_non_exhaustive()
    }
}
