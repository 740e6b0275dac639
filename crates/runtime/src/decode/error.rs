//! Why a JSON text did not decode.

use std::fmt;

use serde_json::error::Category;

use super::trace::Fault;

/// Why a JSON text did not decode, and where.
///
/// It holds no text of the JSON, which may be private: neither values nor the keys of maps, which may be ids of people. What it
/// says comes from the type that was asked for, and from the syntax.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecodeError {
    kind: DecodeErrorKind,
    message: String,
    /// Empty for the whole.
    json_path: String,
    line: usize,
    column: usize,
}

/// What is wrong with a JSON text.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DecodeErrorKind {
    /// The text is empty, or nothing but white space.
    #[error("it is empty")]
    Empty,
    /// The text is not JSON.
    #[error("it is not JSON")]
    Syntax,
    /// The text ends within a value.
    #[error("it ends too early")]
    UnexpectedEnd,
    /// An object lacks a field that the type requires.
    #[error("missing field `{0}`")]
    MissingField(&'static str),
    /// An object has a field twice.
    #[error("duplicate field `{0}`")]
    DuplicateField(&'static str),
    /// A value is of another JSON type than the one expected.
    #[error("expected {expected}, found {found}")]
    WrongType {
        /// What the type expects, in its own words, such as `a string` or `struct Chat`.
        expected: String,
        /// The type of the value: `null`, `a boolean`, `an integer`, `a number`, `a string`, `an array` or `an object`.
        found: &'static str,
    },
    /// A value is of the right JSON type, but not one that is possible.
    #[error("invalid value{}", .expected.as_ref().map(|expected| format!(", expected {expected}")).unwrap_or_default())]
    InvalidValue {
        /// What the type expects, in its own words, if it says so.
        expected: Option<String>,
    },
}

impl DecodeError {
    pub(super) fn empty() -> Self {
        Self {
            kind: DecodeErrorKind::Empty,
            message: DecodeErrorKind::Empty.to_string(),
            json_path: String::new(),
            line: 0,
            column: 0,
        }
    }

    /// Says that a variant of a union did not decode, so that the union kept its JSON.
    pub(super) fn within_union() -> Self {
        Self::expecting("a variant of a union that is what the document says")
    }

    /// Says that a record is within too many others.
    pub(crate) fn too_deep() -> Self {
        Self::expecting("fewer records within one another")
    }

    fn expecting(expected: &str) -> Self {
        let kind = DecodeErrorKind::InvalidValue {
            expected: Some(expected.to_owned()),
        };
        Self {
            message: kind.to_string(),
            kind,
            ..Self::empty()
        }
    }

    /// Says what a fault is, and where serde_json noticed it.
    pub(super) fn new(fault: Fault, error: &serde_json::Error) -> Self {
        let (line, column) = (error.line(), error.column());
        let Fault { kind, json_path } = fault;
        let is_unknown = matches!(kind, DecodeErrorKind::InvalidValue { expected: None });
        // The message may quote the value; those of the other categories are fixed phrases.
        let (kind, message) = match error.classify() {
            Category::Eof if is_unknown => (DecodeErrorKind::UnexpectedEnd, error.to_string()),
            Category::Syntax | Category::Io if is_unknown => {
                (DecodeErrorKind::Syntax, error.to_string())
            }
            _ if line == 0 => (kind.clone(), kind.to_string()),
            _ => (
                kind.clone(),
                format!("{kind} at line {line} column {column}"),
            ),
        };
        Self {
            kind,
            message,
            json_path,
            line,
            column,
        }
    }

    /// What is wrong.
    pub fn kind(&self) -> &DecodeErrorKind {
        &self.kind
    }

    /// Where in the JSON the fault is, such as `items[3].id`; `None` when it is the whole. A `*` stands for the key of a map, as
    /// in `seen_by.*`.
    pub fn json_path(&self) -> Option<&str> {
        Some(&*self.json_path).filter(|path| !path.is_empty())
    }

    /// The line of the text on which the fault was noticed, or what is [tolerated](crate::tolerant) before it, from 1; 0 if the text is
    /// empty.
    pub fn line(&self) -> usize {
        self.line
    }

    /// The byte of the [line](Self::line), from 1; 0 if it was before the first.
    pub fn column(&self) -> usize {
        self.column
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(path) = self.json_path() {
            write!(f, "at `{path}`: ")?;
        }
        f.write_str(&self.message)
    }
}

impl std::error::Error for DecodeError {}
