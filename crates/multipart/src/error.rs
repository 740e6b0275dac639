//! Why a form cannot be built.

use std::fmt;
use std::io;
use std::path::PathBuf;

/// Why a form could not be built: everything that was refused. Nothing has been sent.
///
/// The message names each field, in bracket notation, and says what to do.
#[derive(Debug)]
pub struct FormError(Vec<Refusal>);

/// One thing that was refused, and why.
#[derive(Debug)]
pub struct Refusal {
    field: Option<String>,
    reason: Reason,
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum Reason {
    #[error("{0}")]
    Refused(String),

    #[error("the file {} does not exist: check the path", .0.display())]
    FileMissing(PathBuf, io::Error),
    #[error("{} is a directory: give the path of a file", .0.display())]
    Directory(PathBuf),
    #[error(
        "{} is not a regular file, so its length cannot be known: use `Upload::reader` with a length, or `Upload::bytes`",
        .0.display()
    )]
    NotAFile(PathBuf),
    #[error("the file {path} cannot be read: {error}", path = .0.display(), error = .1)]
    FileUnreadable(PathBuf, io::Error),
    #[error("{file} has {length} bytes, more than the limit of {limit}")]
    FileTooLong {
        file: String,
        length: u64,
        limit: u64,
    },

    #[error(
        "the stream of `{0}` has been sent already, and can be read only once: give a new one, or use `Upload::bytes`, `Upload::path` or `Upload::replay`"
    )]
    StreamSent(String),
    #[error(
        "the stream of `{0}` is in use in another place, and can be read only once: give each place its own, or use `Upload::bytes`, `Upload::path` or `Upload::replay`"
    )]
    StreamLent(String),

    #[error("{0:?} is not a media type: give one such as `image/png`, without wildcards")]
    MediaTypeMalformed(String),
    #[error("`{given}` is not among the media types accepted here: {accept}")]
    MediaTypeRefused { given: String, accept: &'static str },
    #[error(
        "the media type of `{file_name}` cannot be told from its name: set one of {accept} with `Upload::with_media_type`"
    )]
    MediaTypeUnknown {
        file_name: String,
        accept: &'static str,
    },
    #[error("{0:?} is not a list of media types")]
    AcceptMalformed(&'static str),

    #[error("{0} is not a finite number, and has no form in text")]
    NotFinite(f64),
    #[error("{0} cannot be sent as the text of one part: only strings, numbers and booleans can")]
    NotScalar(&'static str),
    #[error("the value cannot be written as JSON: {0}")]
    Json(serde_json::Error),
    #[error("only strings, numbers and booleans can be joined into one value")]
    NotJoinable,
    #[error("only objects of strings, numbers and booleans can be written as one value")]
    NotFlat,
    #[error(
        "{value:?} contains the separator {separator:?}, and would be read as more than one value"
    )]
    Separator { value: String, separator: char },

    #[error("a name must not be empty")]
    NameEmpty,
    #[error("the name {0:?} contains `[` or `]`, and would be read as another place in the form")]
    NameBrackets(String),
    #[error("the name {0:?} is that of a declared field: set that field")]
    NameDeclared(String),
    #[error(
        "the name {0:?} cannot stand in a header: it contains a control character, ends in `\\`, or reads like a parameter"
    )]
    NameUnsafe(String),
    #[error("the file name must not be empty: set one with `Upload::with_file_name`")]
    FileNameEmpty,
    #[error(
        "the file name {0:?} cannot stand in a header, as it contains a control character or ends in `\\`: set another with `Upload::with_file_name`"
    )]
    FileNameUnsafe(String),

    #[error("{0:?} is not a boundary: 1 to 70 ASCII letters, digits or any of `'+_.-`")]
    BoundaryMalformed(String),
    #[error("the content contains the boundary `{0}`: choose another")]
    BoundaryTaken(String),
    #[error("the operating system gave no random bytes for the boundary: {0}")]
    NoRandomness(String),
    #[error("the form would be longer than 2^64 bytes")]
    TooLong,
}

