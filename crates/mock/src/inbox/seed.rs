//! Chats that are put in: those that every server starts with, and those that tests add.

use std::sync::OnceLock;

use serde_json::{Map, Value, json};

use super::{Chat, Inbox};
use crate::check;
use crate::document::Document;
use crate::time::Moment;

/// The inbox that a server starts with: chats as `getChat` answers them, each with `created_at`, the oldest first.
const SEED: &str = include_str!("seed.json");

/// A chat that cannot be put in, because it is not what the document says a chat is.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this is not a chat: {0}")]
pub(crate) struct SeedError(pub(super) String);

impl Inbox {
    /// The inbox that is described in the documentation of the crate.
    pub(crate) fn seeded(document: &Document) -> Result<Inbox, SeedError> {
        // Read and checked once; servers are started by the hundred.
        static CHATS: OnceLock<Result<Vec<Chat>, SeedError>> = OnceLock::new();
        let chats = CHATS.get_or_init(|| chats(document)).as_ref();
        let mut inbox = Inbox::new();
        for chat in chats.map_err(Clone::clone)? {
            inbox.add(chat.clone());
        }
        Ok(inbox)
    }
}

fn chats(document: &Document) -> Result<Vec<Chat>, SeedError> {
    let chats: Vec<Value> =
        serde_json::from_str(SEED).map_err(|error| SeedError(error.to_string()))?;
    let chats = chats.into_iter().map(|mut chat| {
        let created = chat.as_object_mut().and_then(|it| it.remove("created_at"));
        let created = created.as_ref().and_then(Value::as_str);
        let created = created.and_then(Moment::parse);
        let created = created.ok_or_else(|| SeedError("created_at is required".to_owned()))?;
        checked(document, chat, created)
    });
    chats.collect()
}

/// Fills in what a test leaves out of a chat, and checks the whole.
pub(crate) fn complete(
    inbox: &mut Inbox,
    document: &Document,
    given: Value,
    created: Moment,
) -> Result<Chat, SeedError> {
    let Value::Object(given) = given else {
        return Err(SeedError("it is not an object".to_owned()));
    };
    let Value::Object(mut chat) = json!({
        "object": "Chat",
        "id": inbox.ids.ulid("chat"),
        "account_id": "acc_01HXYZ4QK3WJ8FN3M6QH7TZ8GR",
        "account_type": "LINKEDIN",
        "provider_id": format!("2-{}", inbox.ids.uuid()),
        "name": null,
        "type": 0,
        "timestamp": created.to_string(),
        "unread_count": 0,
        "archived": 0,
        "muted_until": null,
        "read_only": 0,
        "folder": ["INBOX"],
        "pinned": 0,
        "lastMessage": null,
    }) else {
        return Err(SeedError("it is not an object".to_owned()));
    };
    chat.extend(given);
    if let Some(Value::Object(message)) = chat.remove("lastMessage") {
        let message = complete_message(inbox, &chat, message, created);
        chat.insert("lastMessage".to_owned(), message);
    } else {
        chat.insert("lastMessage".to_owned(), Value::Null);
    }
    let chat = checked(document, Value::Object(chat), created)?;
    if inbox.chat(&chat.id).is_some() {
        return Err(SeedError(format!("there is a chat {} already", chat.id)));
    }
    Ok(chat)
}

fn complete_message(
    inbox: &mut Inbox,
    chat: &Map<String, Value>,
    given: Map<String, Value>,
    created: Moment,
) -> Value {
    let mut message = json!({
        "object": "Message",
        "id": inbox.ids.ulid("msg"),
        "provider_id": format!("mid.{}", inbox.ids.digits(20)),
        "account_id": chat["account_id"],
        "chat_id": chat["id"],
        "chat_provider_id": chat["provider_id"],
        "sender_id": chat.get("attendee_provider_id").cloned().unwrap_or("somebody".into()),
        "sender_attendee_id": inbox.ids.ulid("att"),
        "timestamp": created.to_string(),
        "text": null,
        "is_sender": 0,
        "attachments": [],
        "reactions": [],
        "seen": 0,
        "seen_by": {},
        "hidden": 0,
        "deleted": 0,
        "edited": 0,
        "is_event": 0,
        "delivered": 1,
        "behavior": null,
        "original": "{}",
    });
    if let Some(members) = message.as_object_mut() {
        members.extend(given);
    }
    message
}

fn checked(document: &Document, chat: Value, created: Moment) -> Result<Chat, SeedError> {
    let mistakes = check::mistakes(document.chat(), &chat);
    if !mistakes.is_empty() {
        return Err(SeedError(mistakes.join("; ")));
    }
    Chat::new(chat, created, true).ok_or_else(|| SeedError("it lacks something".to_owned()))
}
