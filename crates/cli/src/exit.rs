//! Exit codes, which scripts rely on.

use std::process::ExitCode;

use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::failure::Failure;

/// The exit codes other than that of success (0).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Exit {
    /// Anything else: output that cannot be written, a response that cannot be read.
    Failed = 1,
    /// The command line, a value in it, a file or the key cannot be used; nothing was sent.
    Usage = 2,
    /// The service was not reached, or the upload broke off: the message was not sent.
    NotSent = 3,
    /// The service responded with an error: the message was not sent, or the chat cannot be read.
    Rejected = 4,
    /// The message may have been sent.
    Unknown = 5,
    /// A read got no response.
    Network = 6,
    /// Interrupted from the keyboard.
    Interrupted = 130,
}

/// What `--help` says about them.
pub(crate) const HELP: &str = "\
Exit codes:
  0    done
  1    something failed on this machine, or a response cannot be read
  2    usage: an argument, a file or the key cannot be used; nothing was sent
  3    not sent: the service was not reached, or an upload broke off
  4    rejected: the service said that it did not do it
  5    delivery unknown: the message may have been sent; look before you send again
  6    network: a read got no response
  130  interrupted
With --each: 0 if every row was sent, 5 if any row is unknown, else 3 if any was not sent.
A pipe that closes early is no error.";

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// Prints a message of clap: help to standard output, errors to standard error.
pub(crate) fn after_clap(mut message: clap::Error, as_json: bool) -> ExitCode {
    if !message.use_stderr() {
        // A closed pipe is no error, and nobody is left to be told of another.
        let _ = message.print();
        return ExitCode::SUCCESS;
    }
    let said = |kind| match message.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join(" "),
        _ => String::new(),
    };
    let argument = said(ContextKind::InvalidArg);
    let tip = match message.kind() {
        ErrorKind::MissingRequiredArgument if argument.contains("--account") => Some(
            "the ids of accounts are in the postpress dashboard, and in `postpress chats list --output csv`",
        ),
        ErrorKind::UnknownArgument if argument.starts_with("- ") => {
            Some("a text that begins with a hyphen goes to the end, after `--`: -- '- like this'")
        }
        _ => None,
    };
    if let Some(tip) = tip {
        let tip = ContextValue::StyledStrs(vec![tip.into()]);
        message.insert(ContextKind::Suggested, tip);
    }
    if as_json {
        let text = message.to_string();
        let (title, detail) = text.split_once('\n').unwrap_or((&text, ""));
        let title = title.trim_start_matches("error: ").to_owned();
        let lines = vec![("command line".to_owned(), detail.trim().to_owned())];
        let exit = Exit::Usage;
        return Failure::Listed {
            headline: title,
            exit,
            lines,
        }
        .report(true);
    }
    // As above.
    let _ = message.print();
    Exit::Usage.into()
}
