//! The operations of the API, by name.

use std::fmt;
use std::str::FromStr;

/// An operation of the postpress API.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
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
    /// All of them.
    pub const ALL: &'static [Operation] = &[
        Operation::ListChats,
        Operation::StartChat,
        Operation::GetChat,
        Operation::SendMessage,
    ];

    /// Its `operationId` in the OpenAPI document, such as `startChat`.
    pub fn as_str(self) -> &'static str {
        match self {
            Operation::ListChats => "listChats",
            Operation::StartChat => "startChat",
            Operation::GetChat => "getChat",
            Operation::SendMessage => "sendMessage",
        }
    }
}

impl fmt::Display for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// There is no operation of that name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no operation `{0}`: use listChats, startChat, getChat or sendMessage")]
pub struct UnknownOperation(String);

impl FromStr for Operation {
    type Err = UnknownOperation;

    /// Takes an `operationId`.
    fn from_str(text: &str) -> Result<Operation, UnknownOperation> {
        let found = Operation::ALL.iter().find(|it| it.as_str() == text);
        found
            .copied()
            .ok_or_else(|| UnknownOperation(text.to_owned()))
    }
}
