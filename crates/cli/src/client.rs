//! The client that a command calls with.

use postpress::{Postpress, RetryPolicy};

use crate::{args::connection::Connection, failure::Failure, key, progress::Progress};

/// Takes the place of the key in a dry run, which needs none.
const NO_KEY: &str = "dry-run";

/// A client with the settings of the command line and the environment.
pub(crate) async fn connect(
    connection: &Connection,
    progress: &Progress,
) -> Result<Postpress, Failure> {
    let key = match &connection.api_key {
        _ if connection.dry_run => NO_KEY.to_owned(),
        Some(key) => key.clone(),
        None => key::find(connection.api_key_file.as_deref()).await?,
    };
    let progress = progress.clone();
    let mut builder = Postpress::builder()
        .api_key(key)
        .user_agent(concat!("postpress-cli/", env!("CARGO_PKG_VERSION")))
        .retry(RetryPolicy::default().max_retries(connection.retries))
        .on_attempt(move |event| progress.attempt(event));
    let url = connection.base_url.as_deref();
    if let Some(url) = url.filter(|url| !url.trim().is_empty()) {
        builder = builder.base_url(url);
    }
    if let Some(url) = &connection.proxy {
        builder = builder.proxy(url);
    }
    if connection.allow_http {
        builder = builder.allow_clear_text();
    }
    if let Some(limit) = connection.timeout {
        builder = builder.read_timeout(limit).send_timeout(limit);
    }
    if let Some(limit) = connection.deadline {
        builder = builder.deadline(limit);
    }
    Ok(builder.build()?)
}
