//! The commands that need no service.

use std::{net::IpAddr, path::PathBuf};

use clap::Args;
use clap_complete::Shell;
use postpress_mock::{Fault, FaultError, program::FAULTS};

use super::output::Output;
use crate::file;

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

const MOCK: &str = "\
Examples:
  postpress mock
  postpress mock --port 0 --fault latency=300ms,always --fault 429=2s,on=sendMessage
  POSTPRESS_API_KEY=any postpress chats list --base-url http://127.0.0.1:4010/v1";

/// `postpress mock`.
#[derive(Debug, Args)]
#[command(after_help = format!("{FAULTS}\n{MOCK}"))]
pub(crate) struct Mock {
    /// The port to listen on; 0 is a free one
    #[arg(short, long, default_value_t = 4010)]
    pub(crate) port: u16,

    /// The address to listen on
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1")]
    pub(crate) host: IpAddr,

    /// Takes only this key, which should not be a real one: others can see it [default: any]
    #[arg(long, value_name = "KEY", conflicts_with = "api_key_file")]
    pub(crate) api_key: Option<String>,

    /// Takes only the key in this file [default: any]
    #[arg(long, value_name = "FILE")]
    pub(crate) api_key_file: Option<PathBuf>,

    /// Serves this OpenAPI document, 3.0 or 3.1, instead of that of postpress
    #[arg(long, value_name = "FILE")]
    pub(crate) spec: Option<PathBuf>,

    /// A fault to show, once unless it says otherwise; can be given several times
    #[arg(long = "fault", value_name = "FAULT", value_parser = fault)]
    pub(crate) faults: Vec<Fault>,

    /// How large the files of a request may be together [default: 15MB]
    #[arg(long, value_name = "SIZE", value_parser = file::size)]
    pub(crate) max_upload: Option<u64>,

    /// Refuses fields and parameters that are not documented, and lists in one text, as `u1,u2` or `["u1"]`
    #[arg(long)]
    pub(crate) strict: bool,

    /// Starts without chats
    #[arg(long)]
    pub(crate) empty: bool,
}

fn fault(text: &str) -> Result<Fault, String> {
    text.parse().map_err(|error: FaultError| error.to_string())
}
