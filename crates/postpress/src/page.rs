//! A page of chats.

use postpress_client::{runtime::Response, types};

use crate::{
    came::{self, Came},
    chat::Chat,
};

/// A page of a listing.
#[derive(Clone, Debug, PartialEq)]
pub struct ChatPage {
    chats: Vec<Chat>,
    cursor: Option<String>,
    came: Came,
}

impl ChatPage {
    pub(crate) fn new(answer: Response<types::ChatList>) -> Self {
        let body = answer.body().clone();
        let page = answer.into_value();
        let chats = page.items.into_iter().enumerate();
        Self {
            chats: chats
                .map(|(index, raw)| Chat {
                    raw,
                    came: Came::item(&body, index),
                })
                .collect(),
            cursor: page.cursor.filter(|cursor| !cursor.is_empty()),
            came: Came::whole(&body),
        }
    }

    /// The chats on it.
    pub fn chats(&self) -> &[Chat] {
        &self.chats
    }

    /// The chats, owned.
    pub fn into_chats(self) -> Vec<Chat> {
        self.chats
    }

    /// Where the next page begins; `None` on the last.
    pub fn next_cursor(&self) -> Option<&str> {
        self.cursor.as_deref()
    }

    /// There is a page after this one.
    pub fn has_next(&self) -> bool {
        self.cursor.is_some()
    }

    /// How many chats are on it.
    pub fn len(&self) -> usize {
        self.chats.len()
    }

    /// No chat is on it. There may be a next page all the same.
    pub fn is_empty(&self) -> bool {
        self.chats.is_empty()
    }

    came::raw_json!();
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
