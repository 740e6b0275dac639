//! The commands that need no service.

use std::path::PathBuf;

use clap::Args;
use clap_complete::Shell;

use super::output::Output;

/// `postpress errors`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  postpress errors
  postpress errors no_handler
  postpress errors errors/request_timeout --output json
  postpress errors --status 422")]
pub(crate) struct Errors {
    /// An error type, with or without `errors/`; all of them if left out
    #[arg(value_name = "TYPE")]
    pub(crate) error_type: Option<String>,

    /// Only those that come with this HTTP status
    #[arg(long, value_name = "CODE", conflicts_with = "error_type")]
    pub(crate) status: Option<u16>,

    #[command(flatten)]
    pub(crate) output: Output,
}

/// `postpress schema`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  postpress schema                            the names
  postpress schema ChatDetail > chat.schema.json
  postpress schema StartChatRequest | jq .definitions.FollowUp")]
pub(crate) struct Schema {
    /// A type; the names of all types if left out
    #[arg(value_name = "TYPE")]
    pub(crate) type_name: Option<String>,
}

/// `postpress completions`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  postpress completions bash > ~/.local/share/bash-completion/completions/postpress
  postpress completions zsh > \"${fpath[1]}/_postpress\"
  postpress completions fish > ~/.config/fish/completions/postpress.fish")]
pub(crate) struct Completions {
    /// The shell
    pub(crate) shell: Shell,
}

/// `postpress man`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  postpress man | man -l -
  postpress man chats start | man -l -
  postpress man --dir ~/.local/share/man/man1")]
pub(crate) struct Man {
    /// The command whose page to print, such as `chats start`
    #[arg(value_name = "COMMAND", conflicts_with = "dir")]
    pub(crate) command: Vec<String>,

    /// Writes the pages of all commands into this directory
    #[arg(long, value_name = "DIR")]
    pub(crate) dir: Option<PathBuf>,
}

/// `postpress demo`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  postpress demo
  postpress demo --pause        waits for Enter after each step")]
pub(crate) struct Demo {
    /// Waits for Enter after each step
    #[arg(long)]
    pub(crate) pause: bool,
}

/// `postpress mock`.
#[derive(Debug, Args)]
pub(crate) struct Mock {}
