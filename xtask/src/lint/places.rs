//! The parts of a document that the rules speak of, with their places.

use postpress_openapi::document::{Document, Node, Position};
use postpress_openapi::pointer::Pointer;

/// A value, and where it stands.
#[derive(Clone)]
pub(super) struct Place<'d> {
    pub(super) node: &'d Node,
    /// Where its key stands; of an item, where it begins itself.
    pub(super) at: Position,
    pub(super) pointer: Pointer,
}

impl<'d> Place<'d> {
    pub(super) fn root(document: &'d Document) -> Self {
        Place {
            node: &document.root,
            at: document.root.at,
            pointer: Pointer::root(),
        }
    }

    pub(super) fn get(&self, key: &str) -> Option<Place<'d>> {
        let entry = self.node.entry(key)?;
        Some(Place {
            node: &entry.value,
            at: entry.at,
            pointer: self.pointer.child(key),
        })
    }

    /// Keys and values; none of anything but an object.
    pub(super) fn entries(&self) -> impl Iterator<Item = (&'d str, Place<'d>)> + use<'d> {
        let pointer = self.pointer.clone();
        self.node.entries().iter().map(move |entry| {
            let pointer = pointer.child(&entry.key);
            (
                entry.key.as_str(),
                Place {
                    node: &entry.value,
                    at: entry.at,
                    pointer,
                },
            )
        })
    }

    /// Items; none of anything but an array.
    pub(super) fn items(&self) -> impl Iterator<Item = Place<'d>> + use<'d> {
        let pointer = self.pointer.clone();
        self.node
            .items()
            .iter()
            .enumerate()
            .map(move |(index, node)| Place {
                node,
                at: node.at,
                pointer: pointer.index(index),
            })
    }

    pub(super) fn text(&self, key: &str) -> Option<&'d str> {
        self.node.get(key).and_then(Node::as_str)
    }

    /// The same place, or the one that it refers to.
    pub(super) fn resolve(self, document: &'d Document) -> Place<'d> {
        match document.resolve_at(self.node, &self.pointer) {
            Some((node, pointer)) if self.node.reference().is_some() => Place {
                node,
                at: node.at,
                pointer,
            },
            _ => self,
        }
    }
}

/// An operation.
pub(super) struct Operation<'d> {
    pub(super) id: &'d str,
    pub(super) path: &'d str,
    pub(super) place: Place<'d>,
}

pub(super) fn operations(document: &Document) -> Vec<Operation<'_>> {
    let methods = [
        "get", "put", "post", "delete", "options", "head", "patch", "trace",
    ];
    let mut found = Vec::new();
    for (path, item) in Place::root(document)
        .get("paths")
        .iter()
        .flat_map(Place::entries)
    {
        let item = item.resolve(document);
        for (method, place) in item.entries().filter(|(key, _)| methods.contains(key)) {
            let id = place.text("operationId").unwrap_or(method);
            found.push(Operation { id, path, place });
        }
    }
    found
}

/// Everything in an object of `components`, such as `schemas`.
pub(super) fn components<'d>(document: &'d Document, kind: &str) -> Vec<(&'d str, Place<'d>)> {
    let components = Place::root(document).get("components");
    let kind = components.and_then(|components| components.get(kind));
    kind.iter().flat_map(Place::entries).collect()
}

/// Every object for which `wanted` holds. Data (examples and the like) is not looked into.
pub(super) fn all<'d>(
    document: &'d Document,
    mut wanted: impl FnMut(&Place<'d>) -> bool,
) -> Vec<Place<'d>> {
    let data = ["example", "examples", "default", "enum", "mapping"];
    let mut found = Vec::new();
    let mut pending = vec![Place::root(document)];
    while let Some(place) = pending.pop() {
        let is_map_of_names = place.pointer.last_key() == "properties";
        let children = place
            .entries()
            .filter(|(key, _)| is_map_of_names || !(data.contains(key) || key.starts_with("x-")))
            .map(|(_, child)| child);
        pending.extend(children.chain(place.items()));
        if wanted(&place) {
            found.push(place);
        }
    }
    found
}

/// The schemas: those that are components, and those within or written out in place.
pub(super) fn schemas(document: &Document) -> Vec<Place<'_>> {
    all(document, |place| {
        let segments = Pointer::segments(place.pointer.as_str()).unwrap_or_default();
        let named = segments.len() == 3 && segments[..2] == ["components", "schemas"];
        let mut last = segments.iter().rev();
        let (key, above) = (
            last.next().map(String::as_str),
            last.next().map(String::as_str),
        );
        let inside = matches!(
            key,
            Some("schema" | "items" | "additionalProperties" | "not")
        ) && above != Some("properties");
        let below = matches!(above, Some("properties" | "allOf" | "oneOf" | "anyOf"));
        place.node.as_object().is_some() && (named || inside || below)
    })
}
