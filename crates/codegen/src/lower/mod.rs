//! Reads a checked document into the [`Ir`]: which types there are, what the operations take and give.
//!
//! Everything is recognised by its shape. What cannot be expressed becomes a diagnostic at the offending node.

mod boxing;
mod errors;
mod form_copies;
mod forms;
mod inheritance;
mod limits;
mod merge;
mod operations;
mod schemas;
mod shape;
mod unions;
mod usage;
mod variant_order;

use std::collections::{HashMap, HashSet};

use postpress_openapi::{
    diagnostic::{Diagnostic, Diagnostics, Severity},
    document::{Document, Node, Position},
};

use crate::{
    ir::{Ir, Server, Type, TypeDef, TypeId},
    names::{self, Names},
};

/// Names that the generated modules use without a path, and so no type of the document may take.
const RESERVED_TYPES: [&str; 14] = [
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
];

pub(crate) fn lower(document: &Document, diagnostics: &mut Diagnostics) -> Ir {
    let mut builder = Builder::new(document, diagnostics);
    let root = At {
        node: &document.root,
        pointer: "#".to_owned(),
    };
    builder.find_error_types(&root);
    let credentials = builder.credentials(&root);
    let mut operations = builder.operations(&root, &credentials);
    builder.separate_forms(&mut operations);
    let orphans = builder.orphans(&root);
    let info = document.root.get("info");
    let text = |key: &str| {
        info.and_then(|info| info.get(key))
            .and_then(Node::as_str)
            .map(str::to_owned)
    };
    let mut ir = Ir {
        title: text("title").unwrap_or_default(),
        description: text("description"),
        version: text("version").unwrap_or_default(),
        servers: servers(&root),
        credentials,
        operations,
        catalogue: builder.catalogue.take().map(|found| found.catalogue),
        types: Vec::new(),
    };
    let Builder { types, origins, .. } = builder;
    ir.types = types;
    usage::mark(&mut ir, &orphans);
    boxing::box_recursion(&mut ir);
    variant_order::order_variants(&mut ir, &orphans, &origins, &document.name, diagnostics);
    ir
}

fn servers(root: &At<'_>) -> Vec<Server> {
    let urls = root.items("servers").into_iter().filter_map(|server| {
        let mut url = server.text("url")?.to_owned();
        for variable in server.get("variables").iter().flat_map(At::entries) {
            if let Some(default) = variable.1.text("default") {
                url = url.replace(&format!("{{{}}}", variable.0), default);
            }
        }
        Some(Server {
            url,
            description: server.text("description").map(str::to_owned),
        })
    });
    urls.collect()
}

/// A node together with its JSON pointer.
#[derive(Clone, Debug)]
pub(crate) struct At<'d> {
    pub(crate) node: &'d Node,
    pub(crate) pointer: String,
}

impl<'d> At<'d> {
    pub(crate) fn get(&self, key: &str) -> Option<At<'d>> {
        Some(At {
            node: self.node.get(key)?,
            pointer: format!("{}/{}", self.pointer, escape(key)),
        })
    }

    pub(crate) fn text(&self, key: &str) -> Option<&'d str> {
        self.node.get(key)?.as_str()
    }

    pub(crate) fn flag(&self, key: &str) -> Option<bool> {
        self.node.get(key)?.as_bool()
    }

    /// The members of the array under `key`.
    pub(crate) fn items(&self, key: &str) -> Vec<At<'d>> {
        let Some(list) = self.get(key) else {
            return Vec::new();
        };
        let members = list.node.as_array().unwrap_or_default();
        members
            .iter()
            .enumerate()
            .map(|(i, node)| At {
                node,
                pointer: format!("{}/{i}", list.pointer),
            })
            .collect()
    }

    /// The entries of this object, in the document's order.
    pub(crate) fn entries(&self) -> Vec<(&'d str, At<'d>)> {
        let entries = self.node.as_object().unwrap_or_default();
        let at = |key: &str| format!("{}/{}", self.pointer, escape(key));
        entries
            .iter()
            .map(|e| {
                (
                    e.key.as_str(),
                    At {
                        node: &e.value,
                        pointer: at(&e.key),
                    },
                )
            })
            .collect()
    }
}

