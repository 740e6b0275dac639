//! `postpress chats start`.

use postpress::{Recipients, StartChat};

use super::dry_run;
use crate::{
    args::{chats::Start, sending::with_content, with},
    client,
    delivery::Sending,
    failure::Failure,
    output,
    progress::{Progress, Uploads},
};

const COLUMNS: [&str; 3] = ["object", "chat_id", "message_id"];

pub(crate) async fn run(command: Start, sending: Sending) -> Result<(), Failure> {
    let mut sources = command.sending.sources();
    sources.add(command.linkedin.reads_stdin(), "the follow-up's text");
    sources.add_files(command.linkedin.files(), "--follow-up-attach");
    sources.check(&command.connection)?;
    let progress = Progress::new(sending.clone());
    let mut uploads = Uploads::new(progress.clone());
    let postpress = client::connect(&command.connection, &progress).await?;
    let to = Recipients::from_iter(&command.recipients);
    let request = postpress.start_chat(&command.account, to);
    let request = with(request, &command.subject, StartChat::subject);
    let request = with_content!(request, command.sending, uploads);
    let options = command.linkedin.options(&mut uploads).await?;
    let mut request = with(request, &options, StartChat::linkedin);
    if command.bracketed_arrays {
        request = request.bracketed_arrays();
    }
    if command.connection.dry_run {
        return dry_run::print(&command.output, &request.build_request()?, uploads.opened());
    }
    let started = {
        let _spinner = progress.spinner("Starting the chat");
        sending.begin();
        request
            .on_progress(move |sent, total| sending.progress(sent, total))
            .await?
    };
    drop(uploads);
    let sentence = match (started.chat_id(), started.message_id()) {
        (Some(chat), Some(message)) => format!("Started {chat} with {message}"),
        (Some(chat), None) => {
            format!("Started {chat}; the provider has not given the message an id yet")
        }
        (None, Some(message)) => {
            format!("Sent {message}; the provider has not given the chat an id yet")
        }
        (None, None) => "Started; the provider has given no ids yet".to_owned(),
    };
    output::print_sent(
        command.output.format(),
        &COLUMNS,
        started.raw_json(),
        &sentence,
    )
}
