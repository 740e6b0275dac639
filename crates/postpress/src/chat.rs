//! Chats, as they read in programs.
//!
//! Each type wraps what was decoded: it serialises back to what came, `as_raw` gives the fields as they are on the wire, and
//! `raw_json` also those that this crate does not know.

use postpress_client::{
    enums::{self, AccountType, ChatFeature, ChatType, Folder, ReadOnlyState},
    runtime::Timestamp,
    types,
    variants::MutedUntil,
};
use serde::{Deserialize, Serialize};

use crate::{
    came::{self, Came},
    message::Message,
};

/// A conversation of a connected account, as a listing gives it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Chat {
    pub(crate) raw: types::Chat,
    #[serde(skip)]
    pub(crate) came: Came,
}

/// A conversation of a connected account with its newest message.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ChatDetail {
    pub(crate) raw: types::ChatDetail,
    #[serde(skip)]
    pub(crate) came: Came,
}

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
                &self.raw.id
            }

            /// The postpress account that it belongs to.
            pub fn account_id(&self) -> &str {
                &self.raw.account_id
            }

            /// The provider that it takes place on.
            pub fn provider(&self) -> &AccountType {
                &self.raw.account_type
            }

            /// Its id at the provider.
            pub fn provider_id(&self) -> &str {
                &self.raw.provider_id
            }

            /// The provider's id of the other person, in a chat of two.
            pub fn attendee_provider_id(&self) -> Option<&str> {
                self.raw.attendee_provider_id.as_deref()
            }

            /// What it, or the other person, is called.
            pub fn name(&self) -> Option<&str> {
                self.raw.name.as_deref()
            }

            /// Its subject.
            pub fn subject(&self) -> Option<&str> {
                self.raw.subject.as_deref()
            }

            /// Whether it is between two, a group or a broadcast.
            pub fn kind(&self) -> &ChatType {
                &self.raw.type_
            }

            /// It is a group.
            pub fn is_group(&self) -> bool {
                self.raw.type_ == ChatType::Group
            }

            /// It is between two.
            pub fn is_one_to_one(&self) -> bool {
                self.raw.type_ == ChatType::OneToOne
            }

            /// It is a broadcast.
            pub fn is_broadcast(&self) -> bool {
                self.raw.type_ == ChatType::Broadcast
            }

            /// When something last happened in it.
            pub fn last_activity(&self) -> Option<Timestamp> {
                self.raw.timestamp
            }

            /// How many of its messages are unread.
            pub fn unread_count(&self) -> u64 {
                u64::try_from(self.raw.unread_count).unwrap_or_default()
            }

            /// Some of its messages are unread.
            pub fn is_unread(&self) -> bool {
                self.raw.unread_count > 0
            }

            /// It is archived.
            pub fn is_archived(&self) -> bool {
                is_yes(&self.raw.archived)
            }

            /// It is pinned.
            pub fn is_pinned(&self) -> bool {
                is_yes(&self.raw.pinned)
            }

            /// For how long it is muted.
            pub fn mute(&self) -> Mute {
                Mute::from(self.raw.muted_until.as_ref())
            }

            /// Messages can be written into it.
            pub fn is_writable(&self) -> bool {
                self.raw.read_only == ReadOnlyState::Writable
            }

            /// Whether it can be written into, only read, or is locked.
            pub fn read_only(&self) -> &ReadOnlyState {
                &self.raw.read_only
            }

            /// What the provider does not allow in it.
            pub fn disabled_features(&self) -> &[ChatFeature] {
                &self.raw.disabled_features
            }

            /// The folders that it is in, custom ones among them.
            pub fn folders(&self) -> &[Folder] {
                &self.raw.folder
            }

            /// It with all its fields, as they are on the wire.
            pub fn as_raw(&self) -> &types::$raw {
                &self.raw
            }

            came::raw_json!();

            /// The fields as they are on the wire, owned.
            pub fn into_raw(self) -> types::$raw {
                self.raw
            }
        }

        impl From<types::$raw> for $name {
            fn from(raw: types::$raw) -> Self {
                Self {
                    raw,
                    came: Came::default(),
                }
            }
        }
    };
}

chat!(Chat, Chat);
chat!(ChatDetail, ChatDetail);

impl ChatDetail {
    /// Its newest message; `None` if it has none.
    pub fn last_message(&self) -> Option<Message<'_>> {
        self.raw.last_message.as_ref().map(Message)
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
