//! Who got what, and what would go out.

use serde::Serialize;

use super::{
    input::Row,
    journal::{Entries, Entry, State},
    run::Stopped,
};
use crate::{
    args::output::Format,
    commands::{dry_run, send::Message},
    exit::Exit,
    failure::Failure,
    output::{
        self,
        table::{self, Align, Cell, Column},
    },
    terminal::{self, BOLD, DIM, GREEN, RED, YELLOW, paint},
    wire::curl::quoted,
    wire::request::{Content, Request},
};

const COLUMNS: [&str; 6] = ["row", "to", "state", "chat_id", "message_id", "error"];

/// What became of all rows.
pub(crate) struct Report<'r> {
    rows: &'r [Row],
    entries: &'r Entries,
    lines: Vec<Line<'r>>,
}

/// What became of a row.
#[derive(Serialize)]
struct Line<'r> {
    row: usize,
    to: String,
    state: &'static str,
    chat_id: Option<&'r str>,
    message_id: Option<&'r str>,
    error: Option<&'r str>,
}

impl<'r> Report<'r> {
    pub(crate) fn new(rows: &'r [Row], entries: &'r Entries) -> Self {
        let line = |row: &'r Row| {
            let entry = entries.get(&row.target);
            let known = entry.map(|entry| &entry.known);
            Line {
                row: row.number,
                to: row.message.to(),
                state: word(entry),
                chat_id: known.and_then(|known| known.chat_id.as_deref()),
                message_id: known.and_then(|known| known.message_id.as_deref()),
                error: known.and_then(|known| known.error.as_deref()),
            }
        };
        let lines = rows.iter().map(line).collect();
        Self {
            rows,
            entries,
            lines,
        }
    }

    pub(crate) fn print(&self, format: Format) -> Result<(), Failure> {
        let table = || {
            let columns = [
                Column("ROW", Align::Right, None),
                Column("TO", Align::Left, Some(8)),
                Column("STATE", Align::Left, None),
                Column("ERROR", Align::Left, Some(8)),
                Column("MESSAGE", Align::Left, None),
            ];
            let rows: Vec<_> = self.lines.iter().map(Line::cells).collect();
            table::render(columns, &rows, terminal::columns())
        };
        output::print_all(format, &COLUMNS, &self.lines, table)
    }

    /// Success if everything was sent; else what was not, and what to do.
    pub(crate) fn outcome(&self, stopped: Option<Stopped>) -> Result<(), Failure> {
        let count = |state| self.lines.iter().filter(|line| line.state == state).count();
        let [sent, not_sent, unknown, waiting] = [SENT, NOT_SENT, UNKNOWN, WAITING].map(count);
        let mut lines = Vec::new();
        for row in self.rows {
            let entry = self.entries.get(&row.target);
            if let Some(entry) = entry.filter(|entry| entry.state.is_unknown()) {
                let (number, look) = (row.number, row.message.look(entry));
                let text = format!(
                    "look with `{look}`, then add --mark {number}=sent or --mark {number}=not-sent"
                );
                lines.push((format!("row {number}"), text));
            }
        }
        let exit = match &stopped {
            Some(Stopped::Interrupted) => Exit::Interrupted,
            Some(Stopped::Journal(_)) => Exit::Failed,
            _ if unknown > 0 => Exit::Unknown,
            _ => Exit::NotSent,
        };
        lines.extend(stopped.map(|why| {
            let why = match why {
                Stopped::Interrupted => "interrupted from the keyboard".to_owned(),
                Stopped::Failing => {
                    "three failures in a row had nothing to do with their rows".to_owned()
                }
                Stopped::Journal(error) => format!("the journal cannot be written: {error}"),
            };
            ("stopped".to_owned(), why)
        }));
        if not_sent + waiting > 0 {
            let next = "the same command again tries the others; nothing goes out twice";
            lines.push(("next".to_owned(), next.to_owned()));
        }
        if unknown + not_sent + waiting == 0 {
            return Ok(());
        }
        let counts = [
            (sent, SENT),
            (not_sent, "not sent"),
            (unknown, UNKNOWN),
            (waiting, "not tried"),
        ];
        let counts = counts.into_iter().filter(|(count, _)| *count > 0);
        let counts: Vec<String> = counts
            .map(|(count, what)| format!("{count} {what}"))
            .collect();
        let headline = format!("of {} messages, {}", self.rows.len(), counts.join(", "));
        Err(Failure::Listed {
            headline,
            exit,
            lines,
        })
    }
}

