//! `postpress chats get`.

use std::io;

use postpress::{GetChat, Postpress};

use super::dry_run;
use crate::{
    args::{chats::Get, output::Format},
    client,
    failure::Failure,
    moment,
    output::{self, chat, csv},
    progress::Progress,
    wire::rehearsal::rehearse,
};

pub(crate) async fn run(command: Get) -> Result<(), Failure> {
    if command.connection.dry_run {
        let request = rehearse(&command.connection, async |postpress| {
            Ok(request(&postpress, &command).await?)
        })
        .await?;
        return dry_run::print(&command.output, &request, &[]);
    }
    let progress = Progress::new();
    let postpress = client::connect(&command.connection, &progress).await?;
    let chat = {
        let _spinner = progress.spinner("Getting the chat");
        request(&postpress, &command).await?
    };
    match command.output.format() {
        Format::Json => output::json(&chat),
        Format::Jsonl => output::json_line(&chat),
        Format::Csv => {
            let columns = chat::csv_columns();
            let chat = serde_json::to_value(&chat)?;
            let mut out = io::stdout().lock();
            csv::line(&mut out, &columns)?;
            Ok(csv::line(&mut out, csv::row(&chat, &columns))?)
        }
        Format::Table => output::lines(chat::lines(&chat, moment::now())),
    }
}

fn request(postpress: &Postpress, command: &Get) -> GetChat {
    let request = postpress.get_chat(&command.chat_id);
    match &command.account {
        Some(account) => request.account(account),
        None => request,
    }
}
