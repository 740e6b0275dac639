//! The client of a command.

use http::Uri;
use hyper_util::client::proxy::matcher::Matcher;
use postpress::{Builder, Postpress, RetryPolicy};

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
    let mut builder = at(connection, key)
        .user_agent(concat!("postpress-cli/", env!("CARGO_PKG_VERSION")))
        .retry(RetryPolicy::default().max_retries(connection.retries))
        .maybe_proxy(connection.proxy.as_ref())
        .maybe_deadline(connection.deadline)
        .on_attempt(move |event| progress.attempt(event));
    if connection.allow_http {
        builder = builder.allow_clear_text();
    }
    if let Some(limit) = connection.timeout {
        builder = builder.read_timeout(limit).send_timeout(limit);
    }
    Ok(builder.build()?)
}

/// A client of the service that the command line names, or the environment.
fn at(connection: &Connection, key: impl Into<String>) -> Builder {
    let url = connection.base_url.as_deref();
    Postpress::builder()
        .api_key(key)
        .maybe_base_url(url.filter(|url| !url.trim().is_empty()))
        .env()
}

/// The way that calls take: what to look at when the service is not reached.
#[derive(Debug)]
pub(crate) struct Route {
    /// The host and port of the service.
    pub(crate) address: String,
    /// Those of the proxy, if there is one.
    pub(crate) proxy: Option<String>,
}

impl Route {
    pub(crate) fn of(connection: &Connection) -> Option<Self> {
        let client = at(connection, NO_KEY).allow_clear_text().build().ok()?;
        let url: Uri = client.base_url().parse().ok()?;
        let proxy = match &connection.proxy {
            Some(proxy) => proxy.trim().parse().ok().as_ref().and_then(address),
            // As the client does it: a proxy of the environment is for https alone.
            None if url.scheme_str() == Some("https") => {
                let proxy = Matcher::from_system().intercept(&url);
                proxy.and_then(|proxy| address(proxy.uri()))
            }
            None => None,
        };
        Some(Self {
            address: address(&url)?,
            proxy,
        })
    }
}

/// The host and port of a URL, without a user and password.
fn address(url: &Uri) -> Option<String> {
    let default = if url.scheme_str() == Some("https") {
        443
    } else {
        80
    };
    Some(format!(
        "{}:{}",
        url.host()?,
        url.port_u16().unwrap_or(default)
    ))
}
