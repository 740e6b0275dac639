//! `postpress chats start`.

use postpress::{Postpress, Recipient, Recipients, StartChat};

use super::dry_run;
use crate::{
    args::chats::Start,
    client,
    failure::Failure,
    output::sent,
    progress::{Progress, Uploads},
    wire::rehearsal::rehearse,
};

const COLUMNS: [&str; 3] = ["object", "chat_id", "message_id"];

pub(crate) async fn run(command: Start) -> Result<(), Failure> {
    let mut sources = command.sending.sources();
    sources.add(command.linkedin.reads_stdin(), "the follow-up's text");
    sources.add_files(command.linkedin.files(), "--follow-up-attach");
    sources.check(&command.connection)?;
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
    let started = {
        let _spinner = progress.spinner("Starting the chat");
        request.await?
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
    sent::print(
        command.output.format(),
        started.as_raw(),
        &sentence,
        &COLUMNS,
    )
}

async fn request(
    postpress: &Postpress,
    command: &Start,
    uploads: &mut Uploads,
) -> Result<StartChat, Failure> {
    let to = Recipients::group(command.recipients.iter().map(|text| recipient(text)));
    let mut request = postpress.start_chat(&command.account, to);
    if let Some(subject) = &command.subject {
        request = request.subject(subject);
    }
    if let Some(text) = command.sending.text().await? {
        request = request.text(text);
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
    if let Some(options) = command.linkedin.options(uploads).await? {
        request = request.linkedin(options);
    }
    if command.bracketed_arrays {
        request = request.bracketed_arrays();
    }
    Ok(request)
}

/// A recipient, whose provider may be named before it.
fn recipient(text: &str) -> Recipient {
    match text.split_once(':') {
        Some(("linkedin", id)) => Recipient::linkedin(id),
        Some(("linkedin-company", id)) => Recipient::linkedin_company(id),
        Some(("whatsapp", number)) => Recipient::whatsapp(number),
        Some(("instagram", id)) => Recipient::instagram(id),
        _ => Recipient::new(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_provider_before_the_id_completes_it() {
        for (text, id) in [
            ("whatsapp:+33 6 00 00 00 00", "33600000000@s.whatsapp.net"),
            ("linkedin:ACoAAA", "ACoAAA"),
            ("linkedin-company:9", "9"),
            ("instagram:17", "17"),
            ("urn:li:person:1", "urn:li:person:1"),
            ("ACoAAA", "ACoAAA"),
        ] {
            assert_eq!(recipient(text).as_str(), id, "{text}");
        }
    }
}
