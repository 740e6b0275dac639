//! The command line.

pub(crate) mod chats;
pub(crate) mod connection;
pub(crate) mod each;
pub(crate) mod linkedin;
pub(crate) mod messages;
pub(crate) mod output;
pub(crate) mod reference;
pub(crate) mod sending;

use std::ffi::OsString;

use clap::{ArgAction, Parser, Subcommand};

use self::{chats::Chats, connection::Connection, messages::Messages, output::Output};
use crate::{each::Job, exit, terminal::Color};

const EXAMPLES: &str = "\
Examples:
  postpress demo                                  a tour, without a key or a network
  postpress chats list --unread
  postpress messages send CHAT 'Got it, thanks!' --attach report.pdf
  postpress chats start --account ACCOUNT --to whatsapp:+33600000000 'Hello!'
  postpress errors too_many_requests";

/// Messages on LinkedIn, WhatsApp, Instagram, Messenger, Telegram and more, through the postpress API
///
/// On a terminal, results are tables; in a pipe they are JSON. Results go to standard output, everything else to standard
/// error.
#[derive(Debug, Parser)]
#[command(
    name = "postpress",
    version,
    after_help = EXAMPLES,
    after_long_help = format!("{EXAMPLES}\n\n{}\n\n{}", connection::ENVIRONMENT, exit::HELP),
    max_term_width = 110,
    subcommand_required = true,
    arg_required_else_help = true
)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,

    /// Shows on standard error what is being done; twice shows what the HTTP client does as well
    #[arg(short, long, global = true, action = ArgAction::Count, help_heading = "Display")]
    pub(crate) verbose: u8,

    /// When to use colour; `auto` also obeys NO_COLOR and CLICOLOR_FORCE
    #[arg(
        long,
        global = true,
        value_name = "WHEN",
        default_value = "auto",
        help_heading = "Display"
    )]
    pub(crate) color: Color,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Lists, shows and starts chats
    #[command(subcommand)]
    Chats(chats::Chats),
    /// Sends messages into chats
    #[command(subcommand)]
    Messages(messages::Messages),
    /// Explains the errors of the service: what they mean, when they happen, whether to try again
    Errors(reference::Errors),
    /// Prints the JSON Schema of requests and responses
    Schema(reference::Schema),
    /// Starts a server on this machine that behaves as the documentation says
    Mock(reference::Mock),
    /// Shows the whole product in a minute, against a server on this machine
    Demo(reference::Demo),
    /// Prints completions for a shell
    Completions(reference::Completions),
    /// Prints the manual page, or writes one for each command
    Man(reference::Man),
    /// Sends a message for each row of a table: what `chats start` and `messages send` do with `--each`
    #[command(skip)]
    Each(Box<Job>),
}

impl Command {
    /// How the service is called and the result is printed, by the commands that call it.
    pub(crate) fn settings(&mut self) -> Option<(&mut Connection, &mut Output)> {
        Some(match self {
            Self::Chats(Chats::List(it)) => (&mut it.connection, &mut it.output),
            Self::Chats(Chats::Get(it)) => (&mut it.connection, &mut it.output),
            Self::Chats(Chats::Start(it)) => (&mut it.connection, &mut it.output),
            Self::Messages(Messages::Send(it)) => (&mut it.connection, &mut it.output),
            Self::Each(it) => (&mut it.connection, &mut it.output),
            _ => return None,
        })
    }
}

/// Reads the words of a command line.
pub(crate) fn parse(words: &[OsString]) -> Result<Arguments, clap::Error> {
    match crate::each::parse(words)? {
        Some(arguments) => Ok(arguments),
        None => Arguments::try_parse_from(words),
    }
}
