// Generated from spec/postpress.yaml, do not edit. To regenerate: cargo xtask generate

use super::{enums, errors, variants};

/// The body of every error response.
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
#[non_exhaustive]
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
pub struct Problem {
    /// What is wrong, in a few words.
    pub title: String,
    /// What is wrong, at length, for people to read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// Identifies the request. Support will want to know it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub instance: Option<String>,
    /// What is wrong, for programs to read.
    #[serde(rename = "type")]
    pub type_: errors::ErrorType,
    /// The HTTP status of the response.
    pub status: i64,
}

/// One page of chats.
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
#[non_exhaustive]
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
pub struct ChatList {
    /// The kind of this object.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub object: Option<::postpress_runtime::MaybeOdd<enums::ChatListObject>>,
    /// The chats on this page.
    #[serde(default)]
    pub items: ::postpress_runtime::Items<Chat>,
    /// Give it to the next call to get the page after this one. `null` on the last page.
    pub cursor: Option<::postpress_runtime::MaybeOdd<String>>,
}

/// A conversation of a connected account.
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
#[non_exhaustive]
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
pub struct Chat {
    /// The kind of this object.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub object: Option<enums::ChatObject>,
    /// The chat's own postpress id.
    ///
    /// At least 1 character.
    pub id: String,
    /// The postpress account to which the chat belongs.
    ///
    /// At least 1 character.
    pub account_id: String,
    /// The provider on which the chat takes place.
    pub account_type: enums::AccountType,
    /// The chat's id at its provider.
    pub provider_id: String,
    /// In a one-to-one chat, the provider id of the person at the other end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attendee_provider_id: Option<String>,
    /// What the chat, or the contact, is called.
    pub name: Option<String>,
    /// How many take part in a chat, and how.
    #[serde(rename = "type")]
    pub type_: enums::ChatType,
    /// When something last happened in the chat.
    #[serde(default, deserialize_with = "::postpress_runtime::tolerant::time")]
    pub timestamp: Option<::postpress_runtime::Timestamp>,
    /// How many of the chat's messages are unread.
    pub unread_count: i64,
    /// Whether the chat is archived.
    pub archived: enums::Flag,
    /// Until when the chat is muted. `null` when it is not.
    pub muted_until: Option<::postpress_runtime::MaybeOdd<variants::MutedUntil>>,
    /// Whether messages can be written into the chat.
    pub read_only: enums::ReadOnlyState,
    /// What the provider does not let one do in this chat.
    #[serde(
        rename = "disabledFeatures",
        default,
        skip_serializing_if = "::postpress_runtime::Items::came_empty"
    )]
    pub disabled_features: ::postpress_runtime::Items<enums::ChatFeature>,
    /// The subject of the chat, if it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// On LinkedIn, the organization whose mailbox holds the chat.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organization_id: Option<String>,
    /// On LinkedIn, the mailbox of an organization that holds the chat.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mailbox_id: Option<String>,
    /// On LinkedIn, what sort of content the chat carries.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content_type: Option<enums::ChatContentType>,
    /// The folders in which the chat is filed.
    #[serde(default, skip_serializing_if = "::postpress_runtime::Items::came_empty")]
    pub folder: ::postpress_runtime::Items<enums::Folder>,
    /// Whether the chat is pinned.
    pub pinned: enums::Flag,
}

/// What came of starting a chat.
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
#[non_exhaustive]
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
pub struct ChatStarted {
    /// The kind of this object.
    pub object: enums::ChatStartedObject,
    /// The chat's postpress id. `null` when the provider takes its time to give one.
    pub chat_id: Option<String>,
    /// The first message's postpress id. `null` when the provider takes its time to give one.
    pub message_id: Option<String>,
}

/// A chat with its newest message.
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
#[non_exhaustive]
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
pub struct ChatDetail {
    /// The kind of this object.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub object: Option<enums::ChatObject>,
    /// The chat's own postpress id.
    ///
    /// At least 1 character.
    pub id: String,
    /// The postpress account to which the chat belongs.
    ///
    /// At least 1 character.
    pub account_id: String,
    /// The provider on which the chat takes place.
    pub account_type: enums::AccountType,
    /// The chat's id at its provider.
    pub provider_id: String,
    /// In a one-to-one chat, the provider id of the person at the other end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attendee_provider_id: Option<String>,
    /// What the chat, or the contact, is called.
    pub name: Option<String>,
    /// How many take part in a chat, and how.
    #[serde(rename = "type")]
    pub type_: enums::ChatType,
    /// When something last happened in the chat.
    #[serde(default, deserialize_with = "::postpress_runtime::tolerant::time")]
    pub timestamp: Option<::postpress_runtime::Timestamp>,
    /// How many of the chat's messages are unread.
    pub unread_count: i64,
    /// Whether the chat is archived.
    pub archived: enums::Flag,
    /// Until when the chat is muted. `null` when it is not.
    pub muted_until: Option<::postpress_runtime::MaybeOdd<variants::MutedUntil>>,
    /// Whether messages can be written into the chat.
    pub read_only: enums::ReadOnlyState,
    /// What the provider does not let one do in this chat.
    #[serde(
        rename = "disabledFeatures",
        default,
        skip_serializing_if = "::postpress_runtime::Items::came_empty"
    )]
    pub disabled_features: ::postpress_runtime::Items<enums::ChatFeature>,
    /// The subject of the chat, if it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// On LinkedIn, the organization whose mailbox holds the chat.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organization_id: Option<String>,
    /// On LinkedIn, the mailbox of an organization that holds the chat.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mailbox_id: Option<String>,
    /// On LinkedIn, what sort of content the chat carries.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content_type: Option<enums::ChatContentType>,
    /// The folders in which the chat is filed.
    #[serde(default, skip_serializing_if = "::postpress_runtime::Items::came_empty")]
    pub folder: ::postpress_runtime::Items<enums::Folder>,
    /// Whether the chat is pinned.
    pub pinned: enums::Flag,
    /// The newest message. `null` in a chat without messages.
    #[serde(rename = "lastMessage")]
    pub last_message: Option<::postpress_runtime::MaybeOdd<Message>>,
}

