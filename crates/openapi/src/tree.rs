//! The values of a document, each with its position in the text.

use std::fmt;
use std::ops::Deref;

use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};

use crate::Position;

/// A value and where it begins.
#[derive(Clone, Debug)]
pub struct Node {
    /// Where the value begins. An absent value (`key:` and nothing more) is placed at its key; what an alias stands for
    /// is placed where it was written, at the anchor.
    pub at: Position,
    /// The value.
    pub value: Value,
}

/// The kinds of value that JSON has.
#[derive(Clone, Debug)]
pub enum Value {
    /// `null`, `~`, or nothing.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// Any finite number.
    Number(serde_json::Number),
    /// Text.
    String(String),
    /// Values in order.
    Array(Vec<Node>),
    /// Keys and values.
    Object(Object),
}

/// The entries of an object in the document's order; each key occurs once.
#[derive(Clone, Debug, Default)]
pub struct Object {
    entries: Vec<Entry>,
    /// The indices of the entries, sorted by key; empty for a few entries.
    by_key: Vec<u32>,
}

/// Up to this many entries are searched one after the other.
const FEW: usize = 8;

impl Object {
    /// An object of these entries. Of equal keys, the first is found.
    pub fn new(entries: Vec<Entry>) -> Self {
        let numbers = 0_u32..;
        let mut by_key: Vec<u32> = match entries.len() {
            0..=FEW => Vec::new(),
            length => numbers.take(length).collect(),
        };
        by_key.sort_by_key(|number| &entries[*number as usize].key);
        Self { entries, by_key }
    }

    /// The entry of a key, found in logarithmic time.
    pub fn get(&self, key: &str) -> Option<&Entry> {
        if self.entries.len() <= FEW {
            return self.entries.iter().find(|entry| entry.key == key);
        }
        let entry = |number: &u32| &self.entries[*number as usize];
        let index = self
            .by_key
            .partition_point(|number| entry(number).key.as_str() < key);
        self.by_key
            .get(index)
            .map(entry)
            .filter(|entry| entry.key == key)
    }

    /// Takes the entries out.
    pub fn into_entries(self) -> Vec<Entry> {
        self.entries
    }

    /// The keys, where they are written, and their values, which may be changed.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = (&str, Position, &mut Node)> {
        let entries = self.entries.iter_mut();
        entries.map(|entry| (entry.key.as_str(), entry.at, &mut entry.value))
    }
}

impl Deref for Object {
    type Target = [Entry];

    fn deref(&self) -> &[Entry] {
        &self.entries
    }
}

/// A key of an object with its value.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The key. Keys that are not strings in YAML (`200:`) are given as written.
    pub key: String,
    /// Where the key begins.
    pub at: Position,
    /// The value.
    pub value: Node,
}

/// Tells the values of one document apart: those that look the same at two places are two.
///
/// Means nothing once the document has been moved or changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct NodeId(usize);

