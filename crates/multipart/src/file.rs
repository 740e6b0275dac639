//! Files on disk: checked when the form is built, read while it is sent.

use std::fs::{File, Metadata};
use std::future::Future;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::SystemTime;

use bytes::Bytes;
use tokio::runtime::Handle;
use tokio::task::JoinHandle;

use crate::buffer_size;
use crate::error::Reason;
use crate::upload_error::Fault;

/// The length in bytes of a file, if it can be uploaded: if it exists, is regular and readable.
pub(crate) fn length(path: &Path) -> Result<u64, Reason> {
    // Before opening it, because opening a named pipe waits for its writer.
    let metadata = std::fs::metadata(path).map_err(|error| refusal(path, error))?;
    if metadata.is_dir() {
        return Err(Reason::Directory(path.to_owned()));
    }
    if !metadata.is_file() {
        return Err(Reason::NotAFile(path.to_owned()));
    }
    let file = File::open(path).map_err(|error| refusal(path, error))?;
    let metadata = file.metadata().map_err(|error| refusal(path, error))?;
    Ok(metadata.len())
}

fn refusal(path: &Path, error: io::Error) -> Reason {
    match error.kind() {
        io::ErrorKind::NotFound => Reason::FileMissing(path.to_owned(), error),
        _ => Reason::FileUnreadable(path.to_owned(), error),
    }
}

/// A file being read on Tokio's blocking threads, one chunk ahead of the connection.
pub(crate) struct FileChunks {
    state: State,
}

enum State {
    Unopened(PathBuf, u64),
    Reading(JoinHandle<Step>),
    Ended,
}

/// A chunk and the file to read the next one from; or `None` at the end, after the last check.
type Step = Result<Option<(Bytes, OpenFile)>, Fault>;

impl FileChunks {
    pub(crate) fn new(path: PathBuf, length: u64) -> Self {
        Self {
            state: State::Unopened(path, length),
        }
    }

    pub(crate) fn poll_next(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, Fault>>> {
        loop {
            match std::mem::replace(&mut self.state, State::Ended) {
                State::Unopened(path, length) => {
                    self.state = match spawn(move || OpenFile::open(path, length)?.step()) {
                        Ok(reading) => State::Reading(reading),
                        Err(fault) => return Poll::Ready(Some(Err(fault))),
                    };
                }
                State::Reading(mut reading) => {
                    let Poll::Ready(step) = Pin::new(&mut reading).poll(context) else {
                        self.state = State::Reading(reading);
                        return Poll::Pending;
                    };
                    let step = step
                        .unwrap_or_else(|error| Err(Fault::Unreadable(io::Error::other(error))));
                    return Poll::Ready(match step {
                        Ok(Some((chunk, file))) => match spawn(move || file.step()) {
                            Ok(reading) => {
                                self.state = State::Reading(reading);
                                Some(Ok(chunk))
                            }
                            Err(fault) => Some(Err(fault)),
                        },
                        Ok(None) => None,
                        Err(fault) => Some(Err(fault)),
                    });
                }
                State::Ended => return Poll::Ready(None),
            }
        }
    }
}

fn spawn(step: impl FnOnce() -> Step + Send + 'static) -> Result<JoinHandle<Step>, Fault> {
    match Handle::try_current() {
        Ok(runtime) => Ok(runtime.spawn_blocking(step)),
        Err(error) => Err(Fault::Unreadable(io::Error::other(error))),
    }
}

/// An open file, which has to stay unchanged from its opening until its last byte has been read.
struct OpenFile {
    path: PathBuf,
    file: File,
    opened: Identity,
    buffers: Buffers,
    read: u64,
    left: u64,
    ended: bool,
}

impl OpenFile {
    fn open(path: PathBuf, length: u64) -> Result<Self, Fault> {
        regular(&path)?;
        let file = File::open(&path).map_err(fault)?;
        let metadata = file.metadata().map_err(fault)?;
        compare_length(metadata.len(), length)?;
        Ok(Self {
            path,
            file,
            opened: Identity::of(&metadata),
            buffers: Buffers::default(),
            read: 0,
            left: length,
            ended: false,
        })
    }

