//! Responses of the service, like those on the pages.

use serde_json::{Value, json};

pub fn chat(n: usize) -> Value {
    let mutes = [json!(null), json!(-1), json!("2026-06-01T00:00:00.000Z")];
    json!({
        "object": "Chat",
        "id": format!("chat_01HXYZ4QK3WJ8FN3M6QH7T{n:04}"),
        "account_id": "acc_01HXYZ4QK3WJ8FN3M6QH7TZ8GR",
        "account_type": "LINKEDIN",
        "provider_id": "2-NTRkZDA4M2QtZDcxZS00YzY5LWE4YzgtMGU3NGM0",
        "attendee_provider_id": "ACoAACr-1eYBl5wPXFqPAh7V0",
        "name": "Jordan Walke",
        "type": n % 3,
        "timestamp": "2026-05-17T09:42:11.000Z",
        "unread_count": n % 7,
        "archived": 0,
        "muted_until": mutes[n % 3],
        "read_only": 0,
        "disabledFeatures": ["reactions"],
        "subject": "Your application",
        "folder": ["INBOX", "INBOX_LINKEDIN_CLASSIC"],
        "pinned": 0,
    })
}

pub fn page() -> String {
    page_with(&json!(6))
}

/// The page with this in the place of the number of unread messages of the chat in the middle.
pub fn page_with(unread_count: &Value) -> String {
    let mut items: Vec<Value> = (0..250).map(chat).collect();
    items[125]["unread_count"] = unread_count.clone();
    json!({"object": "ChatList", "items": items, "cursor": "eyJvIjoyNTB9"}).to_string()
}

/// A chat whose newest message has so many attachments of all kinds.
pub fn detail(attachments: usize) -> String {
    let attachments: Vec<Value> = (0..attachments).map(attachment).collect();
    let mut chat = chat(0);
    chat["lastMessage"] = json!({
        "object": "Message",
        "id": "msg_01HXYZ4QK3WJ8FN3M6QH7TZ8GR",
        "provider_id": "urn:li:msg:2-NTRkZDA4M2QtZDcxZS00YzY5",
        "account_id": "acc_01HXYZ4QK3WJ8FN3M6QH7TZ8GR",
        "chat_id": "chat_01HXYZ4QK3WJ8FN3M6QH7TZ8GR",
        "chat_provider_id": "2-NTRkZDA4M2QtZDcxZS00YzY5",
        "sender_id": "ACoAACr-1eYBl5wPXFqPAh7V0",
        "sender_attendee_id": "att_01HXYZ4QK3WJ8FN3M6QH7TZ8GR",
        "timestamp": "2026-05-17T09:42:11.000Z",
        "text": "Sounds good - let's chat tomorrow.",
        "is_sender": 0,
        "attachments": attachments,
        "reactions": [{"value": "👍", "sender_id": "ACoAACr", "is_sender": false}],
        "seen": 1,
        "seen_by": {"att_01HXYZ4QK3WJ8FN3M6QH7TZ8GR": true, "att_2": "2026-05-17T09:43:00.000Z"},
        "hidden": 0, "deleted": 0, "edited": 0, "is_event": 0, "delivered": 1, "behavior": 0,
        "original": "{...raw provider payload...}",
    });
    chat.to_string()
}

fn attachment(n: usize) -> Value {
    let kinds = [
        "img",
        "video",
        "audio",
        "file",
        "linkedin_post",
        "video_meeting",
    ];
    let mut attachment = json!({
        "id": format!("att_file_{n:04}"),
        "type": kinds[n % kinds.len()],
        "file_size": 123_456 + n,
        "unavailable": false,
        "mimetype": "application/octet-stream",
        "url": "https://media.example/d/01HXYZ4QK3WJ8FN3M6QH7TZ8GR/original?sig=abcdef",
        "url_expires_at": 1_779_000_000_u64,
    });
    let extra = match n % kinds.len() {
        0 => json!({"size": {"width": 1920, "height": 1080}, "sticker": false}),
        1 => json!({"size": {"width": 1280, "height": 720}, "gif": true}),
        2 => json!({"duration": 12.5, "voice_note": true}),
        3 => json!({"file_name": "brochure.pdf"}),
        5 => json!({"starts_at": 1_779_000_000_u64, "expires_at": null, "time_range": 3600}),
        _ => json!({}),
    };
    for (name, value) in extra.as_object().unwrap() {
        attachment[name] = value.clone();
    }
    attachment
}
