//! `--dry-run`: the request is made in earnest and sent to a proxy on this machine that keeps it.
//!
//! So what is shown is what would go out, whatever the layers below do; and nothing leaves the machine, the key least of
//! all: a stand-in takes its place.

use postpress::{Postpress, RetryPolicy};

use super::{
    request::Request,
    tap::{Onward, Tap},
};
use crate::{args::connection::Connection, client, failure::Failure};

/// Stands in for the key.
const STAND_IN: &str = "dry-run";

/// The first request that a call makes.
pub(crate) async fn rehearse<T>(
    connection: &Connection,
    call: impl AsyncFnOnce(Postpress) -> Result<T, Failure>,
) -> Result<Request, Failure> {
    // What is wrong with the settings is said of the real ones.
    let real = client::builder(connection).api_key(STAND_IN).build()?;
    let tap = Tap::open(Onward::Nowhere).await?;
    let (scheme, rest) = real
        .base_url()
        .split_once("://")
        .unwrap_or(("https", real.base_url()));
    let postpress = client::builder(connection)
        .api_key(STAND_IN)
        // Proxies are told the whole URL of what is sent to http://, and see nothing of what is sent to https://.
        .base_url(format!("http://{rest}"))
        .allow_clear_text()
        .proxy(tap.url())
        .retry(RetryPolicy::never())
        .build()?;
    let outcome = call(postpress).await;
    let Some(exchange) = tap.take().into_iter().next() else {
        // Refused before it went out.
        return Err(outcome
            .err()
            .unwrap_or_else(|| Failure::Other(anyhow::anyhow!("there was no request to show"))));
    };
    let mut request = exchange.request;
    if let Some((_, rest)) = request.url.split_once("://") {
        request.url = format!("{scheme}://{rest}");
    }
    Ok(request)
}
