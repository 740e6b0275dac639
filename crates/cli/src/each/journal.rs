//! The journal: what became of each row, written down before it is sent and after, so that a run that was killed anywhere
//! can be resumed without sending anything twice.
//!
//! It is a file of JSON lines, the first of which says what it belongs to. Each line is on the disk before anything else is
//! done. A line that was not finished is as good as none: nothing follows from it before it is finished. The text of
//! messages is not in it, only digests, by which it is seen whether a row is still the one that was sent.

use std::{
    collections::HashMap,
    fs::{self, File, OpenOptions},
    io::{self, Read, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
};

use fs4::{FileExt, TryLockError};
use postpress::Timestamp;
use serde::{Deserialize, Serialize};

use super::input::Row;
use crate::failure::Failure;

/// A journal that no other run can write.
pub(crate) struct Journal {
    file: File,
    entries: Entries,
}

/// The last entry of each row, by its target.
pub(crate) type Entries = HashMap<String, Entry>;

/// What a journal belongs to.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Header {
    postpress_journal: u32,
    command: String,
    base_url: String,
}

/// What became of a row.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Entry {
    pub(crate) row: usize,
    /// [`Row::target`].
    to: String,
    /// [`Row::digest`].
    message: String,
    pub(crate) state: State,
    pub(crate) at: Timestamp,
    #[serde(flatten)]
    pub(crate) known: Known,
}

/// What else is known of a message that was sent, or was not.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Known {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) chat_id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) message_id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) error: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum State {
    /// It is about to be sent. If nothing follows, nobody knows what became of it.
    Sending,
    Sent,
    NotSent,
    Unknown,
}

impl Header {
    pub(crate) fn new(command: &[String], base_url: &str) -> Self {
        Self {
            postpress_journal: 1,
            command: command.join(" "),
            base_url: base_url.to_owned(),
        }
    }
}

impl Entry {
    pub(crate) fn new(row: &Row, state: State, known: Known) -> Self {
        Self {
            row: row.number,
            to: row.target.clone(),
            message: row.digest.clone(),
            state,
            at: Timestamp::now(),
            known,
        }
    }

    /// Whether a row is not the one that this was written of.
    pub(crate) fn differs(&self, row: &Row) -> bool {
        self.message != row.digest
    }
}

impl State {
    /// Whether nobody knows if the message was sent.
    pub(crate) fn is_unknown(self) -> bool {
        matches!(self, Self::Sending | Self::Unknown)
    }
}

/// What a journal says, if there is one.
pub(crate) fn read(path: &Path, header: &Header) -> Result<Entries, Failure> {
    let text = match fs::read(path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
        Err(error) => return Err(Failure::unreadable(&path.display(), &error)),
    };
    Ok(entries(path, &text, header)?.0)
}

impl Journal {
    /// Opens a journal, or begins one.
    ///
    /// # Errors
    /// When another run has it open, or it belongs to something else.
    pub(crate) fn open(path: &Path, header: &Header) -> Result<Self, Failure> {
        let unusable = |error: io::Error| Failure::unreadable(&path.display(), &error);
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false);
        let mut file = options.open(path).map_err(unusable)?;
        match FileExt::try_lock(&file) {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let path = path.display();
                return Err(Failure::usage(format!("another run is writing {path} now")));
            }
            Err(TryLockError::Error(error)) => return Err(unusable(error)),
        }
        let mut text = Vec::new();
        file.read_to_end(&mut text).map_err(unusable)?;
        let (entries, length) = entries(path, &text, header)?;
        file.set_len(length as u64).map_err(unusable)?;
        file.seek(SeekFrom::End(0)).map_err(unusable)?;
        let mut journal = Self { file, entries };
        if length == 0 {
            journal.write(header).map_err(unusable)?;
            sync_directory(path).map_err(unusable)?;
        }
        Ok(journal)
    }

    pub(crate) fn entries(&self) -> &Entries {
        &self.entries
    }

    /// Writes what became of a row. It is on the disk when this returns.
    pub(crate) fn record(&mut self, entry: Entry) -> io::Result<()> {
        self.write(&entry)?;
        self.entries.insert(entry.to.clone(), entry);
        Ok(())
    }

    fn write(&mut self, line: &impl Serialize) -> io::Result<()> {
        let mut line = serde_json::to_vec(line)?;
        line.push(b'\n');
        self.file.write_all(&line)?;
        self.file.sync_data()
    }
}

/// The entries of a journal, and the length of its finished lines.
fn entries(path: &Path, text: &[u8], header: &Header) -> Result<(Entries, usize), Failure> {
    let refused = |why: &str| Failure::usage(format!("{} {why}", path.display()));
    let length = text
        .iter()
        .rposition(|byte| *byte == b'\n')
        .map_or(0, |at| at + 1);
    let mut lines = text[..length].split_inclusive(|byte| *byte == b'\n');
    let Some(first) = lines.next() else {
        // A header that was not finished can be begun again; anything else is somebody's file.
        let begun = serde_json::to_vec(header)?;
        return match begun.starts_with(text) {
            true => Ok((Entries::new(), 0)),
            false => Err(refused("is no journal; name another file with --journal")),
        };
    };
    match serde_json::from_slice::<Header>(first) {
        Ok(found) if found == *header => {}
        Ok(Header {
            command, base_url, ..
        }) => {
            let why = format!(
                "is the journal of `{command}` at {base_url}; name another file with --journal"
            );
            return Err(refused(&why));
        }
        Err(_) => return Err(refused("is no journal; name another file with --journal")),
    }
    let mut entries = Entries::new();
    for (index, line) in lines.enumerate() {
        let entry: Entry = serde_json::from_slice(line)
            .map_err(|error| refused(&format!("cannot be read in line {}: {error}", index + 2)))?;
        entries.insert(entry.to.clone(), entry);
    }
    Ok((entries, length))
}

/// Makes sure that a new file is still there after the machine fails.
#[cfg(unix)]
fn sync_directory(path: &Path) -> io::Result<()> {
    let parent = path
        .parent()
        .filter(|parent| !parent.as_os_str().is_empty());
    File::open(parent.unwrap_or(Path::new(".")))?.sync_all()
}

#[cfg(not(unix))]
fn sync_directory(_: &Path) -> io::Result<()> {
    Ok(())
}

/// Where the journal of a table is, unless another place is named.
pub(crate) fn beside(table: &Path) -> PathBuf {
    let mut path = table.as_os_str().to_owned();
    path.push(".journal");
    path.into()
}