    /// Reads the next chunk. The buffer has room for one byte more than is left, so that the read
    /// that takes the last byte also sees the end, and the file is checked before that chunk is
    /// handed out.
    fn step(mut self) -> Step {
        if self.ended {
            return Ok(None);
        }
        let size = buffer_size(self.left);
        let mut buffer = self.buffers.take(size);
        // Straight into the buffer, which need not be filled with zeros before, as it would for
        // `read`.
        let filled = Read::take(&mut self.file, size as u64)
            .read_to_end(&mut buffer)
            .map_err(fault)?;
        self.read += filled as u64;
        let Some(left) = self.left.checked_sub(filled as u64) else {
            return Err(Fault::Grew {
                found: self.read.max(self.length_now()?),
            });
        };
        self.left = left;
        if filled < size {
            self.check_end()?;
            self.ended = true;
            if filled == 0 {
                return Ok(None);
            }
        }
        Ok(Some((self.buffers.lend(buffer), self)))
    }

    /// Checks, at the end of the file, that this was all of it, and that it has not been changed.
    fn check_end(&self) -> Result<(), Fault> {
        if self.left > 0 {
            return Err(Fault::Shrank { found: self.read });
        }
        let now = regular(&self.path)?;
        if !self.opened.is_same_file(&now) {
            return Err(Fault::Replaced);
        }
        compare_length(now.len(), self.read)?;
        if self.opened.times != times(&now) {
            return Err(Fault::Changed);
        }
        Ok(())
    }

    fn length_now(&self) -> Result<u64, Fault> {
        self.file.metadata().map(|now| now.len()).map_err(fault)
    }
}

/// The chunks that were handed out, to be filled again when the connection is done with them: new
/// memory for each would cost as much as the reading.
#[derive(Default)]
struct Buffers {
    lent: Vec<Bytes>,
}

impl Buffers {
    /// One is being filled, one waits, and one or two are in the connection's hands.
    const LIMIT: usize = 4;

    /// An empty buffer with room for `size` bytes.
    fn take(&mut self, size: usize) -> Vec<u8> {
        let free = self.lent.iter().position(Bytes::is_unique);
        let free = free.map(|index| self.lent.swap_remove(index));
        match free.map(Bytes::try_into_mut) {
            Some(Ok(mut buffer)) => {
                // Or else converting it would move its content.
                buffer.clear();
                let mut buffer = Vec::from(buffer);
                buffer.reserve(size);
                buffer
            }
            _ => Vec::with_capacity(size),
        }
    }

    fn lend(&mut self, buffer: Vec<u8>) -> Bytes {
        let chunk = Bytes::from(buffer);
        if self.lent.len() < Self::LIMIT {
            self.lent.push(chunk.clone());
        }
        chunk
    }
}

/// The metadata of the regular file at a path.
fn regular(path: &Path) -> Result<Metadata, Fault> {
    let metadata = std::fs::metadata(path).map_err(fault)?;
    if metadata.is_file() {
        Ok(metadata)
    } else {
        Err(Fault::Replaced)
    }
}

fn compare_length(found: u64, expected: u64) -> Result<(), Fault> {
    match found.cmp(&expected) {
        std::cmp::Ordering::Less => Err(Fault::Shrank { found }),
        std::cmp::Ordering::Equal => Ok(()),
        std::cmp::Ordering::Greater => Err(Fault::Grew { found }),
    }
}

fn fault(error: io::Error) -> Fault {
    match error.kind() {
        io::ErrorKind::NotFound => Fault::Vanished,
        _ => Fault::Unreadable(error),
    }
}

/// What distinguishes a file from another at the same path, and from itself after a write.
struct Identity {
    times: Times,
    #[cfg(unix)]
    inode: (u64, u64),
}

impl Identity {
    fn of(metadata: &Metadata) -> Self {
        Self {
            times: times(metadata),
            #[cfg(unix)]
            inode: inode(metadata),
        }
    }

    #[cfg(unix)]
    fn is_same_file(&self, other: &Metadata) -> bool {
        self.inode == inode(other)
    }

    /// Without inodes, only the time of the last write shows that it is another file.
    #[cfg(not(unix))]
    fn is_same_file(&self, _: &Metadata) -> bool {
        true
    }
}

/// When the content was last written, and, where there is such a time, when anything of the file was last changed: unlike the first,
/// no program can set that back.
type Times = (Option<SystemTime>, Option<(i64, i64)>);

fn times(metadata: &Metadata) -> Times {
    #[cfg(unix)]
    let changed = {
        use std::os::unix::fs::MetadataExt;
        Some((metadata.ctime(), metadata.ctime_nsec()))
    };
    #[cfg(not(unix))]
    let changed = None;
    (metadata.modified().ok(), changed)
}

#[cfg(unix)]
fn inode(metadata: &Metadata) -> (u64, u64) {
    use std::os::unix::fs::MetadataExt;
    (metadata.dev(), metadata.ino())
}
