//! The bytes of a form, as they are sent.

use std::collections::VecDeque;
use std::fmt;
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll, ready};

use bytes::{Bytes, BytesMut};
use futures_core::Stream;
use http_body::{Body, Frame, SizeHint};

use crate::CHUNK;
use crate::boundary::Boundary;
use crate::options::Progress;
use crate::part::{Content, Part};
use crate::source::{ByteStream, Loan};
use crate::upload_error::{Fault, UploadError};

/// In-memory content up to this size is copied next to its header, so that a form of texts goes out
/// in one piece; larger content is sent from where it is.
const COPY_LIMIT: usize = 64 * 1024;

/// The body of a form: a [`Stream`] of chunks, and an [`http_body::Body`] whose exact size is
/// known.
///
/// After an error it ends, without the rest of its bytes and the closing boundary.
pub struct FormStream {
    segments: VecDeque<Segment>,
    /// Bytes that are still to be handed out.
    remaining: u64,
    files: Option<FileProgress>,
}

/// How much of all files has been handed out.
struct FileProgress {
    hook: Progress,
    sent: u64,
    total: u64,
}

/// A piece of the body.
enum Segment {
    /// Boundaries, headers and small values.
    Memory(Bytes),
    Upload(Box<Reading>),
}

impl FormStream {
    pub(crate) fn new(
        boundary: &Boundary,
        length: u64,
        parts: Vec<Part>,
        progress: Option<Progress>,
    ) -> Self {
        let files = parts.iter().filter(|part| part.is_file());
        let total = files.map(Part::length).sum();
        let files = progress.map(|hook| FileProgress {
            hook,
            sent: 0,
            total,
        });
        let mut segments = VecDeque::new();
        let mut memory = BytesMut::new();
        for part in parts {
            memory.extend_from_slice(format!("--{boundary}\r\n{}", part.head()).as_bytes());
            let is_counted = part.progress.is_some() || (files.is_some() && part.is_file());
            match &part.content {
                Content::Memory(bytes) if bytes.len() <= COPY_LIMIT && !is_counted => {
                    memory.extend_from_slice(bytes);
                }
                _ => {
                    segments.push_back(Segment::Memory(memory.split().freeze()));
                    segments.push_back(Segment::Upload(Box::new(Reading::new(part))));
                }
            }
            memory.extend_from_slice(b"\r\n");
        }
        memory.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
        segments.push_back(Segment::Memory(memory.freeze()));
        Self {
            segments,
            remaining: length,
            files,
        }
    }

    fn poll_chunk(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, UploadError>>> {
        loop {
            let next = match self.segments.front_mut() {
                None => return Poll::Ready(None),
                Some(Segment::Memory(bytes)) if bytes.is_empty() => None,
                Some(Segment::Memory(bytes)) => Some(Ok(std::mem::take(bytes))),
                Some(Segment::Upload(reading)) => {
                    let next = ready!(reading.poll_next(context));
                    if let (Some(Ok(chunk)), Some(files)) = (&next, &mut self.files)
                        && reading.is_file
                    {
                        files.sent += chunk.len() as u64;
                        (files.hook)(files.sent, files.total);
                    }
                    next
                }
            };
            match next {
                Some(Ok(chunk)) => {
                    self.remaining -= chunk.len() as u64;
                    return Poll::Ready(Some(Ok(chunk)));
                }
                Some(Err(error)) => {
                    self.segments.clear();
                    return Poll::Ready(Some(Err(error)));
                }
                None => self.segments.pop_front(),
            };
        }
    }
}

impl Stream for FormStream {
    type Item = Result<Bytes, UploadError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_chunk(context)
    }
}

impl Body for FormStream {
    type Data = Bytes;
    type Error = UploadError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, UploadError>>> {
        self.poll_chunk(context)
            .map(|chunk| chunk.map(|chunk| chunk.map(Frame::data)))
    }

    fn is_end_stream(&self) -> bool {
        self.remaining == 0
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.remaining)
    }
}

impl fmt::Debug for FormStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FormStream")
            .field("remaining", &self.remaining)
            .finish_non_exhaustive()
    }
}

/// The content of one part that is being read, and must be as long as declared.
struct Reading {
    field: String,
    is_file: bool,
    file: String,
    expected: u64,
    sent: u64,
    input: Input,
    progress: Option<Progress>,
}

enum Input {
    Memory(Bytes),
    #[cfg(not(target_family = "wasm"))]
    File(crate::file::FileChunks),
    Once(Loan),
    /// The mutex is never locked; it makes the body `Sync`, which `reqwest` asks of it.
    Stream(Mutex<ByteStream>),
    /// A stream that is made when its turn comes.
    Unmade(crate::source::MakeStream),
}

impl Reading {
    fn new(part: Part) -> Self {
        let is_file = part.is_file();
        let name = part.file_name.unwrap_or_default();
        let (file, input) = match part.content {
            Content::Memory(bytes) => (name, Input::Memory(bytes)),
            #[cfg(not(target_family = "wasm"))]
            Content::File(path) => (
                path.display().to_string(),
                Input::File(crate::file::FileChunks::new(path, part.length)),
            ),
            Content::Once(loan) => (name, Input::Once(loan)),
            Content::Replay(make) => (name, Input::Unmade(make)),
        };
        Self {
            field: part.name,
            is_file,
            file,
            expected: part.length,
            sent: 0,
            input,
            progress: part.progress,
        }
    }

    /// The next chunk, which never goes beyond the declared length, or `None` if that was reached and
    /// the source has ended.
    fn poll_next(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, UploadError>>> {
        loop {
            let chunk = match ready!(self.input.poll_next(context)) {
                Some(Ok(chunk)) if chunk.is_empty() => continue,
                Some(Ok(chunk)) => chunk,
                Some(Err(fault)) => return Poll::Ready(Some(Err(self.error(fault)))),
                None if self.sent < self.expected => {
                    let fault = Fault::Shrank { found: self.sent };
                    return Poll::Ready(Some(Err(self.error(fault))));
                }
                None => return Poll::Ready(None),
            };
            let found = self.sent.saturating_add(chunk.len() as u64);
            if found > self.expected {
                return Poll::Ready(Some(Err(self.error(Fault::Grew { found }))));
            }
            self.sent = found;
            if let Some(progress) = &self.progress {
                progress(self.sent, self.expected);
            }
            return Poll::Ready(Some(Ok(chunk)));
        }
    }

    fn error(&self, fault: Fault) -> UploadError {
        UploadError::new(&self.field, &self.file, self.expected, fault)
    }
}

impl Input {
    fn poll_next(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, Fault>>> {
        let next = match self {
            Self::Memory(bytes) if bytes.is_empty() => return Poll::Ready(None),
            Self::Memory(bytes) => {
                let chunk = bytes.split_to(bytes.len().min(CHUNK));
                return Poll::Ready(Some(Ok(chunk)));
            }
            #[cfg(not(target_family = "wasm"))]
            Self::File(chunks) => return chunks.poll_next(context),
            Self::Once(loan) => ready!(loan.poll_next(context)),
            Self::Unmade(make) => {
                *self = Self::Stream(Mutex::new(make()));
                return self.poll_next(context);
            }
            Self::Stream(stream) => ready!(
                stream
                    .get_mut()
                    .unwrap_or_else(PoisonError::into_inner)
                    .as_mut()
                    .poll_next(context)
            ),
        };
        Poll::Ready(next.map(|chunk| chunk.map_err(Fault::Unreadable)))
    }
}
