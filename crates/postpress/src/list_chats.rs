//! Listing chats.

use std::{
    fmt,
    future::{Future, IntoFuture},
    pin::Pin,
    time::Duration,
};

use postpress_client::{enums::AccountType, params::ListChatsParams, runtime::Timestamp};

use crate::{
    client::Postpress,
    error::{Error, InvalidField},
    operation::Operation,
    page::ChatPage,
    paging::ChatStream,
    retry::RetryPolicy,
    runner::{Call, Overrides},
};

/// A listing of chats. Awaiting it gives one page; [`stream`](Self::stream) gives the chats of all pages. From the page "List
/// all chats".
#[derive(Clone)]
#[must_use = "nothing is requested before it is awaited or streamed"]
pub struct ListChats {
    postpress: Postpress,
    accounts: Vec<String>,
    account_type: Option<AccountType>,
    unread: Option<bool>,
    before: Option<Timestamp>,
    after: Option<Timestamp>,
    limit: Option<u64>,
    cursor: Option<String>,
    overrides: Overrides,
    /// Moments that cannot be sent.
    refused: Vec<InvalidField>,
}

impl ListChats {
    pub(crate) fn new(postpress: Postpress) -> Self {
        Self {
            postpress,
            accounts: Vec::new(),
            account_type: None,
            unread: None,
            before: None,
            after: None,
            limit: None,
            cursor: None,
            overrides: Overrides::default(),
            refused: Vec::new(),
        }
    }

    /// Only chats of this account. Call it again for another.
    pub fn account(mut self, account_id: impl Into<String>) -> Self {
        self.accounts.push(account_id.into());
        self
    }

    /// Only chats of these accounts.
    pub fn accounts<A: Into<String>>(mut self, account_ids: impl IntoIterator<Item = A>) -> Self {
        self.accounts
            .extend(account_ids.into_iter().map(Into::into));
        self
    }

    /// Only chats of this provider.
    pub fn provider(mut self, provider: AccountType) -> Self {
        self.account_type = Some(provider);
        self
    }

    /// `true`: only chats with unread messages; `false`: only those without.
    pub fn unread(mut self, unread: bool) -> Self {
        self.unread = Some(unread);
        self
    }

    /// Only chats created before this moment: a [`Timestamp`] or a [`SystemTime`](std::time::SystemTime). One outside the years
    /// 0 to 9999 is refused when the request is made.
    pub fn before<M>(mut self, moment: M) -> Self
    where
        M: TryInto<Timestamp>,
        M::Error: fmt::Display,
    {
        self.before = self.moment("before", moment);
        self
    }

    /// Only chats created after this moment: a [`Timestamp`] or a [`SystemTime`](std::time::SystemTime).
    pub fn after<M>(mut self, moment: M) -> Self
    where
        M: TryInto<Timestamp>,
        M::Error: fmt::Display,
    {
        self.after = self.moment("after", moment);
        self
    }

    fn moment<M>(&mut self, field: &'static str, moment: M) -> Option<Timestamp>
    where
        M: TryInto<Timestamp>,
        M::Error: fmt::Display,
    {
        self.refused.retain(|refused| refused.field != field);
        let refuse = |error: M::Error| InvalidField::new(field, error.to_string());
        moment
            .try_into()
            .map_err(|error| self.refused.push(refuse(error)))
            .ok()
    }

    /// How many chats a page has at most: 1 to 250, by default 100.
    pub fn limit(mut self, chats: u64) -> Self {
        self.limit = Some(chats);
        self
    }

    /// Where to go on: the [`next_cursor`](ChatPage::next_cursor) of an earlier page. The filters should be the same.
    pub fn cursor(mut self, cursor: impl Into<String>) -> Self {
        self.cursor = Some(cursor.into());
        self
    }

    /// Limits one attempt for a page.
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.overrides.timeout = Some(limit);
        self
    }

    /// Limits the call for a page with all its attempts and pauses.
    pub fn deadline(mut self, limit: Duration) -> Self {
        self.overrides.deadline = Some(limit);
        self
    }

    /// Repeats calls by this policy.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.overrides.retry = Some(policy);
        self
    }

    /// The chats of all pages. The next page is fetched while the current one is being used.
    ///
    /// It ends on a cursor that is null, absent or empty, and with an error on one that came before. An error ends it as well;
    /// [`ChatStream::cursor`] says where to resume.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), postpress::Error> {
    /// # let mock = postpress_mock::MockServer::start().await;
    /// # let postpress = postpress::Postpress::builder().api_key("k").base_url(mock.base_url()).build()?;
    /// use futures_util::TryStreamExt;
    ///
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

    /// Where the listing begins.
    pub(crate) fn start(&self) -> Option<String> {
        self.cursor.clone()
    }

    pub(crate) async fn page(self) -> Result<ChatPage, Error> {
        let problems = self.problems();
        if !problems.is_empty() {
            return Err(Error::invalid(Operation::ListChats, problems, 0));
        }
        let client = &self.postpress.shared.client;
        let call = Call {
            operation: Operation::ListChats,
            overrides: &self.overrides,
            body: None,
            replayable: true,
        };
        let params = ListChatsParams {
            account_id: self.accounts.clone(),
            account_type: self.account_type.clone(),
            unread: self.unread,
            before: self.before,
            after: self.after,
            limit: self.limit,
            cursor: self.cursor.clone(),
        };
        let request = || client.list_chats(&params).send();
        let answer = self.postpress.shared.runner.run(call, request).await?;
        Ok(ChatPage::new(answer))
    }

    fn problems(&self) -> Vec<InvalidField> {
        let mut problems = self.refused.clone();
        if self.cursor.as_deref() == Some("") {
            problems.push(InvalidField::new(
                "cursor",
                "it is empty: the listing that it came from had ended",
            ));
        }
        if let Some(limit) = self.limit.filter(|limit| !(1..=250).contains(limit)) {
            problems.push(InvalidField::new(
                "limit",
                format!("{limit} is out of range; 1 to 250 are possible"),
            ));
        }
        if self.accounts.iter().any(|id| id.trim().is_empty()) {
            problems.push(InvalidField::new("account_id", "an id is empty"));
        }
        if self.accounts.iter().any(|id| id.contains(',')) {
            problems.push(InvalidField::new(
                "account_id",
                "an id holds a comma, which would make it two: give each id by itself",
            ));
        }
        problems
    }
}

impl IntoFuture for ListChats {
    type Output = Result<ChatPage, Error>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.page())
    }
}

/// Without ids and cursors.
impl fmt::Debug for ListChats {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ListChats")
            .field("accounts", &self.accounts.len())
            .field("provider", &self.account_type)
            .field("unread", &self.unread)
            .field("before", &self.before)
            .field("after", &self.after)
            .field("limit", &self.limit)
            .field("overrides", &self.overrides)
            .finish_non_exhaustive()
    }
}
