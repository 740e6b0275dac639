//! One scan over the JSON of a union, then the variant.

use std::borrow::Cow;
use std::cell::Cell;

use serde::de::{Deserializer, Error};
use serde_json::Value;

use super::json::Json;
use super::text::json_text;

/// Unions within unions are decoded down to here; below it they stay JSON. serde_json's own limit of 128 levels begins anew
/// with each union, so without a limit hostile JSON could exhaust the stack. A union and its list take two levels each.
const DEEPEST: u32 = 64;

thread_local! {
    static DEPTH: Cell<u32> = const { Cell::new(0) };
}

/// Decodes a union: `pick` chooses the variant and decodes it. When it gives `None`, the result is the JSON itself.
///
/// serde's own way, for tagged and untagged enums alike, is to read the JSON into a tree and then the tree into the variant.
/// Here the JSON is skipped over once, which costs little, and the variant is decoded from its text like any other value.
/// The text is still there if the variant does not fit.
#[doc(hidden)]
pub fn decode_union<'de, D, T>(
    deserializer: D,
    pick: impl FnOnce(Json<'_>) -> Option<T>,
) -> Result<Result<T, Value>, D::Error>
where
    D: Deserializer<'de>,
{
    let text: Cow<'de, str> = json_text(deserializer)?;
    let picked = Level::enter().and_then(|_level| pick(Json::new(&text)));
    match picked {
        Some(variant) => Ok(Ok(variant)),
        None => serde_json::from_str(&text)
            .map(Err)
            .map_err(D::Error::custom),
    }
}

/// One level of unions; left when dropped.
struct Level(u32);

impl Level {
    fn enter() -> Option<Self> {
        let depth = DEPTH.get();
        (depth < DEEPEST).then(|| {
            DEPTH.set(depth + 1);
            Self(depth)
        })
    }
}

impl Drop for Level {
    fn drop(&mut self) {
        DEPTH.set(self.0);
    }
}
