//! `--output`.

use std::ffi::OsString;

use clap::{Args, ValueEnum};

/// How results are printed.
#[derive(Clone, Debug, Args)]
pub(crate) struct Output {
    /// How to print the result [default: table on a terminal, json in a pipe]; with json and jsonl, errors are JSON as well
    #[arg(short, long, value_name = "FORMAT")]
    pub(crate) output: Option<Format>,
}

/// A form of results.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people: aligned, with relative times, cut to the width of the terminal
    Table,
    /// One JSON document, as the service sends it
    Json,
    /// One JSON document for each result, as the service sends it, on a line of its own
    Jsonl,
    /// Comma-separated values with a header; a text that a spreadsheet would take for a formula begins with an apostrophe
    Csv,
}

/// Whether the words of a command line ask for JSON, so that errors are to be JSON as well: also those of the command line.
pub(crate) fn asks_for_json(words: &[OsString]) -> bool {
    let is_json = |format: &str| matches!(format, "json" | "jsonl");
    let mut is_format = false;
    words.iter().any(|word| {
        let word = word.to_string_lossy();
        let joined = word.strip_prefix("--output=");
        let joined =
            joined.or_else(|| word.strip_prefix("-o").map(|it| it.trim_start_matches('=')));
        let asks = is_format && is_json(&word) || joined.is_some_and(is_json);
        is_format = matches!(&*word, "-o" | "--output");
        asks
    })
}