impl FormError {
    /// An error about the form as a whole.
    pub(crate) fn new(reason: Reason) -> Self {
        Self::of(vec![Refusal {
            field: None,
            reason,
        }])
    }

    pub(crate) fn of(refusals: Vec<Refusal>) -> Self {
        Self(refusals)
    }

    /// What was refused, at least one thing, in the order in which the fields were written.
    pub fn refusals(&self) -> &[Refusal] {
        &self.0
    }
}

impl Refusal {
    pub(crate) fn at(field: impl Into<String>, reason: Reason) -> Self {
        Self {
            field: Some(field.into()),
            reason,
        }
    }

    /// The field that is wrong, in bracket notation (`linkedin[follow_up][attachments]`); `None`
    /// when the form as a whole is (a boundary, or its length).
    pub fn field(&self) -> Option<&str> {
        self.field.as_deref()
    }

    /// What is wrong and what to do, without the field's name.
    pub fn reason(&self) -> impl fmt::Display + '_ {
        &self.reason
    }

    /// A file to upload is missing, not a regular file, unreadable, or longer than the
    /// [limit](crate::FormOptions::with_max_file_length).
    pub fn is_file(&self) -> bool {
        matches!(
            self.reason,
            Reason::FileMissing(..)
                | Reason::Directory(_)
                | Reason::NotAFile(_)
                | Reason::FileUnreadable(..)
                | Reason::FileTooLong { .. }
        )
    }

    /// What the system said of a file that is missing or unreadable.
    pub fn io_error(&self) -> Option<&io::Error> {
        match &self.reason {
            Reason::FileMissing(_, error) | Reason::FileUnreadable(_, error) => Some(error),
            _ => None,
        }
    }

    /// An upload whose source can be read only once was used a second time.
    pub fn is_used_stream(&self) -> bool {
        matches!(self.reason, Reason::StreamSent(_) | Reason::StreamLent(_))
    }

    /// A media type is malformed, not accepted by the field, or missing.
    pub fn is_media_type(&self) -> bool {
        matches!(
            self.reason,
            Reason::MediaTypeMalformed(_)
                | Reason::MediaTypeRefused { .. }
                | Reason::MediaTypeUnknown { .. }
                | Reason::AcceptMalformed(_)
        )
    }

    /// A value cannot be written as the field asks (a number that is not finite, a separator within
    /// a joined value ...).
    pub fn is_value(&self) -> bool {
        matches!(
            self.reason,
            Reason::Refused(_)
                | Reason::NotFinite(_)
                | Reason::NotScalar(_)
                | Reason::Json(_)
                | Reason::NotJoinable
                | Reason::NotFlat
                | Reason::Separator { .. }
        )
    }

    /// A field's name, a key or a file name cannot be sent.
    pub fn is_name(&self) -> bool {
        matches!(
            self.reason,
            Reason::NameEmpty
                | Reason::NameBrackets(_)
                | Reason::NameDeclared(_)
                | Reason::NameUnsafe(_)
                | Reason::FileNameEmpty
                | Reason::FileNameUnsafe(_)
        )
    }

    /// A given boundary is malformed or occurs in the content.
    pub fn is_boundary(&self) -> bool {
        matches!(
            self.reason,
            Reason::BoundaryMalformed(_) | Reason::BoundaryTaken(_)
        )
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.field {
            Some(field) => write!(f, "`{field}`: {}", self.reason),
            None => self.reason.fmt(f),
        }
    }
}

impl fmt::Display for FormError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, refusal) in self.0.iter().enumerate() {
            f.write_str(if index == 0 { "" } else { "; " })?;
            refusal.fmt(f)?;
        }
        Ok(())
    }
}

impl std::error::Error for Refusal {}

impl std::error::Error for FormError {}
