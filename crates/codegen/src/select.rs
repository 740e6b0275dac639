//! Which operations to generate, and what they are made of.

use std::collections::{HashMap, HashSet};
use std::fmt;
use std::str::FromStr;

use glob::Pattern;
use postpress_openapi::{Cursor, Diagnostic, Document, Endpoint, NodeId, Pointer};

/// Selects some operations of a document.
///
/// ```
/// use postpress_codegen::Filter;
///
/// let filter: Filter = "path:/chats/**".parse()?;
/// # let _ = filter;
/// assert!("chats".parse::<Filter>().is_err());
/// # Ok::<(), String>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Filter {
    /// Those with this tag: `tag:NAME`.
    Tag(String),
    /// The one with this `operationId`: `operation:ID`.
    Operation(String),
    /// Those of all paths that fit a pattern: `path:GLOB`. A `*` stands for any characters, slashes among them.
    Path(Pattern),
}

impl FromStr for Filter {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text.split_once(':') {
            Some(("tag", name)) => Ok(Self::Tag(name.to_owned())),
            Some(("operation", id)) => Ok(Self::Operation(id.to_owned())),
            Some(("path", glob)) => Pattern::new(glob)
                .map(Self::Path)
                .map_err(|error| format!("`{glob}` is not a pattern: {error}")),
            _ => Err(format!(
                "`{text}` selects nothing: write `tag:NAME`, `operation:ID` or `path:GLOB`"
            )),
        }
    }
}

impl fmt::Display for Filter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tag(name) => write!(f, "tag:{name}"),
            Self::Operation(id) => write!(f, "operation:{id}"),
            Self::Path(pattern) => write!(f, "path:{pattern}"),
        }
    }
}

impl Filter {
    pub(crate) fn selects(&self, endpoint: &Endpoint<'_>) -> bool {
        match self {
            Self::Tag(name) => {
                let mut tags = endpoint.at.node.list("tags").iter();
                tags.any(|tag| tag.as_str() == Some(name))
            }
            Self::Operation(id) => endpoint.id() == Some(id),
            Self::Path(pattern) => pattern.matches(endpoint.path),
        }
    }
}

/// An operation that cannot be generated.
#[derive(Clone, Debug)]
pub struct Skipped {
    /// The method and path: `POST /chats`.
    pub request: String,
    /// Its `operationId`, or what takes its place.
    pub id: String,
    /// The errors on account of which it is left out.
    pub reasons: Vec<Diagnostic>,
}

/// The values of a document that some operations are made of, references followed.
pub(crate) struct Reached<'d> {
    nodes: HashSet<NodeId>,
    /// The references among them, as they are written.
    references: HashSet<&'d str>,
}

impl<'d> Reached<'d> {
    pub(crate) fn from(
        document: &'d Document,
        endpoints: impl IntoIterator<Item = &'d Endpoint<'d>>,
    ) -> Self {
        let (mut nodes, mut references) = (HashSet::new(), HashSet::new());
        let mut waiting = Vec::new();
        for endpoint in endpoints {
            waiting.push(endpoint.at.node);
            waiting.extend(endpoint.item.node.list("parameters"));
        }
        while let Some(node) = waiting.pop() {
            if !nodes.insert(node.id()) {
                continue;
            }
            references.extend(node.reference());
            let target = node.reference().and_then(|text| document.target(text).ok());
            waiting.extend(target.map(|target| target.node));
            waiting.extend(node.items());
            waiting.extend(node.entries().iter().map(|entry| &entry.value));
        }
        Self { nodes, references }
    }

    /// Where those that lead nowhere were reported, each once.
    pub(crate) fn broken<'b>(
        &self,
        broken: &'b HashMap<String, Pointer>,
    ) -> impl Iterator<Item = &'b Pointer> {
        let places = self.references.iter().filter_map(|text| broken.get(*text));
        places.collect::<HashSet<_>>().into_iter()
    }

    /// Whether a finding is about one of these values.
    pub(crate) fn has(&self, document: &Document, finding: &Diagnostic) -> bool {
        let found = |at: Cursor<'_>| self.nodes.contains(&at.node.id());
        document.lookup(&finding.pointer).is_some_and(found)
    }
}
