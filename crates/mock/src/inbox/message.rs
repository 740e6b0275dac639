//! One message.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::{Chat, Inbox};
use crate::ids::Ids;
use crate::record::Part;

/// A message, kept as JSON like a [`Chat`].
#[derive(Debug)]
pub(crate) struct Message {
    pub(crate) id: String,
    pub(crate) provider_id: String,
    pub(crate) chat_id: String,
    pub(crate) timestamp: String,
    json: Box<str>,
}

impl Message {
    /// Takes JSON that has passed the checks: required members are there.
    pub(super) fn new(json: &Value) -> Message {
        let text = |name: &str| json[name].as_str().unwrap_or_default().to_owned();
        Message {
            id: text("id"),
            provider_id: text("provider_id"),
            chat_id: text("chat_id"),
            timestamp: text("timestamp"),
            json: json.to_string().into(),
        }
    }

    pub(super) fn json(&self) -> &str {
        &self.json
    }

    pub(super) fn to_json(&self) -> Value {
        // It was written by this server, so that it can be read.
        serde_json::from_str(&self.json).unwrap_or_default()
    }

    /// About how many bytes of memory this takes.
    pub(super) fn weight(&self) -> usize {
        size_of::<Message>() + 200 + self.json.len()
    }
}

/// A new message in a chat, with a value for every required member but the sender.
pub(super) fn blank(ids: &mut Ids, chat: &Value, created: Timestamp) -> Value {
    json!({
        "object": "Message",
        "id": ids.ulid("msg"),
        "provider_id": format!("mid.{}", ids.digits(20)),
        "account_id": chat["account_id"],
        "chat_id": chat["id"],
        "chat_provider_id": chat["provider_id"],
        "timestamp": format!("{created:.3}"),
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
    })
}

impl Inbox {
    /// Makes the message that a client sends into a chat with this form, in which a file is the index of its part.
    pub(crate) fn compose(&mut self, chat: &Chat, form: &Value, parts: &[Part]) -> Message {
        let provider_id = chat.provider.message_id(&mut self.ids);
        let own_number = self.ids.seal(("att", &chat.account_id));
        let ids = json!({
            "account_id": chat.account_id, "id": chat.id, "provider_id": chat.provider_id
        });
        let mut message = blank(&mut self.ids, &ids, Timestamp::now());
        message["sender_id"] = chat.provider.own_id(&self.ids, &chat.account_id).into();
        message["sender_attendee_id"] = format!("att_{own_number:026}").into();
        message["is_sender"] = 1.into();
        message["text"] = form["text"].clone();
        message["attachments"] = self.attachments(form, parts).into();
        message["original"] = json!({ "id": provider_id }).to_string().into();
        message["provider_id"] = provider_id.into();
        message["message_type"] = match form["linkedin"]["inmail"] == true {
            true => "INMAIL".into(),
            false => "MESSAGE".into(),
        };
        if let Some(subject) = form.get("subject") {
            message["subject"] = subject.clone();
        }
        let quoted = form["quote_id"].as_str();
        let quoted = quoted.and_then(|id| self.message(&chat.id, id));
        if let Some(quoted) = quoted.map(|it| it.to_json()) {
            message["quoted"] = json!({
                "provider_id": quoted["provider_id"],
                "sender_id": quoted["sender_id"],
                "text": quoted["text"],
                "attachments": quoted["attachments"],
                "message_id": quoted["id"],
            });
        }
        // That a thread is known by its first message is a guess: no page says what a thread id is.
        let parent = form["thread_id"].as_str();
        let parent = parent.and_then(|id| self.message(&chat.id, id));
        if let Some(parent) = parent {
            message["parent"] = parent.id.as_str().into();
        }
        Message::new(&message)
    }

    fn attachments(&mut self, form: &Value, parts: &[Part]) -> Vec<Value> {
        let files = form["attachments"].as_array().into_iter().flatten();
        let files = files.map(|file| (file, None));
        let recorded = [
            (&form["voice_message"], Some("audio")),
            (&form["video_message"], Some("video")),
        ];
        let mut attachments = Vec::new();
        for (number, kind) in files.chain(recorded) {
            let index = number.as_u64().and_then(|number| number.try_into().ok());
            let part = index.and_then(|index: usize| parts.get(index));
            attachments.extend(part.map(|part| self.attachment(part, kind)));
        }
        attachments
    }

    /// The attachment that a file becomes. Its content is not kept, so it has no URL, and its size in pixels is not known.
    fn attachment(&mut self, part: &Part, recorded: Option<&str>) -> Value {
        let kind = recorded.unwrap_or_else(|| kind(part));
        let mut attachment = json!({
            "id": self.ids.ulid("attm"),
            "type": kind,
            "file_size": part.size(),
            "unavailable": false,
            "mimetype": part.media_type().unwrap_or("application/octet-stream"),
        });
        match kind {
            "img" => {
                attachment["size"] = json!({ "width": 0, "height": 0 });
                attachment["sticker"] = false.into();
            }
            "video" => {
                attachment["size"] = json!({ "width": 0, "height": 0 });
                attachment["gif"] = false.into();
            }
            "audio" => attachment["voice_note"] = recorded.is_some().into(),
            _ => attachment["file_name"] = part.file_name().unwrap_or_default().into(),
        }
        attachment
    }
}

/// The kind of attachment that a file makes.
fn kind(part: &Part) -> &'static str {
    let family = part.media_type().and_then(|it| it.split_once('/'));
    match family {
        Some(("image", _)) => "img",
        Some(("video", _)) => "video",
        Some(("audio", _)) => "audio",
        _ => "file",
    }
}
