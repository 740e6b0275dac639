//! What can go wrong with an upload while it is being sent.

use std::error::Error;
use std::fmt;
use std::io;

/// Why an upload was broken off: its source was not what it had been when the form was built. The
/// closing boundary was not sent, so that the receiver has no whole form.
///
/// `reqwest` and `hyper` wrap it in their own errors; [`UploadError::find`] finds it there.
#[derive(Debug)]
pub struct UploadError(Box<Inner>);

#[derive(Debug)]
struct Inner {
    field: String,
    file: String,
    expected: u64,
    fault: Fault,
}

/// What is wrong with a source. Whoever reads it adds the field and the file.
#[derive(Debug)]
pub(crate) enum Fault {
    /// More bytes than declared; at least `found`.
    Grew {
        found: u64,
    },
    /// Fewer bytes than declared.
    Shrank {
        found: u64,
    },
    Vanished,
    /// Another file, or something that is not a file, stands at the path.
    Replaced,
    /// The length is right, but the file was written to between the first byte and the last.
    Changed,
    Unreadable(io::Error),
}

impl UploadError {
    pub(crate) fn new(field: &str, file: &str, expected: u64, fault: Fault) -> Self {
        Self(Box::new(Inner {
            field: field.to_owned(),
            file: file.to_owned(),
            expected,
            fault,
        }))
    }

    /// Looks for an `UploadError` in an error and its sources.
    ///
    /// ```
    /// # use postpress_multipart::UploadError;
    /// # fn explain(error: &reqwest::Error) {
    /// if let Some(upload) = UploadError::find(error) {
    ///     eprintln!("not sent: {} changed: {upload}", upload.file());
    /// }
    /// # }
    /// ```
    pub fn find<'e>(error: &'e (dyn Error + 'static)) -> Option<&'e Self> {
        let mut next = Some(error);
        while let Some(error) = next {
            if let Some(found) = error.downcast_ref() {
                return Some(found);
            }
            next = error.source();
        }
        None
    }

    /// The name of the field, in bracket notation.
    pub fn field(&self) -> &str {
        &self.0.field
    }

    /// The path of the file, or the file name under which a stream was sent.
    pub fn file(&self) -> &str {
        &self.0.file
    }

    /// The length in bytes that the upload had when the form was built.
    pub fn expected(&self) -> u64 {
        self.0.expected
    }

    /// The length in bytes that was found instead; for a stream that went on, what had been read of
    /// it by then. `None` when it is not the length that was wrong.
    pub fn found(&self) -> Option<u64> {
        match self.0.fault {
            Fault::Grew { found } | Fault::Shrank { found } => Some(found),
            _ => None,
        }
    }

    /// The source was longer than declared.
    pub fn is_grown(&self) -> bool {
        matches!(self.0.fault, Fault::Grew { .. })
    }

    /// The source was shorter than declared.
    pub fn is_shrunk(&self) -> bool {
        matches!(self.0.fault, Fault::Shrank { .. })
    }

    /// The file was no longer there.
    pub fn is_vanished(&self) -> bool {
        matches!(self.0.fault, Fault::Vanished)
    }

    /// The file was written to, or another one (or a directory) took its place.
    pub fn is_changed(&self) -> bool {
        matches!(self.0.fault, Fault::Changed | Fault::Replaced)
    }

    /// The source could not be read, and this is what it said.
    pub fn io_error(&self) -> Option<&io::Error> {
        match &self.0.fault {
            Fault::Unreadable(error) => Some(error),
            _ => None,
        }
    }
}

impl fmt::Display for UploadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner {
            field,
            file,
            expected,
            fault,
        } = &*self.0;
        write!(f, "the upload of {file} in `{field}` was broken off: ")?;
        match fault {
            Fault::Grew { found } => write!(
                f,
                "it is longer than declared ({expected} bytes expected, {found} found)"
            ),
            Fault::Shrank { found } => write!(
                f,
                "it is shorter than declared ({expected} bytes expected, {found} found)"
            ),
            Fault::Vanished => write!(f, "the file is no longer there ({expected} bytes expected)"),
            Fault::Replaced => write!(
                f,
                "another file or a directory has taken its place ({expected} bytes expected)"
            ),
            Fault::Changed => f.write_str("the file was written to while it was being sent"),
            Fault::Unreadable(error) => write!(f, "it cannot be read: {error}"),
        }
    }
}

impl Error for UploadError {}
