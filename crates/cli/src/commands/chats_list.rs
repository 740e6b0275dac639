//! `postpress chats list`.

use futures_util::TryStreamExt;
use postpress::{Chat, ListChats, Postpress};

use super::dry_run;
use crate::{
    args::{chats::List, output::Format},
    client,
    failure::Failure,
    moment,
    output::{
        self,
        chats::{self, Listing},
    },
    progress::Progress,
    terminal::{self, DIM, paint},
    wire::rehearsal::rehearse,
};

pub(crate) async fn run(command: List) -> Result<(), Failure> {
    if command.connection.dry_run {
        let request = rehearse(&command.connection, async |postpress| {
            Ok(listing(&postpress, &command).await?)
        })
        .await?;
        return dry_run::print(&command.output, &request, &[]);
    }
    let progress = Progress::new();
    let postpress = client::connect(&command.connection, &progress).await?;
    let format = command.output.format();
    let listing = listing(&postpress, &command);
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
        progress_note(&format!(
            "There are more: --all lists them, --cursor '{cursor}' goes on from here."
        ));
    }
    Ok(())
}

fn listing(postpress: &Postpress, command: &List) -> ListChats {
    let mut listing = postpress
        .list_chats()
        .accounts(command.accounts.iter().cloned());
    if let Some(provider) = &command.provider {
        listing = listing.provider(provider.clone());
    }
    if let Some(unread) = command.unread {
        listing = listing.unread(unread);
    }
    if let Some(moment) = command.before {
        listing = listing.before(moment);
    }
    if let Some(moment) = command.after {
        listing = listing.after(moment);
    }
    if let Some(limit) = command.limit {
        listing = listing.limit(limit);
    }
    if let Some(cursor) = &command.cursor {
        listing = listing.cursor(cursor);
    }
    listing
}

/// All pages. What has come before an error is printed all the same, and the error says where to resume.
async fn all(listing: ListChats, format: Format, progress: &Progress) -> Result<(), Failure> {
    let mut stream = listing.stream();
    let spinner = progress.spinner("Listing chats");
    let mut kept = Vec::new();
    let mut count = 0_u64;
    if format == Format::Csv {
        chats::csv_header()?;
    }
    let failed = loop {
        match stream.try_next().await {
            Ok(Some(chat)) => {
                count += 1;
                spinner.message(format!("Listing chats: {count}"));
                match format {
                    Format::Jsonl => output::json_line(&chat)?,
                    Format::Csv => chats::csv_row(&chat)?,
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
            chats::csv_header()?;
            page.iter().try_for_each(chats::csv_row)
        }
        Format::Table if page.is_empty() => {
            progress_note("No chats.");
            Ok(())
        }
        Format::Table => output::lines(chats::table(page, moment::now(), terminal::columns())),
    }
}

/// A word beside the result, on standard error.
fn progress_note(text: &str) {
    use std::io::Write;
    // If nobody can read it, nothing is lost.
    let _ = writeln!(
        anstream::stderr(),
        "{}",
        paint(DIM, terminal::one_line(text))
    );
}
