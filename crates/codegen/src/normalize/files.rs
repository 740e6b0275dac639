//! Other files that a document refers to.
//!
//! What is referred to there becomes a component of the document, so that the later stages see one document without
//! references to others.

use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};
use std::fmt;
use std::sync::Arc;

use postpress_openapi::{
    Diagnostic, Diagnostics, Document, Node, Object, Pointer, Source, Value, codes,
};

use super::Place;
use crate::check::grammar::Kind;

/// Reads the files that a document refers to.
///
/// It is called with the path of a file relative to the document's folder, `schemas/chat.yaml`, or beginning with `..`; and gives
/// its text, or why there is none.
#[derive(Clone)]
pub struct Loader(Arc<Load>);

type Load = dyn Fn(&str) -> Result<String, String> + Send + Sync;

impl Loader {
    /// A loader that calls a function.
    pub fn new(load: impl Fn(&str) -> Result<String, String> + Send + Sync + 'static) -> Self {
        Self(Arc::new(load))
    }
}

impl fmt::Debug for Loader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Loader")
    }
}

/// Where a reference leads.
pub(super) enum Target {
    /// To another place of the document that is being normalized.
    Here(Pointer),
    /// Into a file, by its number.
    File(usize, Pointer),
    /// Nowhere, which has been reported at this place.
    Nowhere(Pointer),
    /// Where references are not followed; the checks report it.
    Elsewhere,
}

/// The files of a document, the document itself not among them.
pub(super) struct Files<'l> {
    loader: Option<&'l Loader>,
    /// The name of the document's own file.
    own: String,
    /// By their paths; for those that cannot be read, where that was reported.
    numbers: HashMap<String, Result<usize, Pointer>>,
    pub(super) documents: Vec<Document>,
    /// The components that were made of them: the section and name of each.
    components: HashMap<(usize, Pointer, Kind), String>,
    names: HashSet<(&'static str, String)>,
    /// Components that still have to be normalized.
    pub(super) waiting: VecDeque<Component>,
    /// What stands where, of which file.
    moved: Vec<Moved>,
    /// What is not in a file, and where that was reported.
    reported: HashMap<(usize, Pointer), Pointer>,
    /// The texts of references that lead nowhere, and where that was reported.
    pub(super) broken: HashMap<String, Pointer>,
}

pub(super) struct Component {
    pub(super) kind: Kind,
    pub(super) place: Place,
    pub(super) node: Node,
    pub(super) file: usize,
}

/// A place in the normalized document, and where it comes from.
struct Moved {
    place: Pointer,
    file: usize,
    origin: Pointer,
    /// Whether it was copied to a place that a reference has in another file.
    is_copy: bool,
}

impl<'l> Files<'l> {
    pub(super) fn new(document: &Document, loader: Option<&'l Loader>) -> Self {
        let sections = document.root.map("components").iter();
        let names = sections.flat_map(|section| {
            let entries = section.value.entries().iter();
            let kind = Kind::sections().find(|known| *known == section.key);
            entries.filter_map(move |entry| Some((kind?, entry.key.clone())))
        });
        Self {
            loader,
            own: document
                .name
                .rsplit(['/', '\\'])
                .next()
                .unwrap_or_default()
                .to_owned(),
            numbers: HashMap::new(),
            documents: Vec::new(),
            components: HashMap::new(),
            names: names.collect(),
            waiting: VecDeque::new(),
            moved: Vec::new(),
            reported: HashMap::new(),
            broken: HashMap::new(),
        }
    }

