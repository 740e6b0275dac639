//! Messages on LinkedIn, WhatsApp, Instagram, Messenger, Telegram and more, through the postpress API.

mod base_url;
#[cfg(feature = "blocking")]
pub mod blocking;
mod builder;
mod came;
mod chat;
mod client;
mod delivery;
mod error;
mod get_chat;
pub mod linkedin;
mod list_chats;
mod message;
mod observe;
mod operation;
mod page;
mod paging;
mod recipient;
mod retry;
mod runner;
mod send_message;
mod sending;
mod start_chat;
mod upload;
mod wording;

pub use builder::{API_KEY_VARIABLE, BASE_URL_VARIABLE, Builder};
pub use chat::{Chat, ChatDetail, Mute};
pub use client::Postpress;
pub use delivery::Delivery;
pub use error::{Error, InvalidField};
pub use get_chat::GetChat;
pub use list_chats::ListChats;
pub use message::Message;
pub use observe::AttemptEvent;
pub use operation::Operation;
pub use page::ChatPage;
pub use paging::ChatStream;
pub use postpress_client::{
    enums::{AccountType, ChatFeature, ChatType, EventType, Folder, MessageType, ReadOnlyState},
    errors::ErrorType,
    runtime::{ErrorInfo, Timestamp},
    variants::{Attachment, ReadReceipt},
};
pub use recipient::{Recipient, Recipients};
pub use retry::RetryPolicy;
pub use send_message::{SendMessage, SentMessage};
pub use start_chat::{StartChat, StartedChat};
pub use upload::{STANDARD_LIMIT, Upload};

/// What the wire carries, generated from the API's description: every field, as it is spelled there.
pub mod raw {
    pub use postpress_client::{enums, forms, types, variants};
}
