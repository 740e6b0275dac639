//! What came of sending.

use std::io;

use serde::Serialize;

use super::csv;
use crate::{
    args::output::Format,
    failure::Failure,
    terminal::{GREEN, one_line, paint},
};

/// Prints an answer: as a sentence with its ids for people, and with the fields in `columns` as CSV.
pub(crate) fn print<T: Serialize>(
    format: Format,
    answer: &T,
    sentence: &str,
    columns: &[&str],
) -> Result<(), Failure> {
    match format {
        Format::Json => super::json(answer),
        Format::Jsonl => super::json_line(answer),
        Format::Csv => {
            let answer = serde_json::to_value(answer)?;
            let mut out = io::stdout().lock();
            csv::line(&mut out, columns)?;
            Ok(csv::line(&mut out, csv::row(&answer, columns))?)
        }
        Format::Table => super::lines([format!("{} {}", paint(GREEN, "✔"), one_line(sentence))]),
    }
}