    /// Where a reference leads that stands in the file `base`; `None` for the document itself.
    pub(super) fn target(
        &mut self,
        base: Option<usize>,
        text: &str,
        place: &Place,
        out: &mut Diagnostics,
    ) -> Target {
        let (path, fragment) = text.split_once('#').unwrap_or((text, ""));
        let Some(pointer) = Pointer::parse(&format!("#{fragment}")) else {
            return Target::Elsewhere;
        };
        if path.is_empty() {
            return base.map_or(Target::Here(pointer.clone()), |file| {
                Target::File(file, pointer)
            });
        }
        if self.loader.is_none() {
            return Target::Elsewhere;
        }
        let folder = base.map_or("", |file| &self.documents[file].name);
        let folder = folder.rsplit_once('/').map_or("", |(folder, _)| folder);
        let path = match is_url(path) {
            true => path.to_owned(),
            false => joined(folder, path),
        };
        if path == self.own {
            return Target::Here(pointer);
        }
        let known = self.numbers.get(&path).cloned();
        let number = known.unwrap_or_else(|| {
            let number = self.load(&path, place, out);
            let number = number.ok_or_else(|| place.pointer.clone());
            self.numbers.insert(path, number.clone());
            number
        });
        match number {
            Ok(file) => Target::File(file, pointer),
            Err(reported) => Target::Nowhere(reported),
        }
    }

    fn load(&mut self, path: &str, place: &Place, out: &mut Diagnostics) -> Option<usize> {
        let text = match is_url(path) {
            true => Err("nothing is read over a network".to_owned()),
            false => self.loader?.0(path),
        };
        let text = match text {
            Ok(text) => text,
            Err(why) => {
                let message = format!("the file `{path}` cannot be read: {why}");
                let help = match is_url(path) {
                    true => {
                        "put it beside the document; all references to this file are as if it were empty"
                    }
                    false => {
                        "correct the path; all references to this file are as if it were empty"
                    }
                };
                out.report_at(
                    codes::MISSING_FILE,
                    place.key_at,
                    &place.pointer,
                    message,
                    help,
                );
                return None;
            }
        };
        let mut found = Diagnostics::default();
        let source = Source {
            name: path,
            text: &text,
        };
        let document = Document::parse(&source, &mut found);
        found.iter().for_each(|finding| out.push(finding.clone()));
        self.documents.push(document?);
        Some(self.documents.len() - 1)
    }

    /// The value in a file, if it is there; that it is not is reported once.
    pub(super) fn lookup(
        &mut self,
        (file, pointer): (usize, &Pointer),
        kind: Kind,
        place: &Place,
        out: &mut Diagnostics,
    ) -> Result<Node, Pointer> {
        if let Some(found) = self.documents[file].lookup(pointer) {
            return Ok(found.node.clone());
        }
        let reported = self.reported.entry((file, pointer.clone()));
        let reported = reported.or_insert_with(|| {
            let name = &self.documents[file].name;
            let (code, so) = match kind {
                Kind::Schema => (codes::MISSING_SCHEMA, "; this is a JSON value"),
                _ => (codes::DANGLING_REF, ""),
            };
            let message = format!("there is nothing at `{pointer}` of the file `{name}`{so}");
            let help = "correct it, or add what is missing there";
            out.report_at(code, place.key_at, &place.pointer, message, help);
            place.pointer.clone()
        });
        Err(reported.clone())
    }

    /// The reference to what stands in a file, which becomes a component.
    pub(super) fn component(
        &mut self,
        kind: Kind,
        (file, pointer): (usize, Pointer),
        place: &Place,
        out: &mut Diagnostics,
    ) -> Result<String, Pointer> {
        let section = kind.section().ok_or_else(|| place.pointer.clone())?;
        let key = (file, pointer.clone(), kind);
        if let Some(known) = self.components.get(&key) {
            return Ok(known.clone());
        }
        let node = self.lookup((file, &pointer), kind, place, out)?;
        let file_name = &self.documents[file].name;
        let stem = file_name.rsplit('/').next().unwrap_or_default();
        let stem = stem.split('.').next().unwrap_or_default();
        let last = pointer.last_key();
        let wanted = if last.is_empty() {
            stem.to_owned()
        } else {
            last
        };
        let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
        let wanted = wanted.replace(|c| !allowed(c), "_");
        let wanted = if wanted.is_empty() {
            "_".to_owned()
        } else {
            wanted
        };
        let numbered = (2..).map(|number| format!("{wanted}{number}"));
        let mut names = std::iter::once(wanted.clone()).chain(numbered);
        let name = names.find(|name| self.names.insert((section, name.clone())));
        let name = name.unwrap_or(wanted);
        let at = Pointer::root()
            .child("components")
            .child(section)
            .child(&name);
        let reference = at.to_string();
        self.components.insert(key, reference.clone());
        self.moved(&at, file, pointer, false);
        self.waiting.push_back(Component {
            kind,
            place: Place {
                pointer: at,
                key_at: node.at,
            },
            node,
            file,
        });
        Ok(reference)
    }

