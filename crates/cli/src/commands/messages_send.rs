//! `postpress messages send`.

use postpress::SendMessage;

use super::dry_run;
use crate::{
    args::{messages::Send, sending::with_content, with},
    client,
    delivery::Sending,
    failure::Failure,
    output,
    progress::{Progress, Uploads},
};

const COLUMNS: [&str; 2] = ["object", "message_id"];

pub(crate) async fn run(command: Send, sending: Sending) -> Result<(), Failure> {
    command.sending.sources().check(&command.connection)?;
    let progress = Progress::new(sending.clone());
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
        sending.begin();
        request
            .on_progress(move |sent, total| sending.progress(sent, total))
            .await?
    };
    drop(uploads);
    let sentence = match sent.message_id() {
        Some(message) => format!("Sent {message}"),
        None => "Sent; the service has given the message no id".to_owned(),
    };
    output::print_sent(
        command.output.format(),
        &COLUMNS,
        sent.raw_json(),
        &sentence,
    )
}
