//! Rewrites a document to the form that the later stages read: OpenAPI 3.0, written as it should be.
//!
//! What OpenAPI 3.1 says in words of its own is said in those of 3.0. So is what a document in 3.0 says in the words of
//! 3.1, and what it says in a wrong way with one plain meaning; these are warnings. Whatever has no plain meaning stays, and
//! the checks report it.
//!
//! Values keep their positions, so that everything that is reported later is about the text that was written.

mod files;
mod plain;
mod schema;

use postpress_openapi::{
    Diagnostics, Document, Entry, Node, NodeId, Object, Pointer, Position, Value, codes,
};

use crate::check::grammar::{CALLBACK, Expected, Keys, Kind};
use crate::check::version::is_newer;
use files::{Files, Target};

pub use files::Loader;
pub(crate) use files::Places;

/// The document in the form that the checks know, and what its places were in the text.
pub(crate) fn normalize(
    original: Document,
    loader: Option<&Loader>,
    out: &mut Diagnostics,
) -> (Document, Places) {
    let mut document = original.clone();
    let root = &mut document.root;
    let mut normalizer = Normalizer {
        is_newer: is_newer(&original),
        files: Files::new(&original, loader),
        original: &original,
        file: None,
        out,
        copies: Vec::new(),
        copies_left: 10_000,
    };
    let place = Place {
        pointer: Pointer::root(),
        key_at: root.at,
    };
    normalizer.value(&place, root, &Expected::Object(Kind::Root));
    // The schemas of Swagger 2.0, to which references of OpenAPI documents still lead.
    if let Some(definitions) = root.get_mut("definitions") {
        let place = place.child("definitions", definitions.at);
        normalizer.map(
            &place,
            definitions,
            Keys::Free,
            &Expected::RefOr(Kind::Schema),
        );
    }
    while let Some(mut component) = normalizer.files.waiting.pop_front() {
        normalizer.file = Some(component.file);
        normalizer.object_or_reference(&component.place, &mut component.node, component.kind);
        Files::add(root, component);
    }
    let Normalizer { files, .. } = normalizer;
    let places = files.into_places(original);
    (document, places)
}

/// Where a value stands, and where its key is written.
struct Place {
    pointer: Pointer,
    key_at: Position,
}

impl Place {
    fn child(&self, key: &str, key_at: Position) -> Place {
        Place {
            pointer: self.pointer.child(key),
            key_at,
        }
    }
}

struct Normalizer<'o, 'l> {
    /// Whether the document is written in OpenAPI 3.1.
    is_newer: bool,
    original: &'o Document,
    files: Files<'l>,
    /// The file that the current value comes from; `None` for the document itself.
    file: Option<usize>,
    out: &'o mut Diagnostics,
    /// What the copies are of that the current value stands in, one within the other.
    copies: Vec<NodeId>,
    /// How many more copies may be made: copies within copies could double without end.
    copies_left: usize,
}

impl Normalizer<'_, '_> {
    fn value(&mut self, place: &Place, node: &mut Node, expected: &'static Expected) {
        self.plainly(place, node, expected);
        match *expected {
            Expected::Any
            | Expected::Text
            | Expected::Flag
            | Expected::Number
            | Expected::Count => {}
            Expected::List(item) => {
                let Value::Array(items) = &mut node.value else {
                    return;
                };
                for (index, value) in items.iter_mut().enumerate() {
                    let place = Place {
                        pointer: place.pointer.index(index),
                        key_at: value.at,
                    };
                    self.value(&place, value, item);
                }
            }
            Expected::Map(..) | Expected::Object(_) => {
                let (outer, file) = (self.copies.len(), self.file);
                self.copy_target(place, node);
                match *expected {
                    Expected::Map(keys, value) => self.map(place, node, keys, value),
                    Expected::Object(kind) => self.object(place, node, kind),
                    _ => {}
                }
                self.copies.truncate(outer);
                self.file = file;
            }
            Expected::AdditionalProperties if node.as_bool().is_some() => {}
            Expected::AdditionalProperties => self.object_or_reference(place, node, Kind::Schema),
            Expected::RefOr(kind) => self.object_or_reference(place, node, kind),
        }
    }

