//! Chats as the service sent them, also those that are not what the documentation says.

use postpress::{Chat, ChatDetail, ChatFeature, Folder, Items, Message, Odd, raw::RawJson};
use serde::Serialize;

use crate::{failure::Failure, output::json::Fields};

/// A chat.
pub(crate) struct Record {
    pub(crate) json: RawJson,
    /// Whether it did not decode.
    pub(crate) is_odd: bool,
    /// What in it is not what the documentation says.
    pub(crate) oddities: Vec<String>,
}

impl Record {
    /// A chat of a listing.
    pub(crate) fn of(chat: Result<Chat, Odd>) -> Result<Self, Failure> {
        Ok(match chat {
            Ok(chat) => Self {
                json: json(&chat, chat.raw_json())?,
                is_odd: false,
                oddities: in_lists(chat.folders(), chat.disabled_features()).collect(),
            },
            Err(odd) => Self {
                oddities: vec![odd.error().to_string()],
                is_odd: true,
                json: odd.into_json(),
            },
        })
    }

    /// A chat with its newest message.
    pub(crate) fn detail(chat: &ChatDetail) -> Result<Self, Failure> {
        let message = chat.last_message();
        let places = [
            ("lastMessage", chat.odd_last_message()),
            ("lastMessage.quoted", message.and_then(Message::odd_quoted)),
            (
                "lastMessage.reply_to",
                message.and_then(Message::odd_reply_to),
            ),
        ];
        let places = places.into_iter();
        let odd = places.filter_map(|(place, odd)| Some(format!("{place}: {}", odd?.error())));
        let mut oddities: Vec<String> = odd.collect();
        oddities.extend(in_lists(chat.folders(), chat.disabled_features()));
        if let Some(message) = message {
            oddities.extend(in_list("lastMessage.attachments", message.attachments()));
            oddities.extend(in_list("lastMessage.reactions", message.reactions()));
        }
        Ok(Self {
            json: json(chat, chat.raw_json())?,
            is_odd: false,
            oddities,
        })
    }

    /// Its id, or its number in the listing, which begins with 1.
    pub(crate) fn name(&self, number: usize) -> String {
        let id = Fields::of(&self.json).read::<String>("id");
        id.unwrap_or_else(|| format!("number {number}"))
    }
}

/// The JSON of a chat: as it was sent, if it was sent, else as it would be.
fn json(chat: &impl Serialize, sent: Option<RawJson>) -> Result<RawJson, Failure> {
    match sent {
        Some(json) => Ok(json),
        None => Ok(serde_json::from_str(&serde_json::to_string(chat)?)?),
    }
}

fn in_lists<'c>(
    folders: &'c Items<Folder>,
    features: &'c Items<ChatFeature>,
) -> impl Iterator<Item = String> + 'c {
    in_list("folder", folders).chain(in_list("disabledFeatures", features))
}

fn in_list<'c, T>(name: &'c str, list: &'c Items<T>) -> impl Iterator<Item = String> + 'c {
    list.odd()
        .map(move |(index, odd)| format!("{name}[{index}]: {}", odd.error()))
}
