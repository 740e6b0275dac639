//! Results on standard output.

pub(crate) mod chat;
pub(crate) mod chats;
pub(crate) mod csv;
pub(crate) mod json;
pub(crate) mod table;

use std::{
    collections::HashMap,
    io::{self, IsTerminal, Write},
};

use postpress::raw::RawJson;
use serde::Serialize;

use crate::{
    args::output::{Format, Output},
    failure::Failure,
    terminal::{DIM, GREEN, one_line, paint},
};

/// How many columns of a terminal a note has at the most. The path of an oddity can be of any length.
const LONGEST_NOTE: usize = 400;

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

/// Writes one result; `table` is how people see it.
pub(crate) fn print<T: Serialize>(
    format: Format,
    columns: &[&str],
    result: &T,
    table: impl FnOnce() -> Vec<String>,
) -> Result<(), Failure> {
    match format {
        Format::Json => json(result),
        Format::Jsonl => json_line(result),
        Format::Csv => {
            csv::header(columns)?;
            csv::row(columns, result)
        }
        Format::Table => lines(table()),
    }
}

/// Writes several results; `table` is how people see them.
pub(crate) fn print_all<T: Serialize>(
    format: Format,
    columns: &[&str],
    results: &[T],
    table: impl FnOnce() -> Vec<String>,
) -> Result<(), Failure> {
    match format {
        Format::Json => json(results),
        Format::Jsonl => results.iter().try_for_each(json_line),
        Format::Csv => {
            csv::header(columns)?;
            let mut rows = results.iter();
            rows.try_for_each(|result| csv::row(columns, result))
        }
        Format::Table => lines(table()),
    }
}

/// Writes the response to a send: as it was sent, if it is JSON, else an object without members.
pub(crate) fn print_sent(
    format: Format,
    columns: &[&str],
    response: Option<RawJson>,
    sentence: &str,
) -> Result<(), Failure> {
    match response {
        Some(json) => print(format, columns, &json, || done(sentence)),
        None => print(format, columns, &HashMap::<(), ()>::new(), || {
            done(sentence)
        }),
    }
}

/// A line that says that something was done.
pub(crate) fn done(sentence: &str) -> Vec<String> {
    vec![format!("{} {}", paint(GREEN, "✔"), one_line(sentence))]
}

/// Writes lines that may be coloured; where colour cannot be shown, they are plain.
pub(crate) fn lines<T: AsRef<str>>(lines: impl IntoIterator<Item = T>) -> Result<(), Failure> {
    let mut out = anstream::stdout().lock();
    for line in lines {
        writeln!(out, "{}", line.as_ref())?;
    }
    Ok(out.flush()?)
}

/// Says something beside the result, on standard error.
pub(crate) fn note(text: &str) {
    // If nobody can read it, nothing is lost.
    let text = one_line(text);
    let text = console::truncate_str(&text, LONGEST_NOTE, "…");
    let _ = writeln!(anstream::stderr(), "{}", paint(DIM, text));
}

/// Writes an indented JSON document.
pub(crate) fn json<T: Serialize + ?Sized>(value: &T) -> Result<(), Failure> {
    raw((json::laid_out(&serde_json::to_string(value)?, true) + "\n").as_bytes())
}

/// Writes a JSON document on one line.
pub(crate) fn json_line<T: Serialize + ?Sized>(value: &T) -> Result<(), Failure> {
    raw((json::laid_out(&serde_json::to_string(value)?, false) + "\n").as_bytes())
}

/// Writes text as it is.
pub(crate) fn raw(bytes: &[u8]) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    out.write_all(bytes)?;
    Ok(out.flush()?)
}
