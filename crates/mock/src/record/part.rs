//! One part of a form.

use std::fmt;

/// One part of a form that the server received.
///
/// Of a file there are the length and the digest; its content is not kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    pub(crate) name: String,
    pub(crate) file_name: Option<String>,
    pub(crate) media_type: Option<String>,
    pub(crate) size: u64,
    pub(crate) sha256: Digest,
    pub(crate) text: Option<String>,
}

/// Prints as 64 lowercase hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Digest(pub(crate) [u8; 32]);

impl Part {
    /// The name of the field as it was sent, brackets included: `linkedin[follow_up][subject]`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The file name. A part that has one is a file, one that has none is a text.
    pub fn file_name(&self) -> Option<&str> {
        self.file_name.as_deref()
    }

    /// The `Content-Type` of the part.
    pub fn media_type(&self) -> Option<&str> {
        self.media_type.as_deref()
    }

    /// How many bytes the content has.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The SHA-256 digest of the content, as 64 lowercase hexadecimal digits.
    pub fn sha256(&self) -> String {
        format!("{:?}", self.sha256)
    }

    /// The content of a text; `None` for a file, and for what is not UTF-8.
    pub fn text(&self) -> Option<&str> {
        self.text.as_deref()
    }

    /// About how many bytes of memory this takes.
    pub(super) fn weight(&self) -> usize {
        let texts = [&self.file_name, &self.media_type, &self.text];
        let texts = texts.into_iter().flatten().map(String::len);
        size_of::<Part>() + self.name.len() + texts.sum::<usize>()
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}
