//! A value together with its place in the document.

use crate::document::LONGEST_CHAIN;
use crate::{Document, Entry, Node, Pointer, Position};

/// A value, its pointer, and where its key is written.
#[derive(Clone, Debug)]
pub struct Cursor<'d> {
    /// The value.
    pub node: &'d Node,
    /// Where its key is written; of an item of an array and of the whole document, where the value itself begins.
    pub key_at: Position,
    /// Its pointer.
    pub pointer: Pointer,
}

impl<'d> Cursor<'d> {
    /// The whole document.
    pub fn root(document: &'d Document) -> Self {
        Self::of(&document.root)
    }

    /// A value whose place does not matter.
    pub(crate) fn of(node: &'d Node) -> Self {
        Self {
            node,
            key_at: node.at,
            pointer: Pointer::root(),
        }
    }

    /// Whether both are the same value of the document.
    pub fn is(&self, other: &Cursor<'_>) -> bool {
        self.node.id() == other.node.id()
    }

    /// Where the value itself begins.
    pub fn at(&self) -> Position {
        self.node.at
    }

    /// The value of `key`, if this is an object that has it.
    pub fn get(&self, key: &str) -> Option<Cursor<'d>> {
        self.node.entry(key).map(|entry| self.entry(entry))
    }

    /// The value of an entry of this object.
    fn entry(&self, entry: &'d Entry) -> Cursor<'d> {
        Cursor {
            node: &entry.value,
            key_at: entry.at,
            pointer: self.pointer.child(&entry.key),
        }
    }

    /// The item at `index`, counted from 0, if this is an array that has it.
    pub fn item(&self, index: usize) -> Option<Cursor<'d>> {
        let node = self.node.items().get(index)?;
        Some(Cursor {
            node,
            key_at: node.at,
            pointer: self.pointer.index(index),
        })
    }

    /// The entries, if this is an object; none of anything else.
    pub fn entries(&self) -> impl Iterator<Item = (&'d str, Cursor<'d>)> + use<'d> {
        let owner = self.clone();
        let entries = self.node.entries().iter();
        entries.map(move |entry| (entry.key.as_str(), owner.entry(entry)))
    }

    /// The items, if this is an array; none of anything else.
    pub fn items(&self) -> impl Iterator<Item = Cursor<'d>> + use<'d> {
        let owner = self.clone();
        (0..self.node.items().len()).filter_map(move |index| owner.item(index))
    }

    /// The entries of the object under `key`; none if there is no object.
    pub fn map(&self, key: &str) -> impl Iterator<Item = (&'d str, Cursor<'d>)> + use<'d> {
        self.get(key).into_iter().flat_map(|map| map.entries())
    }

    /// The items of the array under `key`; none if there is no array.
    pub fn list(&self, key: &str) -> impl Iterator<Item = Cursor<'d>> + use<'d> {
        self.get(key).into_iter().flat_map(|list| list.items())
    }

    /// The text under `key`, if there is one.
    pub fn text(&self, key: &str) -> Option<&'d str> {
        self.node.text(key)
    }

    /// The truth value under `key`, if there is one.
    pub fn flag(&self, key: &str) -> Option<bool> {
        self.node.flag(key)
    }

    /// This value, or, if it is `{"$ref": ...}`, what the reference leads to in the end.
    ///
    /// `None` where a reference leads nowhere, out of the document, or in a circle.
    pub fn resolve(&self, document: &'d Document) -> Option<Cursor<'d>> {
        let mut at = self.clone();
        for _ in 0..=LONGEST_CHAIN {
            let Some(reference) = at.node.get("$ref") else {
                return Some(at);
            };
            at = document.target(reference.as_str()?).ok()?;
        }
        None
    }
}
