//! Retrieving a chat.

use std::fmt;

use postpress_client::{
    params::GetChatParams,
    runtime::{Json, Request},
    types,
};

use crate::{
    call::{CallOptions, call},
    chat::ChatDetail,
    client::Postpress,
    error::InvalidField,
    response::Problem,
    setters::setters,
};

/// A chat to retrieve, which is requested when this is awaited. From the page "Retrieve a chat".
#[doc = include_str!("guide/spawn.md")]
#[derive(Clone)]
#[must_use = "nothing is requested before it is awaited"]
pub struct GetChat {
    postpress: Postpress,
    chat_id: String,
    params: GetChatParams,
    call_options: CallOptions,
}

call!(GetChat -> ChatDetail);

impl GetChat {
    pub(crate) fn new(postpress: Postpress, chat_id: String) -> Self {
        Self {
            postpress,
            chat_id,
            params: GetChatParams::default(),
            call_options: CallOptions::default(),
        }
    }

    setters! {
        /// Sets the account to look in. It is needed when the chat's id is a provider's.
        account, maybe_account(account_id: impl Into<String>) => params.account_id;
    }

    fn request(&self) -> Request<'_, Json<types::ChatDetail>, Problem> {
        let client = &self.postpress.shared.client;
        client.get_chat(&self.chat_id, &self.params).decode_as()
    }

    fn invalid(&self) -> Vec<InvalidField> {
        InvalidField::of_chat_id(&self.chat_id)
            .into_iter()
            .collect()
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
