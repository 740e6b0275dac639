//! Writing an object with a tag that its type does not have.

use serde::ser::{Error, Impossible, Serialize, SerializeMap, SerializeStruct, Serializer};

use crate::params::{Node, tree};

/// Writes a variant as an object, with its tag first.
///
/// # Errors
/// If the variant is not an object.
#[doc(hidden)]
pub fn serialize_tagged<T: Serialize + ?Sized, S: Serializer>(
    tag: &'static str,
    value: &'static str,
    variant: &T,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    variant.serialize(InlineTag {
        tag,
        value,
        inner: serializer,
    })
}

struct InlineTag<S> {
    tag: &'static str,
    value: &'static str,
    inner: S,
}

impl<S: Serializer> InlineTag<S> {
    fn object(self, length: Option<usize>) -> Result<Members<S::SerializeMap>, S::Error> {
        let mut inner = self.inner.serialize_map(length.map(|length| length + 1))?;
        inner.serialize_entry(self.tag, self.value)?;
        Ok(Members {
            inner,
            tag: self.tag,
            skip_value: false,
        })
    }

    fn refuse<T>(self, what: &str) -> Result<T, S::Error> {
        Err(S::Error::custom(format_args!(
            "the variant `{}` is {what}, which cannot hold the tag `{}`",
            self.value, self.tag
        )))
    }
}

macro_rules! refuse {
    ($($method:ident($($argument:ident: $type:ty),*) -> $ok:ty, $what:literal;)*) => {
        $(fn $method(self, $(_: $type),*) -> Result<$ok, S::Error> {
            self.refuse($what)
        })*
    };
}

impl<S: Serializer> Serializer for InlineTag<S> {
    type Ok = S::Ok;
    type Error = S::Error;
    type SerializeSeq = Impossible<S::Ok, S::Error>;
    type SerializeTuple = Impossible<S::Ok, S::Error>;
    type SerializeTupleStruct = Impossible<S::Ok, S::Error>;
    type SerializeTupleVariant = Impossible<S::Ok, S::Error>;
    type SerializeMap = Members<S::SerializeMap>;
    type SerializeStruct = Members<S::SerializeMap>;
    type SerializeStructVariant = Impossible<S::Ok, S::Error>;

    refuse! {
        serialize_bool(value: bool) -> S::Ok, "a boolean";
        serialize_i8(value: i8) -> S::Ok, "a number";
        serialize_i16(value: i16) -> S::Ok, "a number";
        serialize_i32(value: i32) -> S::Ok, "a number";
        serialize_i64(value: i64) -> S::Ok, "a number";
        serialize_u8(value: u8) -> S::Ok, "a number";
        serialize_u16(value: u16) -> S::Ok, "a number";
        serialize_u32(value: u32) -> S::Ok, "a number";
        serialize_u64(value: u64) -> S::Ok, "a number";
        serialize_f32(value: f32) -> S::Ok, "a number";
        serialize_f64(value: f64) -> S::Ok, "a number";
        serialize_char(value: char) -> S::Ok, "a string";
        serialize_str(value: &str) -> S::Ok, "a string";
        serialize_bytes(value: &[u8]) -> S::Ok, "bytes";
        serialize_none() -> S::Ok, "nothing";
        serialize_unit_variant(name: &'static str, index: u32, variant: &'static str) -> S::Ok, "a string";
        serialize_seq(length: Option<usize>) -> Self::SerializeSeq, "a list";
        serialize_tuple(length: usize) -> Self::SerializeTuple, "a list";
        serialize_tuple_struct(name: &'static str, length: usize) -> Self::SerializeTupleStruct, "a list";
        serialize_tuple_variant(name: &'static str, index: u32, variant: &'static str, length: usize)
            -> Self::SerializeTupleVariant, "an enum";
        serialize_struct_variant(name: &'static str, index: u32, variant: &'static str, length: usize)
            -> Self::SerializeStructVariant, "an enum";
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<S::Ok, S::Error> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<S::Ok, S::Error> {
        self.object(Some(0))?.inner.end()
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<S::Ok, S::Error> {
        self.serialize_unit()
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<S::Ok, S::Error> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<S::Ok, S::Error> {
        self.refuse("an enum")
    }

    fn serialize_map(self, length: Option<usize>) -> Result<Self::SerializeMap, S::Error> {
        self.object(length)
    }

    fn serialize_struct(
        self,
        _: &'static str,
        length: usize,
    ) -> Result<Self::SerializeStruct, S::Error> {
        self.object(Some(length))
    }
}

/// The members after the tag. One of the tag's name is left out: the tag is what the variant says.
struct Members<M> {
    inner: M,
    tag: &'static str,
    skip_value: bool,
}

impl<M: SerializeMap> SerializeMap for Members<M> {
    type Ok = M::Ok;
    type Error = M::Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), M::Error> {
        self.skip_value = is_text(key, self.tag);
        if self.skip_value {
            return Ok(());
        }
        self.inner.serialize_key(key)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), M::Error> {
        if self.skip_value {
            return Ok(());
        }
        self.inner.serialize_value(value)
    }

    fn end(self) -> Result<M::Ok, M::Error> {
        self.inner.end()
    }
}

impl<M: SerializeMap> SerializeStruct for Members<M> {
    type Ok = M::Ok;
    type Error = M::Error;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
    ) -> Result<(), M::Error> {
        if name == self.tag {
            return Ok(());
        }
        self.inner.serialize_entry(name, value)
    }

    fn end(self) -> Result<M::Ok, M::Error> {
        self.inner.end()
    }
}

/// Whether a key is this text.
fn is_text<T: Serialize + ?Sized>(key: &T, text: &str) -> bool {
    matches!(tree(key), Ok(Node::Scalar(key)) if key == text)
}
