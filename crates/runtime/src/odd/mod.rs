//! Records that do not decode, kept as their JSON beside those that do.

mod items;
mod maybe_odd;
mod raw_json;

pub use self::items::Items;
pub use self::maybe_odd::MaybeOdd;
pub use self::raw_json::RawJson;

use std::cell::Cell;

use serde::de::DeserializeOwned;

use crate::decode::DecodeError;

/// How deep records may be nested to be decoded.
const DEEPEST: u8 = 32;

thread_local! {
    /// How many records enclose the one that is being decoded.
    static DEPTH: Cell<u8> = const { Cell::new(0) };
}

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
        let depth = DEPTH.get();
        // Each level is decoded by itself, so that no limit of serde_json's holds for all of them.
        if depth == DEEPEST {
            let error = DecodeError::too_deep();
            return Err(Self { json, error });
        }
        DEPTH.set(depth + 1);
        let decoded = json.parse();
        DEPTH.set(depth);
        decoded.map_err(|error| Self { json, error })
    }
}
