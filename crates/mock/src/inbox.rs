//! Chats and messages, in memory.

mod chat;
mod cursor;
mod message;
mod provider;
mod seed;

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use serde_json::Value;

pub(crate) use self::chat::Chat;
pub(crate) use self::cursor::{CursorError, Filter};
pub(crate) use self::message::{Message, Outgoing};
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
    by_id: HashMap<String, u64>,
    /// By account and provider id.
    by_provider_id: HashMap<(String, String), u64>,
    /// One-to-one chats by account and attendee.
    direct: HashMap<(String, String), u64>,
    /// The providers of the accounts that have chats which were put in.
    accounts: HashMap<String, Provider>,
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
            by_id: HashMap::new(),
            by_provider_id: HashMap::new(),
            direct: HashMap::new(),
            accounts: HashMap::new(),
            messages: Bounded::new(MOST_MESSAGES, MOST_MESSAGE_BYTES),
            sent: 0,
        }
    }

    /// Adds a chat, and forgets old ones for it if need be.
    pub(crate) fn add(&mut self, chat: Chat) {
        self.added += 1;
        let number = self.added;
        if chat.kept {
            let account = chat.account_id.clone();
            self.accounts.insert(account, chat.provider.clone());
        }
        self.by_id.insert(chat.id.clone(), number);
        let account = chat.account_id.clone();
        self.by_provider_id
            .insert((account.clone(), chat.provider_id.clone()), number);
        if let Some(attendee) = &chat.attendee {
            self.direct.insert((account, attendee.clone()), number);
        }
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
            let Some((&number, _)) = started.next().filter(|(number, _)| **number != latest) else {
                return;
            };
            let Some(chat) = self.chats.remove(&number) else {
                return;
            };
            self.weight -= chat.weight();
            self.by_id.remove(&chat.id);
            let account = chat.account_id;
            forget(
                &mut self.by_provider_id,
                (account.clone(), chat.provider_id),
                number,
            );
            if let Some(attendee) = chat.attendee {
                forget(&mut self.direct, (account, attendee), number);
            }
        }
    }

    pub(crate) fn chat(&self, id: &str) -> Option<&Chat> {
        self.chats.get(self.by_id.get(id)?)
    }

    pub(crate) fn by_provider_id(&self, account_id: &str, provider_id: &str) -> Option<&Chat> {
        let key = (account_id.to_owned(), provider_id.to_owned());
        self.chats.get(self.by_provider_id.get(&key)?)
    }

    /// The one-to-one chat of an account with this attendee.
    pub(crate) fn direct(&self, account_id: &str, attendee: &str) -> Option<&Chat> {
        let key = (account_id.to_owned(), attendee.to_owned());
        self.chats.get(self.direct.get(&key)?)
    }

    /// The provider of an account, if that has a chat which was put in.
    pub(crate) fn provider(&self, account_id: &str) -> Option<Provider> {
        self.accounts.get(account_id).cloned()
    }

    /// All chats, the newest first.
    pub(crate) fn chats(&self) -> impl Iterator<Item = &Chat> {
        self.chats.values().rev()
    }

    /// Adds a message that a client sent to its chat.
    pub(crate) fn deliver(&mut self, message: Message) {
        let message = Arc::new(message);
        let number = self.by_id.get(&message.chat_id);
        if let Some(chat) = number.and_then(|number| self.chats.get_mut(number)) {
            self.weight -= chat.weight();
            chat.receive(Arc::clone(&message));
            self.weight += chat.weight();
        }
        self.sent += 1;
        self.messages.push(Arc::clone(&message), message.weight());
        let latest = self.by_id.get(&message.chat_id).copied();
        self.make_room(latest.unwrap_or_default());
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

/// Removes an entry, unless it leads to a later chat by now.
fn forget(entries: &mut HashMap<(String, String), u64>, key: (String, String), number: u64) {
    if entries.get(&key) == Some(&number) {
        entries.remove(&key);
    }
}

#[cfg(test)]
mod tests;
