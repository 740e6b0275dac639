// Generated from spec/postpress.yaml, do not edit. To regenerate: cargo xtask generate

use super::{enums, types};

/// Until when a chat is muted.
#[derive(Clone, Debug, PartialEq, ::serde::Deserialize, ::serde::Serialize)]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
#[serde(untagged)]
#[non_exhaustive]
pub enum MutedUntil {
    /// A moment in UTC, written with exactly three digits of a second, such as `2026-05-17T09:42:11.000Z`.
    Timestamp(::postpress_runtime::Timestamp),
    /// Muted without an end.
    MutedIndefinitely(enums::MutedUntilMutedIndefinitely),
    /// A value that fits no other variant: its JSON, which is written back unchanged.
    #[cfg_attr(feature = "schemars", schemars(skip))]
    #[serde(deserialize_with = "::postpress_runtime::tolerant::unknown")]
    Unknown(::serde_json::Value),
}

impl MutedUntil {
    /// Whether only the JSON is known.
    pub fn is_unknown(&self) -> bool {
        matches!(self, Self::Unknown(_))
    }
}

/// Something attached to a message. What it is, `type` says.
#[derive(Clone, Debug, PartialEq, ::serde::Deserialize, ::serde::Serialize)]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
#[serde(tag = "type")]
#[non_exhaustive]
pub enum Attachment {
    /// A picture.
    ///
    /// On the wire: `"type": "img"`.
    #[serde(rename = "img", deserialize_with = "::postpress_runtime::tolerant::tagged")]
    Image(types::ImageAttachment),
    /// A video.
    ///
    /// On the wire: `"type": "video"`.
    #[serde(
        rename = "video",
        deserialize_with = "::postpress_runtime::tolerant::tagged"
    )]
    Video(types::VideoAttachment),
    /// A sound recording.
    ///
    /// On the wire: `"type": "audio"`.
    #[serde(
        rename = "audio",
        deserialize_with = "::postpress_runtime::tolerant::tagged"
    )]
    Audio(types::AudioAttachment),
    /// A file of any kind.
    ///
    /// On the wire: `"type": "file"`.
    #[serde(rename = "file", deserialize_with = "::postpress_runtime::tolerant::tagged")]
    File(types::FileAttachment),
    /// A LinkedIn post.
    ///
    /// On the wire: `"type": "linkedin_post"`.
    #[serde(
        rename = "linkedin_post",
        deserialize_with = "::postpress_runtime::tolerant::tagged"
    )]
    LinkedinPost(types::LinkedinPostAttachment),
    /// An appointment for a video call.
    ///
    /// On the wire: `"type": "video_meeting"`.
    #[serde(
        rename = "video_meeting",
        deserialize_with = "::postpress_runtime::tolerant::tagged"
    )]
    VideoMeeting(types::VideoMeetingAttachment),
    /// A value with another tag or none, or whose members do not fit: its JSON, which is written back unchanged.
    #[cfg_attr(feature = "schemars", schemars(skip))]
    #[serde(untagged, deserialize_with = "::postpress_runtime::tolerant::unknown")]
    Unknown(::serde_json::Value),
}

impl Attachment {
    /// The value of `type`; `None` if it is unknown and has none.
    pub fn tag(&self) -> Option<&str> {
        match self {
            Self::Image(_) => Some("img"),
            Self::Video(_) => Some("video"),
            Self::Audio(_) => Some("audio"),
            Self::File(_) => Some("file"),
            Self::LinkedinPost(_) => Some("linkedin_post"),
            Self::VideoMeeting(_) => Some("video_meeting"),
            Self::Unknown(json) => json.get("type")?.as_str(),
        }
    }

    /// Whether only the JSON is known.
    pub fn is_unknown(&self) -> bool {
        matches!(self, Self::Unknown(_))
    }
}

/// When an attendee saw a message, or only whether.
#[derive(Clone, Debug, PartialEq, ::serde::Deserialize, ::serde::Serialize)]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
#[serde(untagged)]
#[non_exhaustive]
pub enum ReadReceipt {
    /// A moment in UTC, written with exactly three digits of a second, such as `2026-05-17T09:42:11.000Z`.
    Timestamp(::postpress_runtime::Timestamp),
    /// Whether the attendee saw it.
    Seen(bool),
    /// A value that fits no other variant: its JSON, which is written back unchanged.
    #[cfg_attr(feature = "schemars", schemars(skip))]
    #[serde(deserialize_with = "::postpress_runtime::tolerant::unknown")]
    Unknown(::serde_json::Value),
}

impl ReadReceipt {
    /// Whether only the JSON is known.
    pub fn is_unknown(&self) -> bool {
        matches!(self, Self::Unknown(_))
    }
}
