//! A union decoded while it is read: the variant begins as soon as its tag is known.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;
use std::vec;

use serde::de::value::CowStrDeserializer;
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, Visitor};
use serde::forward_to_deserialize_any;
use serde_json::{Map, Value};

use super::hide::{Key, KeySeed, next_key_but};
use super::mode::must_repeat;
use super::tag::Tag;
use super::tagged::TaggedUnion;
use super::text::{TextSeed, raw_value_name};

/// The name by which a union asks to be decoded in one pass, so that a union around it can tell.
const ONE_PASS: &str = "$postpress_runtime::union";

/// Whether it is a union, not a newtype, that asks by this name.
pub(super) fn is_union(name: &'static str) -> bool {
    name == ONE_PASS || name == raw_value_name()
}

/// Decodes a tagged union. An error means no more than that it must be done with care; that is reported.
pub(super) fn decode_tagged<'de, D: Deserializer<'de>, T: TaggedUnion>(
    deserializer: D,
) -> Result<T, D::Error> {
    deserializer
        .deserialize_newtype_struct(ONE_PASS, UnionVisitor(PhantomData))
        .inspect_err(|_| must_repeat())
}

struct UnionVisitor<T>(PhantomData<T>);

impl<'de, T: TaggedUnion> Visitor<'de> for UnionVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        deserializer.deserialize_map(self)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<T, A::Error> {
        let mut before = Vec::new();
        let tag = loop {
            match map.next_key_seed(KeySeed::new(TextSeed, T::TAG))? {
                Some(Key::Other(key)) => before.push((key, map.next_value()?)),
                Some(Key::Hidden(_)) => break Some(map.next_value_seed(TextSeed)?),
                None => break None,
            }
        };
        let (variant, tag) = match tag {
            Some(text) => {
                let tag = Tag::Text(text);
                let variant = T::choose(&tag);
                (variant, tag.into_text())
            }
            None => (T::choose(&Tag::Absent), None),
        };
        let object = Object {
            before: before.into_iter(),
            tag_name: T::TAG,
            tag,
            hides_tag: !T::TAG_IN_STRUCT,
            value: None,
            after: map,
        };
        match variant {
            Some(variant) => T::decode(variant, object),
            None => object.into_json().map(T::unknown),
        }
    }
}

/// An object that has been read up to its tag, from the start.
struct Object<'de, A> {
    before: vec::IntoIter<(Cow<'de, str>, Value)>,
    tag_name: &'static str,
    tag: Option<Cow<'de, str>>,
    hides_tag: bool,
    /// What belongs to the last key, if that was not from `after`.
    value: Option<Value>,
    after: A,
}

impl<'de, A: MapAccess<'de>> Object<'de, A> {
    fn into_json(mut self) -> Result<Value, A::Error> {
        let mut json = Map::new();
        self.hides_tag = false;
        while let Some((key, value)) = self.next_entry()? {
            json.insert(key, value);
        }
        Ok(Value::Object(json))
    }
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Object<'de, A> {
    type Error = A::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, A::Error> {
        if let Some((key, value)) = self.before.next() {
            self.value = Some(value);
            return seed.deserialize(CowStrDeserializer::new(key)).map(Some);
        }
        if self.hides_tag {
            return next_key_but(self.tag_name, &mut self.after, seed);
        }
        if let Some(tag) = self.tag.take() {
            self.value = Some(Value::String(tag.into_owned()));
            let key = CowStrDeserializer::new(self.tag_name.into());
            return seed.deserialize(key).map(Some);
        }
        self.after.next_key_seed(seed)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, A::Error> {
        match self.value.take() {
            Some(value) => seed.deserialize(value).map_err(A::Error::custom),
            None => self.after.next_value_seed(seed),
        }
    }
}

impl<'de, A: MapAccess<'de>> Deserializer<'de> for Object<'de, A> {
    type Error = A::Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, A::Error> {
        visitor.visit_map(self)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, A::Error> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        mut self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, A::Error> {
        if is_union(name) {
            // It may be told apart by the same tag.
            self.hides_tag = false;
            visitor.visit_map(self)
        } else {
            visitor.visit_newtype_struct(self)
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit
        unit_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}