fn escape(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

/// How far the reading of one schema has come.
#[derive(Clone, Debug)]
enum Known {
    Done(Type),
    /// Named before its content is known, so that it can refer to itself.
    Named(TypeId),
    /// Has no name to refer to: an array of itself, say.
    Building,
}

pub(crate) struct Builder<'a> {
    document: &'a Document,
    diagnostics: &'a mut Diagnostics,
    types: Vec<TypeDef>,
    /// Where each type stands in the document.
    origins: Vec<(String, Position)>,
    names: Names,
    /// The type names of `components/schemas`, by pointer; claimed first, so that inline schemas give way.
    component_names: HashMap<String, String>,
    memo: HashMap<String, Known>,
    /// Components that are referred to other than as a branch or a base.
    used_directly: HashSet<String>,
    catalogue: Option<errors::Found>,
    heirs: inheritance::Heirs,
    depth: usize,
    /// Types that are generated though no operation mentions them.
    kept: Vec<TypeId>,
}

impl<'d> Builder<'d> {
    fn new(document: &'d Document, diagnostics: &'d mut Diagnostics) -> Self {
        let mut names = Names::reserving(RESERVED_TYPES);
        let schemas = document
            .root
            .get("components")
            .and_then(|components| components.get("schemas"));
        let component_names = schemas
            .and_then(Node::as_object)
            .unwrap_or_default()
            .iter()
            .map(|e| {
                (
                    format!("#/components/schemas/{}", escape(&e.key)),
                    names.claim(&names::pascal(&e.key), "Schema"),
                )
            })
            .collect();
        let mut used_directly = HashSet::new();
        direct_references(&document.root, "", &mut used_directly);
        Builder {
            document,
            diagnostics,
            types: Vec::new(),
            origins: Vec::new(),
            names,
            component_names,
            memo: HashMap::new(),
            used_directly,
            catalogue: None,
            heirs: inheritance::heirs(document),
            depth: 0,
            kept: Vec::new(),
        }
    }

    /// Follows `$ref`s to what they mean. Those that lead nowhere were reported by the check.
    fn follow(&self, at: &At<'d>) -> Option<At<'d>> {
        let mut at = at.clone();
        for _ in 0..64 {
            let Some(reference) = at.text("$ref") else {
                return Some(at);
            };
            at = At {
                node: self.document.lookup(reference)?,
                pointer: reference.to_owned(),
            };
        }
        None
    }

    /// Reports an error, unless the check has already reported one for the same place.
    fn error(
        &mut self,
        at: &At<'d>,
        code: &'static str,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.report(Severity::Error, at, code, message.into(), help.into());
    }

    fn warning(
        &mut self,
        at: &At<'d>,
        code: &'static str,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.report(Severity::Warning, at, code, message.into(), help.into());
    }

    fn report(
        &mut self,
        severity: Severity,
        at: &At<'d>,
        code: &'static str,
        message: String,
        help: String,
    ) {
        // Of one place, only what the check has not said, and each thing once.
        let is_said = |known: &Diagnostic| {
            known.pointer == at.pointer
                && known.severity == Severity::Error
                && (known.code != code || known.message == message)
        };
        let known = self.diagnostics.iter().any(is_said);
        if !known {
            self.diagnostics.push(Diagnostic {
                severity,
                file: self.document.name.clone(),
                at: at.node.at,
                pointer: at.pointer.clone(),
                code,
                message,
                help,
            });
        }
    }
}

/// Collects the targets of all references but those that make a union's branch or an `allOf` base.
fn direct_references(node: &Node, key: &str, found: &mut HashSet<String>) {
    if let Some(reference) = node.get("$ref").and_then(Node::as_str)
        && !matches!(key, "oneOf" | "anyOf" | "allOf")
    {
        found.insert(reference.to_owned());
    }
    for entry in node.as_object().unwrap_or_default() {
        direct_references(&entry.value, &entry.key, found);
    }
    for member in node.as_array().unwrap_or_default() {
        direct_references(member, key, found);
    }
}
