//! One scan over the JSON of a union, then the variant from its text.

use std::cell::Cell;

use serde::de::{DeserializeOwned, Deserializer, Error};
use serde_json::Value;

use super::hide::WithoutTag;
use super::mode::with_care;
use super::tag::find_tag;
use super::tagged::TaggedUnion;
use super::text::json_text;

/// Unions within unions are decoded down to here; below it they stay JSON. serde_json's own limit of 128 levels begins anew
/// with each union, so without a limit hostile JSON could exhaust the stack. A union and its list take two levels each.
const DEEPEST: u32 = 64;

thread_local! {
    static DEPTH: Cell<u32> = const { Cell::new(0) };
}

/// The JSON of a union, as text.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct Json<'a>(&'a str);

impl Json<'_> {
    /// Decodes the whole as one type; `None` if it does not fit.
    pub fn decode<T: DeserializeOwned>(self) -> Option<T> {
        serde_json::from_str(self.0).ok()
    }

    fn decode_tagged<T: TaggedUnion>(self) -> Option<T> {
        let variant = T::choose(&find_tag(self.0, T::TAG))?;
        let mut deserializer = serde_json::Deserializer::from_str(self.0);
        let union = if T::TAG_IN_STRUCT {
            T::decode(variant, &mut deserializer)
        } else {
            T::decode(variant, WithoutTag::new(&mut deserializer, T::TAG))
        };
        union.ok().filter(|_| deserializer.end().is_ok())
    }
}

/// Decodes an untagged union: `pick` decodes the variant that fits. When it gives `None`, the result is the JSON itself.
#[doc(hidden)]
pub fn decode_untagged<'de, D: Deserializer<'de>, T>(
    deserializer: D,
    pick: impl FnOnce(Json<'_>) -> Option<T>,
) -> Result<Result<T, Value>, D::Error> {
    let text = json_text(deserializer)?;
    let picked = Level::enter().and_then(|_level| with_care(|| pick(Json(&text))));
    match picked {
        Some(union) => Ok(Ok(union)),
        None => serde_json::from_str(&text)
            .map(Err)
            .map_err(D::Error::custom),
    }
}

/// Decodes a tagged union.
pub(super) fn decode_tagged<'de, D: Deserializer<'de>, T: TaggedUnion>(
    deserializer: D,
) -> Result<T, D::Error> {
    let decoded = decode_untagged(deserializer, |json| json.decode_tagged())?;
    Ok(decoded.unwrap_or_else(T::unknown))
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
