//! A part of a form: its header and where its content comes from.

use std::fmt;

use bytes::Bytes;

use crate::disposition;
use crate::options::Progress;
use crate::source::{Loan, MakeStream};

/// A part of a [`Form`](crate::Form).
pub struct Part {
    pub(crate) name: String,
    pub(crate) file_name: Option<String>,
    pub(crate) media_type: Option<String>,
    pub(crate) length: u64,
    pub(crate) content: Content,
    pub(crate) progress: Option<Progress>,
}

/// Where the content of a part comes from.
pub(crate) enum Content {
    Memory(Bytes),
    #[cfg(not(target_family = "wasm"))]
    File(std::path::PathBuf),
    Once(Loan),
    Replay(MakeStream),
}

impl Part {
    /// The name of the field, in bracket notation.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The name under which a file is sent; `None` for texts and JSON.
    pub fn file_name(&self) -> Option<&str> {
        self.file_name.as_deref()
    }

    /// The `Content-Type` of the part; `None` for texts.
    pub fn media_type(&self) -> Option<&str> {
        self.media_type.as_deref()
    }

    /// The length of the content in bytes.
    pub fn length(&self) -> u64 {
        self.length
    }

    /// Whether it is a file, rather than a text or JSON.
    pub fn is_file(&self) -> bool {
        self.file_name.is_some()
    }

    /// Whether its content can be read again, for another form: always, but for an
    /// [`Upload::stream`](crate::Upload::stream) or [`Upload::reader`](crate::Upload::reader).
    pub fn is_replayable(&self) -> bool {
        !matches!(self.content, Content::Once(_))
    }

    /// The value of a text or JSON part; `None` for files.
    pub fn text(&self) -> Option<&str> {
        match &self.content {
            Content::Memory(bytes) if !self.is_file() => std::str::from_utf8(bytes).ok(),
            _ => None,
        }
    }

    /// The lines before the content, with the empty one that ends them.
    pub(crate) fn head(&self) -> String {
        disposition::head(
            &self.name,
            self.file_name.as_deref(),
            self.media_type.as_deref(),
        )
    }
}

impl fmt::Debug for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Part")
            .field("name", &self.name)
            .field("file_name", &self.file_name)
            .field("media_type", &self.media_type)
            .field("length", &self.length)
            .finish_non_exhaustive()
    }
}
