//! Exit codes, which scripts rely on.

use std::process::ExitCode;

/// The exit codes other than that of success (0).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Exit {
    /// Anything else: output that cannot be written, a response that cannot be read.
    Failed = 1,
    /// The command line, a value in it, a file or the key is not usable; nothing was sent.
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
  1    failed on this side, or a response that cannot be read
  2    usage: an argument, a file or the key is not usable; nothing was sent
  3    not sent: the service was not reached, or an upload broke off
  4    rejected: the service said that it did not do it
  5    delivery unknown: the message may have been sent; look before you send again
  6    network: a read got no response
  130  interrupted
A pipe that closes early is no error.";

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// Prints a message of clap: help to standard output, errors to standard error.
pub(crate) fn after_clap(message: &clap::Error) -> ExitCode {
    // A closed pipe is no error, and nobody is left to be told of another.
    let _ = message.print();
    if message.use_stderr() {
        Exit::Usage.into()
    } else {
        ExitCode::SUCCESS
    }
}
