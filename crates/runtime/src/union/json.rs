//! The JSON of a union, to look at and decode.

use serde::de::DeserializeOwned;

use super::filter::WithoutTag;
use super::tag::{Tag, find_tag};

/// The JSON of a union, as text.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct Json<'a>(&'a str);

impl<'a> Json<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self(text)
    }

    /// The value of a tag, found without parsing what comes after it.
    pub fn tag(self, name: &str) -> Tag<'a> {
        find_tag(self.0, name)
    }

    /// Decodes the whole as one type; `None` if it does not fit.
    pub fn decode<T: DeserializeOwned>(self) -> Option<T> {
        serde_json::from_str(self.0).ok()
    }

    /// Decodes all but the tag as one type; `None` if it does not fit.
    pub fn decode_without<T: DeserializeOwned>(self, tag: &str) -> Option<T> {
        let mut deserializer = serde_json::Deserializer::from_str(self.0);
        let value = T::deserialize(WithoutTag::new(&mut deserializer, tag)).ok()?;
        deserializer.end().ok()?;
        Some(value)
    }
}
