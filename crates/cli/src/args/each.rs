//! `--each`.

use std::path::PathBuf;

use clap::Args;

/// The heading of its options in the help.
pub(crate) const HEADING: &str = "A message for each row of a table";

pub(crate) const HELP: &str = "\
With --each, the text and the values of all other options may name columns, in the syntax of Jinja: {{ first_name }}, \
{{ city | default('your city') }}, {% if company %}...{% endif %}. An option that comes out empty is left out. What is neither \
letter nor digit in a column's name is written as an underscore. All rows are checked before the first message goes out.

Every step is written into the journal before it is done: the same command again continues where the last run ended, tries \
again what was certainly not sent, and sends nothing twice. If a run was killed in the middle of a message, that row is \
unknown: look, and say what became of it with --mark.";

/// One message for each row of a table.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = HEADING)]
pub(crate) struct Each {
    /// Sends one message for each row of this CSV file; the other values name its columns, as in `{{name}}`
    #[arg(long, value_name = "CSV")]
    pub(crate) each: Option<PathBuf>,

    /// Where every step is written down, so that nothing goes out twice [default: the CSV file's name and .journal]
    #[arg(long, value_name = "FILE", requires = "each")]
    pub(crate) journal: Option<PathBuf>,

    /// Sends about so many messages an hour, at irregular intervals
    #[arg(long, value_name = "COUNT", requires = "each", value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) per_hour: Option<u32>,

    /// Says what became of a row that is unknown: `7=sent` or `7=not-sent`; can be given several times
    #[arg(long = "mark", value_name = "ROW=STATE", requires = "each", value_parser = mark)]
    pub(crate) marks: Vec<Mark>,
}

/// A row, and whether its message was sent.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Mark {
    pub(crate) row: usize,
    pub(crate) was_sent: bool,
}

fn mark(text: &str) -> Result<Mark, String> {
    let mark = text.split_once('=').and_then(|(row, state)| {
        let was_sent = match state.trim() {
            "sent" => true,
            "not-sent" => false,
            _ => return None,
        };
        let row = row.trim().parse().ok()?;
        Some(Mark { row, was_sent })
    });
    mark.ok_or_else(|| "a row is marked like 7=sent or 7=not-sent".to_owned())
}