impl Node {
    /// The value of `key`, if this is an object that has it.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entry(key).map(|entry| &entry.value)
    }

    /// The entry of `key`, if this is an object that has it.
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        match &self.value {
            Value::Object(object) => object.get(key),
            _ => None,
        }
    }

    /// The text under `key`, if there is one.
    pub fn text(&self, key: &str) -> Option<&str> {
        self.get(key)?.as_str()
    }

    /// The truth value under `key`, if there is one.
    pub fn flag(&self, key: &str) -> Option<bool> {
        self.get(key)?.as_bool()
    }

    /// The items of the array under `key`; none if there is no array.
    pub fn list(&self, key: &str) -> &[Node] {
        self.get(key).map_or(&[], Node::items)
    }

    /// The entries of the object under `key`; none if there is no object.
    pub fn map(&self, key: &str) -> &[Entry] {
        self.get(key).map_or(&[], Node::entries)
    }

    /// Gives `key` another value, or adds it at the end, if this is an object.
    pub fn set(&mut self, key: &str, value: Node) {
        let Value::Object(object) = &mut self.value else {
            return;
        };
        let mut entries = std::mem::take(object).entries;
        match entries.iter_mut().find(|entry| entry.key == key) {
            Some(entry) => entry.value = value,
            None => entries.push(Entry {
                key: key.to_owned(),
                at: value.at,
                value,
            }),
        }
        *object = Object::new(entries);
    }

    /// The value of `key`, to be changed, if this is an object that has it.
    pub fn get_mut(&mut self, key: &str) -> Option<&mut Node> {
        let Value::Object(object) = &mut self.value else {
            return None;
        };
        let mut entries = object.entries.iter_mut();
        let entry = entries.find(|entry| entry.key == key)?;
        Some(&mut entry.value)
    }

    /// Takes out the value of `key`, if this is an object that has it.
    pub fn remove(&mut self, key: &str) -> Option<Node> {
        let Value::Object(object) = &mut self.value else {
            return None;
        };
        object.get(key)?;
        let mut entries = std::mem::take(object).entries;
        let index = entries.iter().position(|entry| entry.key == key)?;
        let removed = entries.remove(index).value;
        *object = Object::new(entries);
        Some(removed)
    }

    /// Which value of its document this is.
    pub fn id(&self) -> NodeId {
        NodeId(std::ptr::from_ref(self).addr())
    }

    /// The text, if this is a string.
    pub fn as_str(&self) -> Option<&str> {
        match &self.value {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    /// The truth value, if this is one.
    pub fn as_bool(&self) -> Option<bool> {
        match self.value {
            Value::Bool(value) => Some(value),
            _ => None,
        }
    }

    /// The number, if this is one without a fraction that fits. `3.0` counts as 3.
    pub fn as_i64(&self) -> Option<i64> {
        let Value::Number(number) = &self.value else {
            return None;
        };
        number.as_i64().or_else(|| {
            let value = number.as_f64()?;
            // Beyond 2^53 a float no longer says which integer was meant.
            let exact = value.fract() == 0.0 && value.abs() <= 9_007_199_254_740_992.0;
            #[allow(clippy::cast_possible_truncation)]
            exact.then_some(value as i64)
        })
    }

    /// The number, if this is one; large integers are rounded.
    pub fn as_f64(&self) -> Option<f64> {
        match &self.value {
            Value::Number(number) => number.as_f64(),
            _ => None,
        }
    }

    /// The items, if this is an array.
    pub fn as_array(&self) -> Option<&[Node]> {
        match &self.value {
            Value::Array(items) => Some(items),
            _ => None,
        }
    }

    /// The entries, if this is an object.
    pub fn as_object(&self) -> Option<&[Entry]> {
        match &self.value {
            Value::Object(object) => Some(object),
            _ => None,
        }
    }

    /// The items of an array; none for anything else.
    pub fn items(&self) -> &[Node] {
        self.as_array().unwrap_or_default()
    }

    /// The entries of an object; none for anything else.
    pub fn entries(&self) -> &[Entry] {
        self.as_object().unwrap_or_default()
    }

    /// Whether this is `null`.
    pub fn is_null(&self) -> bool {
        matches!(self.value, Value::Null)
    }

    /// What the value is, with its article: "an object".
    pub fn kind(&self) -> &'static str {
        match self.value {
            Value::Null => "null",
            Value::Bool(_) => "a boolean",
            Value::Number(_) => "a number",
            Value::String(_) => "a string",
            Value::Array(_) => "an array",
            Value::Object(_) => "an object",
        }
    }

    /// The text of `$ref`, if this is a reference.
    pub fn reference(&self) -> Option<&str> {
        self.text("$ref")
    }

    /// The value without its positions.
    pub fn to_json(&self) -> serde_json::Value {
        // Keys are texts and numbers are finite, so that it cannot fail.
        serde_json::to_value(self).unwrap_or_default()
    }

    /// Whether both are the same value as JSON understands it: positions and the order of keys do not matter, and `1`
    /// is `1.0`.
    pub fn same(&self, other: &Node) -> bool {
        match (&self.value, &other.value) {
            (Value::Null, Value::Null) => true,
            (Value::Bool(a), Value::Bool(b)) => a == b,
            (Value::Number(a), Value::Number(b)) => {
                a == b || (a.is_f64() != b.is_f64() && a.as_f64() == b.as_f64())
            }
            (Value::String(a), Value::String(b)) => a == b,
            (Value::Array(a), Value::Array(b)) => {
                a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.same(b))
            }
            (Value::Object(a), Value::Object(b)) => {
                a.len() == b.len()
                    && a.iter().all(|entry| {
                        other
                            .get(&entry.key)
                            .is_some_and(|value| entry.value.same(value))
                    })
            }
            _ => false,
        }
    }
}

/// Writes the value as one would say it: a text without quotes, anything else as JSON.
impl fmt::Display for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.as_str() {
            Some(text) => f.write_str(text),
            None => self.to_json().fmt(f),
        }
    }
}

impl PartialEq for Node {
    fn eq(&self, other: &Self) -> bool {
        self.same(other)
    }
}

/// Writes the value alone, its keys in the document's order.
impl Serialize for Node {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.value {
            Value::Null => serializer.serialize_unit(),
            Value::Bool(value) => serializer.serialize_bool(*value),
            Value::Number(number) => number.serialize(serializer),
            Value::String(text) => serializer.serialize_str(text),
            Value::Array(items) => {
                let mut sequence = serializer.serialize_seq(Some(items.len()))?;
                for item in items {
                    sequence.serialize_element(item)?;
                }
                sequence.end()
            }
            Value::Object(entries) => {
                let mut map = serializer.serialize_map(Some(entries.len()))?;
                for entry in entries.iter() {
                    map.serialize_entry(&entry.key, &entry.value)?;
                }
                map.end()
            }
        }
    }
}
