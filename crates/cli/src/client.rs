//! The client that a command calls with.

use postpress::{Builder, Postpress, RetryPolicy};

use crate::{args::connection::Connection, failure::Failure, key, progress::Progress};

/// A client with everything that the command line and the environment say.
pub(crate) async fn connect(
    connection: &Connection,
    progress: &Progress,
) -> Result<Postpress, Failure> {
    let key = match &connection.api_key {
        Some(key) => key.clone(),
        None => key::find(connection.api_key_file.as_deref()).await?,
    };
    let progress = progress.clone();
    let builder = builder(connection)
        .api_key(key)
        .on_attempt(move |event| progress.attempt(event));
    Ok(builder.build()?)
}

/// The settings, but for the key.
pub(crate) fn builder(connection: &Connection) -> Builder {
    let policy = RetryPolicy::default().max_retries(connection.retries);
    let mut builder = Postpress::builder()
        .user_agent(concat!("postpress-cli/", env!("CARGO_PKG_VERSION")))
        .retry(policy);
    if let Some(url) = connection
        .base_url
        .as_deref()
        .filter(|url| !url.trim().is_empty())
    {
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
    builder
}
