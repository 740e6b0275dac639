//! An object without its tag.
//!
//! A variant whose type collects the members it does not know must not collect the tag: it would be written twice. And a
//! type that refuses members it does not know must not be shown it.

use std::fmt;

use serde::de::value::{BorrowedStrDeserializer, StrDeserializer};
use serde::de::{self, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde::forward_to_deserialize_any;

use super::text::raw_value_name;

/// Decodes an object as if it had no such member. Anything but an object is an error.
pub(super) struct WithoutTag<'a, D> {
    inner: D,
    tag: &'a str,
}

impl<'a, D> WithoutTag<'a, D> {
    pub(super) fn new(inner: D, tag: &'a str) -> Self {
        Self { inner, tag }
    }
}

impl<'de, D: Deserializer<'de>> Deserializer<'de> for WithoutTag<'_, D> {
    type Error = D::Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        self.deserialize_map(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
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
        if name == raw_value_name() {
            // The variant is itself a union, which may be told apart by the same tag.
            self.inner.deserialize_newtype_struct(name, visitor)
        } else {
            visitor.visit_newtype_struct(self)
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit
        unit_struct seq tuple tuple_struct struct enum identifier ignored_any
    }
}

struct ObjectVisitor<'a, V> {
    inner: V,
    tag: &'a str,
}

impl<'de, V: Visitor<'de>> Visitor<'de> for ObjectVisitor<'_, V> {
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

struct Members<'a, A> {
    inner: A,
    tag: &'a str,
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Members<'_, A> {
    type Error = A::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, A::Error> {
        let mut seed = seed;
        loop {
            let key = self.inner.next_key_seed(KeySeed {
                inner: seed,
                tag: self.tag,
            })?;
            match key {
                None => return Ok(None),
                Some(Key::Member(key)) => return Ok(Some(key)),
                Some(Key::Tag(unused)) => {
                    self.inner.next_value::<IgnoredAny>()?;
                    seed = unused;
                }
            }
        }
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, A::Error> {
        self.inner.next_value_seed(seed)
    }
}

enum Key<K, T> {
    Member(T),
    /// It was the tag; here is the seed, for the next key.
    Tag(K),
}

struct KeySeed<'a, K> {
    inner: K,
    tag: &'a str,
}

impl<'de, K: DeserializeSeed<'de>> DeserializeSeed<'de> for KeySeed<'_, K> {
    type Value = Key<K, K::Value>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de, K: DeserializeSeed<'de>> Visitor<'de> for KeySeed<'_, K> {
    type Value = Key<K, K::Value>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_borrowed_str<E: de::Error>(self, key: &'de str) -> Result<Self::Value, E> {
        if key == self.tag {
            return Ok(Key::Tag(self.inner));
        }
        self.inner
            .deserialize(BorrowedStrDeserializer::new(key))
            .map(Key::Member)
    }

    fn visit_str<E: de::Error>(self, key: &str) -> Result<Self::Value, E> {
        if key == self.tag {
            return Ok(Key::Tag(self.inner));
        }
        self.inner
            .deserialize(StrDeserializer::new(key))
            .map(Key::Member)
    }
}
