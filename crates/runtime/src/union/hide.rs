//! An object without its tag.
//!
//! A variant whose type collects the members it does not know must not collect the tag: it would be written twice. And a
//! type that refuses members it does not know must not be shown it.

use std::fmt;

use serde::de::value::{BorrowedStrDeserializer, StrDeserializer};
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, Visitor};
use serde::forward_to_deserialize_any;

use super::one_pass::is_union;

/// Decodes an object as if it had no such member. Anything but an object is an error.
pub(super) struct WithoutTag<D> {
    inner: D,
    tag: &'static str,
}

impl<D> WithoutTag<D> {
    pub(super) fn new(inner: D, tag: &'static str) -> Self {
        Self { inner, tag }
    }
}

impl<'de, D: Deserializer<'de>> Deserializer<'de> for WithoutTag<D> {
    type Error = D::Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        self.inner.deserialize_map(ObjectVisitor {
            inner: visitor,
            tag: self.tag,
        })
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        if is_union(name) {
            // It may be told apart by the same tag.
            self.inner.deserialize_newtype_struct(name, visitor)
        } else {
            visitor.visit_newtype_struct(self)
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit
        unit_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

struct ObjectVisitor<V> {
    inner: V,
    tag: &'static str,
}

impl<'de, V: Visitor<'de>> Visitor<'de> for ObjectVisitor<V> {
    type Value = V::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.inner.expecting(f)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<V::Value, A::Error> {
        self.inner.visit_map(Members {
            inner: map,
            tag: self.tag,
        })
    }
}

struct Members<A> {
    inner: A,
    tag: &'static str,
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Members<A> {
    type Error = A::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, A::Error> {
        next_key_but(self.tag, &mut self.inner, seed)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, A::Error> {
        self.inner.next_value_seed(seed)
    }
}

/// The next key of a map that is not this one.
pub(super) fn next_key_but<'de, A: MapAccess<'de>, K: DeserializeSeed<'de>>(
    hidden: &'static str,
    map: &mut A,
    mut seed: K,
) -> Result<Option<K::Value>, A::Error> {
    loop {
        match map.next_key_seed(KeySeed::new(seed, hidden))? {
            None => return Ok(None),
            Some(Key::Other(key)) => return Ok(Some(key)),
            Some(Key::Hidden(unused)) => {
                map.next_value::<IgnoredAny>()?;
                seed = unused;
            }
        }
    }
}

/// A key, decoded by a seed `K` unless it is the hidden one.
pub(super) enum Key<K, T> {
    Other(T),
    /// It was the hidden one; here is the seed, for the next.
    Hidden(K),
}

/// Decodes a [`Key`].
pub(super) struct KeySeed<K> {
    inner: K,
    hidden: &'static str,
}

impl<K> KeySeed<K> {
    pub(super) fn new(inner: K, hidden: &'static str) -> Self {
        Self { inner, hidden }
    }
}

impl<'de, K: DeserializeSeed<'de>> DeserializeSeed<'de> for KeySeed<K> {
    type Value = Key<K, K::Value>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de, K: DeserializeSeed<'de>> Visitor<'de> for KeySeed<K> {
    type Value = Key<K, K::Value>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_borrowed_str<E: Error>(self, key: &'de str) -> Result<Self::Value, E> {
        if key == self.hidden {
            return Ok(Key::Hidden(self.inner));
        }
        let key = BorrowedStrDeserializer::new(key);
        self.inner.deserialize(key).map(Key::Other)
    }

    fn visit_str<E: Error>(self, key: &str) -> Result<Self::Value, E> {
        if key == self.hidden {
            return Ok(Key::Hidden(self.inner));
        }
        self.inner
            .deserialize(StrDeserializer::new(key))
            .map(Key::Other)
    }
}
