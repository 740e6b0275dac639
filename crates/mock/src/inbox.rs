//! Chats and messages, in memory.

mod chat;
mod cursor;
mod message;
mod provider;
mod seed;

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::Value;

pub(crate) use self::chat::Chat;
pub(crate) use self::cursor::{CursorError, Filter};
pub(crate) use self::message::Message;
pub(crate) use self::provider::Provider;
pub use self::seed::AddChatError;
pub(crate) use self::seed::complete;
use crate::bounded::Bounded;
use crate::ids::Ids;

/// The most chats, and the most bytes that they may take. Beyond that, the oldest of those that clients started are
/// forgotten.
const MOST_CHATS: usize = 10_000;
const MOST_CHAT_BYTES: usize = 32 * 1024 * 1024;

/// The same for messages. The last one of a chat is never forgotten.
const MOST_MESSAGES: usize = 10_000;
const MOST_MESSAGE_BYTES: usize = 32 * 1024 * 1024;

/// All chats and messages. Chats are numbered in the order in which they were added.
#[derive(Debug)]
pub(crate) struct Inbox {
    pub(crate) ids: Ids,
    chats: BTreeMap<u64, Chat>,
    added: u64,
    weight: usize,
    most_chats: usize,
    most_weight: usize,
    messages: Bounded<Arc<Message>>,
    sent: u64,
}

/// One page of chats.
pub(crate) struct Page {
    /// The chats, in JSON.
    pub(crate) items: Vec<Arc<str>>,
    pub(crate) cursor: Option<String>,
}

impl Inbox {
    pub(crate) fn new() -> Inbox {
        Inbox {
            ids: Ids::default(),
            chats: BTreeMap::new(),
            added: 0,
            weight: 0,
            most_chats: MOST_CHATS,
            most_weight: MOST_CHAT_BYTES,
            messages: Bounded::new(MOST_MESSAGES, MOST_MESSAGE_BYTES),
            sent: 0,
        }
    }

    /// Adds a chat, and forgets old ones for it if need be.
    pub(crate) fn add(&mut self, chat: Chat) {
        self.added += 1;
        let number = self.added;
        if let Some(last) = &chat.last_message {
            self.messages.push(Arc::clone(last), last.weight());
        }
        self.weight += chat.weight();
        self.chats.insert(number, chat);
        self.make_room(number);
    }

    fn make_room(&mut self, latest: u64) {
        while self.chats.len() > self.most_chats || self.weight > self.most_weight {
            let mut started = self.chats.iter().filter(|(_, chat)| !chat.kept);
            let oldest = started.next().map(|(number, _)| *number);
            let oldest = oldest.filter(|number| *number != latest);
            let Some(chat) = oldest.and_then(|number| self.chats.remove(&number)) else {
                return;
            };
            self.weight -= chat.weight();
        }
    }

    pub(crate) fn chat(&self, id: &str) -> Option<&Chat> {
        self.chats().find(|it| it.id == id)
    }

    pub(crate) fn by_provider_id(&self, account_id: &str, provider_id: &str) -> Option<&Chat> {
        let mut chats = self.chats();
        chats.find(|it| it.account_id == account_id && it.provider_id == provider_id)
    }

    /// The one-to-one chat of an account with this attendee.
    pub(crate) fn direct(&self, account_id: &str, attendee: &str) -> Option<&Chat> {
        let mut chats = self.chats();
        chats.find(|it| it.account_id == account_id && it.attendee.as_deref() == Some(attendee))
    }

    /// The provider of an account, if that has a chat which was put in.
    pub(crate) fn provider(&self, account_id: &str) -> Option<Provider> {
        let mut kept = self.chats().filter(|it| it.kept);
        let chat = kept.find(|it| it.account_id == account_id)?;
        Some(chat.provider.clone())
    }

    /// All chats, the newest first.
    pub(crate) fn chats(&self) -> impl Iterator<Item = &Chat> {
        self.chats.values().rev()
    }

    /// Adds a message that a client sent to its chat.
    pub(crate) fn deliver(&mut self, message: Message) {
        let message = Arc::new(message);
        self.sent += 1;
        self.messages.push(Arc::clone(&message), message.weight());
        let mut chats = self.chats.iter_mut().rev();
        let Some((&number, chat)) = chats.find(|(_, chat)| chat.id == message.chat_id) else {
            return;
        };
        self.weight -= chat.weight();
        chat.receive(message);
        self.weight += chat.weight();
        self.make_room(number);
    }

    /// How many messages clients have sent.
    pub(crate) fn sent(&self) -> u64 {
        self.sent
    }

    /// A message of a chat, by its postpress id or its provider id.
    pub(crate) fn message(&self, chat_id: &str, id: &str) -> Option<&Arc<Message>> {
        let last = self
            .chat(chat_id)
            .and_then(|chat| chat.last_message.as_ref());
        let mut all = self.messages.iter().rev().chain(last);
        all.find(|it| it.chat_id == chat_id && (it.id == id || it.provider_id == id))
    }

    /// The messages of a chat, the oldest first.
    pub(crate) fn messages(&self, chat_id: &str) -> Vec<Value> {
        let all = self.messages.iter().filter(|it| it.chat_id == chat_id);
        all.map(|it| it.to_json()).collect()
    }

    /// One page of the chats that pass `filter`, the newest first, from where `cursor` continues.
    ///
    /// The cursor is the number of the last chat on the page before. Chats that are added later have greater numbers,
    /// so that they neither push a chat to the next page nor off it.
    pub(crate) fn page(
        &self,
        filter: Filter,
        limit: usize,
        cursor: Option<&str>,
    ) -> Result<Page, CursorError> {
        let (filter, before) = match cursor {
            Some(cursor) => cursor::open(&self.ids, cursor, filter)?,
            None => (filter, u64::MAX),
        };
        let older = self.chats.range(..before).rev();
        let mut found = older.filter(|(_, chat)| filter.passes(chat)).peekable();
        let mut items = Vec::new();
        let mut last = before;
        for (number, chat) in found.by_ref().take(limit) {
            items.push(chat.json());
            last = *number;
        }
        let more = found.peek().is_some();
        Ok(Page {
            items,
            cursor: more.then(|| cursor::seal(&self.ids, &filter, last)),
        })
    }
}

#[cfg(test)]
mod tests;
