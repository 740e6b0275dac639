//! The options for how to reach the service.

use std::{path::PathBuf, time::Duration};

use clap::Args;

use crate::time;

/// The heading of its options in the help.
pub(crate) const HEADING: &str = "Connection";

pub(crate) const ENVIRONMENT: &str = "\
Environment:
  POSTPRESS_API_KEY    the key; without it, and without --api-key-file, it is asked for
  POSTPRESS_BASE_URL   where the service is, unless --base-url is given
  NO_COLOR             turns colour off, as CLICOLOR_FORCE turns it on
  SOURCE_DATE_EPOCH    the time that relative times are counted from, in Unix seconds";

/// Where the service is, with which key, and with which time limits.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = HEADING)]
pub(crate) struct Connection {
    /// Reads the API key from this file, or from standard input (`-`), rather than from POSTPRESS_API_KEY
    #[arg(long, value_name = "FILE")]
    pub(crate) api_key_file: Option<PathBuf>,

    /// Where the service is, if neither at its documented address nor at that in POSTPRESS_BASE_URL
    #[arg(long, value_name = "URL")]
    pub(crate) base_url: Option<String>,

    /// Sends everything through this proxy
    #[arg(long, value_name = "URL")]
    pub(crate) proxy: Option<String>,

    /// Allows the key to go to other machines in clear text, over http://
    #[arg(long)]
    pub(crate) allow_http: bool,

    /// How long one attempt may take, such as `30s` or `2m` [default: 30s for reads, 60s and the upload for sends]
    #[arg(long, value_name = "TIME", value_parser = time::duration)]
    pub(crate) timeout: Option<Duration>,

    /// How long the call may take with all its attempts and pauses
    #[arg(long, value_name = "TIME", value_parser = time::duration)]
    pub(crate) deadline: Option<Duration>,

    /// How many times to repeat a call after a temporary failure; a message is never sent twice
    #[arg(long, value_name = "COUNT", default_value_t = 3)]
    pub(crate) retries: u32,

    /// Shows the request as it would go out, and as a curl line; sends nothing and needs no key
    #[arg(long)]
    pub(crate) dry_run: bool,

    /// The key itself, where the demo sets one. There is no argument for it.
    #[arg(skip)]
    pub(crate) api_key: Option<String>,
}
