//! `postpress messages send`.

use postpress::{Postpress, SendMessage};

use super::dry_run;
use crate::{
    args::messages::Send,
    client,
    failure::Failure,
    output::sent,
    progress::{Progress, Uploads},
    wire::rehearsal::rehearse,
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
    if command.connection.dry_run {
        let call = async |postpress: Postpress| {
            Ok(request(&postpress, &command, &mut uploads).await?.await?)
        };
        let request = rehearse(&command.connection, call).await?;
        return dry_run::print(&command.output, &request, uploads.opened());
    }
    let postpress = client::connect(&command.connection, &progress).await?;
    let request = request(&postpress, &command, &mut uploads).await?;
    let answer = {
        let _spinner = progress.spinner("Sending the message");
        request.await?
    };
    drop(uploads);
    sent::print(
        command.output.format(),
        answer.as_raw(),
        &format!("Sent {}", answer.message_id()),
        &COLUMNS,
    )
}

async fn request(
    postpress: &Postpress,
    command: &Send,
    uploads: &mut Uploads,
) -> Result<SendMessage, Failure> {
    let mut request = postpress.send_message(&command.chat_id);
    if let Some(text) = command.sending.text().await? {
        request = request.text(text);
    }
    if let Some(account) = &command.account {
        request = request.account(account);
    }
    if let Some(thread) = &command.thread {
        request = request.thread(thread);
    }
    if let Some(quote) = &command.quote {
        request = request.quote(quote);
    }
    if let Some(duration) = &command.typing_duration {
        request = request.typing_duration(duration);
    }
    for file in &command.sending.attachments {
        request = request.attach(uploads.open("attachments", file).await?);
    }
    if let Some(file) = &command.sending.voice {
        request = request.voice_message(uploads.open("voice_message", file).await?);
    }
    if let Some(file) = &command.sending.video {
        request = request.video_message(uploads.open("video_message", file).await?);
    }
    if let Some(limit) = command.sending.max_file_size {
        request = request.max_file_size(limit);
    }
    Ok(request)
}
