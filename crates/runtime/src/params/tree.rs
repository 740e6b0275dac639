//! Any serializable value as a tree of texts.
//!
//! `serde_json::Value` would nearly do, but it turns NaN into `null`, which is "not sent" here.

use std::fmt::Display;

use serde::ser::{
    self, Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant,
    SerializeTuple, SerializeTupleStruct, SerializeTupleVariant, Serializer,
};

/// A value as texts, lists and objects.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Node {
    /// `None` or `null`: nothing to send.
    Absent,
    Text(String),
    /// A number or a truth value, which JSON writes without quotes.
    Literal(String),
    List(Vec<Node>),
    /// Members in the order in which they were written.
    Object(Vec<(String, Node)>),
}

impl Node {
    /// The value as JSON.
    pub(super) fn to_json(&self) -> String {
        let quoted = |text: &str| serde_json::Value::from(text).to_string();
        let joined = |parts: Vec<String>| parts.join(",");
        match self {
            Self::Absent => "null".to_owned(),
            Self::Text(text) => quoted(text),
            Self::Literal(text) => text.clone(),
            Self::List(nodes) => {
                format!("[{}]", joined(nodes.iter().map(Self::to_json).collect()))
            }
            Self::Object(members) => {
                let members = members.iter();
                let members =
                    members.map(|(key, node)| format!("{}:{}", quoted(key), node.to_json()));
                format!("{{{}}}", joined(members.collect()))
            }
        }
    }
}

/// Why a value is no tree of texts.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(crate) struct Unsupported(pub(crate) String);

impl ser::Error for Unsupported {
    fn custom<T: Display>(message: T) -> Self {
        Self(message.to_string())
    }
}

impl From<serde_json::Error> for Unsupported {
    fn from(error: serde_json::Error) -> Self {
        Self(error.to_string())
    }
}

pub(crate) fn tree<T: Serialize + ?Sized>(value: &T) -> Result<Node, Unsupported> {
    value.serialize(TreeSerializer)
}

/// A float as text: `3` for 3.0, because services that expect an integer refuse `3.0`. `Display` never writes an exponent
/// nor a fraction that is not there.
fn finite(value: impl Display, is_finite: bool) -> Result<String, Unsupported> {
    let text = value.to_string();
    if !is_finite {
        return Err(Unsupported(format!(
            "{text} is not a number that can be sent"
        )));
    }
    Ok(if text == "-0" { "0".into() } else { text })
}

struct TreeSerializer;

macro_rules! scalars {
    ($($node:ident: $($method:ident: $type:ty),*;)*) => {
        $($(fn $method(self, value: $type) -> Result<Node, Unsupported> {
            Ok(Node::$node(value.to_string()))
        })*)*
    };
}

impl Serializer for TreeSerializer {
    type Ok = Node;
    type Error = Unsupported;
    type SerializeSeq = Members;
    type SerializeTuple = Members;
    type SerializeTupleStruct = Members;
    type SerializeTupleVariant = Members;
    type SerializeMap = Members;
    type SerializeStruct = Members;
    type SerializeStructVariant = Members;

    scalars! {
        Text: serialize_char: char, serialize_str: &str;
        Literal: serialize_bool: bool, serialize_i8: i8, serialize_i16: i16, serialize_i32: i32, serialize_i64: i64, serialize_i128: i128,
        serialize_u8: u8, serialize_u16: u16, serialize_u32: u32, serialize_u64: u64, serialize_u128: u128;
    }

    fn serialize_f32(self, value: f32) -> Result<Node, Unsupported> {
        finite(value, value.is_finite()).map(Node::Literal)
    }

    fn serialize_f64(self, value: f64) -> Result<Node, Unsupported> {
        finite(value, value.is_finite()).map(Node::Literal)
    }

    fn serialize_bytes(self, _: &[u8]) -> Result<Node, Unsupported> {
        Err(Unsupported("bytes have no form in a parameter".into()))
    }

