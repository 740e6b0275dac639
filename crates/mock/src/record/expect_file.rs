//! Expectations about files.

use std::fmt;

use sha2::{Digest as _, Sha256};

use super::Part;
use super::part::Digest;

/// A file that a request should have, for [`Expect::file`](crate::Expect::file). What is not given may be anything.
///
/// ```
/// use postpress_mock::ExpectFile;
///
/// let file = ExpectFile::named("dog.png").media_type("image/png").content(b"\x89PNG...");
/// assert_eq!(file.to_string().split(", sha256").next(), Some("file `dog.png`, image/png, 7 bytes"));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExpectFile {
    file_name: Option<String>,
    media_type: Option<String>,
    size: Option<u64>,
    sha256: Option<Digest>,
}

impl ExpectFile {
    /// Any file.
    pub fn any() -> ExpectFile {
        ExpectFile::default()
    }

    /// A file with this file name.
    pub fn named(file_name: impl Into<String>) -> ExpectFile {
        ExpectFile {
            file_name: Some(file_name.into()),
            ..ExpectFile::default()
        }
    }

    /// Its `Content-Type` is this.
    pub fn media_type(mut self, media_type: impl Into<String>) -> ExpectFile {
        self.media_type = Some(media_type.into());
        self
    }

    /// It has this many bytes.
    pub fn size(mut self, bytes: u64) -> ExpectFile {
        self.size = Some(bytes);
        self
    }

    /// It has exactly this content.
    pub fn content(mut self, content: impl AsRef<[u8]>) -> ExpectFile {
        let content = content.as_ref();
        self.sha256 = Some(Digest(Sha256::digest(content).into()));
        self.size(content.len() as u64)
    }

    /// An expectation that only this part meets, if it is a file.
    pub(super) fn exactly(part: &Part) -> Option<ExpectFile> {
        Some(ExpectFile {
            file_name: Some(part.file_name.clone()?),
            media_type: part.media_type.clone(),
            size: Some(part.size),
            sha256: Some(part.sha256),
        })
    }

    /// Whether a file is what is expected.
    pub(super) fn fits(&self, file: &ExpectFile) -> bool {
        fn allows<T: PartialEq>(wanted: &Option<T>, found: &Option<T>) -> bool {
            wanted.is_none() || wanted == found
        }
        allows(&self.file_name, &file.file_name)
            && allows(&self.media_type, &file.media_type)
            && allows(&self.size, &file.size)
            && allows(&self.sha256, &file.sha256)
    }
}

impl fmt::Display for ExpectFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.file_name {
            Some(name) => write!(f, "file `{}`", name.escape_debug())?,
            None => write!(f, "file of any name")?,
        }
        if let Some(media_type) = &self.media_type {
            write!(f, ", {media_type}")?;
        }
        if let Some(size) = self.size {
            write!(f, ", {size} bytes")?;
        }
        if let Some(sha256) = self.sha256 {
            write!(f, ", sha256 {:.8}...", format!("{sha256:?}"))?;
        }
        Ok(())
    }
}
