//! Results on standard output.

pub(crate) mod chat;
pub(crate) mod chats;
pub(crate) mod csv;
pub(crate) mod sent;
pub(crate) mod table;

use std::io::{self, IsTerminal, Write};

use serde::Serialize;

use crate::{
    args::output::{Format, Output},
    failure::Failure,
};

impl Output {
    /// The format that was asked for, or the one that suits whoever reads.
    pub(crate) fn format(&self) -> Format {
        self.output.unwrap_or_else(|| {
            if io::stdout().is_terminal() {
                Format::Table
            } else {
                Format::Json
            }
        })
    }
}

/// Writes lines that may be coloured; what cannot show it gets them plain.
pub(crate) fn lines<T: AsRef<str>>(lines: impl IntoIterator<Item = T>) -> Result<(), Failure> {
    let mut out = anstream::stdout().lock();
    for line in lines {
        writeln!(out, "{}", line.as_ref())?;
    }
    Ok(out.flush()?)
}

/// Writes an indented JSON document.
pub(crate) fn json<T: Serialize + ?Sized>(value: &T) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    serde_json::to_writer_pretty(&mut out, value)?;
    writeln!(out)?;
    Ok(out.flush()?)
}

/// Writes a JSON document on one line.
pub(crate) fn json_line<T: Serialize + ?Sized>(value: &T) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    serde_json::to_writer(&mut out, value)?;
    writeln!(out)?;
    Ok(out.flush()?)
}

/// Writes text as it is.
pub(crate) fn raw(bytes: &[u8]) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    out.write_all(bytes)?;
    Ok(out.flush()?)
}
