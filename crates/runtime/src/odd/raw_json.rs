//! JSON that is kept as text.

use std::fmt;

use serde::de::{self, DeserializeOwned, Deserializer, MapAccess, Visitor};
use serde::{Deserialize, Serialize, Serializer, forward_to_deserialize_any};
use serde_json::Value;
use serde_json::value::RawValue;

use crate::decode::{DecodeError, decode_json};

/// A JSON text, kept as the service wrote it: numbers with any number of digits, escapes, and any depth of nesting.
///
/// It is never parsed unless that is asked for, so nothing in it can fail. Serializing it writes the same text. `Debug` shows its
/// length only.
///
/// ```
/// use postpress_runtime::{RawJson, decode_json};
///
/// let json: RawJson = decode_json(br#"{"price": 1e400}"#)?;
/// assert_eq!(json.as_str(), r#"{"price": 1e400}"#);
/// assert_eq!(serde_json::to_string(&json).unwrap(), r#"{"price": 1e400}"#);
/// # Ok::<(), postpress_runtime::DecodeError>(())
/// ```
#[derive(Clone)]
pub struct RawJson(Box<RawValue>);

impl RawJson {
    /// The text.
    pub fn as_str(&self) -> &str {
        self.0.get()
    }

    /// Parses it, for instance as a [`serde_json::Value`].
    ///
    /// # Errors
    /// If it is not that of a `T`.
    pub fn parse<T: DeserializeOwned>(&self) -> Result<T, DecodeError> {
        decode_json(self.as_str().as_bytes())
    }
}

impl PartialEq for RawJson {
    fn eq(&self, other: &Self) -> bool {
        self.as_str() == other.as_str()
    }
}

impl Eq for RawJson {}

impl fmt::Debug for RawJson {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RawJson({} bytes)", self.as_str().len())
    }
}

impl fmt::Display for RawJson {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for RawJson {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for RawJson {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Box::<RawValue>::deserialize(Buffered(deserializer)).map(Self)
    }
}

/// A deserializer for a `RawValue` alone. serde_json hands it the text; serde's buffer, from which the variants of a union are
/// decoded, knows only the value, which is written as text again.
struct Buffered<D>(D);

impl<'de, D: Deserializer<'de>> Deserializer<'de> for Buffered<D> {
    type Error = D::Error;

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        let visitor = BufferedVisitor { name, visitor };
        self.0.deserialize_newtype_struct(name, visitor)
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        self.0.deserialize_any(visitor)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option
        unit unit_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

struct BufferedVisitor<V> {
    name: &'static str,
    visitor: V,
}

impl<'de, V: Visitor<'de>> Visitor<'de> for BufferedVisitor<V> {
    type Value = V::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.visitor.expecting(f)
    }

    fn visit_map<A: MapAccess<'de>>(self, text: A) -> Result<V::Value, A::Error> {
        self.visitor.visit_map(text)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, buffer: D) -> Result<V::Value, D::Error> {
        Value::deserialize(buffer)?
            .deserialize_newtype_struct(self.name, self.visitor)
            .map_err(de::Error::custom)
    }
}
