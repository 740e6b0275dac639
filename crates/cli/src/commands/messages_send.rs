//! `postpress messages send`.

use postpress::SendMessage;

use super::dry_run;
use crate::{
    args::{messages::Send, sending::with_content, with},
    client,
    failure::Failure,
    output,
    progress::{Progress, Uploads},
};

const COLUMNS: [&str; 2] = ["object", "message_id"];

pub(crate) async fn run(command: Send) -> Result<(), Failure> {
    if command.sending.is_empty() {
        return Err(Failure::usage(
            "there is nothing to send: give a text, or a file with --attach, --voice or --video",
        ));
    }
    command.sending.sources().check(&command.connection)?;
    let progress = Progress::new();
    let mut uploads = Uploads::new(progress.clone());
    let postpress = client::connect(&command.connection, &progress).await?;
    let request = postpress.send_message(&command.chat_id);
    let request = with_content!(request, command.sending, uploads);
    let request = with(request, &command.account, SendMessage::account);
    let request = with(request, &command.thread, SendMessage::thread);
    let request = with(request, &command.quote, SendMessage::quote);
    let request = with(
        request,
        &command.typing_duration,
        SendMessage::typing_duration,
    );
    if command.connection.dry_run {
        return dry_run::print(&command.output, &request.build_request()?, uploads.opened());
    }
    let sent = {
        let _spinner = progress.spinner("Sending the message");
        request.await?
    };
    drop(uploads);
    output::print(command.output.format(), &COLUMNS, sent.as_raw(), || {
        output::done(&format!("Sent {}", sent.message_id()))
    })
}
