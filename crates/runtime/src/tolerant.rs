//! What is read though it is not what the document says. Nothing else is.
//!
//! | the document says | what is read as well | as |
//! |---|---|---|
//! | a list | `null`, or nothing | an empty list |
//! | a list | members that do not decode, `null` among them | [`Items::odd`](crate::Items::odd) |
//! | an object that may be absent or `null` | one that does not decode | [`MaybeOdd::Odd`](crate::MaybeOdd::Odd) |
//! | a boolean | `0`, `1` | `false`, `true` |
//! | an enum of `0` and `1` | `false`, `true` | `0`, `1` |
//! | an integer, or an enum of integers | `2.0`, `"2"` | `2` |
//! | a text that is called `cursor`, `id`, or something that ends in `_id` or `Id` | `2` | `"2"` |
//! | a time that may be absent | `""` | absent |
//! | a text with one possible value, which may be absent | anything that is no text | absent |
//!
//! The functions are for `#[serde(deserialize_with = "...")]`; those in [`optional`] are for fields that may be absent or `null`.
//! [`decode_strict`] refuses all this.

use std::cell::Cell;
use std::fmt;
use std::marker::PhantomData;

use serde::Deserialize;
use serde::de::{self, DeserializeOwned, Deserializer, IntoDeserializer, Visitor};
use serde_json::Number;

use crate::decode::{DecodeError, decode_json};
use crate::odd::RawJson;
use crate::open_enum::integral;
use crate::timestamp::Timestamp;

thread_local! {
    static STRICT: Cell<bool> = const { Cell::new(false) };
    /// Whether something was refused. A union may have kept it as a value that it does not know, without an error.
    static REFUSED: Cell<bool> = const { Cell::new(false) };
}

/// Whether what is decoded on this thread has to be exactly what the document says.
pub(crate) fn is_strict() -> bool {
    STRICT.get()
}

/// Notes that something was refused because it is not what the document says.
pub(crate) fn refuse<E>(_: &E) {
    REFUSED.set(true);
}

/// Decodes a JSON text as [`decode_json`] does, and refuses what that tolerates and whatever is odd. For tests.
///
/// ```
/// use postpress_runtime::{Items, decode_strict};
///
/// assert!(decode_strict::<Items<u8>>(b"[1, 2]").is_ok());
/// let error = decode_strict::<Items<u8>>(b"[1, null]").unwrap_err();
/// assert_eq!(error.json_path(), Some("[1]"));
/// ```
///
/// # Errors
/// If the text is not JSON, or not exactly that of a `T`.
pub fn decode_strict<T: DeserializeOwned>(json: &[u8]) -> Result<T, DecodeError> {
    struct Tolerate;

    impl Drop for Tolerate {
        fn drop(&mut self) {
            STRICT.set(false);
        }
    }

    STRICT.set(true);
    REFUSED.set(false);
    let tolerate = Tolerate;
    let decoded = decode_json(json);
    drop(tolerate);
    match decoded {
        Ok(_) if REFUSED.get() => Err(DecodeError::within_union()),
        decoded => decoded,
    }
}

/// Decodes a field by `tolerant`, or, if what is decoded has to be exact, as itself.
fn exactly_or<'de, D, T, U>(deserializer: D, tolerant: fn(U) -> T) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
    U: Deserialize<'de>,
{
    if is_strict() {
        return T::deserialize(deserializer).inspect_err(refuse);
    }
    U::deserialize(deserializer).map(tolerant)
}

