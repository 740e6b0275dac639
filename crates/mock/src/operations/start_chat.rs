//! `POST /chats`.

use serde_json::{Value, json};

use super::Call;
use crate::inbox::{Chat, Inbox, Outgoing, Provider};
use crate::problem::{Problem, Refusal};
use crate::time::Moment;

pub(super) fn start_chat(inbox: &mut Inbox, call: &Call<'_>) -> Result<String, Problem> {
    let attendees = call.attendees();
    if attendees.iter().any(|it| it.trim().is_empty()) {
        let detail = "attendees_ids has an empty id.";
        return Err(call.refuse(Refusal::InvalidRecipient, detail));
    }
    let first = attendees.first().copied().unwrap_or_default();
    let account_id = call.text("account_id").unwrap_or_default();
    let linkedin = &call.form["linkedin"];
    let provider = inbox.provider(account_id);
    let provider = provider.unwrap_or_else(|| Provider::guess(first, !linkedin.is_null()));
    if !provider.sends() {
        return Err(call.refuse(
            Refusal::NotOffered,
            format!(
                "account_id: chats cannot be started by way of {}.",
                provider.name()
            ),
        ));
    }
    // "If the chat does not exist, it will be created"; a group is always a new one.
    let known = match attendees.as_slice() {
        [only] => inbox.direct(account_id, only).cloned(),
        _ => None,
    };
    let is_new = known.is_none();
    let Some(chat) = known.or_else(|| new_chat(inbox, call, account_id, &provider, &attendees))
    else {
        return Err(call.refuse(Refusal::NotWritable, "The chat could not be made."));
    };
    if !chat.writable {
        return Err(call.refuse(
            Refusal::NotWritable,
            format!("attendees_ids: the chat with {first} cannot be written into."),
        ));
    }
    let outgoing = Outgoing {
        text: call.text("text"),
        subject: call.text("subject"),
        message_type: (linkedin["inmail"] == true).then_some("INMAIL"),
        attachments: call.files("attachments"),
        voice_message: call.file("voice_message"),
        video_message: call.file("video_message"),
        quote_id: None,
        thread_id: None,
    };
    let Some(message) = inbox.compose(&chat, &outgoing) else {
        return Err(call.refuse(Refusal::NotWritable, "The message could not be made."));
    };
    let answer = json!({
        "object": "ChatStarted",
        "chat_id": chat.id,
        "message_id": message.id,
    });
    if is_new {
        inbox.add(chat);
    }
    inbox.deliver(message);
    Ok(answer.to_string())
}

fn new_chat(
    inbox: &mut Inbox,
    call: &Call<'_>,
    account_id: &str,
    provider: &Provider,
    attendees: &[&str],
) -> Option<Chat> {
    let linkedin = &call.form["linkedin"];
    let now = Moment::now();
    let (kind, attendee) = match attendees {
        [only] => (0, Some(*only)),
        _ => (1, None),
    };
    let subject = call.text("subject");
    let mut chat = json!({
        "object": "Chat",
        "id": inbox.ids.ulid("chat"),
        "account_id": account_id,
        "account_type": provider.name(),
        "provider_id": provider.chat_id(&mut inbox.ids, attendee),
        // The name of a group is its subject; of a person only the id is known.
        "name": if attendee.is_none() { subject } else { None },
        "type": kind,
        "timestamp": now.to_string(),
        "unread_count": 0,
        "archived": 0,
        "muted_until": null,
        "read_only": 0,
        "folder": provider.folders(linkedin["api"].as_str()),
        "pinned": 0,
    });
    if let Some(attendee) = attendee {
        chat["attendee_provider_id"] = attendee.into();
    }
    if let Some(subject) = subject {
        chat["subject"] = subject.into();
    }
    if linkedin["inmail"] == Value::Bool(true) {
        chat["content_type"] = "inmail".into();
    }
    Chat::new(chat, now, false)
}
