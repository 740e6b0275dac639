//! One chat.

use std::sync::Arc;

use serde_json::Value;

use super::{Message, Provider};
use crate::time::Moment;

/// A chat. What is asked of it often is at hand; the whole is kept as the JSON that a list has of it, which takes a
/// fraction of the memory of a tree and is answered as it is.
#[derive(Clone, Debug)]
pub(crate) struct Chat {
    pub(crate) id: String,
    pub(crate) account_id: String,
    pub(crate) provider: Provider,
    pub(crate) provider_id: String,
    /// Who is at the other end of a one-to-one chat.
    pub(crate) attendee: Option<String>,
    pub(crate) unread: bool,
    pub(crate) writable: bool,
    /// What `before` and `after` compare.
    pub(crate) created: Moment,
    /// Whether it was put in, rather than started by a client: then it is never forgotten.
    pub(crate) kept: bool,
    pub(crate) last_message: Option<Arc<Message>>,
    json: Arc<str>,
}

impl Chat {
    /// Takes a chat apart that has passed the checks: `getChat`'s JSON.
    pub(crate) fn new(mut detail: Value, created: Moment, kept: bool) -> Option<Chat> {
        let members = detail.as_object_mut()?;
        let last_message = members.remove("lastMessage").filter(|it| !it.is_null());
        let text = |name: &str| Some(detail[name].as_str()?.to_owned());
        Some(Chat {
            id: text("id")?,
            account_id: text("account_id")?,
            provider: Provider::named(detail["account_type"].as_str()?),
            provider_id: text("provider_id")?,
            attendee: (detail["type"] == 0)
                .then(|| text("attendee_provider_id"))
                .flatten(),
            unread: detail["unread_count"].as_i64()? > 0,
            writable: detail["read_only"] == 0,
            created,
            kept,
            last_message: match last_message {
                Some(message) => Some(Arc::new(Message::new(&message)?)),
                None => None,
            },
            json: detail.to_string().into(),
        })
    }

    /// The chat as a list has it.
    pub(crate) fn json(&self) -> Arc<str> {
        Arc::clone(&self.json)
    }

    /// The chat with its last message.
    pub(crate) fn detail(&self) -> String {
        let last = self.last_message.as_ref().map_or("null", |it| it.json());
        // The text of an object: the last character is its brace.
        let open = &self.json[..self.json.len() - 1];
        format!("{open},\"lastMessage\":{last}}}")
    }

    /// Makes a message the last one.
    pub(super) fn receive(&mut self, message: Arc<Message>) {
        // It was made from a tree, so it is one.
        if let Ok(mut tree) = serde_json::from_str::<Value>(&self.json) {
            tree["timestamp"] = message.timestamp.clone().into();
            self.json = tree.to_string().into();
        }
        self.last_message = Some(message);
    }

    /// About how many bytes of memory this takes.
    pub(super) fn weight(&self) -> usize {
        let last = self.last_message.as_ref().map_or(0, |it| it.weight());
        // The ids are in the tables of the inbox as well.
        size_of::<Chat>() + 4 * (self.id.len() + self.provider_id.len()) + self.json.len() + last
    }
}