    /// Remembers where a value comes from.
    pub(super) fn moved(&mut self, place: &Pointer, file: usize, origin: Pointer, is_copy: bool) {
        self.moved.push(Moved {
            place: place.clone(),
            file,
            origin,
            is_copy,
        });
    }

    /// Adds a finished component to the document.
    pub(super) fn add(root: &mut Node, component: Component) {
        let keys: Vec<String> = component.place.pointer.keys().collect();
        let mut node = root;
        for key in &keys[..keys.len() - 1] {
            if node
                .get(key)
                .is_none_or(|inner| inner.as_object().is_none())
            {
                let value = Value::Object(Object::default());
                node.set(
                    key,
                    Node {
                        at: component.node.at,
                        value,
                    },
                );
            }
            let Some(inner) = node.get_mut(key) else {
                return;
            };
            node = inner;
        }
        node.set(&keys[keys.len() - 1], component.node);
    }

    /// What the places of a normalized document are in the files that were read.
    pub(super) fn into_places(self, original: Document) -> Places {
        let moved = self.moved.into_iter();
        Places {
            original,
            moved: moved.map(|moved| (moved.place.clone(), moved)).collect(),
            documents: self.documents,
            broken: self.broken,
        }
    }
}

/// What the places of a normalized document are in the files that were read.
pub(crate) struct Places {
    original: Document,
    moved: BTreeMap<Pointer, Moved>,
    documents: Vec<Document>,
    /// The texts of references that lead nowhere, and where that was reported.
    pub(crate) broken: HashMap<String, Pointer>,
}

impl Places {
    /// Puts a finding at the place that it has in what was written, or at the value around it.
    pub(crate) fn restore(&self, finding: &mut Diagnostic) {
        let moved = finding
            .pointer
            .ancestors()
            .filter_map(|place| self.moved.get(&place))
            .find(|moved| !(moved.is_copy && moved.place == finding.pointer));
        let (document, place) = match moved {
            Some(moved) => {
                let document = &self.documents[moved.file];
                finding.file.clone_from(&document.name);
                let inner = finding.pointer.as_str().strip_prefix(moved.place.as_str());
                let origin = format!("{}{}", moved.origin, inner.unwrap_or_default());
                (
                    document,
                    Pointer::parse(&origin).unwrap_or_else(Pointer::root),
                )
            }
            None => (&self.original, finding.pointer.clone()),
        };
        let has = |place: &Pointer| document.lookup(place).is_some();
        finding.pointer = place.ancestors().find(has).unwrap_or_else(Pointer::root);
    }
}

fn is_url(path: &str) -> bool {
    path.contains("://")
}

/// A path relative to a folder, without `.` and, as far as that is possible, without `..`.
fn joined(folder: &str, path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in folder.split('/').chain(path.split('/')) {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_relative_to_the_file_that_names_them() {
        assert_eq!(joined("", "./a.yaml"), "a.yaml");
        assert_eq!(
            joined("paths/chats", "../../schemas/a.yaml"),
            "schemas/a.yaml"
        );
        assert_eq!(joined("a", "../../b.yaml"), "../b.yaml");
    }
}