    fn map(&mut self, place: &Place, node: &mut Node, keys: Keys, value: &'static Expected) {
        let Value::Object(entries) = &mut node.value else {
            return;
        };
        for (key, at, child) in entries.iter_mut() {
            let is_extension = keys.allow_extensions() && key.starts_with("x-");
            // A reference for all of it; the checks report it.
            if is_extension || (key == "$ref" && child.as_str().is_some()) {
                continue;
            }
            let place = place.child(key, at);
            if child.is_null()
                && let Some(empty) = value.empty()
            {
                child.value = empty;
                let message = format!("`{key}` has no value; it is as if it were empty");
                self.ignore(&place, message, "write what belongs here, or `{}` or `[]`");
            }
            self.value(&place, child, value);
        }
    }

    fn ignore(&mut self, place: &Place, message: String, help: &str) {
        let (at, code) = (place.key_at, codes::IGNORED_VALUE);
        self.out.report_at(code, at, &place.pointer, message, help);
    }

    fn object_or_reference(&mut self, place: &Place, node: &mut Node, kind: Kind) {
        // What a request body and a response have in common is what matters of them.
        let is_body = |text: &str| text.starts_with("#/components/requestBodies/");
        if kind == Kind::Response && node.reference().is_some_and(is_body) {
            self.copy_target(place, node);
        }
        if node.get("$ref").is_none() {
            self.object(place, node, kind);
            return;
        }
        self.reference(place, node, kind);
        if node.get("$ref").is_none() {
            self.object(place, node, kind);
        } else if self.is_newer && node.entries().len() > 1 {
            self.reference_with_siblings(place, node, kind);
        }
    }

    /// Refers to components of the document instead of other files.
    fn reference(&mut self, place: &Place, node: &mut Node, kind: Kind) {
        // Nothing depends on these.
        if matches!(kind, Kind::Example | Kind::Link) {
            return;
        }
        self.component_reference(place, node, kind);
        let Some((at, text)) = node
            .get("$ref")
            .and_then(|node| Some((node.at, node.as_str()?)))
        else {
            return;
        };
        let own = place.child("$ref", at);
        let target = match self.files.target(self.file, text, &own, self.out) {
            Target::Here(pointer) if kind == Kind::Schema && pointer == place.pointer => {
                let message =
                    format!("`{text}` leads to itself; what stands beside it counts alone");
                self.taken(&own, message, "remove it");
                node.remove("$ref");
                return;
            }
            Target::Here(pointer) => Ok(match self.definition(&own, &pointer) {
                Some(nearest) => nearest.to_string(),
                None => pointer.to_string(),
            }),
            Target::File(file, pointer) => {
                self.files.component(kind, (file, pointer), &own, self.out)
            }
            Target::Nowhere(reported) => Err(reported),
            Target::Elsewhere => return,
        };
        match target {
            // As it is written.
            Ok(target) if target == text => {}
            Ok(target) => node.set("$ref", self::text(at, &target)),
            Err(_) if kind == Kind::Schema => *node = object(node.at, []),
            Err(reported) => {
                self.files.broken.insert(text.to_owned(), reported);
            }
        }
    }

    /// What a `#/$defs/...` means that leads nowhere: the definition of that name in the nearest schema around it, where tools
    /// put it that write each schema as a document of its own.
    fn definition(&mut self, place: &Place, pointer: &Pointer) -> Option<Pointer> {
        let keys: Vec<String> = pointer.keys().collect();
        let is_definition =
            matches!(keys[..], [ref list, _] if list == "$defs" || list == "definitions");
        if !is_definition || self.original.lookup(pointer).is_some() {
            return None;
        }
        let inner = |at: Pointer| at.child(&keys[0]).child(&keys[1]);
        let mut around = place.pointer.ancestors().map(inner);
        let found = around.find(|at| self.original.lookup(at).is_some())?;
        self.out.report_at(
            codes::RELATIVE_REF,
            place.key_at,
            &place.pointer,
            format!("there is nothing at `{pointer}`; it is taken for `{found}`"),
            "a reference begins at the root of the document; write the whole pointer",
        );
        Some(found)
    }

