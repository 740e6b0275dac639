//! `--output`.

use clap::{Args, ValueEnum};

/// How results are printed.
#[derive(Clone, Debug, Args)]
pub(crate) struct Output {
    /// How to print the result [default: table on a terminal, json in a pipe]
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
    /// Comma-separated values with a header
    Csv,
}
