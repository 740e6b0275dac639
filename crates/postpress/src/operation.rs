//! The four things that postpress does.

use std::fmt;

/// An operation of the service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
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
    /// Its id in the API's description: `listChats`.
    pub fn id(self) -> &'static str {
        match self {
            Self::ListChats => "listChats",
            Self::StartChat => "startChat",
            Self::GetChat => "getChat",
            Self::SendMessage => "sendMessage",
        }
    }

    /// The HTTP method.
    pub fn method(self) -> &'static str {
        if self.sends() { "POST" } else { "GET" }
    }

    /// The path below the base URL, with its placeholders.
    pub fn path(self) -> &'static str {
        match self {
            Self::ListChats | Self::StartChat => "/chats",
            Self::GetChat => "/chats/{chat_id}",
            Self::SendMessage => "/chats/{chat_id}/messages",
        }
    }

    /// It sends a message, so that doing it twice is worse than not doing it.
    pub fn sends(self) -> bool {
        matches!(self, Self::StartChat | Self::SendMessage)
    }
}

impl fmt::Display for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}