const SENT: &str = "sent";
const NOT_SENT: &str = "not-sent";
const UNKNOWN: &str = "unknown";
const WAITING: &str = "waiting";

fn word(entry: Option<&Entry>) -> &'static str {
    match entry.map(|entry| entry.state) {
        None => WAITING,
        Some(State::Sent) => SENT,
        Some(State::NotSent) => NOT_SENT,
        Some(State::Sending | State::Unknown) => UNKNOWN,
    }
}

impl Line<'_> {
    fn cells(&self) -> [Cell; 5] {
        let style = match self.state {
            SENT => GREEN,
            NOT_SENT => RED,
            UNKNOWN => YELLOW,
            _ => DIM,
        };
        [
            Cell::new(self.row.to_string()),
            Cell::new(&self.to),
            Cell::styled(self.state, style),
            Cell::new(self.error.unwrap_or_default()),
            Cell::styled(self.message_id.unwrap_or_default(), DIM),
        ]
    }
}

impl Message {
    /// Whom it goes to, as the command line has it.
    fn to(&self) -> String {
        match self {
            Self::Start(start) => start.recipients.join(", "),
            Self::Send(send) => send.chat_id.clone(),
        }
    }

    /// The command that shows whether it was sent.
    fn look(&self, entry: &Entry) -> String {
        match self {
            Self::Start(start) => {
                let account = quoted(&start.account);
                format!(
                    "postpress chats list --account {account} --after {}",
                    entry.at
                )
            }
            Self::Send(send) => {
                let account = send
                    .account
                    .iter()
                    .map(|it| format!(" --account {}", quoted(it)));
                let account: String = account.collect();
                format!("postpress chats get {}{account}", quoted(&send.chat_id))
            }
        }
    }
}

/// A message that would go out.
#[derive(Serialize)]
struct Draft<'r> {
    row: usize,
    state: &'static str,
    #[serde(flatten)]
    request: &'r Request,
}

/// Prints each message as it would go out.
pub(crate) fn dry_run(format: Format, rows: &[Row], entries: &Entries) -> Result<(), Failure> {
    if format == Format::Csv {
        return Err(dry_run::no_csv());
    }
    let drafts = rows.iter().map(|row| Draft {
        row: row.number,
        state: word(entries.get(&row.target)),
        request: &row.request,
    });
    let drafts: Vec<_> = drafts.collect();
    let lines = || drafts.iter().flat_map(Draft::lines).collect();
    output::print_all(format, &[], &drafts, lines)
}

impl Draft<'_> {
    fn lines(&self) -> Vec<String> {
        let state = match self.state {
            WAITING => String::new(),
            NOT_SENT => "  (was not sent before)".to_owned(),
            state => format!("  ({state}: will not be sent)"),
        };
        let title = paint(BOLD, format_args!("Row {}", self.row));
        let url = paint(
            DIM,
            format_args!("{} {}", self.request.method, self.request.url),
        );
        let fields: Vec<(&str, String)> = self
            .request
            .form
            .iter()
            .map(|part| match &part.content {
                Content::Text { value } => (part.name.as_str(), terminal::harmless(value)),
                Content::File { file_name, length } => (
                    part.name.as_str(),
                    format!("{} ({length} bytes)", terminal::one_line(file_name)),
                ),
            })
            .collect();
        let mut lines = vec![format!("{title}  {url}{}", paint(YELLOW, state))];
        lines.extend(table::fields(&fields));
        lines.push(String::new());
        lines
    }
}
