//! `postpress chats get`.

use postpress::GetChat;

use super::dry_run;
use crate::{
    args::{chats::Get, with},
    client,
    delivery::Sending,
    failure::Failure,
    output::{self, chat},
    progress::Progress,
    time,
};

pub(crate) async fn run(command: Get) -> Result<(), Failure> {
    let progress = Progress::new(Sending::default());
    let postpress = client::connect(&command.connection, &progress).await?;
    let request = postpress.get_chat(&command.chat_id);
    let request = with(request, &command.account, GetChat::account);
    if command.connection.dry_run {
        return dry_run::print(&command.output, &request.build_request()?, &[]);
    }
    let chat = {
        let _spinner = progress.spinner("Getting the chat");
        request.await?
    };
    output::print(command.output.format(), &chat::csv_columns(), &chat, || {
        chat::lines(&chat, time::now())
    })
}
