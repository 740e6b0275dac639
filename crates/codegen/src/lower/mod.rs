//! Lowers a checked document to the [`Ir`]: which types there are, what the operations take and give.
//!
//! Everything is recognised by its shape. What Rust cannot express is reported where it stands and
//! [refused](Lowering::refuse). Nothing that has been refused, here or by the checks, is read again, so no fault is
//! reported twice, and a [`Reported`] stands for whatever is missing.

mod bodies;
mod boxing;
mod credentials;
mod errors;
mod form_copies;
mod forms;
mod inheritance;
mod limits;
mod naming;
mod operations;
mod responses;
mod schemas;
mod shape;
mod unions;
mod usage;
mod variant_order;

use std::collections::{HashMap, HashSet};

use postpress_openapi::{
    Code, Cursor, Diagnostic, Diagnostics, Endpoint, NodeId, Pointer, Severity, codes,
};

use crate::{
    check::index::Index,
    ir::{Ir, Server, Type, TypeDef, TypeId, TypeKind},
    names::{self, Names},
    select::{Filter, Reached},
};

/// Names that the generated modules use without a path. No type of the document may have them.
const RESERVED_TYPES: [&str; 15] = [
    "Option",
    "Some",
    "None",
    "Vec",
    "String",
    "Box",
    "Result",
    "Ok",
    "Err",
    "Upload",
    "FormBody",
    "FormValue",
    "FormWriter",
    "FieldWriter",
    "FileOr",
];

/// The IR of a document. It lacks what the errors in `diagnostics` are about.
/// The references with the texts `broken` lead nowhere, as was reported there.
pub(crate) fn lower(
    index: Index<'_>,
    only: &[Filter],
    broken: &HashMap<String, Pointer>,
    diagnostics: &mut Diagnostics,
) -> Ir {
    let root = index.root();
    let document = index.document;
    let mut endpoints = document.endpoints();
    endpoints
        .retain(|endpoint| only.is_empty() || only.iter().any(|filter| filter.selects(endpoint)));
    if endpoints.is_empty() && !only.is_empty() {
        let message = "no operation of the document is one of those to generate";
        let help = "look at its tags, its operationIds and its paths";
        diagnostics.report(codes::NOTHING_SELECTED, &root, message, help);
    }
    let mut lowering = Lowering::new(index, endpoints, diagnostics);
    lowering.find_error_types();
    let credentials = lowering.credentials();
    let (mut operations, skipped) = lowering.operations(&credentials);
    lowering.forgive_left_out(&skipped);
    lowering.copy_forms(&mut operations);
    let orphans = lowering.orphans(only.is_empty());
    let info = |key: &str| root.get("info").and_then(|info| info.text(key));
    let mut ir = Ir {
        title: info("title").unwrap_or_default().to_owned(),
        description: info("description").map(str::to_owned),
        version: info("version").unwrap_or_default().to_owned(),
        servers: root.get("servers").iter().flat_map(servers).collect(),
        credentials,
        operations,
        catalogue: lowering.error_types.take().map(|found| found.catalogue),
        types: std::mem::take(&mut lowering.types),
        skipped: Vec::new(),
    };
    for (id, first, second) in variant_order::order_variants(&mut ir, &orphans) {
        let message = format!(
            "alternatives {first:?} and {second:?} cannot be told apart: a value of the second may fit the first as well; it is taken for what fits first, and its JSON is kept"
        );
        let help =
            "give them a `discriminator`, or a required property that the other does not have";
        let origin = &lowering.origins[id];
        if lowering.accept(origin).is_ok() {
            let diagnostics = &mut *lowering.diagnostics;
            diagnostics.report(codes::AMBIGUOUS_ALTERNATIVES, origin, message, help);
        }
    }
    usage::mark(&mut ir, &orphans);
    boxing::box_recursion(&mut ir);
    lowering.forgive_unused();
    if !only.is_empty() {
        // What is wrong with the rest of the document is nobody's business.
        let reached = Reached::from(document, &lowering.endpoints);
        let elsewhere = |finding: &Diagnostic| {
            let section = finding.pointer.keys().next();
            !matches!(
                section.as_deref(),
                Some("paths" | "components" | "webhooks")
            )
        };
        lowering
            .diagnostics
            .retain(|finding| elsewhere(finding) || reached.has(document, finding));
    }
    ir.skipped = skipped
        .iter()
        .map(|endpoint| lowering.skipped(endpoint, broken))
        .collect();
    ir
}

fn servers(list: &Cursor<'_>) -> Vec<Server> {
    let urls = list.items().filter_map(|server| {
        let mut url = server.text("url")?.to_owned();
        for (name, variable) in server.map("variables") {
            if let Some(default) = variable.text("default") {
                url = url.replace(&format!("{{{name}}}"), default);
            }
        }
        // A variable that is not declared has no value.
        if url.contains(['{', '}']) {
            return None;
        }
        Some(Server {
            origin: (&server).into(),
            url,
            description: server.text("description").map(str::to_owned),
        })
    });
    urls.collect()
}

/// Stands for something that could not be lowered, for a reason that is among the diagnostics.
#[derive(Clone, Copy, Debug)]
struct Reported(());

