//! `postpress chats start` and `postpress messages send`.

use postpress::{BuiltRequest, Error, Postpress, Recipients, SendMessage, StartChat, raw::RawJson};

use super::dry_run;
use crate::{
    args::{
        Command,
        chats::{Chats, Start},
        connection::Connection,
        messages::{Messages, Send},
        output::Output,
        sending::{Sources, with_content},
    },
    client,
    delivery::Sending,
    failure::Failure,
    output,
    progress::{Progress, Uploads},
};

/// A message as the command line describes it.
pub(crate) enum Message {
    Start(Box<Start>),
    Send(Box<Send>),
}

/// The request that sends it.
pub(crate) enum Request {
    Start(Box<StartChat>),
    Send(Box<SendMessage>),
}

/// What the service says of a message that it sent.
pub(crate) struct Sent {
    pub(crate) chat_id: Option<String>,
    pub(crate) message_id: Option<String>,
    json: Option<RawJson>,
}

pub(crate) async fn run(message: Message, sending: Sending) -> Result<(), Failure> {
    let (connection, output) = message.settings();
    message.sources().check(connection)?;
    let progress = Progress::new(sending.clone());
    let mut uploads = Uploads::new(progress.clone());
    let postpress = client::connect(connection, &progress).await?;
    let request = message.request(&postpress, &mut uploads).await?;
    if connection.dry_run {
        return dry_run::print(output, &request.build()?, uploads.opened());
    }
    let (doing, columns) = match message {
        Message::Start(_) => (
            "Starting the chat",
            &["object", "chat_id", "message_id"][..],
        ),
        Message::Send(_) => ("Sending the message", &["object", "message_id"][..]),
    };
    let sent = {
        let _spinner = progress.spinner(doing);
        sending.begin();
        request.send(sending).await?
    };
    drop(uploads);
    let sentence = message.sentence(&sent);
    output::print_sent(output.format(), columns, sent.json, &sentence)
}

impl Message {
    /// The message that a command sends, if it sends one.
    pub(crate) fn of(command: Command) -> Option<Self> {
        match command {
            Command::Chats(Chats::Start(start)) => Some(Self::Start(start)),
            Command::Messages(Messages::Send(send)) => Some(Self::Send(send)),
            _ => None,
        }
    }

    /// How the service is reached, and how the result is printed.
    pub(crate) fn settings(&self) -> (&Connection, &Output) {
        match self {
            Self::Start(start) => (&start.connection, &start.output),
            Self::Send(send) => (&send.connection, &send.output),
        }
    }

    /// The arguments that read standard input.
    pub(crate) fn sources(&self) -> Sources {
        match self {
            Self::Start(start) => {
                let mut sources = start.sending.sources();
                sources.add(start.linkedin.reads_stdin(), "the follow-up's text");
                sources.add_files(start.linkedin.files(), "--follow-up-attach");
                sources
            }
            Self::Send(send) => send.sending.sources(),
        }
    }

    /// The request, whose files are opened.
    pub(crate) async fn request(
        &self,
        postpress: &Postpress,
        uploads: &mut Uploads,
    ) -> Result<Request, Failure> {
        Ok(match self {
            Self::Start(start) => {
                let to = Recipients::from_iter(&start.recipients);
                let request = postpress.start_chat(&start.account, to);
                let request = request.maybe_subject(start.subject.as_ref());
                let request = with_content!(request, start.sending, uploads);
                let request = request.maybe_linkedin(start.linkedin.options(uploads).await?);
                Request::Start(Box::new(match start.bracketed_arrays {
                    true => request.bracketed_arrays(),
                    false => request,
                }))
            }
            Self::Send(send) => {
                let request = postpress.send_message(&send.chat_id);
                let request = with_content!(request, send.sending, uploads);
                let request = request
                    .maybe_account(send.account.as_ref())
                    .maybe_thread(send.thread.as_ref())
                    .maybe_quote(send.quote.as_ref())
                    .maybe_typing_duration(send.typing_duration.as_ref());
                Request::Send(Box::new(request))
            }
        })
    }

    fn sentence(&self, sent: &Sent) -> String {
        let (chat, message) = (sent.chat_id.as_deref(), sent.message_id.as_deref());
        match (self, chat, message) {
            (Self::Send(_), _, Some(message)) => format!("Sent {message}"),
            (Self::Send(_), _, None) => "Sent; the service has given the message no id".to_owned(),
            (_, Some(chat), Some(message)) => format!("Started {chat} with {message}"),
            (_, Some(chat), None) => {
                format!("Started {chat}; the provider has not given the message an id yet")
            }
            (_, None, Some(message)) => {
                format!("Sent {message}; the provider has not given the chat an id yet")
            }
            (_, None, None) => "Started; the provider has given no ids yet".to_owned(),
        }
    }
}

impl Request {
    pub(crate) fn build(self) -> Result<BuiltRequest, Error> {
        match self {
            Self::Start(request) => request.build_request(),
            Self::Send(request) => request.build_request(),
        }
    }

    pub(crate) async fn send(self, sending: Sending) -> Result<Sent, Error> {
        let progress = move |sent, total| sending.progress(sent, total);
        Ok(match self {
            Self::Start(request) => {
                let started = request.on_progress(progress).await?;
                Sent {
                    chat_id: started.chat_id().map(str::to_owned),
                    message_id: started.message_id().map(str::to_owned),
                    json: started.raw_json(),
                }
            }
            Self::Send(request) => {
                let sent = request.on_progress(progress).await?;
                Sent {
                    chat_id: None,
                    message_id: sent.message_id().map(str::to_owned),
                    json: sent.raw_json(),
                }
            }
        })
    }
}