    /// OpenAPI 3.1 lets a schema say more beside a reference, and anything else describe itself.
    fn reference_with_siblings(&mut self, place: &Place, node: &mut Node, kind: Kind) {
        if kind == Kind::Schema {
            let Some(reference) = node.remove("$ref") else {
                return;
            };
            let target = object(reference.at, [("$ref", reference)]);
            self.object(place, node, kind);
            let mut parts = node
                .remove("allOf")
                .map_or(Vec::new(), |parts| match parts.value {
                    Value::Array(parts) => parts,
                    _ => Vec::new(),
                });
            parts.insert(0, target);
            node.set("allOf", list(node.at, parts));
        } else {
            node.remove("summary");
            node.remove("description");
        }
    }

    fn object(&mut self, place: &Place, node: &mut Node, kind: Kind) {
        match kind {
            Kind::Schema => self.schema(place, node),
            Kind::Callback => return self.value(place, node, &CALLBACK),
            Kind::Response => self.media_types(place, node, false),
            Kind::RequestBody => self.media_types(place, node, true),
            Kind::Parameter | Kind::Header | Kind::Encoding => self.parameter(place, node, kind),
            Kind::Operation => self.missing_parameters(place, node),
            _ => {}
        }
        let is_absent = |entry: &&Entry| {
            let field = kind.field(&entry.key);
            entry.value.is_null() && field.is_some_and(|field| field.expected.empty().is_some())
        };
        let absent: Vec<_> = node.entries().iter().filter(is_absent).cloned().collect();
        for Entry { key, at, .. } in absent {
            let message = format!("`{key}` has no value; it is as if it were not there");
            self.ignore(
                &place.child(&key, at),
                message,
                "remove it, or give it a value",
            );
            node.remove(&key);
        }
        let Value::Object(entries) = &mut node.value else {
            return;
        };
        for (key, at, child) in entries.iter_mut() {
            if let Some(field) = kind.field(key) {
                self.value(&place.child(key, at), child, &field.expected);
            }
        }
    }

    /// Puts what a reference leads to in its place, where no reference may stand.
    fn copy_target(&mut self, place: &Place, node: &mut Node) {
        let Some(text) = node.reference() else {
            return;
        };
        let (target, from) = match self.files.target(self.file, text, place, self.out) {
            Target::Here(pointer) => (self.original.lookup(&pointer), None),
            Target::File(file, pointer) => {
                let found = self.files.documents[file].lookup(&pointer);
                (found, Some((file, pointer)))
            }
            Target::Nowhere(_) | Target::Elsewhere => return,
        };
        let target = target.filter(|target| target.node.as_object().is_some());
        // What holds itself has no end.
        let Some(target) = target.filter(|target| !self.copies.contains(&target.node.id())) else {
            return;
        };
        let Some(left) = self.copies_left.checked_sub(1) else {
            return;
        };
        self.copies_left = left;
        self.copies.push(target.node.id());
        let entries = target.node.entries().to_vec();
        let mut copy = Node {
            at: node.at,
            value: Value::Object(Object::new(entries)),
        };
        self.out.report_at(
            codes::COPIED_REF,
            place.key_at,
            &place.pointer,
            "OpenAPI allows no such `$ref` here; what it refers to is taken in its place",
            "write out what it refers to, or refer to each part of it",
        );
        for entry in node.entries().iter().filter(|entry| entry.key != "$ref") {
            copy.set(&entry.key, entry.value.clone());
        }
        *node = copy;
        self.file = from.as_ref().map(|(file, _)| *file);
        if let Some((file, origin)) = from {
            self.files.moved(&place.pointer, file, origin, true);
        }
    }
}

fn object<const N: usize>(at: Position, entries: [(&str, Node); N]) -> Node {
    let mut node = Node {
        at,
        value: Value::Object(Object::default()),
    };
    for (key, value) in entries {
        node.set(key, value);
    }
    node
}

fn list(at: Position, items: Vec<Node>) -> Node {
    let value = Value::Array(items);
    Node { at, value }
}

fn text(at: Position, text: &str) -> Node {
    let value = Value::String(text.to_owned());
    Node { at, value }
}

fn flag(at: Position, flag: bool) -> Node {
    let value = Value::Bool(flag);
    Node { at, value }
}
