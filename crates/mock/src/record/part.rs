//! One part of a form.

use std::fmt;

/// One part of a form that the server received.
///
/// Of a file there are the length and the digest; its content is not kept.
#[derive(Clone, PartialEq, Eq)]
pub struct Part {
    pub(crate) name: String,
    pub(crate) file_name: Option<String>,
    pub(crate) media_type: Option<String>,
    pub(crate) size: u64,
    pub(crate) sha256: [u8; 32],
    pub(crate) text: Option<String>,
}

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
        use fmt::Write as _;
        self.sha256.iter().fold(String::new(), |mut text, byte| {
            // Writing to a string does not fail.
            let _ = write!(text, "{byte:02x}");
            text
        })
    }

    /// The content of a text; `None` for a file, and for what is not UTF-8.
    pub fn text(&self) -> Option<&str> {
        self.text.as_deref()
    }

    /// About how many bytes of memory this takes.
    pub(super) fn weight(&self) -> usize {
        let length = |it: &Option<String>| it.as_ref().map_or(0, String::len);
        size_of::<Part>()
            + self.name.len()
            + length(&self.file_name)
            + length(&self.media_type)
            + length(&self.text)
    }
}

impl fmt::Debug for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Part")
            .field("name", &self.name)
            .field("file_name", &self.file_name)
            .field("media_type", &self.media_type)
            .field("size", &self.size)
            .field("sha256", &self.sha256())
            .field("text", &self.text)
            .finish()
    }
}
