//! What one would write by hand with serde, without this crate: the same fields, strict enumerations, times left as text.

use std::collections::BTreeMap;

use serde::Deserialize;

#[derive(Deserialize)]
#[expect(dead_code, reason = "they are decoded, not read")]
pub struct ChatList {
    object: String,
    items: Vec<Chat>,
    cursor: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Provider {
    Whatsapp,
    Linkedin,
    Slack,
    Twitter,
    Messenger,
    Instagram,
    Telegram,
}

#[derive(Deserialize)]
#[serde(untagged)]
#[expect(dead_code, reason = "they are decoded, not read")]
pub enum Muted {
    Forever(i64),
    Until(String),
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "they are decoded, not read")]
pub struct Chat {
    object: String,
    id: String,
    account_id: String,
    account_type: Provider,
    provider_id: String,
    attendee_provider_id: Option<String>,
    name: Option<String>,
    #[serde(rename = "type")]
    kind: u8,
    timestamp: Option<String>,
    unread_count: i64,
    archived: u8,
    muted_until: Option<Muted>,
    read_only: u8,
    #[serde(rename = "disabledFeatures", default)]
    disabled_features: Vec<String>,
    subject: Option<String>,
    organization_id: Option<String>,
    mailbox_id: Option<String>,
    content_type: Option<String>,
    #[serde(default)]
    folder: Vec<String>,
    pinned: u8,
    #[serde(rename = "lastMessage")]
    last_message: Option<Message>,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "they are decoded, not read")]
pub struct Message {
    id: String,
    provider_id: String,
    account_id: String,
    chat_id: String,
    chat_provider_id: String,
    sender_id: String,
    sender_attendee_id: String,
    timestamp: String,
    text: Option<String>,
    is_sender: u8,
    attachments: Vec<Attachment>,
    reactions: Vec<Reaction>,
    seen: u8,
    seen_by: BTreeMap<String, Seen>,
    hidden: u8,
    deleted: u8,
    edited: u8,
    is_event: u8,
    delivered: u8,
    behavior: Option<i64>,
    event_type: Option<u8>,
    original: String,
    is_forwarded: Option<bool>,
    replies: Option<i64>,
    #[serde(default)]
    reply_by: Vec<String>,
    parent: Option<String>,
    subject: Option<String>,
    message_type: Option<String>,
    attendee_type: Option<String>,
    attendee_distance: Option<i8>,
    sender_urn: Option<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
#[expect(dead_code, reason = "they are decoded, not read")]
pub enum Seen {
    Whether(bool),
    When(String),
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "they are decoded, not read")]
pub struct Reaction {
    value: String,
    sender_id: String,
    is_sender: bool,
}

/// Told apart by its tag, as the documentation of serde shows it, and closed: what is of no known kind costs the whole chat.
#[derive(Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
#[expect(dead_code, reason = "they are decoded, not read")]
pub enum Attachment {
    Img(Image),
    Video(Video),
    Audio(Audio),
    File(File),
    LinkedinPost(LinkedinPost),
    VideoMeeting(VideoMeeting),
}

macro_rules! attachments {
    ($($name:ident { $($field:ident: $ty:ty),* })*) => {$(
        #[derive(Deserialize)]
        #[expect(dead_code, reason = "they are decoded, not read")]
        pub struct $name {
            id: String,
            file_size: Option<i64>,
            unavailable: bool,
            mimetype: Option<String>,
            url: Option<String>,
            url_expires_at: Option<i64>,
            $($field: $ty,)*
        }
    )*};
}

attachments! {
    Image { size: Size, sticker: bool }
    Video { size: Size, gif: bool }
    Audio { duration: Option<f64>, voice_note: bool }
    File { file_name: String }
    LinkedinPost {}
    VideoMeeting { starts_at: Option<i64>, expires_at: Option<i64>, time_range: Option<i64> }
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "they are decoded, not read")]
pub struct Size {
    width: i64,
    height: i64,
}

/// The fastest form there is by hand: one struct with the fields of all kinds.
pub mod flat {
    use serde::Deserialize;

    use super::Size;

    #[derive(Deserialize)]
    #[expect(dead_code, reason = "they are decoded, not read")]
    pub struct Attachment {
        id: String,
        #[serde(rename = "type")]
        kind: Kind,
        file_size: Option<i64>,
        unavailable: bool,
        mimetype: Option<String>,
        url: Option<String>,
        url_expires_at: Option<i64>,
        size: Option<Size>,
        sticker: Option<bool>,
        gif: Option<bool>,
        duration: Option<f64>,
        voice_note: Option<bool>,
        file_name: Option<String>,
        starts_at: Option<i64>,
        expires_at: Option<i64>,
        time_range: Option<i64>,
    }

    #[derive(Deserialize)]
    #[serde(rename_all = "snake_case")]
    pub enum Kind {
        Img,
        Video,
        Audio,
        File,
        LinkedinPost,
        VideoMeeting,
    }

    #[derive(Deserialize)]
    #[expect(dead_code, reason = "they are decoded, not read")]
    pub struct Chat {
        #[serde(rename = "lastMessage")]
        last_message: Message,
    }

    /// Only what takes long; the rest is skipped, which is quicker than decoding it.
    #[derive(Deserialize)]
    #[expect(dead_code, reason = "they are decoded, not read")]
    pub struct Message {
        attachments: Vec<Attachment>,
    }
}
