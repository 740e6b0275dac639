//! The operations of the API, by name.

use std::fmt;

use serde::{Deserialize, Serialize};

/// An operation of the postpress API.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub enum Operation {
    /// `GET /chats`.
    ListChats,
    /// `POST /chats`.
    StartChat,
    /// `GET /chats/{chat_id}`.
    GetChat,
    /// `POST /chats/{chat_id}/messages`.
    SendMessage,
}

impl Operation {
    pub(crate) const ALL: [Operation; 4] = [
        Operation::ListChats,
        Operation::StartChat,
        Operation::GetChat,
        Operation::SendMessage,
    ];
}

/// Its `operationId` in the OpenAPI document, such as `startChat`.
impl fmt::Display for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.serialize(f)
    }
}
