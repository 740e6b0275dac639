//! One condition that a request has to meet.

use super::ExpectFile;
use crate::Operation;
use crate::record::mismatch::Difference;
use crate::record::{Part, Received};

/// A condition. Those about a parameter, a header or a field have its name.
#[derive(Clone, Debug)]
pub(super) enum Condition {
    Operation(Operation),
    Method(String),
    Path(String),
    Query(String, Vec<String>),
    Header(String, Option<String>),
    Texts(String, Vec<String>),
    Files(String, Vec<ExpectFile>),
    NoField(String),
}

impl Condition {
    /// Takes over the values of `other`, if both are about the same list.
    pub(super) fn absorb(&mut self, other: &mut Condition) -> bool {
        match (self, other) {
            (Condition::Query(name, values), Condition::Query(other, more))
            | (Condition::Texts(name, values), Condition::Texts(other, more))
                if name == other =>
            {
                values.append(more);
                true
            }
            (Condition::Files(name, files), Condition::Files(other, more)) if name == other => {
                files.append(more);
                true
            }
            _ => false,
        }
    }

    /// How a request does not meet it, if it does not.
    pub(super) fn difference(&self, received: &Received) -> Option<Difference> {
        let (what, expected) = (self.what(), self.expected());
        let found = match self {
            Condition::Operation(_) => {
                let operation = received.operation();
                operation.map_or("none".to_owned(), |it| it.to_string())
            }
            Condition::Method(_) => received.method().to_owned(),
            Condition::Path(_) => received.path().to_owned(),
            Condition::Query(name, _) => list(&received.query_values(name)),
            Condition::Header(name, _) => received.header(name).map_or(absent(), quoted),
            Condition::Files(name, wanted) if all_fit(wanted, received, name) => return None,
            Condition::Texts(name, _) | Condition::Files(name, _) | Condition::NoField(name) => {
                fields(received, name)
            }
        };
        (found != expected).then(|| Difference::new(what, expected, found))
    }

    /// What the condition is about.
    pub(super) fn what(&self) -> String {
        match self {
            Condition::Operation(_) => "operation".to_owned(),
            Condition::Method(_) => "method".to_owned(),
            Condition::Path(_) => "path".to_owned(),
            Condition::Query(name, _) => format!("query {name}"),
            Condition::Header(name, _) => format!("header {name}"),
            Condition::Texts(name, _) | Condition::NoField(name) => format!("field {name}"),
            Condition::Files(name, _) => format!("file {name}"),
        }
    }

    /// What it demands.
    pub(super) fn expected(&self) -> String {
        match self {
            Condition::Operation(operation) => operation.to_string(),
            Condition::Method(value) | Condition::Path(value) => value.clone(),
            Condition::Query(_, values) | Condition::Texts(_, values) => list(values),
            Condition::Header(_, value) => value.as_deref().map_or(absent(), quoted),
            Condition::Files(_, files) => {
                let files: Vec<String> = files.iter().map(ToString::to_string).collect();
                files.join(", then ")
            }
            Condition::NoField(_) => absent(),
        }
    }
}

/// Whether the fields of this name are files that fit, in this order.
fn all_fit(wanted: &[ExpectFile], received: &Received, name: &str) -> bool {
    let files = received.files(name);
    files.len() == wanted.len()
        && received.texts(name).is_empty()
        && wanted
            .iter()
            .zip(files)
            .all(|(wanted, file)| wanted.fits(file))
}

fn absent() -> String {
    "absent".to_owned()
}

fn list(values: &[impl AsRef<str>]) -> String {
    if values.is_empty() {
        return absent();
    }
    let values: Vec<String> = values.iter().map(|it| quoted(it.as_ref())).collect();
    values.join(", then ")
}

fn fields(received: &Received, name: &str) -> String {
    let parts = received.parts().iter().filter(|part| part.name() == name);
    let parts: Vec<String> = parts.map(describe).collect();
    if parts.is_empty() {
        absent()
    } else {
        parts.join(", then ")
    }
}

/// A part in the words of the expectation that it meets.
pub(super) fn describe(part: &Part) -> String {
    match (part.text(), part.file_name()) {
        (Some(text), _) => quoted(text),
        (None, Some(_)) => ExpectFile::exactly(part).to_string(),
        (None, None) => format!("{} bytes that are not UTF-8", part.size),
    }
}

pub(super) fn quoted(text: impl AsRef<str>) -> String {
    format!("`{}`", text.as_ref().escape_debug())
}
