//! Retrieving a chat.

use std::{
    fmt,
    future::{Future, IntoFuture},
    pin::Pin,
    time::Duration,
};

use postpress_client::params::GetChatParams;

use crate::{
    came::Came,
    chat::ChatDetail,
    client::Postpress,
    error::{Error, InvalidField},
    operation::Operation,
    retry::RetryPolicy,
    runner::{Call, Overrides},
};

/// A chat to retrieve; awaiting it does. From the page "Retrieve a chat".
#[derive(Clone)]
#[must_use = "nothing is requested before it is awaited"]
pub struct GetChat {
    postpress: Postpress,
    chat_id: String,
    account_id: Option<String>,
    overrides: Overrides,
}

impl GetChat {
    pub(crate) fn new(postpress: Postpress, chat_id: String) -> Self {
        Self {
            postpress,
            chat_id,
            account_id: None,
            overrides: Overrides::default(),
        }
    }

    /// The account in which to look. Needed when the chat's id is a provider's.
    pub fn account(mut self, account_id: impl Into<String>) -> Self {
        self.account_id = Some(account_id.into());
        self
    }

    /// Limits one attempt of this call.
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.overrides.timeout = Some(limit);
        self
    }

    /// Limits this call with all its attempts and pauses.
    pub fn deadline(mut self, limit: Duration) -> Self {
        self.overrides.deadline = Some(limit);
        self
    }

    /// Repeats this call by this policy.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.overrides.retry = Some(policy);
        self
    }

    pub(crate) async fn run(self) -> Result<ChatDetail, Error> {
        if let Some(problem) = InvalidField::of_chat_id(&self.chat_id) {
            return Err(Error::invalid(Operation::GetChat, vec![problem], 0));
        }
        let client = &self.postpress.shared.client;
        let call = Call {
            operation: Operation::GetChat,
            overrides: &self.overrides,
            body: None,
            replayable: true,
        };
        let params = GetChatParams {
            account_id: self.account_id.clone(),
        };
        let answer = self
            .postpress
            .shared
            .runner
            .run(call, || client.get_chat(&self.chat_id, &params).send())
            .await?;
        let came = Came::whole(answer.body());
        let raw = answer.into_value();
        Ok(ChatDetail { raw, came })
    }
}

impl IntoFuture for GetChat {
    type Output = Result<ChatDetail, Error>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.run())
    }
}

/// Without ids.
impl fmt::Debug for GetChat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("GetChat")
            .field("overrides", &self.overrides)
            .finish_non_exhaustive()
    }
}
