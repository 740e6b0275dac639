//! Decodes like serde_json, and says what went wrong without any text of the JSON.
//!
//! An error of serde_json is a text, which quotes the value that did not fit. Here everything that decodes gets [`Fault`] as its error
//! type instead, which keeps what was expected, and of the value only its type.

use std::cell::Cell;
use std::fmt;

use serde::de::value::StringDeserializer;
use serde::de::{
    self, DeserializeOwned, DeserializeSeed, Deserializer, Expected, MapAccess, SeqAccess,
    Unexpected, Visitor,
};
use serde::forward_to_deserialize_any;

use super::DecodeErrorKind;

/// What went wrong, and where.
#[derive(Debug)]
pub(super) struct Fault {
    pub(super) kind: DecodeErrorKind,
    /// Such as `items[3].id`; empty for the value as a whole. Keys that are not fields of a struct are left out.
    pub(super) json_path: String,
}

/// Why `json` does not decode as a `T`; `None` if it does.
pub(super) fn find_fault<T: DeserializeOwned>(json: &str) -> Option<Fault> {
    let parked = Cell::new(None);
    let deserializer = &mut serde_json::Deserializer::from_str(json);
    T::deserialize(Traced::new(deserializer, &parked, &[])).err()
}

impl Fault {
    fn new(kind: DecodeErrorKind) -> Self {
        let json_path = String::new();
        Self { kind, json_path }
    }

    fn invalid(expected: impl Into<Option<String>>) -> Self {
        let expected = expected.into();
        Self::new(DecodeErrorKind::InvalidValue { expected })
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.kind.fmt(f)
    }
}

impl std::error::Error for Fault {}

impl de::Error for Fault {
    /// The message may quote anything, so it is dropped.
    fn custom<M: fmt::Display>(_: M) -> Self {
        Self::invalid(None)
    }

    fn invalid_type(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::new(DecodeErrorKind::WrongType {
            expected: expected.to_string(),
            found: match found {
                Unexpected::Unit | Unexpected::Option => "null",
                Unexpected::Bool(_) => "a boolean",
                Unexpected::Unsigned(_) | Unexpected::Signed(_) => "an integer",
                Unexpected::Float(_) => "a number",
                Unexpected::Seq => "an array",
                Unexpected::Map => "an object",
                Unexpected::Char(_) | Unexpected::Str(_) | Unexpected::Bytes(_) => "a string",
                _ => "another type",
            },
        })
    }

    fn invalid_value(_: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::invalid(expected.to_string())
    }

    fn missing_field(field: &'static str) -> Self {
        Self::new(DecodeErrorKind::MissingField(field))
    }

    fn duplicate_field(field: &'static str) -> Self {
        Self::new(DecodeErrorKind::DuplicateField(field))
    }
}

/// A fault that an error of serde_json stands for, while that error passes through serde_json.
type Parked = Cell<Option<Fault>>;

/// Lets an error of serde_json stand for a fault.
fn park<T, E: de::Error>(parked: &Parked, result: Result<T, Fault>) -> Result<T, E> {
    result.map_err(|fault| {
        parked.set(Some(fault));
        E::custom("see the fault")
    })
}

/// The fault that an error of serde_json stands for; for an error of its own, which is one of syntax, an empty one.
fn unpark<T, E>(parked: &Parked, result: Result<T, E>) -> Result<T, Fault> {
    result.map_err(|_| parked.take().unwrap_or_else(|| Fault::invalid(None)))
}

/// The same for a value within another, at a step of the path from there.
fn unpark_within<T, E>(
    parked: &Parked,
    step: impl fmt::Display,
    result: Result<T, E>,
) -> Result<T, Fault> {
    result.map_err(|_| match parked.take() {
        Some(Fault { kind, json_path }) => {
            let is_joined = json_path.is_empty() || json_path.starts_with('[');
            let dot = if is_joined { "" } else { "." };
            let json_path = format!("{step}{dot}{json_path}");
            Fault { kind, json_path }
        }
        // Of the syntax between two values.
        None => Fault::invalid(None),
    })
}

/// A deserializer, visitor or the like whose errors are faults.
struct Traced<'p, X> {
    inner: X,
    parked: &'p Parked,
    /// The fields of the struct that is decoded, if it is one.
    fields: &'static [&'static str],
    /// The last key, if it is one of the fields.
    field: Option<&'static str>,
    /// The index of the next element.
    index: usize,
}

