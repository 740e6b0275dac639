//! What the walk found in a document: every object that the specification names, and where its references lead.

use std::collections::HashMap;

use super::grammar::Kind;
use postpress_openapi::document::{Document, Entry, Node, Position};
use postpress_openapi::pointer::Pointer;

/// A value, its key's position and its pointer.
#[derive(Clone, Debug)]
pub(super) struct Place<'d> {
    pub(super) node: &'d Node,
    /// Where its key is written; of an array's item and of the root, where the value itself begins.
    pub(super) key_at: Position,
    pub(super) pointer: Pointer,
}

impl<'d> Place<'d> {
    pub(super) fn root(document: &'d Document) -> Self {
        Self {
            node: &document.root,
            key_at: document.root.at,
            pointer: Pointer::root(),
        }
    }

    /// Where the value itself begins.
    pub(super) fn at(&self) -> Position {
        self.node.at
    }

    pub(super) fn get(&self, key: &str) -> Option<Place<'d>> {
        self.node.entry(key).map(|entry| self.entry(entry))
    }

    /// The value of an entry of this object.
    pub(super) fn entry(&self, entry: &'d Entry) -> Place<'d> {
        Place {
            node: &entry.value,
            key_at: entry.at,
            pointer: self.pointer.child(&entry.key),
        }
    }

    /// Keys and values; none if this is no object.
    pub(super) fn entries(&self) -> impl Iterator<Item = (&'d str, Place<'d>)> {
        let node = self.node;
        node.entries()
            .iter()
            .map(|entry| (entry.key.as_str(), self.entry(entry)))
    }

    /// The items; none if this is no array.
    pub(super) fn items(&self) -> impl Iterator<Item = Place<'d>> {
        let node = self.node;
        node.items().iter().enumerate().map(|(index, item)| Place {
            node: item,
            key_at: item.at,
            pointer: self.pointer.index(index),
        })
    }

    pub(super) fn text(&self, key: &str) -> Option<&'d str> {
        self.node.get(key).and_then(Node::as_str)
    }
}

/// A node's identity. Values that look the same at two places are two nodes.
pub(super) type Address = *const Node;

pub(super) fn address(node: &Node) -> Address {
    std::ptr::from_ref(node)
}

/// A `{"$ref": ...}` where one is allowed.
#[derive(Debug)]
pub(super) struct Reference<'d> {
    pub(super) place: Place<'d>,
    /// What it should lead to.
    pub(super) expected: Kind,
}

/// Everything found.
#[derive(Debug)]
pub(super) struct Survey<'d> {
    pub(super) document: &'d Document,
    pub(super) references: Vec<Reference<'d>>,
    /// Every schema in the order of the document, references to schemas included.
    pub(super) schemas: Vec<Place<'d>>,
    objects: HashMap<Kind, Vec<Place<'d>>>,
    kinds: HashMap<Address, Kind>,
    targets: HashMap<Address, &'d Node>,
    schema_numbers: HashMap<Address, usize>,
}

impl<'d> Survey<'d> {
    pub(super) fn new(document: &'d Document) -> Self {
        Self {
            document,
            references: Vec::new(),
            schemas: Vec::new(),
            objects: HashMap::new(),
            kinds: HashMap::new(),
            targets: HashMap::new(),
            schema_numbers: HashMap::new(),
        }
    }

    pub(super) fn add_object(&mut self, place: &Place<'d>, kind: Kind) {
        self.kinds.insert(address(place.node), kind);
        if kind == Kind::Schema {
            self.add_schema(place);
        } else {
            self.objects.entry(kind).or_default().push(place.clone());
        }
    }

    pub(super) fn add_reference(&mut self, place: &Place<'d>, expected: Kind) {
        self.kinds.insert(address(place.node), expected);
        if expected == Kind::Schema {
            self.add_schema(place);
        }
        self.references.push(Reference {
            place: place.clone(),
            expected,
        });
    }

    fn add_schema(&mut self, place: &Place<'d>) {
        self.schema_numbers
            .insert(address(place.node), self.schemas.len());
        self.schemas.push(place.clone());
    }

    /// Records where a reference leads in the end.
    pub(super) fn set_target(&mut self, reference: &'d Node, target: &'d Node) {
        self.targets.insert(address(reference), target);
    }

    pub(super) fn root(&self) -> Place<'d> {
        Place::root(self.document)
    }

    /// All objects of a kind other than schemas, in the order of the document, references to them not included.
    pub(super) fn objects(&self, kind: Kind) -> &[Place<'d>] {
        self.objects.get(&kind).map_or(&[], Vec::as_slice)
    }

    /// The schemas that are written out, and no references.
    pub(super) fn written_schemas(&self) -> impl Iterator<Item = &Place<'d>> {
        self.schemas
            .iter()
            .filter(|place| place.node.get("$ref").is_none())
    }

    /// What a node was taken for, if the walk came by it.
    pub(super) fn kind(&self, node: &Node) -> Option<Kind> {
        self.kinds.get(&address(node)).copied()
    }

    /// The node itself, or what its reference leads to; `None` if that leads to nothing of the right kind, which has
    /// been reported.
    pub(super) fn target(&self, node: &'d Node) -> Option<&'d Node> {
        if node.get("$ref").is_none() {
            return Some(node);
        }
        self.targets.get(&address(node)).copied()
    }

    /// The number of a schema in [`Survey::schemas`].
    pub(super) fn schema_number(&self, node: &Node) -> Option<usize> {
        self.schema_numbers.get(&address(node)).copied()
    }

    /// The components of a section: `schemas`.
    pub(super) fn components(&self, section: &str) -> &'d [Entry] {
        self.document
            .root
            .get("components")
            .and_then(|components| components.get(section))
            .map_or(&[], Node::entries)
    }
}
