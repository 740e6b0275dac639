// Generated from spec/postpress.yaml, do not edit. To regenerate: cargo xtask generate

use super::{enums, types};

::postpress_runtime::untagged_union! {
    /// Until when a chat is muted.
    pub enum MutedUntil {
        /// A moment in UTC, written with exactly three digits of a second, such as `2026-05-17T09:42:11.000Z`.
        Timestamp(::postpress_runtime::Timestamp),
        /// Muted without an end.
        MutedIndefinitely(enums::MutedUntilMutedIndefinitely),
    }
}

::postpress_runtime::tagged_union! {
    /// Something attached to a message. What it is, `type` says.
    pub enum Attachment tag "type" {
        /// A picture.
        Image = "img" => types::ImageAttachment,
        /// A video.
        Video = "video" => types::VideoAttachment,
        /// A sound recording.
        Audio = "audio" => types::AudioAttachment,
        /// A file of any kind.
        File = "file" => types::FileAttachment,
        /// A LinkedIn post.
        LinkedinPost = "linkedin_post" => types::LinkedinPostAttachment,
        /// An appointment for a video call.
        VideoMeeting = "video_meeting" => types::VideoMeetingAttachment,
    }
}

::postpress_runtime::untagged_union! {
    /// When an attendee saw a message, or only whether.
    pub enum ReadReceipt {
        /// A moment in UTC, written with exactly three digits of a second, such as `2026-05-17T09:42:11.000Z`.
        Timestamp(::postpress_runtime::Timestamp),
        /// Whether the attendee saw it.
        Seen(bool),
    }
}
