//! `postpress chats list`.

use futures_util::TryStreamExt;
use postpress::{Chat, ListChats};

use super::dry_run;
use crate::{
    args::{chats::List, output::Format, with},
    client,
    delivery::Sending,
    failure::Failure,
    output::{
        self,
        chats::{self, Listing},
        csv,
    },
    progress::Progress,
    terminal::{self, DIM, paint},
    time,
};

pub(crate) async fn run(command: List) -> Result<(), Failure> {
    let progress = Progress::new(Sending::default());
    let postpress = client::connect(&command.connection, &progress).await?;
    let format = command.output.format();
    let listing = postpress
        .list_chats()
        .accounts(command.accounts.iter().cloned());
    let listing = with(listing, &command.provider, ListChats::provider);
    let listing = with(listing, &command.unread, ListChats::unread);
    let listing = with(listing, &command.before, ListChats::before);
    let listing = with(listing, &command.after, ListChats::after);
    let listing = with(listing, &command.limit, ListChats::limit);
    let listing = with(listing, &command.cursor, ListChats::cursor);
    if command.connection.dry_run {
        return dry_run::print(&command.output, &listing.build_request()?, &[]);
    }
    if command.all {
        return all(listing, format, &progress).await;
    }
    let page = {
        let _spinner = progress.spinner("Listing chats");
        listing.await?
    };
    let cursor = page.next_cursor();
    print(page.chats(), cursor, format)?;
    if let (Some(cursor), Format::Table | Format::Jsonl | Format::Csv) = (cursor, format) {
        note(&format!(
            "There are more: --all lists them, --cursor '{cursor}' goes on from here."
        ));
    }
    Ok(())
}

/// Lists all pages. The chats before an error are printed all the same, and the error says where to resume.
async fn all(listing: ListChats, format: Format, progress: &Progress) -> Result<(), Failure> {
    let mut stream = listing.stream();
    let spinner = progress.spinner("Listing chats");
    let mut kept = Vec::new();
    let mut count = 0_u64;
    if format == Format::Csv {
        csv::header(&chats::CSV)?;
    }
    let failed = loop {
        match stream.try_next().await {
            Ok(Some(chat)) => {
                count += 1;
                spinner.message(format!("Listing chats: {count}"));
                match format {
                    Format::Jsonl => output::json_line(&chat)?,
                    Format::Csv => csv::row(&chats::CSV, &chat)?,
                    Format::Table | Format::Json => kept.push(chat),
                }
            }
            Ok(None) => break None,
            Err(error) => break Some(error),
        }
    };
    drop(spinner);
    let cursor = stream.cursor().map(str::to_owned);
    if matches!(format, Format::Table | Format::Json) && (failed.is_none() || !kept.is_empty()) {
        print(
            &kept,
            cursor.as_deref().filter(|_| failed.is_some()),
            format,
        )?;
    }
    match failed {
        None => Ok(()),
        Some(error) => {
            let hint = cursor.filter(|_| count > 0);
            let hint = hint.map(|cursor| {
                format!(
                    "the {count} chats before it are printed; --cursor '{cursor}' resumes there"
                )
            });
            Err(Failure::Call { error, hint })
        }
    }
}

fn print(page: &[Chat], cursor: Option<&str>, format: Format) -> Result<(), Failure> {
    match format {
        Format::Json => output::json(&Listing {
            chats: page,
            cursor,
        }),
        Format::Jsonl => page.iter().try_for_each(output::json_line),
        Format::Csv => {
            csv::header(&chats::CSV)?;
            let mut rows = page.iter();
            rows.try_for_each(|chat| csv::row(&chats::CSV, chat))
        }
        Format::Table if page.is_empty() => {
            note("No chats.");
            Ok(())
        }
        Format::Table => output::lines(chats::table(page, time::now(), terminal::columns())),
    }
}

/// Says something beside the result, on standard error.
fn note(text: &str) {
    use std::io::Write;
    // If nobody can read it, nothing is lost.
    let _ = writeln!(
        anstream::stderr(),
        "{}",
        paint(DIM, terminal::one_line(text))
    );
}
