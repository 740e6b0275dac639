//! The settings that every generated client starts from.

use std::time::Duration;

use reqwest::{ClientBuilder, redirect};

/// An HTTP client with the settings that an API client needs; set more on it, or build it as it is.
///
/// - Redirects are not followed: the request, its credentials and its files would go to wherever the answer says.
///   A 3xx answer is an [`ErrorResponse`](crate::ErrorResponse).
/// - Connecting may take ten seconds. The whole exchange may take as long as it takes: uploads are slow. A connection
///   whose other end is gone is noticed by TCP keep-alive.
/// - No `Referer` is ever sent.
///
/// ```
/// let http = postpress_runtime::http_client().user_agent("example/1.0").build()?;
/// # Ok::<(), postpress_runtime::reqwest::Error>(())
/// ```
pub fn http_client() -> ClientBuilder {
    reqwest::Client::builder()
        .redirect(redirect::Policy::none())
        .referer(false)
        .connect_timeout(Duration::from_secs(10))
}
