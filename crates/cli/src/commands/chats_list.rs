//! `postpress chats list`.

use postpress::{Chat, Odd, raw::RawJson};

use super::dry_run;
use crate::{
    args::{chats::List, output::Format},
    client,
    delivery::Sending,
    failure::Failure,
    output::{
        self,
        chats::{self, Listing},
        csv, note,
    },
    progress::Progress,
    record::Record,
    terminal, time,
};

/// From so many characters on, a cursor is not shown among words.
const LONG_CURSOR: usize = 40;

pub(crate) async fn run(command: List) -> Result<(), Failure> {
    let progress = Progress::new(Sending::default());
    let postpress = client::connect(&command.connection, &progress).await?;
    let listing = postpress
        .list_chats()
        .accounts(command.accounts)
        .maybe_provider(command.provider)
        .maybe_unread(command.unread)
        .maybe_before(command.before)
        .maybe_after(command.after)
        .maybe_limit(command.limit)
        .maybe_cursor(command.cursor);
    if command.connection.dry_run {
        return dry_run::print(&command.output, &listing.build_request()?, &[]);
    }
    let mut printer = Printer::new(command.output.format())?;
    let spinner = progress.spinner("Listing chats");
    if !command.all {
        let page = listing.await?;
        drop(spinner);
        let (json, cursor) = (page.raw_json(), page.next_cursor().map(str::to_owned));
        for chat in page.into_with_odd() {
            printer.add(chat)?;
        }
        return printer.finish(json, cursor.as_deref());
    }
    let mut stream = listing.stream().with_odd();
    let failed = loop {
        match stream.try_next().await {
            Ok(Some(chat)) => {
                printer.add(chat)?;
                spinner.message(format!("Listing chats: {}", printer.count));
            }
            Ok(None) => break None,
            Err(error) => break Some(error),
        }
    };
    drop(spinner);
    let Some(error) = failed else {
        return printer.finish(None, None);
    };
    // The chats before an error are printed all the same, and the error says where to resume.
    let (count, cursor) = (printer.count, stream.cursor());
    if count > 0 {
        printer.finish(None, cursor)?;
    }
    let hint = cursor.filter(|_| count > 0).map(|cursor| {
        format!("the {count} chats before it are printed; this resumes there:\n--cursor '{cursor}'")
    });
    Err(Failure::Call {
        error,
        hint,
        route: None,
    })
}

/// Prints chats: at once where each is by itself, and at the end where they are together.
struct Printer {
    format: Format,
    count: usize,
    kept: Vec<Record>,
    /// What there is to say of odd ones.
    notes: Vec<String>,
}

impl Printer {
    fn new(format: Format) -> Result<Self, Failure> {
        if format == Format::Csv {
            csv::header(&chats::CSV)?;
        }
        Ok(Self {
            format,
            count: 0,
            kept: Vec::new(),
            notes: Vec::new(),
        })
    }

    fn add(&mut self, chat: Result<Chat, Odd>) -> Result<(), Failure> {
        let chat = Record::of(chat)?;
        self.count += 1;
        self.notes.extend(chat.oddities.iter().map(|what| {
            let name = chat.name(self.count);
            format!("Chat {name} is not as documented: {what}")
        }));
        match self.format {
            Format::Jsonl => output::json_line(&chat.json)?,
            Format::Csv => csv::row(&chats::CSV, &chat.json)?,
            Format::Table | Format::Json => self.kept.push(chat),
        }
        Ok(())
    }

    /// `page` is the JSON of the page, where there is only one; `cursor` is where the chats go on.
    fn finish(self, page: Option<RawJson>, cursor: Option<&str>) -> Result<(), Failure> {
        match (self.format, &page) {
            (Format::Json, Some(page)) => output::json(page)?,
            (Format::Json, None) => output::json(&Listing::new(&self.kept, cursor))?,
            (Format::Table, _) if self.kept.is_empty() => note("No chats."),
            (Format::Table, _) => {
                let table = chats::table(&self.kept, time::now(), terminal::columns());
                output::lines(table)?;
            }
            (Format::Jsonl | Format::Csv, _) => {}
        }
        self.notes.iter().for_each(|text| note(text));
        if let (Some(_), Some(cursor), true) = (page, cursor, self.format != Format::Json) {
            let next = match cursor.len() {
                0..LONG_CURSOR => format!("--cursor '{cursor}' continues from here"),
                _ => "--output json shows the cursor to continue from".to_owned(),
            };
            note(&format!("There are more: --all lists them; {next}."));
        }
        Ok(())
    }
}
