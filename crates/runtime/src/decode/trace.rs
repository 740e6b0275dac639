//! Decodes like serde_json, and describes a failure without any text of the JSON.
//!
//! The errors of serde_json are texts that quote the value that did not fit. Here visitors are given [`Fault`] as their error
//! type instead, which takes from serde what was expected and never what was found.

use std::cell::Cell;
use std::fmt::{self, Write};

use serde::de::value::CowStrDeserializer;
use serde::de::{
    self, DeserializeOwned, DeserializeSeed, Deserializer, Expected, MapAccess, SeqAccess,
    Unexpected, Visitor,
};
use serde::forward_to_deserialize_any;

use super::DecodeErrorKind;

/// What was wrong, and where: the segments of the path from the inside to the outside.
#[derive(Debug)]
pub(super) struct Fault {
    pub(super) kind: DecodeErrorKind,
    path: Vec<Segment>,
}

/// A step in a path: nothing that a body can choose.
#[derive(Debug)]
enum Segment {
    Field(&'static str),
    Index(usize),
    /// A key that is not a field of a struct.
    Key,
}

/// Why `json` does not decode as a `T`; `None` if it does.
pub(super) fn find_fault<T: DeserializeOwned>(json: &str) -> Option<Fault> {
    let parked = Cell::new(None);
    let deserializer = Traced {
        inner: &mut serde_json::Deserializer::from_str(json),
        parked: &parked,
    };
    T::deserialize(deserializer).err()
}

impl Fault {
    fn new(kind: DecodeErrorKind) -> Self {
        let path = Vec::new();
        Self { kind, path }
    }

    fn invalid(expected: impl Into<Option<String>>) -> Self {
        let expected = expected.into();
        Self::new(DecodeErrorKind::InvalidValue { expected })
    }

    /// Such as `items[3].id`; `None` for the value as a whole.
    pub(super) fn json_path(&self) -> Option<String> {
        let mut path = String::new();
        for segment in self.path.iter().rev() {
            let dot = if path.is_empty() { "" } else { "." };
            let _ = match segment {
                Segment::Field(name) => write!(path, "{dot}{name}"),
                Segment::Index(index) => write!(path, "[{index}]"),
                Segment::Key => write!(path, "{dot}*"),
            };
        }
        Some(path).filter(|path| !path.is_empty())
    }
}

impl Default for Fault {
    fn default() -> Self {
        Self::invalid(None)
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
        Self::default()
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

    fn invalid_length(length: usize, expected: &dyn Expected) -> Self {
        Self::invalid(format!("{expected} and not {length} elements"))
    }

    fn unknown_variant(_: &str, expected: &'static [&'static str]) -> Self {
        Self::invalid(format!("one of `{}`", expected.join("`, `")))
    }

    fn unknown_field(_: &str, expected: &'static [&'static str]) -> Self {
        Self::invalid(format!("no fields but `{}`", expected.join("`, `")))
    }

    fn missing_field(field: &'static str) -> Self {
        Self::new(DecodeErrorKind::MissingField(field))
    }

    fn duplicate_field(field: &'static str) -> Self {
        Self::new(DecodeErrorKind::DuplicateField(field))
    }
}

/// A deserializer, seed or accessor of serde_json whose errors are faults.
///
/// serde_json's own errors run between the layers; the fault that one of them stands for waits in `parked` meanwhile.
struct Traced<'p, X> {
    inner: X,
    parked: &'p Cell<Option<Fault>>,
}

/// Takes the fault that an error of serde_json stands for, within `segment`; a fault of serde_json's own, such as one of syntax
/// between two elements, is that of the whole.
fn unpark(parked: &Cell<Option<Fault>>, segment: Segment) -> Fault {
    match parked.take() {
        Some(mut fault) => {
            fault.path.push(segment);
            fault
        }
        None => Fault::default(),
    }
}

// Mostly as whatever the JSON holds: a deserializer that is told what is expected refuses all else by itself, as text.
impl<'de, D: Deserializer<'de>> Deserializer<'de> for Traced<'_, D> {
    type Error = Fault;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.with(visitor, &[], D::deserialize_any)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.with(visitor, &[], D::deserialize_option)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        self.with(visitor, &[], |inner, visitor| {
            inner.deserialize_newtype_struct(name, visitor)
        })
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        self.with(visitor, fields, D::deserialize_any)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        let variant = self.inner.deserialize_enum(name, variants, visitor);
        variant.map_err(|_| Fault::invalid(format!("enum {name} (`{}`)", variants.join("`, `"))))
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        let ignored = self.inner.deserialize_ignored_any(visitor);
        ignored.map_err(|_| Fault::default())
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit
        unit_struct seq tuple tuple_struct map identifier
    }
}

