//! A page of chats.

use postpress_client::{runtime::Response, types};

use serde_json::Value;

use crate::{chat::Chat, raw_json::RawJson};

/// A page of a listing.
#[derive(Clone, Debug, PartialEq)]
pub struct ChatPage {
    chats: Vec<Chat>,
    cursor: Option<String>,
    raw_json: RawJson,
}

impl ChatPage {
    pub(crate) fn new(response: Response<types::ChatList>) -> Self {
        let body = response.body().clone();
        let page = response.into_value();
        let chats = page.items.into_iter().enumerate();
        Self {
            chats: chats
                .map(|(index, raw)| Chat {
                    raw,
                    raw_json: RawJson::item(&body, index),
                })
                .collect(),
            cursor: page.cursor.filter(|cursor| !cursor.is_empty()),
            raw_json: RawJson::whole(&body),
        }
    }

    /// The chats of the page.
    pub fn chats(&self) -> &[Chat] {
        &self.chats
    }

    /// Takes the chats out of the page.
    pub fn into_chats(self) -> Vec<Chat> {
        self.chats
    }

    /// The cursor of the next page; `None` on the last.
    pub fn next_cursor(&self) -> Option<&str> {
        self.cursor.as_deref()
    }

    /// Whether there is a page after this one.
    pub fn has_next(&self) -> bool {
        self.cursor.is_some()
    }

    /// The number of chats on the page.
    pub fn len(&self) -> usize {
        self.chats.len()
    }

    /// Whether the page has no chats. There may be a next page all the same.
    pub fn is_empty(&self) -> bool {
        self.chats.is_empty()
    }

    /// The JSON of the page, with the fields that are newer than this crate. It is parsed anew each time.
    pub fn raw_json(&self) -> Option<Value> {
        self.raw_json.parse()
    }
}

impl<'p> IntoIterator for &'p ChatPage {
    type Item = &'p Chat;
    type IntoIter = std::slice::Iter<'p, Chat>;

    fn into_iter(self) -> Self::IntoIter {
        self.chats.iter()
    }
}

impl IntoIterator for ChatPage {
    type Item = Chat;
    type IntoIter = std::vec::IntoIter<Chat>;

    fn into_iter(self) -> Self::IntoIter {
        self.chats.into_iter()
    }
}
