//! The operations of the service.

use std::fmt;

/// An operation of the service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Operation {
    /// Lists chats.
    ListChats,
    /// Starts a chat.
    StartChat,
    /// Retrieves a chat.
    GetChat,
    /// Sends a message into a chat.
    SendMessage,
}

impl Operation {
    /// The id in the API's description, such as `listChats`.
    pub fn id(self) -> &'static str {
        match self {
            Self::ListChats => "listChats",
            Self::StartChat => "startChat",
            Self::GetChat => "getChat",
            Self::SendMessage => "sendMessage",
        }
    }

    /// Whether it sends a message, so that doing it twice is worse than not doing it.
    pub fn sends(self) -> bool {
        matches!(self, Self::StartChat | Self::SendMessage)
    }
}

impl fmt::Display for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}
