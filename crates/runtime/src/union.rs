//! What `#[serde(tag = "...")]` cannot express of unions.
//!
//! Generated unions are enums with serde's derives: a tag, or none, and a last variant that keeps the JSON of what fits no
//! other. Three shapes need a little more:
//!
//! - a tag that the structs of the variants have as a field of their own, because they are used by themselves too;
//! - a tag that may be absent, which means one of the variants;
//! - a struct that collects undeclared members, among which somebody may put the tag, too.

use serde::de::{DeserializeOwned, Deserializer};
use serde::ser::{Error as _, Serialize, Serializer};
use serde_json::Value;

use crate::tolerant::{tagged, unknown};

/// The JSON of a union, of which the tag is looked at first.
///
/// ```
/// # use postpress_runtime::TaggedJson;
/// #[derive(serde::Deserialize)]
/// struct Cat {
///     kind: String,
///     lives: u8,
/// }
///
/// enum Pet {
///     Cat(Cat),
///     Unknown(serde_json::Value),
/// }
///
/// impl<'de> serde::Deserialize<'de> for Pet {
///     fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
///         let union = TaggedJson::read(deserializer, "kind", None)?;
///         Ok(match union.tag() {
///             Some("cat") => union.variant(Self::Cat),
///             _ => union.unknown(),
///         }
///         .unwrap_or_else(Self::Unknown))
///     }
/// }
///
/// let pets: Vec<Pet> = serde_json::from_str(r#"[{"kind": "cat", "lives": 9}, {"kind": "fish"}]"#)?;
/// assert!(matches!(&pets[0], Pet::Cat(cat) if cat.kind == "cat" && cat.lives == 9));
/// assert!(matches!(&pets[1], Pet::Unknown(json) if json["kind"] == "fish"));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct TaggedJson {
    json: Value,
    tag: &'static str,
    default: Option<&'static str>,
}

impl TaggedJson {
    /// Reads any JSON but `null`. `default` is what the tag means where it is absent or `null`.
    ///
    /// # Errors
    /// Those of the deserializer, for what is not JSON, and for `null`.
    pub fn read<'de, D: Deserializer<'de>>(
        deserializer: D,
        tag: &'static str,
        default: Option<&'static str>,
    ) -> Result<Self, D::Error> {
        let json = unknown(deserializer)?;
        Ok(Self { json, tag, default })
    }

    /// The value of the tag; `None` if it is not a string, or absent where that means nothing.
    pub fn tag(&self) -> Option<&str> {
        match self.json.get(self.tag) {
            None | Some(Value::Null) => self.default,
            Some(tag) => tag.as_str(),
        }
    }

    /// Decodes a variant whose struct has the tag as a field of its own.
    ///
    /// # Errors
    /// The JSON, if it is not an object or does not fit.
    pub fn variant<T: DeserializeOwned, U>(self, variant: fn(T) -> U) -> Result<U, Value> {
        Self::decode(&self.json).map(variant).ok_or(self.json)
    }

    /// Decodes a variant whose struct does not have the tag, and is not shown it.
    ///
    /// # Errors
    /// The JSON, if it is not an object or does not fit.
    pub fn variant_without_tag<T: DeserializeOwned, U>(
        mut self,
        variant: fn(T) -> U,
    ) -> Result<U, Value> {
        let members = self.json.as_object_mut();
        let tag = members.and_then(|members| members.remove(self.tag));
        Self::decode(&self.json).map(variant).ok_or_else(|| {
            if let (Some(members), Some(tag)) = (self.json.as_object_mut(), tag) {
                members.insert(self.tag.to_owned(), tag);
            }
            self.json
        })
    }

    /// The JSON of a union whose tag is not known.
    ///
    /// # Errors
    /// Always, as [`variant`](Self::variant) does with what does not fit, so that both are kept in the same way.
    pub fn unknown<U>(self) -> Result<U, Value> {
        Err(self.json)
    }

    /// Structs can be decoded from arrays, too; but no union is one.
    fn decode<T: DeserializeOwned>(json: &Value) -> Option<T> {
        tagged(json).ok().filter(|_| json.is_object())
    }
}

/// Writes the variant of a union without the member `tag`, which the union itself writes. Only the variant's undeclared
/// members can hold one, if the caller put it there.
///
/// # Errors
/// Those of the variant and of the serializer.
pub fn serialize_without_tag<T: Serialize + ?Sized, S: Serializer>(
    tag: &str,
    variant: &T,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let mut json = serde_json::to_value(variant).map_err(S::Error::custom)?;
    match json.as_object_mut().and_then(|members| members.remove(tag)) {
        Some(_) => json.serialize(serializer),
        None => variant.serialize(serializer),
    }
}