    fn serialize_none(self) -> Result<Node, Unsupported> {
        Ok(Node::Absent)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<Node, Unsupported> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<Node, Unsupported> {
        Ok(Node::Absent)
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<Node, Unsupported> {
        Ok(Node::Absent)
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
    ) -> Result<Node, Unsupported> {
        Ok(Node::Text(variant.into()))
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<Node, Unsupported> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<Node, Unsupported> {
        Ok(Node::Object(vec![(variant.into(), tree(value)?)]))
    }

    // Lengths are hints, which may lie.
    fn serialize_seq(self, _: Option<usize>) -> Result<Members, Unsupported> {
        Ok(Members::of(true, None))
    }

    fn serialize_tuple(self, _: usize) -> Result<Members, Unsupported> {
        Ok(Members::of(true, None))
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Members, Unsupported> {
        Ok(Members::of(true, None))
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Members, Unsupported> {
        Ok(Members::of(true, Some(variant)))
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Members, Unsupported> {
        Ok(Members::of(false, None))
    }

    fn serialize_struct(self, name: &'static str, _: usize) -> Result<Members, Unsupported> {
        let mut members = Members::of(false, None);
        // How a `serde_json::Number` writes itself once any crate of the build turns on `arbitrary_precision`.
        members.is_json_token = name.starts_with("$serde_json::private::");
        Ok(members)
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Members, Unsupported> {
        Ok(Members::of(false, Some(variant)))
    }
}

/// The members of a list or an object, as they come.
struct Members {
    /// Those of a list have no names.
    members: Vec<(String, Node)>,
    is_list: bool,
    /// The key of a map whose value comes next.
    key: String,
    /// The variant of an enum that they are the content of.
    variant: Option<&'static str>,
    is_json_token: bool,
}

impl Members {
    fn of(is_list: bool, variant: Option<&'static str>) -> Self {
        Self {
            members: Vec::new(),
            is_list,
            key: String::new(),
            variant,
            is_json_token: false,
        }
    }

    fn push<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) -> Result<(), Unsupported> {
        self.members.push((name.into(), tree(value)?));
        Ok(())
    }

    fn finish(mut self) -> Result<Node, Unsupported> {
        if self.is_json_token {
            return Ok(match self.members.pop() {
                Some((_, Node::Text(number))) => Node::Literal(number),
                other => other.map_or(Node::Absent, |(_, node)| node),
            });
        }
        let node = match self.is_list {
            true => Node::List(self.members.into_iter().map(|(_, node)| node).collect()),
            false => Node::Object(self.members),
        };
        // As serde's default representation has the content of an enum's variant.
        Ok(match self.variant {
            Some(variant) => Node::Object(vec![(variant.into(), node)]),
            None => node,
        })
    }
}

impl SerializeMap for Members {
    type Ok = Node;
    type Error = Unsupported;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Unsupported> {
        let (Node::Text(key) | Node::Literal(key)) = tree(key)? else {
            return Err(Unsupported("a key of a map is not a text".into()));
        };
        self.key = key;
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unsupported> {
        let key = std::mem::take(&mut self.key);
        self.push(&key, value)
    }

    fn end(self) -> Result<Node, Unsupported> {
        self.finish()
    }
}

macro_rules! members {
    ($($trait:ident $method:ident($($field:ident: $type:ty)?) $name:expr,)*) => {
        $(impl $trait for Members {
            type Ok = Node;
            type Error = Unsupported;

            fn $method<T: Serialize + ?Sized>(
                &mut self,
                $($field: $type,)?
                value: &T,
            ) -> Result<(), Unsupported> {
                self.push($name, value)
            }

            fn end(self) -> Result<Node, Unsupported> {
                self.finish()
            }
        })*
    };
}

members! {
    SerializeSeq serialize_element() "",
    SerializeTuple serialize_element() "",
    SerializeTupleStruct serialize_field() "",
    SerializeTupleVariant serialize_field() "",
    SerializeStruct serialize_field(name: &'static str) name,
    SerializeStructVariant serialize_field(name: &'static str) name,
}
