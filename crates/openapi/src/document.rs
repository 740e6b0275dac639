//! The document as a tree that remembers where in the text each key and value stood.

use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};

use crate::diagnostic::Diagnostics;
use crate::pointer::Pointer;

/// References may lead to references this many times; more is taken for a mistake.
pub const LONGEST_CHAIN: usize = 64;

/// The text of a document, and the name to show for it in diagnostics.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    /// What diagnostics call the document, usually its path: `spec/postpress.yaml`. A name that ends in `.json` makes a
    /// syntax error be reported as one of JSON.
    pub name: &'a str,
    /// The document: YAML 1.2 or JSON.
    pub text: &'a str,
}

/// A place in the text. Both numbers start at 1; the default, 0:0, stands for no place at all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// The line, from 1.
    pub line: u32,
    /// The column, from 1, counted in characters.
    pub column: u32,
}

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
    /// Keys and values in the document's order; each key occurs once.
    Object(Vec<Entry>),
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

impl Node {
    /// The value of `key`, if this is an object that has it.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entry(key).map(|entry| &entry.value)
    }

    /// The entry of `key`, if this is an object that has it.
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        self.entries().iter().find(|entry| entry.key == key)
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
            Value::Object(entries) => Some(entries),
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
        self.get("$ref").and_then(Node::as_str)
    }

    /// The value without its positions.
    pub fn to_json(&self) -> serde_json::Value {
        match &self.value {
            Value::Null => serde_json::Value::Null,
            Value::Bool(value) => (*value).into(),
            Value::Number(number) => number.clone().into(),
            Value::String(text) => text.clone().into(),
            Value::Array(items) => items.iter().map(Node::to_json).collect(),
            Value::Object(entries) => entries
                .iter()
                .map(|entry| (entry.key.clone(), entry.value.to_json()))
                .collect(),
        }
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
                for entry in entries {
                    map.serialize_entry(&entry.key, &entry.value)?;
                }
                map.end()
            }
        }
    }
}

/// A parsed document.
#[derive(Clone, Debug)]
pub struct Document {
    /// The name given in its [`Source`].
    pub name: String,
    /// The whole of it.
    pub root: Node,
}

impl Document {
    /// Reads YAML or JSON.
    ///
    /// Everything wrong with the text is added to `diagnostics`, which from here on names this document. `None` only if
    /// the text has no tree at all (a syntax error, nothing in it, a limit exceeded); a document with lesser faults, say
    /// a key twice, is given back so that the rest can still be checked.
    pub fn parse(source: &Source<'_>, diagnostics: &mut Diagnostics) -> Option<Document> {
        diagnostics.set_file(source.name);
        let root = crate::parse::parse(source, diagnostics)?;
        Some(Document {
            name: source.name.to_owned(),
            root,
        })
    }

    /// The value at a JSON Pointer (`#/components/schemas/Chat`), `~0`, `~1` and `%xx` decoded. References on the way
    /// are not followed.
    pub fn lookup(&self, pointer: &str) -> Option<&Node> {
        let mut node = &self.root;
        for segment in Pointer::segments(pointer)? {
            node = match &node.value {
                Value::Object(_) => node.get(&segment)?,
                Value::Array(items) => items.get(array_index(&segment)?)?,
                _ => return None,
            };
        }
        Some(node)
    }

    /// The node itself, or, if it is `{"$ref": ...}`, what the reference leads to in the end.
    ///
    /// `None` where a reference leads nowhere, out of the document, or in a circle.
    pub fn resolve<'d>(&'d self, node: &'d Node) -> Option<&'d Node> {
        let mut node = node;
        for _ in 0..=LONGEST_CHAIN {
            match node.reference() {
                Some(target) if target.starts_with('#') => node = self.lookup(target)?,
                Some(_) => return None,
                None => return Some(node),
            }
        }
        None
    }