/// A function for a field that is required, and one for a field that may be absent.
macro_rules! tolerant {
    ($($(#[doc = $doc:literal])* $name:ident: $kind:ident;)*) => {
        $(
            $(#[doc = $doc])*
            ///
            /// # Errors
            /// Those of `T`, for anything else.
            pub fn $name<'de, D: Deserializer<'de>, T: DeserializeOwned>(
                deserializer: D,
            ) -> Result<T, D::Error> {
                exactly_or(deserializer, |scalar: Scalar<$kind, T>| scalar.value)
            }
        )*

        /// For fields that may be absent or `null`.
        pub mod optional {
            use super::*;

            $(
                $(#[doc = $doc])*
                ///
                /// # Errors
                /// Those of `T`, for anything else.
                pub fn $name<'de, D: Deserializer<'de>, T: DeserializeOwned>(
                    deserializer: D,
                ) -> Result<Option<T>, D::Error> {
                    exactly_or(deserializer, |scalar: Option<Scalar<$kind, T>>| {
                        scalar.map(|scalar| scalar.value)
                    })
                }
            )*

            /// Decodes a time; `""` is none.
            ///
            /// # Errors
            /// Those of [`Timestamp`], for anything else.
            pub fn time<'de, D: Deserializer<'de>>(
                deserializer: D,
            ) -> Result<Option<Timestamp>, D::Error> {
                exactly_or(deserializer, |time: Option<TimeOrEmpty>| time?.0)
            }

            /// Decodes a text that has one possible value; what is no text is none.
            ///
            /// # Errors
            /// Only for what is not JSON.
            pub fn constant<'de, D: Deserializer<'de>, T: DeserializeOwned>(
                deserializer: D,
            ) -> Result<Option<T>, D::Error> {
                exactly_or(deserializer, |json: Option<RawJson>| json?.parse().ok())
            }
        }
    };
}

tolerant! {
    /// Decodes a boolean, or `0` or `1`.
    boolean: Boolean;
    /// Decodes an enum of `0` and `1`, or a boolean.
    flag: Flag;
    /// Decodes an integer or an enum of integers, be it written as `2.0` or as `"2"`.
    integer: Integer;
    /// Decodes a text that is an id, or a number.
    id: Id;
}

/// Decodes a `T` from what a kind of field reads in place of what came.
struct Scalar<K, T> {
    value: T,
    kind: PhantomData<K>,
}

/// What is read in place of a value that came; `None` if that is to be decoded itself.
trait Kind {
    const EXPECTED: &'static str;

    fn boolean(_: bool) -> Option<Instead> {
        None
    }

    fn number(_: &Number) -> Option<Instead> {
        None
    }

    fn text(_: &str) -> Option<Instead> {
        None
    }
}

enum Instead {
    Boolean(bool),
    Number(Number),
    Text(String),
}

struct Boolean;

impl Kind for Boolean {
    const EXPECTED: &'static str = "a boolean";

    fn number(number: &Number) -> Option<Instead> {
        match integral(number.clone()).as_u64() {
            Some(0) => Some(Instead::Boolean(false)),
            Some(1) => Some(Instead::Boolean(true)),
            _ => None,
        }
    }
}

struct Flag;

impl Kind for Flag {
    const EXPECTED: &'static str = "a number";

    fn boolean(boolean: bool) -> Option<Instead> {
        Some(Instead::Number(u64::from(boolean).into()))
    }

    fn number(number: &Number) -> Option<Instead> {
        Integer::number(number)
    }

    fn text(text: &str) -> Option<Instead> {
        Integer::text(text)
    }
}

struct Integer;

impl Kind for Integer {
    const EXPECTED: &'static str = "an integer";

    fn number(number: &Number) -> Option<Instead> {
        Some(Instead::Number(integral(number.clone())))
    }

    fn text(text: &str) -> Option<Instead> {
        let number: Number = text.parse().ok()?;
        number.as_i128().map(|_| Instead::Number(number))
    }
}

struct Id;

impl Kind for Id {
    const EXPECTED: &'static str = "a string";

    fn number(number: &Number) -> Option<Instead> {
        Some(Instead::Text(number.to_string()))
    }
}

/// A time, or `""`.
struct TimeOrEmpty(Option<Timestamp>);

impl<'de> Deserialize<'de> for TimeOrEmpty {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct TimeVisitor;

        impl Visitor<'_> for TimeVisitor {
            type Value = TimeOrEmpty;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(Timestamp::EXPECTED)
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<TimeOrEmpty, E> {
                let time =
                    (!text.is_empty()).then(|| Timestamp::deserialize(text.into_deserializer()));
                time.transpose().map(TimeOrEmpty)
            }
        }

        deserializer.deserialize_str(TimeVisitor)
    }
}

impl<'de, K: Kind, T: DeserializeOwned> Deserialize<'de> for Scalar<K, T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = deserializer.deserialize_any(ScalarVisitor::<K, T>(PhantomData))?;
        let kind = PhantomData;
        Ok(Self { value, kind })
    }
}

struct ScalarVisitor<K, T>(PhantomData<(K, T)>);

impl<'de, K: Kind, T: DeserializeOwned> Visitor<'de> for ScalarVisitor<K, T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(K::EXPECTED)
    }

    fn visit_unit<E: de::Error>(self) -> Result<T, E> {
        T::deserialize(().into_deserializer())
    }

    fn visit_bool<E: de::Error>(self, boolean: bool) -> Result<T, E> {
        match K::boolean(boolean) {
            Some(instead) => instead.decode(),
            None => T::deserialize(boolean.into_deserializer()),
        }
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<T, E> {
        match K::number(&number.into()) {
            Some(instead) => instead.decode(),
            None => T::deserialize(number.into_deserializer()),
        }
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<T, E> {
        match K::number(&number.into()) {
            Some(instead) => instead.decode(),
            None => T::deserialize(number.into_deserializer()),
        }
    }

    fn visit_f64<E: de::Error>(self, number: f64) -> Result<T, E> {
        match Number::from_f64(number).and_then(|number| K::number(&number)) {
            Some(instead) => instead.decode(),
            None => T::deserialize(number.into_deserializer()),
        }
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<T, E> {
        match K::text(text) {
            Some(instead) => instead.decode(),
            None => T::deserialize(text.into_deserializer()),
        }
    }
}

impl Instead {
    fn decode<T: DeserializeOwned, E: de::Error>(self) -> Result<T, E> {
        match self {
            Self::Boolean(boolean) => T::deserialize(boolean.into_deserializer()),
            Self::Text(text) => T::deserialize(text.into_deserializer()),
            Self::Number(number) => match (number.as_u64(), number.as_i64(), number.as_f64()) {
                (Some(number), ..) => T::deserialize(number.into_deserializer()),
                (_, Some(number), _) => T::deserialize(number.into_deserializer()),
                (.., number) => T::deserialize(number.unwrap_or(f64::NAN).into_deserializer()),
            },
        }
    }
}
