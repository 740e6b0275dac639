//! `postpress messages`.

use clap::{Args, Subcommand};

use super::{
    connection::Connection,
    each::{self, Each},
    output::Output,
    sending::Sending,
};

/// What can be done with messages.
#[derive(Debug, Subcommand)]
pub(crate) enum Messages {
    /// Sends a message into a chat
    #[command(after_help = SEND, after_long_help = format!("{SEND}\n\n{}", each::HELP))]
    Send(Box<Send>),
}

const SEND: &str = "\
Examples:
  postpress messages send chat_01HXYZ4QK3WJ8FN3M6QH7TZ8GR 'Got it, thanks!'
  postpress messages send CHAT --text-file reply.txt --attach report.pdf --attach photo.jpg
  git log --oneline | postpress messages send CHAT -
  tar cz notes | postpress messages send CHAT 'The notes' --attach '-;name=notes.tgz'
  postpress messages send CHAT --voice hello.m4a
  postpress messages send CHAT 'Yes' --quote msg_01HXYZ4QK3WJ8FN3M6QH7TZ8GR --dry-run
  postpress messages send --each people.csv '{{ chat }}' 'Hello {{ first_name }}!' --dry-run";

/// `postpress messages send`.
#[derive(Debug, Args)]
pub(crate) struct Send {
    /// The chat to write into
    #[arg(value_name = "CHAT")]
    pub(crate) chat_id: String,

    #[command(flatten)]
    pub(crate) sending: Sending,

    /// The connected account that writes
    #[arg(short, long, value_name = "ID")]
    pub(crate) account: Option<String>,

    /// The thread to write into
    #[arg(long, value_name = "ID")]
    pub(crate) thread: Option<String>,

    /// The message to quote
    #[arg(long, value_name = "ID")]
    pub(crate) quote: Option<String>,

    /// How long to appear to be typing; goes out as it is, since the documentation gives no unit
    #[arg(long, value_name = "DURATION")]
    pub(crate) typing_duration: Option<String>,

    #[command(flatten)]
    pub(crate) output: Output,

    #[command(flatten)]
    pub(crate) each: Each,

    #[command(flatten)]
    pub(crate) connection: Connection,
}
