//! Chats, as they read in programs.
//!
//! Each type wraps what was decoded and loses nothing of it: it serialises back to what came, and `as_raw` gives it as it is
//! on the wire.

use postpress_client::{
    enums::{self, AccountType, ChatFeature, ChatType, Folder, ReadOnlyState},
    runtime::Timestamp,
    types,
    variants::MutedUntil,
};
use serde::{Deserialize, Serialize};

use crate::message::Message;

/// A conversation of a connected account, as a listing gives it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Chat(pub(crate) types::Chat);

/// A conversation of a connected account with its newest message.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ChatDetail(pub(crate) types::ChatDetail);

/// For how long a chat is muted.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Mute {
    /// It is not.
    Not,
    /// Until it is unmuted.
    Indefinitely,
    /// Until this moment.
    Until(Timestamp),
    /// In a way that is newer than this crate.
    Unknown(serde_json::Value),
}

pub(crate) fn is_yes(flag: &enums::Flag) -> bool {
    *flag == enums::Flag::Yes
}

macro_rules! chat {
    ($name:ident, $raw:ident) => {
        impl $name {
            /// Its postpress id.
            pub fn id(&self) -> &str {
                &self.0.id
            }

            /// The postpress account that it belongs to.
            pub fn account_id(&self) -> &str {
                &self.0.account_id
            }

            /// The provider that it takes place on.
            pub fn provider(&self) -> &AccountType {
                &self.0.account_type
            }

            /// Its id at the provider.
            pub fn provider_id(&self) -> &str {
                &self.0.provider_id
            }

            /// The provider's id of the other person, in a chat of two.
            pub fn attendee_provider_id(&self) -> Option<&str> {
                self.0.attendee_provider_id.as_deref()
            }

            /// What it, or the other person, is called.
            pub fn name(&self) -> Option<&str> {
                self.0.name.as_deref()
            }

            /// Its subject.
            pub fn subject(&self) -> Option<&str> {
                self.0.subject.as_deref()
            }

            /// Whether it is between two, a group or a broadcast.
            pub fn kind(&self) -> &ChatType {
                &self.0.type_
            }

            /// It is a group.
            pub fn is_group(&self) -> bool {
                self.0.type_ == ChatType::Group
            }

            /// It is between two.
            pub fn is_one_to_one(&self) -> bool {
                self.0.type_ == ChatType::OneToOne
            }

            /// It is a broadcast.
            pub fn is_broadcast(&self) -> bool {
                self.0.type_ == ChatType::Broadcast
            }

            /// When something last happened in it.
            pub fn last_activity(&self) -> Option<Timestamp> {
                self.0.timestamp
            }

            /// How many of its messages are unread.
            pub fn unread_count(&self) -> u64 {
                u64::try_from(self.0.unread_count).unwrap_or_default()
            }

            /// Some of its messages are unread.
            pub fn is_unread(&self) -> bool {
                self.0.unread_count > 0
            }

            /// It is archived.
            pub fn is_archived(&self) -> bool {
                is_yes(&self.0.archived)
            }

            /// It is pinned.
            pub fn is_pinned(&self) -> bool {
                is_yes(&self.0.pinned)
            }

            /// For how long it is muted.
            pub fn mute(&self) -> Mute {
                Mute::from(self.0.muted_until.as_ref())
            }

            /// Messages can be written into it.
            pub fn is_writable(&self) -> bool {
                self.0.read_only == ReadOnlyState::Writable
            }

            /// Whether it can be written into, only read, or is locked.
            pub fn read_only(&self) -> &ReadOnlyState {
                &self.0.read_only
            }

            /// What the provider does not allow in it.
            pub fn disabled_features(&self) -> &[ChatFeature] {
                &self.0.disabled_features
            }

            /// The folders that it is in, custom ones among them.
            pub fn folders(&self) -> &[Folder] {
                &self.0.folder
            }

            /// It with all its fields, as they are on the wire.
            pub fn as_raw(&self) -> &types::$raw {
                &self.0
            }

            /// The same, owned.
            pub fn into_raw(self) -> types::$raw {
                self.0
            }
        }

        impl From<types::$raw> for $name {
            fn from(raw: types::$raw) -> Self {
                Self(raw)
            }
        }
    };
}

chat!(Chat, Chat);
chat!(ChatDetail, ChatDetail);

impl ChatDetail {
    /// Its newest message; `None` if it has none.
    pub fn last_message(&self) -> Option<Message<'_>> {
        self.0.last_message.as_ref().map(Message)
    }
}

impl From<Option<&MutedUntil>> for Mute {
    fn from(state: Option<&MutedUntil>) -> Self {
        match state {
            None => Self::Not,
            Some(MutedUntil::Timestamp(moment)) => Self::Until(*moment),
            Some(MutedUntil::MutedIndefinitely(
                enums::MutedUntilMutedIndefinitely::Indefinitely,
            )) => Self::Indefinitely,
            Some(other) => Self::Unknown(serde_json::to_value(other).unwrap_or_default()),
        }
    }
}
