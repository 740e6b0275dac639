//! Retrieving a chat.

use std::{
    fmt,
    future::{Future, IntoFuture},
    pin::Pin,
};

use postpress_client::{
    params::GetChatParams,
    runtime::{Json, Request},
    types::{self, Problem},
};

use crate::{
    built_request::BuiltRequest,
    call_options::{CallOptions, call_option_methods},
    chat::ChatDetail,
    client::Postpress,
    error::{Error, InvalidField},
    operation::Operation,
    raw_json::RawJson,
};

/// A chat to retrieve, which is requested when this is awaited. From the page "Retrieve a chat".
#[derive(Clone)]
#[must_use = "nothing is requested before it is awaited"]
pub struct GetChat {
    postpress: Postpress,
    chat_id: String,
    params: GetChatParams,
    call_options: CallOptions,
}

impl GetChat {
    pub(crate) fn new(postpress: Postpress, chat_id: String) -> Self {
        Self {
            postpress,
            chat_id,
            params: GetChatParams::default(),
            call_options: CallOptions::default(),
        }
    }

    /// Sets the account to look in. It is needed when the chat's id is a provider's.
    pub fn account(mut self, account_id: impl Into<String>) -> Self {
        self.params.account_id = Some(account_id.into());
        self
    }

    call_option_methods!();

    /// Builds the request without sending it.
    ///
    /// # Errors
    /// If the id is refused.
    pub fn build_request(self) -> Result<BuiltRequest, Error> {
        let shared = &self.postpress.shared;
        BuiltRequest::new(Operation::GetChat, shared, self.invalid(), self.request())
    }

    fn request(&self) -> Request<'_, Json<types::ChatDetail>, Problem> {
        let client = &self.postpress.shared.client;
        client.get_chat(&self.chat_id, &self.params)
    }

    async fn call(self) -> Result<ChatDetail, Error> {
        let retry_loop = &self.postpress.shared.retry_loop;
        let response = retry_loop
            .run(
                Operation::GetChat,
                &self.call_options,
                self.invalid(),
                || self.request(),
            )
            .await?;
        Ok(ChatDetail {
            raw_json: RawJson::whole(response.body()),
            raw: response.into_value(),
        })
    }

    fn invalid(&self) -> Vec<InvalidField> {
        InvalidField::of_chat_id(&self.chat_id)
            .into_iter()
            .collect()
    }
}

impl IntoFuture for GetChat {
    type Output = Result<ChatDetail, Error>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.call())
    }
}

/// Shows no ids.
impl fmt::Debug for GetChat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("GetChat")
            .field("call_options", &self.call_options)
            .finish_non_exhaustive()
    }
}
