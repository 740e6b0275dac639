//! What is read although it is not what the document says. Nothing else is.
//!
//! | the document says | what is read as well | as |
//! |---|---|---|
//! | a list or map | `null`; in what is only received also nothing | an empty one |
//! | a list in what is only received | members that do not decode, `null` among them; what is no list | [`Items::odd`](crate::Items::odd) |
//! | an object or union in what is only received: in a map, or one that may be absent | what does not decode | [`MaybeOdd::Odd`](crate::MaybeOdd::Odd) |
//! | beside the list of a page, anything that may be absent | what does not decode | [`MaybeOdd::Odd`](crate::MaybeOdd::Odd) |
//! | a boolean | `0`, `1` | `false`, `true` |
//! | an enum of `0` and `1` | `false`, `true` | `0`, `1` |
//! | an integer, or an enum of integers | `2.0`, `"2"` | `2` |
//! | a text that is called `cursor`, `id`, or something that ends in `_id` or `Id` | `2` | `"2"` |
//! | a time that may be absent, in what is only received | `""` | absent |
//!
//! What may be `null` may be absent. Types that are also sent have plain `Vec`s and `Option`s, so that people can make them.
//!
//! [`decode_json`](crate::decode_json) tolerates it, and [`decode_strict`](crate::decode_strict) refuses it. A union without a tag is the
//! first of its variants that a value fits exactly.

use std::cell::Cell;

use serde::Deserialize;
use serde::de::{DeserializeOwned, Deserializer, Error, IntoDeserializer, Unexpected};
use serde_json::Value;

use crate::odd::RawJson;
use crate::timestamp::Timestamp;

/// Whether what is decoded on this thread has to be exactly what the document says, and whether something was refused for that. A
/// union may have kept it as a value that it does not know, without an error.
#[derive(Clone, Copy, Default)]
struct Exactness {
    is_exact: bool,
    has_refused: bool,
}

thread_local! {
    static EXACTNESS: Cell<Exactness> = const { Cell::new(Exactness { is_exact: false, has_refused: false }) };
}

/// Decodes exactly. Returns also whether something was refused.
pub(crate) fn exact<T>(decode: impl FnOnce() -> T) -> (T, bool) {
    /// Goes back to what was before, also when decoding panics.
    struct Before(Exactness);

    impl Drop for Before {
        fn drop(&mut self) {
            EXACTNESS.set(self.0);
        }
    }

    let _before = Before(EXACTNESS.replace(Exactness {
        is_exact: true,
        has_refused: false,
    }));
    let decoded = decode();
    (decoded, EXACTNESS.get().has_refused)
}

/// Decodes exactly, if that is what is asked for.
pub(crate) fn if_exact<'de, D, T>(deserializer: D) -> Result<Result<T, D::Error>, D>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    if !EXACTNESS.get().is_exact {
        return Err(deserializer);
    }
    Ok(T::deserialize(deserializer).inspect_err(|_| {
        EXACTNESS.set(Exactness {
            is_exact: true,
            has_refused: true,
        });
    }))
}

/// Decodes a variant that was chosen by its tag. For `#[serde(deserialize_with = "...")]`: what serde buffers to find the tag
/// tolerates nothing by itself.
///
/// # Errors
/// Those of `T`.
pub fn tagged<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: DeserializeOwned,
{
    match if_exact(deserializer) {
        Ok(decoded) => decoded,
        Err(deserializer) => {
            let json = RawJson::deserialize(deserializer)?;
            json.parse().map_err(Error::custom)
        }
    }
}

/// Decodes a variant of a union that has no tag, exactly. For `#[serde(deserialize_with = "...")]`.
///
/// # Errors
/// Those of `T`, and for what is only tolerated.
pub fn untagged<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    match exact(|| T::deserialize(deserializer)) {
        (Ok(_), true) => Err(Error::custom(
            "something in it is not what the document says",
        )),
        (decoded, _) => decoded,
    }
}

/// Decodes what fits no variant of a union, and is kept as its JSON. For `#[serde(deserialize_with = "...")]`.
///
/// # Errors
/// For `null`: that is no value of a union.
pub fn unknown<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Value, D::Error> {
    match Value::deserialize(deserializer)? {
        Value::Null => Err(Error::invalid_type(Unexpected::Unit, &"a variant")),
        json => Ok(json),
    }
}

/// Decodes a value that is there, and may be `null`: `Some(None)`. For `#[serde(default, deserialize_with = "...")]`.
///
/// # Errors
/// Those of `T`.
pub fn present<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    deserializer: D,
) -> Result<Option<Option<T>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}

/// Decodes a time that may be absent; `""` is none. For `#[serde(default, deserialize_with = "...")]`.
///
/// # Errors
/// For what is no text, and those of [`Timestamp`].
pub fn time<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Timestamp>, D::Error> {
    let deserializer = match if_exact(deserializer) {
        Ok(time) => return time,
        Err(deserializer) => deserializer,
    };
    let text = Option::<String>::deserialize(deserializer)?.filter(|text| !text.is_empty());
    text.map(|text| Timestamp::deserialize(text.into_deserializer()))
        .transpose()
}
