//! Decodes like serde_json, tolerates what [`tolerant`](crate::tolerant) lists, and says what went wrong without any text of the JSON.
//!
//! An error of serde_json is a text, which quotes the value that did not fit. Here everything that decodes gets [`Fault`] as its error
//! type instead, which keeps what was expected, and of the value only its type.
//!
//! It takes longer than serde_json alone, and is only for texts that are not exactly what is expected.

use std::cell::Cell;
use std::fmt;
use std::iter::empty;

use serde::de::value::{MapDeserializer, SeqDeserializer, StringDeserializer};
use serde::de::{
    self, DeserializeOwned, DeserializeSeed, Deserializer, Expected, MapAccess, SeqAccess,
    Unexpected, Visitor,
};
use serde::forward_to_deserialize_any;
use serde_json::Number;

use super::DecodeErrorKind;
use crate::open_enum::{FLAG, INTEGER, integral};

/// What went wrong, and where.
#[derive(Debug)]
pub(super) struct Fault {
    pub(super) kind: DecodeErrorKind,
    /// Such as `items[3].id`; empty for the value as a whole. Keys that are not fields of a struct are left out.
    pub(super) json_path: String,
}

thread_local! {
    /// Whether the JSON that was kept as text last is the value of an id. It is decoded by itself, without its key.
    static TEXT_IS_ID: Cell<bool> = const { Cell::new(false) };
}

/// Decodes a `T`.
pub(super) fn decode<T: DeserializeOwned>(json: &str, is_tolerant: bool) -> Result<T, Fault> {
    let trace = Trace {
        is_tolerant,
        ..Trace::default()
    };
    let mut deserializer = serde_json::Deserializer::from_str(json);
    let mut traced = Traced::new(&mut deserializer, &trace, &[]);
    if is_tolerant && TEXT_IS_ID.take() {
        traced.kind = Kind::Id;
    }
    let value = T::deserialize(traced)?;
    trace.unpark(deserializer.end()).map(|()| value)
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

/// What all that is decoded of a text shares.
#[derive(Default)]
struct Trace {
    is_tolerant: bool,
    /// A fault that an error of serde_json stands for, while that error passes through serde_json.
    parked: Cell<Option<Fault>>,
    /// Whether the last key is that of an id.
    is_id: Cell<bool>,
}

impl Trace {
    /// Lets an error of serde_json stand for a fault.
    fn park<T, E: de::Error>(&self, result: Result<T, Fault>) -> Result<T, E> {
        result.map_err(|fault| {
            self.parked.set(Some(fault));
            E::custom("see the fault")
        })
    }

    /// The fault that an error of serde_json stands for; for an error of its own, which is one of syntax, an empty one.
    fn unpark<T, E>(&self, result: Result<T, E>) -> Result<T, Fault> {
        result.map_err(|_| self.parked.take().unwrap_or_else(|| Fault::invalid(None)))
    }

    /// The same for a value within another, at a step of the path from there.
    fn unpark_within<T, E>(
        &self,
        step: impl fmt::Display,
        result: Result<T, E>,
    ) -> Result<T, Fault> {
        result.map_err(|_| match self.parked.take() {
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
}

/// What is expected, as far as it decides what is tolerated.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    /// Anything, or nothing is tolerated.
    Any,
    Boolean,
    Integer,
    /// An enum of 0 and 1.
    Flag,
    Id,
    List,
    Map,
    /// The key of an object that may be a struct.
    Key,
}

/// A deserializer, visitor or the like whose errors are faults.
struct Traced<'t, X> {
    inner: X,
    trace: &'t Trace,
    kind: Kind,
    /// The fields of the struct that is decoded, if it is one.
    fields: &'static [&'static str],
    /// The last key, if it is one of the fields.
    field: Option<&'static str>,
    /// The index of the next element.
    index: usize,
}

impl<'t, X> Traced<'t, X> {
    fn new(inner: X, trace: &'t Trace, fields: &'static [&'static str]) -> Self {
        Self {
            inner,
            trace,
            kind: Kind::Any,
            fields,
            field: None,
            index: 0,
        }
    }

    /// The same around something else, which is expected to be of a kind.
    fn around<Y>(&self, inner: Y, kind: Kind) -> Traced<'t, Y> {
        let mut traced = Traced::new(inner, self.trace, &[]);
        if self.trace.is_tolerant {
            traced.kind = kind;
        }
        traced
    }
}

macro_rules! deserialize {
    ($kind:expr => $($method:ident)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
            self.deserialize_as($kind, visitor)
        }
    )*};
}

impl<'de, D: Deserializer<'de>> Traced<'_, D> {
    // Values are decoded as whatever the JSON has: told what is expected, serde_json itself would refuse all else, with a text.
    fn deserialize_as<V: Visitor<'de>>(self, kind: Kind, visitor: V) -> Result<V::Value, Fault> {
        let visitor = self.around(visitor, kind);
        self.trace.unpark(self.inner.deserialize_any(visitor))
    }
}

impl<'de, D: Deserializer<'de>> Deserializer<'de> for Traced<'_, D> {
    type Error = Fault;

    deserialize!(Kind::Boolean => deserialize_bool);
    deserialize!(Kind::Map => deserialize_map);
    deserialize!(Kind::List => deserialize_seq);
    deserialize!(Kind::Key => deserialize_identifier);
    deserialize! { Kind::Integer =>
        deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_i128
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64 deserialize_u128
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        let kind = match self.kind {
            // For texts alone.
            Kind::Id => Kind::Any,
            kind => kind,
        };
        self.deserialize_as(kind, visitor)
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        let kind = self.kind;
        self.deserialize_as(kind, visitor)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.deserialize_str(visitor)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        let visitor = Traced::new(visitor, self.trace, fields);
        self.trace.unpark(self.inner.deserialize_any(visitor))
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        let visitor = self.around(visitor, self.kind);
        self.trace.unpark(self.inner.deserialize_option(visitor))
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        TEXT_IS_ID.set(self.kind == Kind::Id);
        let kind = match name {
            INTEGER => Kind::Integer,
            FLAG => Kind::Flag,
            _ => self.kind,
        };
        let visitor = self.around(visitor, kind);
        let value = self.inner.deserialize_newtype_struct(name, visitor);
        self.trace.unpark(value)
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
        self.trace
            .unpark(self.inner.deserialize_ignored_any(visitor))
    }