/// What somebody said in a chat.
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
#[non_exhaustive]
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
pub struct Message {
    /// The kind of this object.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub object: Option<enums::MessageObject>,
    /// The message's own postpress id.
    ///
    /// At least 1 character.
    pub id: String,
    /// The message's id at its provider.
    pub provider_id: String,
    /// The postpress account to which the message belongs.
    ///
    /// At least 1 character.
    pub account_id: String,
    /// The postpress id of the chat that the message is in.
    ///
    /// At least 1 character.
    pub chat_id: String,
    /// The provider id of the chat that the message is in.
    pub chat_provider_id: String,
    /// Who sent the message.
    pub sender_id: Option<String>,
    /// Who sent the message, as an attendee of the chat.
    ///
    /// At least 1 character.
    pub sender_attendee_id: Option<String>,
    /// The time of the message.
    #[serde(default, deserialize_with = "::postpress_runtime::tolerant::time")]
    pub timestamp: Option<::postpress_runtime::Timestamp>,
    /// What the message says. `null` when it has no text.
    pub text: Option<String>,
    /// Whether the connected account is the one that sent the message.
    pub is_sender: enums::Flag,
    /// What is attached to the message.
    #[serde(default)]
    pub attachments: ::postpress_runtime::Items<variants::Attachment>,
    /// The message that this one quotes, if it does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quoted: Option<::postpress_runtime::MaybeOdd<QuotedMessage>>,
    /// The reactions to the message.
    #[serde(default)]
    pub reactions: ::postpress_runtime::Items<Reaction>,
    /// Whether the message has been seen.
    pub seen: enums::Flag,
    /// The read receipt of each attendee, by attendee id.
    #[serde(default)]
    pub seen_by: ::std::collections::BTreeMap<
        String,
        ::postpress_runtime::MaybeOdd<variants::ReadReceipt>,
    >,
    /// Whether the message is hidden.
    pub hidden: enums::Flag,
    /// Whether the message has been deleted.
    pub deleted: enums::Flag,
    /// Whether the message has been edited.
    pub edited: enums::Flag,
    /// Whether the message is an event; `event_type` then says which.
    pub is_event: enums::Flag,
    /// Whether the message has been delivered.
    pub delivered: enums::Flag,
    /// A code of the provider's for how the message behaves.
    pub behavior: Option<i64>,
    /// What kind of event the message is, when `is_event` is 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event_type: Option<enums::EventType>,
    /// The payload that came from the provider, untouched.
    pub original: Option<String>,
    /// Whether the message was forwarded.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_forwarded: Option<bool>,
    /// How many replies there are in the thread.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub replies: Option<i64>,
    /// Who has replied, by attendee id.
    #[serde(default, skip_serializing_if = "::postpress_runtime::Items::came_empty")]
    pub reply_by: ::postpress_runtime::Items<String>,
    /// In a thread, the id of the message that this one replies to.
    ///
    /// At least 1 character.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parent: Option<String>,
    /// The subject of the message.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// What kind of message it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message_type: Option<enums::MessageType>,
    /// What kind of attendee it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attendee_type: Option<enums::AttendeeType>,
    /// How far away the attendee is in the network of connections, in the manner of LinkedIn.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attendee_distance: Option<enums::AttendeeDistance>,
    /// The URN of the sender.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sender_urn: Option<String>,
    /// The message that this one answers, if it does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reply_to: Option<::postpress_runtime::MaybeOdd<RepliedMessage>>,
}

/// A picture.
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
#[non_exhaustive]
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
pub struct ImageAttachment {
    /// The attachment's id.
    pub id: String,
    /// The size of the file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file_size: Option<i64>,
    /// Whether the attachment cannot be had.
    pub unavailable: bool,
    /// The media type of the file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mimetype: Option<String>,
    /// Where the file is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// When `url` stops working.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url_expires_at: Option<i64>,
    /// The dimensions of a picture or video.
    pub size: Option<::postpress_runtime::MaybeOdd<MediaSize>>,
    /// Whether the picture is a sticker.
    pub sticker: Option<bool>,
}