    /// Like [`Document::resolve`] for a node whose place is known, with the place of what it leads to.
    pub fn resolve_at<'d>(
        &'d self,
        node: &'d Node,
        pointer: &Pointer,
    ) -> Option<(&'d Node, Pointer)> {
        let mut node = node;
        let mut last: Option<&str> = None;
        for _ in 0..=LONGEST_CHAIN {
            match node.reference() {
                Some(target) if target.starts_with('#') => {
                    node = self.lookup(target)?;
                    last = Some(target);
                }
                Some(_) => return None,
                None => {
                    let Some(target) = last else {
                        return Some((node, pointer.clone()));
                    };
                    let place = Pointer::segments(target)?
                        .iter()
                        .fold(Pointer::root(), |place, segment| place.child(segment));
                    return Some((node, place));
                }
            }
        }
        None
    }
}

/// RFC 6901 allows digits without a leading zero only.
fn array_index(segment: &str) -> Option<usize> {
    let plain = segment == "0"
        || (!segment.starts_with('0') && segment.bytes().all(|byte| byte.is_ascii_digit()));
    if plain { segment.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(text: &str) -> Document {
        let mut diagnostics = Diagnostics::default();
        let document = Document::parse(
            &Source {
                name: "test.yaml",
                text,
            },
            &mut diagnostics,
        );
        assert!(!diagnostics.has_errors(), "{diagnostics}");
        document.unwrap()
    }

    #[test]
    fn lookup_walks_objects_and_arrays() {
        let document = document("a/b: [x, {c~d: 7}]\n'': empty\n");
        assert_eq!(
            document.lookup("#/a~1b/1/c~0d").and_then(Node::as_i64),
            Some(7)
        );
        assert_eq!(
            document.lookup("#/a%2Fb/0").and_then(Node::as_str),
            None,
            "an encoded slash still separates"
        );
        assert_eq!(document.lookup("#/").and_then(Node::as_str), Some("empty"));
        for missing in [
            "#/a~1b/01",
            "#/a~1b/-",
            "#/a~1b/2",
            "#/a~1b/0/x",
            "#/nope",
            "nope",
        ] {
            assert!(document.lookup(missing).is_none(), "{missing}");
        }
    }

    #[test]
    fn references_are_followed_to_the_end_with_the_place_found() {
        let document = document("a: {$ref: '#/b'}\nb: {$ref: '#/c~1d'}\nc/d: {deep: 1}\n");
        let (node, pointer) = document
            .resolve_at(document.root.get("a").unwrap(), &Pointer::root())
            .unwrap();
        assert_eq!(node.get("deep").and_then(Node::as_i64), Some(1));
        assert_eq!(pointer.as_str(), "#/c~1d");
    }

    #[test]
    fn circles_and_dangling_and_external_references_resolve_to_nothing() {
        let document = document(
            "a: {$ref: '#/b'}\nb: {$ref: '#/a'}\nc: {$ref: '#/nope'}\nd: {$ref: 'x.yaml#/a'}\n",
        );
        for key in ["a", "b", "c", "d"] {
            assert!(
                document.resolve(document.root.get(key).unwrap()).is_none(),
                "{key}"
            );
        }
    }

    #[test]
    fn sameness_ignores_positions_order_and_how_numbers_are_written() {
        let document =
            document("a: {x: 1, y: [2.0]}\nb:\n  y: [2]\n  x: 1.0\nc: {x: 1, y: ['2']}\n");
        let [a, b, c] = ["a", "b", "c"].map(|key| document.root.get(key).unwrap());
        assert_eq!(a, b);
        assert_ne!(a, c);
    }

    #[test]
    fn serialising_keeps_the_order_of_keys() {
        let document = document("z: 1\na: [true, null, 1.5, text]\n");
        let json = serde_json::to_string(&document.root).unwrap();
        assert_eq!(json, r#"{"z":1,"a":[true,null,1.5,"text"]}"#);
    }
}
