//! Chats that are put in: those that every server starts with, and those that tests add.

use std::sync::OnceLock;

use jiff::Timestamp;
use serde_json::{Value, json};

use super::{Chat, Inbox, message};
use crate::api::Api;
use crate::check;

/// The inbox that a server starts with: chats as `getChat` returns them, each with `created_at`, the oldest first.
const SEED: &str = include_str!("seed.json");

/// A chat is not what the documentation says a chat is.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("cannot add the chat: {0}")]
pub struct AddChatError(String);

impl Inbox {
    /// The inbox that is described in the documentation of the crate.
    pub(crate) fn seeded(api: &Api) -> Result<Inbox, AddChatError> {
        // Read and checked once; servers are started by the hundred.
        static CHATS: OnceLock<Result<Vec<Chat>, AddChatError>> = OnceLock::new();
        let chats = CHATS.get_or_init(|| chats(api)).as_ref();
        let mut inbox = Inbox::new();
        for chat in chats.map_err(Clone::clone)? {
            inbox.add(chat.clone());
        }
        Ok(inbox)
    }
}

fn chats(api: &Api) -> Result<Vec<Chat>, AddChatError> {
    let chats: Vec<Value> =
        serde_json::from_str(SEED).map_err(|error| AddChatError(error.to_string()))?;
    let chats = chats.into_iter().map(|mut chat| {
        let created = chat.as_object_mut().and_then(|it| it.remove("created_at"));
        let created = created.as_ref().and_then(Value::as_str);
        let created = created.and_then(|it| it.parse::<Timestamp>().ok());
        let created = created.ok_or_else(|| AddChatError("created_at is required".to_owned()))?;
        checked(api, chat, created)
    });
    chats.collect()
}

/// Fills in what a test leaves out of a chat, and checks the whole.
pub(crate) fn complete(
    inbox: &mut Inbox,
    api: &Api,
    given: Value,
    created: Timestamp,
) -> Result<Chat, AddChatError> {
    let mut chat = json!({
        "object": "Chat",
        "id": inbox.ids.ulid("chat"),
        "account_id": "acc_01HXYZ4QK3WJ8FN3M6QH7TZ8GR",
        "account_type": "LINKEDIN",
        "provider_id": format!("2-{}", inbox.ids.hex()),
        "name": null,
        "type": 0,
        "timestamp": format!("{created:.3}"),
        "unread_count": 0,
        "archived": 0,
        "muted_until": null,
        "read_only": 0,
        "folder": ["INBOX"],
        "pinned": 0,
        "lastMessage": null,
    });
    overwrite(&mut chat, given)?;
    if chat["lastMessage"].is_object() {
        let mut last = message::blank(&mut inbox.ids, &chat, created);
        let sender = chat.get("attendee_provider_id");
        last["sender_id"] = sender.cloned().unwrap_or("somebody".into());
        last["sender_attendee_id"] = inbox.ids.ulid("att").into();
        overwrite(&mut last, chat["lastMessage"].take())?;
        chat["lastMessage"] = last;
    }
    let chat = checked(api, chat, created)?;
    if inbox.chat(&chat.id).is_some() {
        return Err(AddChatError(format!("there is a chat {} already", chat.id)));
    }
    Ok(chat)
}

/// Sets the members that are given.
fn overwrite(object: &mut Value, given: Value) -> Result<(), AddChatError> {
    match (object, given) {
        (Value::Object(members), Value::Object(given)) => members.extend(given),
        _ => return Err(AddChatError("it is not an object".to_owned())),
    }
    Ok(())
}

fn checked(api: &Api, chat: Value, created: Timestamp) -> Result<Chat, AddChatError> {
    let endpoint = api.endpoint("getChat");
    let schema = endpoint.and_then(|it| it.response(it.success)?.schema());
    let mistakes = schema.map_or_else(Vec::new, |schema| check::mistakes(schema, &chat));
    match mistakes.is_empty() {
        true => Ok(Chat::new(chat, created, true)),
        false => Err(AddChatError(mistakes.join("; "))),
    }
}
