//! What a document is made of: every object that the specification names, where references lead, and what was refused.

use std::collections::{HashMap, HashSet};

use postpress_openapi::{Cursor, Diagnostics, Document, Node, NodeId, Severity};

use super::grammar::Kind;

/// A `{"$ref": ...}` where one is allowed.
#[derive(Debug)]
pub(crate) struct Reference<'d> {
    pub(crate) at: Cursor<'d>,
    /// What it should lead to.
    pub(super) expected: Kind,
    /// Whether nothing that is sent or received depends on it.
    pub(super) in_note: bool,
}

/// The objects of a document, as the checks found them. Later stages look things up here.
#[derive(Debug)]
pub(crate) struct Index<'d> {
    pub(crate) document: &'d Document,
    pub(crate) references: Vec<Reference<'d>>,
    /// Every schema in the order of the document, references to schemas included.
    pub(super) schemas: Vec<Cursor<'d>>,
    schema_numbers: HashMap<NodeId, usize>,
    /// All other objects.
    objects: HashMap<Kind, Vec<Cursor<'d>>>,
    kinds: HashMap<NodeId, Kind>,
    /// What references lead to in the end.
    targets: HashMap<NodeId, Cursor<'d>>,
    refused: HashSet<NodeId>,
}

impl<'d> Index<'d> {
    pub(super) fn new(document: &'d Document) -> Self {
        Self {
            document,
            references: Vec::new(),
            schemas: Vec::new(),
            schema_numbers: HashMap::new(),
            objects: HashMap::new(),
            kinds: HashMap::new(),
            targets: HashMap::new(),
            refused: HashSet::new(),
        }
    }

    pub(super) fn add_object(&mut self, at: &Cursor<'d>, kind: Kind) {
        self.kinds.insert(at.node.id(), kind);
        if kind == Kind::Schema {
            self.add_schema(at);
        } else {
            self.objects.entry(kind).or_default().push(at.clone());
        }
    }

    pub(super) fn add_reference(&mut self, at: &Cursor<'d>, expected: Kind, in_note: bool) {
        self.kinds.insert(at.node.id(), expected);
        if expected == Kind::Schema {
            self.add_schema(at);
        }
        let at = at.clone();
        self.references.push(Reference {
            at,
            expected,
            in_note,
        });
    }

    fn add_schema(&mut self, at: &Cursor<'d>) {
        let number = self.schemas.len();
        self.schema_numbers.insert(at.node.id(), number);
        self.schemas.push(at.clone());
    }

    /// Remembers the objects that an error was reported in: those that the error is about, and none around them.
    pub(super) fn refuse_reported(&mut self, diagnostics: &Diagnostics) {
        let errors = diagnostics
            .iter()
            .filter(|finding| finding.severity == Severity::Error);
        for finding in errors {
            let mut around = finding.pointer.ancestors();
            let innermost = around.find_map(|pointer| {
                let id = self.document.lookup(&pointer)?.node.id();
                (self.kinds.contains_key(&id) || self.refused.contains(&id)).then_some(id)
            });
            self.refused.extend(innermost);
        }
    }

    /// Remembers that an object is not to be read again, since an error was reported in it.
    pub(crate) fn refuse(&mut self, id: NodeId) {
        self.refused.insert(id);
    }

    /// Whether no error was reported in an object itself; what it contains may have errors of its own.
    pub(crate) fn accepts(&self, at: &Cursor<'d>) -> bool {
        !self.refused.contains(&at.node.id())
    }

    pub(crate) fn root(&self) -> Cursor<'d> {
        Cursor::root(self.document)
    }

    /// All objects of a kind other than schemas, in the order of the document, references to them not included.
    pub(crate) fn objects(&self, kind: Kind) -> &[Cursor<'d>] {
        self.objects.get(&kind).map_or(&[], Vec::as_slice)
    }

    /// The schemas that are written out, and no references.
    pub(super) fn written_schemas(&self) -> impl Iterator<Item = &Cursor<'d>> {
        let schemas = self.schemas.iter();
        schemas.filter(|at| at.node.get("$ref").is_none())
    }

    /// Which object of the specification a value is, or refers to; `None` for all other values.
    pub(super) fn kind(&self, node: &Node) -> Option<Kind> {
        self.kinds.get(&node.id()).copied()
    }

    /// The value itself, or what its reference leads to; `None` if that leads to nothing of the right kind, which has
    /// been reported.
    pub(crate) fn resolve(&self, at: &Cursor<'d>) -> Option<Cursor<'d>> {
        if at.node.get("$ref").is_none() {
            return Some(at.clone());
        }
        self.targets.get(&at.node.id()).cloned()
    }

    /// Follows every reference.
    pub(super) fn follow_references(&mut self) {
        for Reference { at, expected, .. } in &self.references {
            let target = at.resolve(self.document);
            let fitting = target.filter(|target| self.kind(target.node) == Some(*expected));
            self.targets
                .extend(fitting.map(|target| (at.node.id(), target)));
        }
    }

    /// The schema that a value of a discriminator's `mapping` names, by its component name or its pointer. It may be a
    /// reference.
    pub(crate) fn mapped(&self, text: &str) -> Option<Cursor<'d>> {
        let named = self.document.component("schemas", text);
        let schema = named.or_else(|| self.document.target(text).ok())?;
        (self.kind(schema.node) == Some(Kind::Schema)).then_some(schema)
    }

    /// The number of a schema in [`Index::schemas`].
    pub(super) fn schema_number(&self, node: &Node) -> Option<usize> {
        self.schema_numbers.get(&node.id()).copied()
    }
}
