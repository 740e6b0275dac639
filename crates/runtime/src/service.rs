//! Where a service is, and the HTTP client that reaches it.

use std::env;
use std::fmt;
use std::time::Duration;

use postpress_multipart::FormOptions;
use reqwest::{Client, ClientBuilder, NoProxy, Proxy, Url, redirect};

use crate::error::InvalidRequest;

/// A service: its base URL, the HTTP client that sends requests to it, and how their forms are made. What a generated client
/// has, and every [`Request`](crate::Request) needs. Cheap to clone: clones share their connections.
#[derive(Clone)]
pub struct Service {
    base_url: String,
    /// Or what is wrong with it.
    parsed: Result<Url, String>,
    pub(crate) http: Client,
    pub(crate) form_options: FormOptions,
}

impl Service {
    /// The service at a base URL, with or without a slash at its end.
    ///
    /// The base URL must be `http` or `https`, and have no query and no fragment. One that is wrong is reported by every request,
    /// before anything is sent.
    pub fn new(base_url: &str, http: Client) -> Self {
        Self {
            base_url: base_url.to_owned(),
            parsed: parse(base_url),
            http,
            form_options: FormOptions::new(),
        }
    }

    /// Sets how the forms of all requests are made, unless [a request](crate::Request::with_form_options) sets it itself.
    #[must_use]
    pub fn with_form_options(mut self, options: FormOptions) -> Self {
        self.form_options = options;
        self
    }

    /// The base URL, as it was given.
    pub fn base_url(&self) -> &str {
        &self.base_url
    }

    /// The base URL, parsed.
    pub(crate) fn url(&self) -> Result<Url, InvalidRequest> {
        self.parsed.clone().map_err(InvalidRequest::base_url)
    }
}

// Without the user and password that a URL may hold.
impl fmt::Debug for Service {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let host = self.parsed.as_ref().ok().and_then(Url::host_str);
        f.debug_struct("Service")
            .field("host", &host)
            .field("form_options", &self.form_options)
            .finish_non_exhaustive()
    }
}

/// Parses the base URL, or says what is wrong with it, without repeating it: it may hold a password.
fn parse(base_url: &str) -> Result<Url, String> {
    let url = Url::parse(base_url)
        .map_err(|error| format!("{error}; it should look like `https://api.example/v1`"))?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(format!(
            "its scheme is `{}`, not `http` or `https`",
            url.scheme()
        ));
    }
    for (part, name) in [
        (url.query(), "query (`?`)"),
        (url.fragment(), "fragment (`#`)"),
    ] {
        if part.is_some() {
            return Err(format!("it has a {name}, which no request would keep"));
        }
    }
    Ok(url)
}

/// An HTTP client with the settings that an API client needs; set more on it, or build it as it is.
///
/// - Redirects are not followed: the request, its credentials and its files would go to wherever the response says.
///   A 3xx response is an [`ErrorResponse`](crate::ErrorResponse).
/// - Connecting may take ten seconds. The whole exchange may take as long as it takes: uploads are slow. A connection
///   whose other end is gone is noticed by TCP keep-alive.
/// - A proxy of the environment (`HTTPS_PROXY` or `ALL_PROXY`, but for `NO_PROXY`) is used for `https` alone, where it sees no more
///   than the host: in clear text it could read the credentials.
/// - No `Referer` is ever sent.
///
/// ```
/// let http = postpress_runtime::http_client().user_agent("example/1.0").build()?;
/// # Ok::<(), postpress_runtime::reqwest::Error>(())
/// ```
pub fn http_client() -> ClientBuilder {
    let http = Client::builder()
        .redirect(redirect::Policy::none())
        .referer(false)
        .connect_timeout(Duration::from_secs(10))
        .no_proxy();
    let names = ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"];
    let urls = names.into_iter().filter_map(|name| env::var(name).ok());
    let proxy = urls
        .filter(|url| !url.is_empty())
        .find_map(|url| Proxy::https(url).ok());
    match proxy {
        Some(proxy) => http.proxy(proxy.no_proxy(NoProxy::from_env())),
        None => http,
    }
}
