// Generated from spec/postpress.yaml, do not edit. To regenerate: cargo xtask generate

use super::enums;

/// The optional parameters of [`Client::list_chats`](super::Client::list_chats).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListChatsParams {
    /// Only the chats of these postpress accounts.
    pub account_id: Vec<String>,
    /// Only the chats of this provider.
    pub account_type: Option<enums::AccountType>,
    /// `true` leaves only chats with unread messages, `false` only those that are read.
    pub unread: Option<bool>,
    /// Only chats that were created earlier than this, the moment itself excluded.
    pub before: Option<::postpress_runtime::Timestamp>,
    /// Only chats that were created later than this, the moment itself excluded.
    pub after: Option<::postpress_runtime::Timestamp>,
    /// The most chats to put on one page.
    ///
    /// Between 1 and 250. Default: `100`.
    pub limit: Option<u64>,
    /// Where to go on, taken from the page before. Leave it out to start with the first page.
    pub cursor: Option<String>,
}

/// The optional parameters of [`Client::get_chat`](super::Client::get_chat).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetChatParams {
    /// The postpress account in which to look up the chat. Needed when `chat_id` is a provider id.
    pub account_id: Option<String>,
}
