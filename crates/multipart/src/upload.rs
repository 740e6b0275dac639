//! A file to send.

use std::borrow::Cow;
use std::fmt;
use std::io;
#[cfg(not(target_family = "wasm"))]
use std::path::{Path, PathBuf};
use std::sync::Arc;

use bytes::Bytes;
use futures_core::Stream;
use tokio::io::AsyncRead;
use tokio_util::io::ReaderStream;

use crate::buffer_size;
use crate::options::Progress;
use crate::source::{Slot, Source};

/// A file, or any bytes, to send as one part of a form.
///
/// ```
/// use postpress_multipart::Upload;
///
/// let report = Upload::path("report.pdf");
/// let table = Upload::bytes("a,b\n1,2\n").with_file_name("table.csv");
/// let photo = Upload::bytes(vec![0xFF, 0xD8]).with_media_type("image/jpeg"); // sent as `file.jpg`
/// assert!(report.is_replayable());
/// ```
///
/// # Media type
///
/// A type set with [`with_media_type`](Self::with_media_type) is sent as it is, and must be one that the
/// field accepts. Otherwise, where the field accepts a choice of types, the type is guessed from
/// the file name; where it does not, the file is `application/octet-stream`. See
/// [`FieldWriter::with_accept`](crate::FieldWriter::with_accept).
///
/// # Sending it again
///
/// Bytes, paths and [`replay`](Self::replay) can be sent any number of times, so that a form can be
/// built again for a second attempt. A [`stream`](Self::stream) or [`reader`](Self::reader) can be
/// sent once; clones share it. As long as no byte of it has been read, it counts as unsent: a form
/// that was refused, dropped or never got a connection gives it back.
#[derive(Clone)]
pub struct Upload {
    pub(crate) source: Source,
    pub(crate) file_name: Option<String>,
    pub(crate) media_type: Option<String>,
    pub(crate) progress: Option<Progress>,
}

impl Upload {
    fn new(source: Source) -> Self {
        Self {
            source,
            file_name: None,
            media_type: None,
            progress: None,
        }
    }

    /// Bytes in memory. They are not copied.
    pub fn bytes(data: impl Into<Bytes>) -> Self {
        Self::new(Source::Bytes(data.into()))
    }

    /// The file at a path. Nothing is read or checked yet.
    ///
    /// When a form is built with it, the file must be there, regular and readable, and its length is
    /// taken; it is opened when its turn to be sent comes, and must be of that length, and stay
    /// in its place unwritten, until its last byte has been read.
    ///
    /// The file name is the last component of the path, with U+FFFD for what is not Unicode.
    #[cfg(not(target_family = "wasm"))]
    pub fn path(path: impl AsRef<Path>) -> Self {
        Self::new(Source::Path(path.as_ref().to_owned()))
    }

    /// A stream of `length` bytes, which can be sent once. It must end after them.
    pub fn stream(
        length: u64,
        stream: impl Stream<Item = io::Result<Bytes>> + Send + 'static,
    ) -> Self {
        let slot = Slot::new(Box::pin(stream));
        Self::new(Source::Once { length, slot })
    }

    /// A reader of `length` bytes, which can be sent once. It must end after them: bound one that
    /// stays open with [`take`](https://docs.rs/tokio/latest/tokio/io/trait.AsyncReadExt.html#method.take).
    pub fn reader(length: u64, reader: impl AsyncRead + Send + 'static) -> Self {
        let capacity = buffer_size(length);
        Self::stream(length, ReaderStream::with_capacity(reader, capacity))
    }

    /// A stream of `length` bytes that can be opened again for each attempt.
    ///
    /// ```
    /// use bytes::Bytes;
    /// use postpress_multipart::Upload;
    ///
    /// let zeros = Upload::replay(8 * 1024, || {
    ///     futures_util::stream::iter((0..8).map(|_| Ok(Bytes::from_static(&[0; 1024]))))
    /// });
    /// assert!(zeros.is_replayable());
    /// ```
    pub fn replay<S>(length: u64, make: impl Fn() -> S + Send + Sync + 'static) -> Self
    where
        S: Stream<Item = io::Result<Bytes>> + Send + 'static,
    {
        Self::new(Source::Replay {
            length,
            make: Arc::new(move || Box::pin(make())),
        })
    }

    /// Sets the file name. Without one, a file is sent under the name that it has on disk, anything
    /// else as `file` with the extension of its media type.
    ///
    /// The name is sent as it is, path separators included; `"` and line breaks are
    /// percent-encoded. An empty name, and one with other control characters or a `\` at its
    /// end, is refused when the form is built.
    #[must_use]
    pub fn with_file_name(mut self, name: impl Into<String>) -> Self {
        self.file_name = Some(name.into());
        self
    }

    /// Sets the media type, such as `image/png` or `text/plain; charset=utf-8`. One that is
    /// malformed, or not accepted by the field, is refused when the form is built.
    #[must_use]
    pub fn with_media_type(mut self, media_type: impl AsRef<str>) -> Self {
        self.media_type = Some(media_type.as_ref().to_owned());
        self
    }

    /// Calls `hook` with the bytes handed to the connection so far, and the length of the file in
    /// bytes, at each chunk of at most 1 MiB (of any size, for a stream). At a second attempt
    /// it starts from zero again.
    ///
    /// The hook runs on the task that sends, and holds it up for as long as it takes.
    #[must_use]
    pub fn on_progress(mut self, hook: impl Fn(u64, u64) + Send + Sync + 'static) -> Self {
        self.progress = Some(Arc::new(hook));
        self
    }

    /// Whether it can be sent more than once.
    pub fn is_replayable(&self) -> bool {
        !matches!(self.source, Source::Once { .. })
    }

    /// The length in bytes, where it is known before a form is built with it: not for a path.
    pub fn length(&self) -> Option<u64> {
        match &self.source {
            Source::Bytes(bytes) => Some(bytes.len() as u64),
            #[cfg(not(target_family = "wasm"))]
            Source::Path(_) => None,
            Source::Once { length, .. } | Source::Replay { length, .. } => Some(*length),
        }
    }

    /// The file name that was set, or that comes from the path.
    pub fn file_name(&self) -> Option<Cow<'_, str>> {
        match (&self.file_name, &self.source) {
            (Some(name), _) => Some(Cow::Borrowed(name)),
            #[cfg(not(target_family = "wasm"))]
            (None, Source::Path(path)) => Some(path.file_name()?.to_string_lossy()),
            _ => None,
        }
    }

    /// The media type that was set.
    pub fn media_type(&self) -> Option<&str> {
        self.media_type.as_deref()
    }
}

impl fmt::Debug for Upload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Upload")
            .field("source", &self.source)
            .field("file_name", &self.file_name)
            .field("media_type", &self.media_type)
            .finish_non_exhaustive()
    }
}

impl From<Bytes> for Upload {
    fn from(bytes: Bytes) -> Self {
        Self::bytes(bytes)
    }
}

impl From<Vec<u8>> for Upload {
    fn from(bytes: Vec<u8>) -> Self {
        Self::bytes(bytes)
    }
}

impl From<&'static [u8]> for Upload {
    fn from(bytes: &'static [u8]) -> Self {
        Self::bytes(bytes)
    }
}

#[cfg(not(target_family = "wasm"))]
impl From<PathBuf> for Upload {
    fn from(path: PathBuf) -> Self {
        Self::path(path)
    }
}

#[cfg(not(target_family = "wasm"))]
impl From<&Path> for Upload {
    fn from(path: &Path) -> Self {
        Self::path(path)
    }
}
