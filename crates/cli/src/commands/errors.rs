//! `postpress errors`.

use postpress::{ErrorInfo, ErrorType};
use serde::Serialize;

use crate::{
    advice::{self, Again, short},
    args::reference::Errors,
    failure::Failure,
    output::{
        self,
        table::{self, Align, Cell, Column},
    },
    terminal::{self, BOLD, CYAN, DIM, GREEN, RED, YELLOW, paint},
    text::suggestion,
};

/// An error type with all that is known about it.
#[derive(Serialize)]
struct Entry {
    #[serde(rename = "type")]
    error_type: &'static str,
    status: Vec<u16>,
    meaning: &'static str,
    again: &'static str,
    retry: &'static str,
    next: &'static str,
    happens: Vec<Place>,
}

/// Where it is documented.
#[derive(Serialize)]
struct Place {
    operation: &'static str,
    command: Option<&'static str>,
    status: u16,
    meaning: &'static str,
}

const COLUMNS: [&str; 6] = ["type", "status", "meaning", "again", "retry", "next"];

pub(crate) fn run(command: &Errors) -> Result<(), Failure> {
    let format = command.output.format();
    let Some(wanted) = &command.error_type else {
        let all = ErrorType::all().map(entry);
        let entries: Vec<Entry> = all
            .filter(|entry| {
                command
                    .status
                    .is_none_or(|status| entry.status.contains(&status))
            })
            .collect();
        return match command.status {
            Some(status) if entries.is_empty() => Err(Failure::usage(format!(
                "no error is documented with the status {status}"
            ))),
            _ => output::print_all(format, &COLUMNS, &entries, || listing(&entries)),
        };
    };
    let name = short(wanted.trim());
    match ErrorType::all().find(|info| short(info.error_type()).eq_ignore_ascii_case(name)) {
        Some(info) => {
            let entries = [entry(info)];
            output::print_all(format, &COLUMNS, &entries, || explanation(&entries))
        }
        None => Err(unknown(name)),
    }
}

fn entry(info: &'static ErrorInfo) -> Entry {
    let places = info.documented().iter().map(|place| Place {
        operation: place.operation(),
        command: command_of(place.operation()),
        status: place.status(),
        meaning: place.description(),
    });
    let happens: Vec<Place> = places.collect();
    let mut status: Vec<u16> = happens.iter().map(|place| place.status).collect();
    status.dedup();
    let first = status.first().copied().unwrap_or_default();
    let error_type = ErrorType::from(info.error_type());
    let again = Again::after(Some(&error_type), first);
    Entry {
        error_type: info.error_type(),
        status,
        meaning: info.description(),
        again: again.word(),
        retry: again.sentence(),
        next: advice::next(Some(&error_type), first),
        happens,
    }
}

/// The command that calls an operation, if there is one.
fn command_of(operation: &str) -> Option<&'static str> {
    Some(match operation {
        "listChats" => "chats list",
        "startChat" => "chats start",
        "getChat" => "chats get",
        "sendMessage" => "messages send",
        _ => return None,
    })
}

/// A table of error types.
fn listing(entries: &[Entry]) -> Vec<String> {
    let columns = [
        Column("STATUS", Align::Left, None),
        Column("TYPE", Align::Left, None),
        Column("AGAIN?", Align::Left, None),
        Column("MEANING", Align::Left, Some(20)),
    ];
    let mut rows: Vec<_> = entries
        .iter()
        .map(|entry| {
            let status: Vec<String> = entry.status.iter().map(u16::to_string).collect();
            let again = match entry.again {
                "yes" => GREEN,
                "reads-only" => RED,
                "later" => YELLOW,
                _ => DIM,
            };
            [
                Cell::styled(status.join(", "), DIM),
                Cell::styled(short(entry.error_type), CYAN),
                Cell::styled(entry.again, again),
                Cell::new(entry.meaning),
            ]
        })
        .collect();
    rows.sort_by_key(|row| row[0].text().to_owned());
    table::render(columns, &rows, terminal::columns())
}

/// All that is known about each error type.
fn explanation(entries: &[Entry]) -> Vec<String> {
    let mut lines = Vec::new();
    for entry in entries {
        lines.push(paint(BOLD, entry.error_type));
        let mut fields = vec![("means", entry.meaning.to_owned())];
        for (index, place) in entry.happens.iter().enumerate() {
            let label = if index == 0 { "happens" } else { "" };
            let meaning = if place.meaning == entry.meaning {
                String::new()
            } else {
                format!(": {}", place.meaning)
            };
            let place_name = match place.command {
                Some(command) => format!("postpress {command}"),
                None => place.operation.to_owned(),
            };
            let place_name = paint(CYAN, place_name);
            fields.push((
                label,
                format!("{place_name}, with status {}{meaning}", place.status),
            ));
        }
        fields.push(("try again?", entry.retry.to_owned()));
        fields.push(("do", entry.next.to_owned()));
        lines.extend(table::fields(&fields));
    }
    lines
}

fn unknown(name: &str) -> Failure {
    let known = ErrorType::all().map(|info| short(info.error_type()));
    let hint = suggestion(name, known);
    Failure::usage(format!(
        "{name:?} is no documented error type{hint}; `postpress errors` lists all"
    ))
}