struct Lowering<'d, 'o> {
    index: Index<'d>,
    /// The operations to generate.
    endpoints: Vec<Endpoint<'d>>,
    diagnostics: &'o mut Diagnostics,
    types: Vec<TypeDef>,
    /// Where each type stands in the document.
    origins: Vec<Cursor<'d>>,
    /// Whether a schema within the current one is a JSON value only because it could not be typed.
    untyped: bool,
    /// The properties of which that is so.
    untyped_fields: HashSet<(TypeId, String)>,
    names: Names,
    /// The type names of `components/schemas`; claimed first, so that inline schemas give way.
    component_names: HashMap<NodeId, String>,
    known: HashMap<schemas::Key<'d>, schemas::Known>,
    /// The first of the inline schemas that say the same within one schema.
    alike: HashMap<(Pointer, String), schemas::Key<'d>>,
    /// Schemas that are referred to other than as a branch or a base.
    used_directly: HashSet<NodeId>,
    error_types: Option<errors::ErrorTypes<'d>>,
    heirs: inheritance::Heirs<'d>,
    depth: usize,
    /// What values of unions may be that are no files.
    beside_files: HashMap<TypeId, Type>,
    /// Types that are generated though no operation mentions them.
    kept: Vec<TypeId>,
    /// The errors in media types of bodies that have others.
    left_out: Vec<Diagnostic>,
    operation_names: naming::OperationNames<'d>,
    /// Where the operation or the schema stands that is being lowered.
    place: Pointer,
}

impl<'d, 'o> Lowering<'d, 'o> {
    fn new(
        index: Index<'d>,
        endpoints: Vec<Endpoint<'d>>,
        diagnostics: &'o mut Diagnostics,
    ) -> Self {
        let mut names = Names::reserving(RESERVED_TYPES);
        let mut component_names: HashMap<NodeId, String> = index
            .document
            .components("schemas")
            .map(|(name, schema)| {
                (
                    schema.node.id(),
                    names.claim(&names::pascal(name), "Schema"),
                )
            })
            .collect();
        // Definitions in other places are components in all but the place.
        let targets = index.references.iter();
        for target in targets.filter_map(|reference| index.resolve(&reference.at)) {
            let list = target.pointer.parent().map(|list| list.last_key());
            if list.is_some_and(|list| matches!(list.as_str(), "definitions" | "$defs")) {
                let own = component_names.entry(target.node.id());
                own.or_insert_with(|| {
                    names.claim(&names::pascal(&target.pointer.last_key()), "Schema")
                });
            }
        }
        let is_part = |at: &Cursor<'d>| {
            let list = at.pointer.parent().map(|list| list.last_key());
            list.is_some_and(|list| matches!(list.as_str(), "oneOf" | "anyOf" | "allOf"))
        };
        let references = index.references.iter().map(|reference| &reference.at);
        let direct = references.filter(|at| !is_part(at));
        let used_directly = direct
            .filter_map(|at| Some(index.resolve(at)?.node.id()))
            .collect();
        Lowering {
            heirs: inheritance::heirs(&index),
            index,
            endpoints,
            diagnostics,
            types: Vec::new(),
            origins: Vec::new(),
            untyped: false,
            untyped_fields: HashSet::new(),
            names,
            component_names,
            known: HashMap::new(),
            alike: HashMap::new(),
            used_directly,
            error_types: None,
            depth: 0,
            beside_files: HashMap::new(),
            kept: Vec::new(),
            left_out: Vec::new(),
            operation_names: naming::OperationNames::new(),
            place: Pointer::root(),
        }
    }

    fn errors(&self) -> impl Iterator<Item = &Diagnostic> {
        let findings = self.diagnostics.iter();
        findings.filter(|finding| finding.severity == Severity::Error)
    }

    /// Makes warnings of the errors that cost a media type alone, and none of the operations.
    fn forgive_left_out(&mut self, skipped: &[Endpoint<'d>]) {
        let left_out = std::mem::take(&mut self.left_out);
        if left_out.is_empty() {
            return;
        }
        let document = self.index.document;
        let reached = Reached::from(document, skipped);
        self.diagnostics.change(|finding| {
            if left_out.contains(finding) && !reached.has(document, finding) {
                finding.severity = Severity::Warning;
            }
        });
    }

    /// Makes warnings of the errors in components that no operation reaches. (A file that is missing may be referred to elsewhere.)
    fn forgive_unused(&mut self) {
        if self.errors().next().is_none() {
            return;
        }
        let document = self.index.document;
        let all = document.endpoints();
        let reached = Reached::from(document, &all);
        self.diagnostics.change(|finding| {
            let is_component = finding.pointer.keys().next().as_deref() == Some("components");
            let is_file = finding.code == codes::MISSING_FILE.name;
            let is_there = document.lookup(&finding.pointer).is_some();
            if is_component && is_there && !is_file && !reached.has(document, finding) {
                finding.severity = Severity::Warning;
            }
        });
    }

    /// Whether a value can be read, since no error was reported in it.
    fn accept(&self, at: &Cursor<'d>) -> Result<(), Reported> {
        self.index.accepts(at).then_some(()).ok_or(Reported(()))
    }

    /// The value itself, or what its reference leads to, if both can be read.
    fn resolve(&self, at: &Cursor<'d>) -> Result<Cursor<'d>, Reported> {
        self.accept(at)?;
        let target = self.index.resolve(at).ok_or(Reported(()))?;
        self.accept(&target)?;
        Ok(target)
    }

    /// Reports a value that Rust cannot express. It is not read again.
    fn refuse(
        &mut self,
        code: Code,
        at: &Cursor<'d>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Reported {
        self.diagnostics.report(code, at, message, help);
        self.index.refuse(at.node.id());
        Reported(())
    }

    fn add_type(
        &mut self,
        name: String,
        doc: String,
        kind: TypeKind,
        origin: &Cursor<'d>,
    ) -> TypeId {
        self.types.push(TypeDef {
            origin: origin.into(),
            limits: Vec::new(),
            sent: false,
            sent_as_json: false,
            name,
            doc,
            kind,
            in_json: false,
            in_form: false,
            only_received: false,
            page: false,
        });
        self.origins.push(origin.clone());
        self.types.len() - 1
    }
}
