//! One chat.

use std::sync::Arc;

use jiff::Timestamp;
use serde_json::Value;

use super::{Message, Provider};

/// A chat. Members that are needed often are at hand; the whole is kept as the JSON that a list shows, which takes a
/// fraction of the memory of a tree and is sent as it is.
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
    pub(crate) created: Timestamp,
    /// Whether it was put in, rather than started by a client: then it is never forgotten.
    pub(crate) kept: bool,
    pub(crate) last_message: Option<Arc<Message>>,
    json: Arc<str>,
}

impl Chat {
    /// Takes the JSON that `getChat` returns, which has passed the checks: required members are there.
    pub(crate) fn new(mut detail: Value, created: Timestamp, kept: bool) -> Chat {
        let members = detail.as_object_mut();
        let last_message = members.and_then(|it| it.remove("lastMessage"));
        let last_message = last_message.filter(|it| !it.is_null());
        let text = |name: &str| detail[name].as_str().map(str::to_owned);
        let required = |name: &str| text(name).unwrap_or_default();
        Chat {
            id: required("id"),
            account_id: required("account_id"),
            provider: Provider::named(&required("account_type")),
            provider_id: required("provider_id"),
            attendee: text("attendee_provider_id").filter(|_| detail["type"] == 0),
            unread: detail["unread_count"].as_i64() > Some(0),
            writable: detail["read_only"] == 0,
            created,
            kept,
            last_message: last_message.map(|it| Arc::new(Message::new(&it))),
            json: detail.to_string().into(),
        }
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
        // It was written by this server, so that it can be read.
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
