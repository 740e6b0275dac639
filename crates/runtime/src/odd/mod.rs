//! Records that do not decode, kept as their JSON beside those that do.

mod items;
mod maybe_odd;
mod raw_json;

pub use self::items::Items;
pub use self::maybe_odd::MaybeOdd;
pub use self::raw_json::RawJson;

use serde::de::DeserializeOwned;

use crate::decode::{DecodeError, decode_json};

/// A record that did not decode: its JSON, and what was wrong with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Odd {
    json: RawJson,
    error: DecodeError,
}

impl Odd {
    /// The JSON, as the service wrote it.
    pub fn json(&self) -> &RawJson {
        &self.json
    }

    /// What was wrong, and where within the record. It quotes nothing from the JSON.
    pub fn error(&self) -> &DecodeError {
        &self.error
    }

    /// Takes out the JSON.
    pub fn into_json(self) -> RawJson {
        self.json
    }

    /// Decodes a record, or keeps it.
    fn decode<T: DeserializeOwned>(json: RawJson) -> Result<T, Self> {
        let decoded = decode_json(json.as_str().as_bytes());
        decoded.map_err(|error| Self { json, error })
    }
}
