//! Chats.
//!
//! Each type wraps a decoded one. It serialises back to what it was decoded from, `as_raw` gives the fields as they are on the wire,
//! and `raw_json` also those that this crate does not know.

use postpress_client::{
    enums::{self, AccountType, ChatFeature, ChatType, Folder, ReadOnlyState},
    runtime::{Items, MaybeOdd, Odd, Response, Timestamp},
    types,
    variants::MutedUntil,
};
use serde::{Deserialize, Serialize};

use crate::{message::Message, origin::Origin, raw, response::ResponseHead};

/// A conversation of a connected account, as a listing gives it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Chat {
    pub(crate) raw: types::Chat,
    #[serde(skip)]
    pub(crate) origin: Origin,
}

/// A conversation of a connected account with its newest message.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ChatDetail {
    pub(crate) raw: types::ChatDetail,
    #[serde(skip)]
    pub(crate) origin: Origin,
}

/// For how long a chat is muted.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Mute {
    /// It is not muted.
    Not,
    /// It is muted until somebody unmutes it.
    Indefinitely,
    /// It is muted until this time.
    Until(Timestamp),
    /// It is muted in a way that is newer than this crate: the JSON.
    Unknown(String),
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

            /// The provider of the conversation.
            pub fn provider(&self) -> &AccountType {
                &self.raw.account_type
            }

            /// Its id at the provider.
            pub fn provider_id(&self) -> &str {
                &self.raw.provider_id
            }

            /// The provider's id of the other person, in a one-to-one chat.
            pub fn attendee_provider_id(&self) -> Option<&str> {
                self.raw.attendee_provider_id.as_deref()
            }

            /// The name of the chat or of the other person.
            pub fn name(&self) -> Option<&str> {
                self.raw.name.as_deref()
            }

            /// Its subject.
            pub fn subject(&self) -> Option<&str> {
                self.raw.subject.as_deref()
            }

            /// Whether it is a one-to-one chat, a group or a broadcast.
            pub fn kind(&self) -> &ChatType {
                &self.raw.type_
            }

            /// Whether it is a group.
            pub fn is_group(&self) -> bool {
                self.raw.type_ == ChatType::Group
            }

            /// Whether it is a one-to-one chat.
            pub fn is_one_to_one(&self) -> bool {
                self.raw.type_ == ChatType::OneToOne
            }

            /// Whether it is a broadcast.
            pub fn is_broadcast(&self) -> bool {
                self.raw.type_ == ChatType::Broadcast
            }

            /// When something last happened in it.
            pub fn last_activity(&self) -> Option<Timestamp> {
                self.raw.timestamp
            }

            /// The number of its unread messages.
            pub fn unread_count(&self) -> u64 {
                u64::try_from(self.raw.unread_count).unwrap_or_default()
            }

            /// Whether it has unread messages.
            pub fn is_unread(&self) -> bool {
                self.raw.unread_count > 0
            }

            /// Whether it is archived.
            pub fn is_archived(&self) -> bool {
                is_yes(&self.raw.archived)
            }

            /// Whether it is pinned.
            pub fn is_pinned(&self) -> bool {
                is_yes(&self.raw.pinned)
            }

            /// For how long it is muted.
            pub fn mute(&self) -> Mute {
                Mute::from(self.raw.muted_until.as_ref())
            }

            /// Whether messages can be written into it.
            pub fn is_writable(&self) -> bool {
                self.raw.read_only == ReadOnlyState::Writable
            }

            /// Whether it can be written into, can only be read, or is locked.
            pub fn read_only(&self) -> &ReadOnlyState {
                &self.raw.read_only
            }

            /// The features that the provider does not allow in it.
            pub fn disabled_features(&self) -> &Items<ChatFeature> {
                &self.raw.disabled_features
            }

            /// The folders that it is in, custom ones among them.
            pub fn folders(&self) -> &Items<Folder> {
                &self.raw.folder
            }

            /// All its fields, as they are on the wire.
            pub fn as_raw(&self) -> &types::$raw {
                &self.raw
            }

            /// Its JSON as the service sent it, with the fields that are newer than this crate. `None` if the value did not come
            /// from the service.
            pub fn raw_json(&self) -> Option<raw::RawJson> {
                self.origin.json()
            }

            /// Takes out all its fields, as they are on the wire.
            pub fn into_raw(self) -> types::$raw {
                self.raw
            }
        }

        impl From<types::$raw> for $name {
            fn from(raw: types::$raw) -> Self {
                Self {
                    raw,
                    origin: Origin::default(),
                }
            }
        }
    };
}

chat!(Chat, Chat);
chat!(ChatDetail, ChatDetail);

impl ChatDetail {
    pub(crate) fn new(response: Response<types::ChatDetail>) -> Self {
        Self {
            origin: Origin::of(&response),
            raw: response.into_value(),
        }
    }

    /// The status and headers of the response, and the service's id of the request; `None` if this value did not come from the
    /// service.
    pub fn response(&self) -> Option<&ResponseHead> {
        (!self.origin.is_empty()).then(|| self.origin.head())
    }

    /// Its newest message; `None` if it has none, or an [odd one](Self::odd_last_message).
    pub fn last_message(&self) -> Option<Message<'_>> {
        let message = self.raw.last_message.as_ref()?;
        message.value().map(Message)
    }

    /// Its newest message, if that does not decode: its JSON, and what was wrong with it.
    pub fn odd_last_message(&self) -> Option<&Odd> {
        self.raw.last_message.as_ref()?.odd()
    }
}

impl From<Option<&MaybeOdd<MutedUntil>>> for Mute {
    fn from(state: Option<&MaybeOdd<MutedUntil>>) -> Self {
        let Some(state) = state else {
            return Self::Not;
        };
        match state.value() {
            Some(MutedUntil::Timestamp(moment)) => Self::Until(*moment),
            Some(MutedUntil::MutedIndefinitely(
                enums::MutedUntilMutedIndefinitely::Indefinitely,
            )) => Self::Indefinitely,
            _ => Self::Unknown(serde_json::to_string(state).unwrap_or_default()),
        }
    }
}
