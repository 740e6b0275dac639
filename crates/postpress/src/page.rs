//! A page of chats.

use std::collections::HashMap;

use crate::{chat::Chat, origin::Origin, raw, response::ResponseHead};
use postpress_client::{
    runtime::{Items, MaybeOdd, Odd, Response, decode_json},
    types,
};

/// A page of a listing.
///
/// A chat that does not decode costs nothing but itself: [`chats`](Self::chats) are the others, and it is in [`odd`](Self::odd).
#[derive(Clone, Debug, PartialEq)]
pub struct ChatPage {
    chats: Items<Chat>,
    cursor: Option<MaybeOdd<String>>,
    origin: Origin,
}

impl ChatPage {
    pub(crate) fn new(response: Response<types::ChatList>) -> Self {
        let body = response.body().clone();
        let origin = Origin::of(&response);
        let mut page = response.into_value();
        let is_empty = page.items.came_empty() && page.cursor.is_none() && page.object.is_none();
        let has_items = || {
            let members = decode_json::<HashMap<String, raw::RawJson>>(&body);
            members.is_ok_and(|members| members.contains_key("items"))
        };
        if is_empty && !has_items() {
            // It is something else, such as an error: not a page that has no chats, but one odd record.
            page.items = decode_json(&body).unwrap_or_default();
        }
        for (index, odd) in page.items.odd() {
            tracing::warn!(index, error = %odd.error(), "a chat of a page does not decode");
        }
        let chat = |index, raw| Chat {
            raw,
            origin: origin.item(index),
        };
        Self {
            chats: page.items.map(chat),
            cursor: page.cursor,
            origin,
        }
    }

    /// The chats of the page that decoded.
    pub fn chats(&self) -> &[Chat] {
        &self.chats
    }

    /// The chats of the page that did not decode, each with its index on the page. [`Odd::json`] is what came.
    pub fn odd(&self) -> impl ExactSizeIterator<Item = (usize, &Odd)> {
        self.chats.odd()
    }

    /// Takes all chats out of the page, in the order in which they came.
    pub fn into_with_odd(self) -> impl Iterator<Item = Result<Chat, Odd>> {
        self.chats.into_with_odd()
    }

    /// Takes the chats that decoded out of the page.
    pub fn into_chats(self) -> Vec<Chat> {
        self.chats.into_vec()
    }

    /// The cursor of the next page; `None` on the last, and if it is an [odd one](Self::odd_cursor).
    pub fn next_cursor(&self) -> Option<&str> {
        let cursor = self.cursor.as_ref()?.value()?;
        Some(&**cursor).filter(|cursor| !cursor.is_empty())
    }

    /// The cursor of the next page, if it does not decode. There may be a page after this one then; nobody can tell.
    pub fn odd_cursor(&self) -> Option<&Odd> {
        self.cursor.as_ref()?.odd()
    }

    /// Whether there is a page after this one.
    pub fn has_next(&self) -> bool {
        self.next_cursor().is_some()
    }

    /// The number of chats on the page that decoded.
    pub fn len(&self) -> usize {
        self.chats.len()
    }

    /// Whether the page has no chats that decoded. There may be a next page all the same.
    pub fn is_empty(&self) -> bool {
        self.chats.is_empty()
    }

    /// The status and headers of the response, and the service's id of the request.
    pub fn response(&self) -> &ResponseHead {
        self.origin.head()
    }

    /// The JSON of the page as the service sent it, with the fields that are newer than this crate.
    pub fn raw_json(&self) -> Option<raw::RawJson> {
        self.origin.json()
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
