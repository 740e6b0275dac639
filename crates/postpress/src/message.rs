//! Messages.

use postpress_client::{
    enums::{EventType, MessageType},
    runtime::{Items, MaybeOdd, Odd, Timestamp},
    types,
    variants::{Attachment, ReadReceipt},
};

use crate::chat::is_yes;

/// A message of a chat: a view of the decoded message that [`as_raw`](Self::as_raw) gives.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Message<'c>(pub(crate) &'c types::Message);

impl<'c> Message<'c> {
    /// Its postpress id.
    pub fn id(self) -> &'c str {
        &self.0.id
    }

    /// Its id at the provider.
    pub fn provider_id(self) -> &'c str {
        &self.0.provider_id
    }

    /// The postpress id of the chat that it is in.
    pub fn chat_id(self) -> &'c str {
        &self.0.chat_id
    }

    /// The provider's id of the sender, if the service gave it.
    pub fn sender_id(self) -> Option<&'c str> {
        self.0.sender_id.as_deref()
    }

    /// Its text.
    pub fn text(self) -> Option<&'c str> {
        self.0.text.as_deref()
    }

    /// Its subject.
    pub fn subject(self) -> Option<&'c str> {
        self.0.subject.as_deref()
    }

    /// When it was sent, if the service said so.
    pub fn sent_at(self) -> Option<Timestamp> {
        self.0.timestamp
    }

    /// Whether the connected account sent it.
    pub fn is_own(self) -> bool {
        is_yes(&self.0.is_sender)
    }

    /// Whether it has been seen.
    pub fn is_seen(self) -> bool {
        is_yes(&self.0.seen)
    }

    /// Whether it has been delivered.
    pub fn is_delivered(self) -> bool {
        is_yes(&self.0.delivered)
    }

    /// Whether it has been edited.
    pub fn is_edited(self) -> bool {
        is_yes(&self.0.edited)
    }

    /// Whether it has been deleted.
    pub fn is_deleted(self) -> bool {
        is_yes(&self.0.deleted)
    }

    /// Whether it is hidden.
    pub fn is_hidden(self) -> bool {
        is_yes(&self.0.hidden)
    }

    /// Whether it was forwarded.
    pub fn is_forwarded(self) -> bool {
        self.0.is_forwarded == Some(true)
    }

    /// What it reports, if it is an event and nobody wrote it.
    pub fn event(self) -> Option<&'c EventType> {
        self.0
            .event_type
            .as_ref()
            .filter(|_| is_yes(&self.0.is_event))
    }

    /// The kind of message, on LinkedIn.
    pub fn kind(self) -> Option<&'c MessageType> {
        self.0.message_type.as_ref()
    }

    /// Its attachments: a slice of those that decode, with the [others](Items::odd).
    pub fn attachments(self) -> &'c Items<Attachment> {
        &self.0.attachments
    }

    /// The reactions to it: a slice of those that decode, with the [others](Items::odd).
    pub fn reactions(self) -> &'c Items<types::Reaction> {
        &self.0.reactions
    }

    /// The message that it quotes; `None` if there is none, or an [odd one](Self::odd_quoted).
    pub fn quoted(self) -> Option<&'c types::QuotedMessage> {
        self.0.quoted.as_ref()?.value()
    }

    /// The message that it quotes, if that does not decode.
    pub fn odd_quoted(self) -> Option<&'c Odd> {
        self.0.quoted.as_ref()?.odd()
    }

    /// The message that it replies to; `None` if there is none, or an [odd one](Self::odd_reply_to).
    pub fn reply_to(self) -> Option<&'c types::RepliedMessage> {
        self.0.reply_to.as_ref()?.value()
    }

    /// The message that it replies to, if that does not decode.
    pub fn odd_reply_to(self) -> Option<&'c Odd> {
        self.0.reply_to.as_ref()?.odd()
    }

    /// Whether an attendee has seen it; `None` if nothing is known of that attendee.
    pub fn seen_by(self, attendee_id: &str) -> Option<bool> {
        match self.0.seen_by.get(attendee_id).and_then(MaybeOdd::value)? {
            ReadReceipt::Seen(seen) => Some(*seen),
            ReadReceipt::Timestamp(_) => Some(true),
            _ => None,
        }
    }

    /// All its fields, as they are on the wire.
    pub fn as_raw(self) -> &'c types::Message {
        self.0
    }
}
