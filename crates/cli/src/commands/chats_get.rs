//! `postpress chats get`.

use postpress::raw::{RawJson, decode_json, types};

use super::dry_run;
use crate::{
    args::chats::Get,
    client,
    delivery::Sending,
    failure::Failure,
    output::{self, chat, json::Fields, note},
    progress::Progress,
    record::Record,
    terminal, time,
};

pub(crate) async fn run(command: Get) -> Result<(), Failure> {
    let progress = Progress::new(Sending::default());
    let postpress = client::connect(&command.connection, &progress).await?;
    let request = postpress.get_chat(command.chat_id);
    let request = request.maybe_account(command.account);
    if command.connection.dry_run {
        return dry_run::print(&command.output, &request.build_request()?, &[]);
    }
    let spinner = progress.spinner("Getting the chat");
    let outcome = request.await;
    drop(spinner);
    let chat = match outcome {
        Ok(chat) => Record::detail(&chat)?,
        Err(error) => match odd(&error) {
            Some(chat) => chat,
            None => return Err(error.into()),
        },
    };
    let lines = || chat::lines(&chat.json, time::now(), terminal::columns());
    let format = command.output.format();
    output::print(format, &chat::csv_columns(), &chat.json, lines)?;
    let oddities = chat.oddities.iter();
    oddities.for_each(|what| note(&format!("Not as documented: {what}")));
    Ok(())
}

/// The chat in a response that does not decode: an object with an id.
fn odd(error: &postpress::Error) -> Option<Record> {
    let body = error.raw_body().filter(|_| error.is_invalid_body())?;
    let json: RawJson = decode_json(body).ok()?;
    let why = json.parse::<types::ChatDetail>().err()?;
    Fields::of(&json).read::<String>("id")?;
    Some(Record {
        json,
        is_odd: true,
        oddities: vec![why.to_string()],
    })
}