impl<'p, X> Traced<'p, X> {
    fn new(inner: X, parked: &'p Parked, fields: &'static [&'static str]) -> Self {
        Self {
            inner,
            parked,
            fields,
            field: None,
            index: 0,
        }
    }
}

// Values are decoded as whatever the JSON has: told what is expected, serde_json itself would refuse all else, with a text.
impl<'de, D: Deserializer<'de>> Deserializer<'de> for Traced<'_, D> {
    type Error = Fault;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.deserialize_struct("", &[], visitor)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        let visitor = Traced::new(visitor, self.parked, fields);
        unpark(self.parked, self.inner.deserialize_any(visitor))
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        let visitor = Traced::new(visitor, self.parked, &[]);
        unpark(self.parked, self.inner.deserialize_option(visitor))
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        let visitor = Traced::new(visitor, self.parked, &[]);
        let value = self.inner.deserialize_newtype_struct(name, visitor);
        unpark(self.parked, value)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        let value = self.inner.deserialize_enum(name, variants, visitor);
        value.map_err(|_| Fault::invalid(format!("enum {name} (`{}`)", variants.join("`, `"))))
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        unpark(self.parked, self.inner.deserialize_ignored_any(visitor))
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit
        unit_struct seq tuple tuple_struct map identifier
    }
}

impl<'de, S: DeserializeSeed<'de>> DeserializeSeed<'de> for Traced<'_, S> {
    type Value = S::Value;

    fn deserialize<D: Deserializer<'de>>(self, inner: D) -> Result<S::Value, D::Error> {
        let inner = Traced::new(inner, self.parked, &[]);
        park(self.parked, self.inner.deserialize(inner))
    }
}

macro_rules! visit {
    ($($method:ident($($value:ident: $type:ty)?);)*) => {$(
        fn $method<E: de::Error>(self, $($value: $type)?) -> Result<V::Value, E> {
            park(self.parked, self.inner.$method($($value)?))
        }
    )*};
}

impl<'de, V: Visitor<'de>> Visitor<'de> for Traced<'_, V> {
    type Value = V::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.inner.expecting(f)
    }

    visit! {
        visit_unit();
        visit_none();
        visit_bool(value: bool);
        visit_i64(value: i64);
        visit_u64(value: u64);
        visit_f64(value: f64);
        visit_str(value: &str);
    }

    fn visit_some<D: Deserializer<'de>>(self, inner: D) -> Result<V::Value, D::Error> {
        let inner = Traced::new(inner, self.parked, &[]);
        park(self.parked, self.inner.visit_some(inner))
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, inner: D) -> Result<V::Value, D::Error> {
        let inner = Traced::new(inner, self.parked, &[]);
        park(self.parked, self.inner.visit_newtype_struct(inner))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, inner: A) -> Result<V::Value, A::Error> {
        let elements = Traced::new(inner, self.parked, &[]);
        park(self.parked, self.inner.visit_seq(elements))
    }

    fn visit_map<A: MapAccess<'de>>(self, inner: A) -> Result<V::Value, A::Error> {
        let members = Traced::new(inner, self.parked, self.fields);
        park(self.parked, self.inner.visit_map(members))
    }
}

impl<'de, A: SeqAccess<'de>> SeqAccess<'de> for Traced<'_, A> {
    type Error = Fault;

    fn next_element_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Fault> {
        let index = self.index;
        self.index += 1;
        let seed = Traced::new(seed, self.parked, &[]);
        let element = self.inner.next_element_seed(seed);
        unpark_within(self.parked, format_args!("[{index}]"), element)
    }
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Traced<'_, A> {
    type Error = Fault;

    fn next_key_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Fault> {
        if self.fields.is_empty() {
            return unpark(self.parked, self.inner.next_key_seed(seed));
        }
        let Some(key) = unpark(self.parked, self.inner.next_key::<String>())? else {
            return Ok(None);
        };
        self.field = self.fields.iter().copied().find(|field| **field == key);
        seed.deserialize(StringDeserializer::new(key)).map(Some)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Fault> {
        let seed = Traced::new(seed, self.parked, &[]);
        let value = self.inner.next_value_seed(seed);
        unpark_within(self.parked, self.field.unwrap_or("*"), value)
    }
}
