//! Objects within others, which are kept as JSON if they do not decode.

use serde::de::{DeserializeOwned, Deserializer};
use serde::{Deserialize, Serialize, Serializer};

use super::{Odd, RawJson};
use crate::tolerant::if_exact;

/// An object within an object of a response. If it does not decode, it is kept as the JSON that came, and what is around it
/// decodes.
#[derive(Clone, Debug, PartialEq)]
pub enum MaybeOdd<T> {
    /// It decoded.
    Value(Box<T>),
    /// It did not.
    Odd(Box<Odd>),
}

impl<T> MaybeOdd<T> {
    /// The object, if it decoded.
    pub fn value(&self) -> Option<&T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Odd(_) => None,
        }
    }

    /// Takes out the object, if it decoded.
    pub fn into_value(self) -> Option<T> {
        match self {
            Self::Value(value) => Some(*value),
            Self::Odd(_) => None,
        }
    }

    /// The JSON and what was wrong with it, if it did not decode.
    pub fn odd(&self) -> Option<&Odd> {
        match self {
            Self::Value(_) => None,
            Self::Odd(odd) => Some(odd),
        }
    }
}

impl<T> From<T> for MaybeOdd<T> {
    fn from(value: T) -> Self {
        Self::Value(Box::new(value))
    }
}

impl<T: Serialize> Serialize for MaybeOdd<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Value(value) => value.serialize(serializer),
            Self::Odd(odd) => odd.json().serialize(serializer),
        }
    }
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for MaybeOdd<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match if_exact(deserializer) {
            Ok(value) => value.map(|value: T| value.into()),
            Err(deserializer) => Ok(match Odd::decode(RawJson::deserialize(deserializer)?) {
                Ok(value) => Self::Value(value),
                Err(odd) => Self::Odd(Box::new(odd)),
            }),
        }
    }
}