impl<'p, D> Traced<'p, D> {
    fn with<'de, V: Visitor<'de>>(
        self,
        visitor: V,
        fields: &'static [&'static str],
        decode: impl FnOnce(D, TracedVisitor<'p, V>) -> Result<V::Value, D::Error>,
    ) -> Result<V::Value, Fault>
    where
        D: Deserializer<'de>,
    {
        let parked = self.parked;
        let visitor = TracedVisitor {
            inner: visitor,
            fields,
            parked,
        };
        decode(self.inner, visitor).map_err(|_| parked.take().unwrap_or_default())
    }
}

impl<'de, S: DeserializeSeed<'de>> DeserializeSeed<'de> for Traced<'_, S> {
    type Value = S::Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<S::Value, D::Error> {
        let parked = self.parked;
        let deserializer = Traced {
            inner: deserializer,
            parked,
        };
        park(parked, self.inner.deserialize(deserializer))
    }
}

/// Lets an error of serde_json stand for a fault.
fn park<T, E: de::Error>(parked: &Cell<Option<Fault>>, result: Result<T, Fault>) -> Result<T, E> {
    result.map_err(|fault| {
        parked.set(Some(fault));
        E::custom("see the fault")
    })
}

struct TracedVisitor<'p, V> {
    inner: V,
    /// The fields of the struct that is expected, if it is one.
    fields: &'static [&'static str],
    parked: &'p Cell<Option<Fault>>,
}

macro_rules! visit {
    ($($method:ident($($value:ident: $type:ty)?);)*) => {$(
        fn $method<E: de::Error>(self, $($value: $type)?) -> Result<V::Value, E> {
            park(self.parked, self.inner.$method($($value)?))
        }
    )*};
}

impl<'de, V: Visitor<'de>> Visitor<'de> for TracedVisitor<'_, V> {
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
        visit_borrowed_str(value: &'de str);
        visit_string(value: String);
    }

    fn visit_some<D: Deserializer<'de>>(self, inner: D) -> Result<V::Value, D::Error> {
        let parked = self.parked;
        park(parked, self.inner.visit_some(Traced { inner, parked }))
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, inner: D) -> Result<V::Value, D::Error> {
        let parked = self.parked;
        park(
            parked,
            self.inner.visit_newtype_struct(Traced { inner, parked }),
        )
    }

    fn visit_seq<A: SeqAccess<'de>>(self, inner: A) -> Result<V::Value, A::Error> {
        let parked = self.parked;
        let elements = Elements {
            access: Traced { inner, parked },
            next: 0,
        };
        park(parked, self.inner.visit_seq(elements))
    }

    fn visit_map<A: MapAccess<'de>>(self, inner: A) -> Result<V::Value, A::Error> {
        let parked = self.parked;
        let members = Members {
            access: Traced { inner, parked },
            fields: self.fields,
            field: None,
        };
        park(parked, self.inner.visit_map(members))
    }
}

struct Elements<'p, A> {
    access: Traced<'p, A>,
    next: usize,
}

impl<'de, A: SeqAccess<'de>> SeqAccess<'de> for Elements<'_, A> {
    type Error = Fault;

    fn next_element_seed<S: DeserializeSeed<'de>>(
        &mut self,
        inner: S,
    ) -> Result<Option<S::Value>, Fault> {
        let parked = self.access.parked;
        let index = self.next;
        self.next += 1;
        let element = self
            .access
            .inner
            .next_element_seed(Traced { inner, parked });
        element.map_err(|_| unpark(parked, Segment::Index(index)))
    }
}

struct Members<'p, A> {
    access: Traced<'p, A>,
    fields: &'static [&'static str],
    /// The last key, if it is one of the fields.
    field: Option<&'static str>,
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Members<'_, A> {
    type Error = Fault;

    fn next_key_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Fault> {
        if self.fields.is_empty() {
            let key = self.access.inner.next_key_seed(seed);
            return key.map_err(|_| Fault::default());
        }
        let key: Option<String> = self.access.inner.next_key().map_err(|_| Fault::default())?;
        let Some(key) = key else { return Ok(None) };
        self.field = self.fields.iter().copied().find(|field| **field == key);
        seed.deserialize(CowStrDeserializer::new(key.into()))
            .map(Some)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, inner: S) -> Result<S::Value, Fault> {
        let parked = self.access.parked;
        let segment = self.field.map_or(Segment::Key, Segment::Field);
        let value = self.access.inner.next_value_seed(Traced { inner, parked });
        value.map_err(|_| unpark(parked, segment))
    }
}