/// The dimensions of a picture or video.
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
#[non_exhaustive]
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
pub struct MediaSize {
    /// From left to right.
    pub width: i64,
    /// From top to bottom.
    pub height: i64,
}

/// A video.
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
#[non_exhaustive]
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
pub struct VideoAttachment {
    /// The attachment's id.
    pub id: String,
    /// The size of the file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file_size: Option<i64>,
    /// Whether the attachment cannot be had.
    pub unavailable: bool,
    /// The media type of the file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mimetype: Option<String>,
    /// Where the file is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// When `url` stops working.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url_expires_at: Option<i64>,
    /// The dimensions of a picture or video.
    pub size: Option<::postpress_runtime::MaybeOdd<MediaSize>>,
    /// Whether the video is a GIF.
    pub gif: Option<bool>,
}

/// A sound recording.
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
#[non_exhaustive]
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
pub struct AudioAttachment {
    /// The attachment's id.
    pub id: String,
    /// The size of the file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file_size: Option<i64>,
    /// Whether the attachment cannot be had.
    pub unavailable: bool,
    /// The media type of the file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mimetype: Option<String>,
    /// Where the file is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// When `url` stops working.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url_expires_at: Option<i64>,
    /// How long the recording is.
    #[serde(
        skip_serializing_if = "Option::is_none",
        serialize_with = "::postpress_runtime::number::serialize"
    )]
    pub duration: Option<f64>,
    /// Whether the recording is a voice note.
    pub voice_note: Option<bool>,
}

/// A file of any kind.
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
#[non_exhaustive]
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
pub struct FileAttachment {
    /// The attachment's id.
    pub id: String,
    /// The size of the file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file_size: Option<i64>,
    /// Whether the attachment cannot be had.
    pub unavailable: bool,
    /// The media type of the file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mimetype: Option<String>,
    /// Where the file is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// When `url` stops working.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url_expires_at: Option<i64>,
    /// The name of the file.
    pub file_name: Option<String>,
}

/// A LinkedIn post.
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
#[non_exhaustive]
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
pub struct LinkedinPostAttachment {
    /// The attachment's id.
    pub id: String,
    /// The size of the file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file_size: Option<i64>,
    /// Whether the attachment cannot be had.
    pub unavailable: bool,
    /// The media type of the file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mimetype: Option<String>,
    /// Where the file is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// When `url` stops working.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url_expires_at: Option<i64>,
}

/// An appointment for a video call.
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
#[non_exhaustive]
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
pub struct VideoMeetingAttachment {
    /// The attachment's id.
    pub id: String,
    /// The size of the file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file_size: Option<i64>,
    /// Whether the attachment cannot be had.
    pub unavailable: bool,
    /// The media type of the file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mimetype: Option<String>,
    /// Where the file is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// When `url` stops working.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url_expires_at: Option<i64>,
    /// When the meeting begins, counted from the Unix epoch.
    pub starts_at: Option<i64>,
    /// When the meeting lapses, counted from the Unix epoch.
    pub expires_at: Option<i64>,
    /// How many seconds the meeting lasts.
    pub time_range: Option<i64>,
}

/// A message as another one quotes it.
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
#[non_exhaustive]
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
pub struct QuotedMessage {
    /// The quoted message's id at its provider.
    pub provider_id: String,
    /// Who sent the quoted message.
    pub sender_id: Option<String>,
    /// What the quoted message says. `null` when it has no text.
    pub text: Option<String>,
    /// What is attached to the quoted message.
    #[serde(default)]
    pub attachments: ::postpress_runtime::Items<variants::Attachment>,
    /// The quoted message's postpress id.
    ///
    /// At least 1 character.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message_id: Option<String>,
}

/// A reaction to a message.
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
#[non_exhaustive]
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
pub struct Reaction {
    /// The emoji, in Unicode.
    pub value: String,
    /// Who reacted.
    pub sender_id: Option<String>,
    /// Whether the connected account is the one that reacted.
    pub is_sender: bool,
}

/// A message as an answer to it refers to it.
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
#[non_exhaustive]
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
pub struct RepliedMessage {
    /// The postpress id of the message that is answered.
    ///
    /// At least 1 character.
    pub id: String,
    /// That message's id at its provider.
    pub provider_id: String,
    /// The time of that message.
    #[serde(default, deserialize_with = "::postpress_runtime::tolerant::time")]
    pub timestamp: Option<::postpress_runtime::Timestamp>,
    /// Who sent that message, as an attendee of the chat.
    ///
    /// At least 1 character.
    pub sender_attendee_id: Option<String>,
    /// Who sent that message.
    pub sender_id: Option<String>,
    /// What that message says.
    pub text: Option<String>,
}

/// What came of sending a message.
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
#[non_exhaustive]
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
pub struct MessageSent {
    /// The kind of this object.
    pub object: enums::MessageSentObject,
    /// The message's postpress id. `null` when the provider takes its time to give one.
    pub message_id: Option<String>,
}