    forward_to_deserialize_any! {
        f32 f64 char bytes byte_buf unit unit_struct tuple tuple_struct
    }
}

impl<'de, S: DeserializeSeed<'de>> DeserializeSeed<'de> for Traced<'_, S> {
    type Value = S::Value;

    fn deserialize<D: Deserializer<'de>>(self, inner: D) -> Result<S::Value, D::Error> {
        let inner = self.around(inner, self.kind);
        self.trace.park(self.inner.deserialize(inner))
    }
}

impl<'de, V: Visitor<'de>> Traced<'_, V> {
    /// Visits a number: that which came, or what it is tolerated as.
    fn visit_number<E: de::Error>(self, number: Number) -> Result<V::Value, E> {
        let number = match self.kind {
            Kind::Any | Kind::Map | Kind::Key => number,
            _ => integral(number),
        };
        self.trace
            .park(match (self.kind, number.as_u64(), number.as_i64()) {
                (Kind::Boolean, Some(flag @ (0 | 1)), _) => self.inner.visit_bool(flag == 1),
                (Kind::Id, ..) => self.inner.visit_string(number.to_string()),
                (_, Some(number), _) => self.inner.visit_u64(number),
                (_, _, Some(number)) => self.inner.visit_i64(number),
                _ => self.inner.visit_f64(number.as_f64().unwrap_or(f64::NAN)),
            })
    }
}

impl<'de, V: Visitor<'de>> Visitor<'de> for Traced<'_, V> {
    type Value = V::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.inner.expecting(f)
    }

    fn visit_unit<E: de::Error>(self) -> Result<V::Value, E> {
        self.trace.park(match self.kind {
            Kind::List => self.inner.visit_seq(SeqDeserializer::new(empty::<()>())),
            Kind::Map => self
                .inner
                .visit_map(MapDeserializer::new(empty::<((), ())>())),
            _ => self.inner.visit_unit(),
        })
    }

    fn visit_none<E: de::Error>(self) -> Result<V::Value, E> {
        self.trace.park(self.inner.visit_none())
    }

    fn visit_bool<E: de::Error>(self, value: bool) -> Result<V::Value, E> {
        self.trace.park(match self.kind {
            Kind::Flag => self.inner.visit_u64(value.into()),
            _ => self.inner.visit_bool(value),
        })
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<V::Value, E> {
        self.visit_number(value.into())
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<V::Value, E> {
        self.visit_number(value.into())
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<V::Value, E> {
        match Number::from_f64(value) {
            Some(number) => self.visit_number(number),
            None => self.trace.park(self.inner.visit_f64(value)),
        }
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<V::Value, E> {
        let is_number = matches!(self.kind, Kind::Integer | Kind::Flag);
        let number = is_number.then(|| value.parse::<Number>().ok()).flatten();
        match number.filter(|number| number.as_i128().is_some()) {
            Some(number) => return self.visit_number(number),
            None if self.kind == Kind::Key => self.trace.is_id.set(is_id(value)),
            None => {}
        }
        self.trace.park(self.inner.visit_str(value))
    }

    fn visit_some<D: Deserializer<'de>>(self, inner: D) -> Result<V::Value, D::Error> {
        let inner = self.around(inner, self.kind);
        self.trace.park(self.inner.visit_some(inner))
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, inner: D) -> Result<V::Value, D::Error> {
        let inner = self.around(inner, self.kind);
        self.trace.park(self.inner.visit_newtype_struct(inner))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, inner: A) -> Result<V::Value, A::Error> {
        let elements = Traced::new(inner, self.trace, &[]);
        self.trace.park(self.inner.visit_seq(elements))
    }

    fn visit_map<A: MapAccess<'de>>(self, inner: A) -> Result<V::Value, A::Error> {
        let members = Traced::new(inner, self.trace, self.fields);
        self.trace.park(self.inner.visit_map(members))
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
        let seed = self.around(seed, Kind::Any);
        let element = self.inner.next_element_seed(seed);
        self.trace.unpark_within(format_args!("[{index}]"), element)
    }
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Traced<'_, A> {
    type Error = Fault;

    fn next_key_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Fault> {
        self.trace.is_id.set(false);
        if self.fields.is_empty() {
            let seed = self.around(seed, Kind::Any);
            return self.trace.unpark(self.inner.next_key_seed(seed));
        }
        let Some(key) = self.trace.unpark(self.inner.next_key::<String>())? else {
            return Ok(None);
        };
        self.field = self.fields.iter().copied().find(|field| **field == key);
        self.trace.is_id.set(self.field.is_some_and(is_id));
        seed.deserialize(StringDeserializer::new(key)).map(Some)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Fault> {
        let kind = match self.trace.is_id.take() {
            true => Kind::Id,
            false => Kind::Any,
        };
        let seed = self.around(seed, kind);
        let value = self.inner.next_value_seed(seed);
        self.trace.unpark_within(self.field.unwrap_or("*"), value)
    }
}

/// Whether a text with this key is an id.
fn is_id(key: &str) -> bool {
    matches!(key, "cursor" | "id") || key.ends_with("_id") || key.ends_with("Id")
}
