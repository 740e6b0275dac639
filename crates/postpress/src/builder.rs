//! Settings of a client.

use std::{env, sync::Arc, time::Duration};

use postpress_client::{Client, DEFAULT_BASE_URL, runtime};
use url::{Host, Url};

use crate::{
    client::{Hooks, Postpress},
    error::Error,
    observe::AttemptEvent,
    retry::{Budget, RetryPolicy},
    runner::{Runner, Settings},
};

/// Where the environment holds the key.
pub const API_KEY_VARIABLE: &str = "POSTPRESS_API_KEY";
/// Where the environment holds the base URL.
pub const BASE_URL_VARIABLE: &str = "POSTPRESS_BASE_URL";

/// Settings for a [`Postpress`] client, which [`build`](Self::build) checks and applies.
#[derive(Default)]
#[must_use = "settings do nothing before `build`"]
pub struct Builder {
    api_key: Option<String>,
    base_url: Option<String>,
    read_timeout: Option<Duration>,
    send_timeout: Option<Duration>,
    deadline: Option<Duration>,
    retry: Option<RetryPolicy>,
    user_agent: Option<String>,
    proxy: Option<String>,
    http: Option<reqwest::Client>,
    clear_text: bool,
    hooks: Hooks,
}

impl Builder {
    /// Takes the key from `POSTPRESS_API_KEY` and the base URL from `POSTPRESS_BASE_URL`, where they are set and nothing
    /// else was.
    pub fn from_env(mut self) -> Self {
        let set = |name| env::var(name).ok().filter(|value| !value.trim().is_empty());
        self.api_key = self.api_key.or_else(|| set(API_KEY_VARIABLE));
        self.base_url = self.base_url.or_else(|| set(BASE_URL_VARIABLE));
        self
    }

    /// The API key, from the postpress dashboard. White space around it is dropped.
    pub fn api_key(mut self, key: impl Into<String>) -> Self {
        self.api_key = Some(key.into());
        self
    }

    /// Where requests go: `https://api.postpress.ai/v1` by default. `https://api.postpress.ai/api/v1` is documented as well. A
    /// slash at the end makes no difference.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = Some(url.into());
        self
    }

    /// How long one attempt of a read may take: 30 s by default.
    pub fn read_timeout(mut self, limit: Duration) -> Self {
        self.read_timeout = Some(limit);
        self
    }

    /// How long one attempt of a send may take beside its upload: 60 s by default. Each mebibyte of body adds ten seconds,
    /// so that a slow line does not cut a large file.
    pub fn send_timeout(mut self, limit: Duration) -> Self {
        self.send_timeout = Some(limit);
        self
    }

    /// How long a call may take with all its attempts and pauses. No limit by default.
    pub fn deadline(mut self, limit: Duration) -> Self {
        self.deadline = Some(limit);
        self
    }

    /// When and how often calls are repeated.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = Some(policy);
        self
    }

    /// What this program is called, put before the crate's own name in `User-Agent`.
    pub fn user_agent(mut self, name: impl Into<String>) -> Self {
        self.user_agent = Some(name.into());
        self
    }

    /// Sends everything through this proxy, `http://` or `https://`.
    pub fn proxy(mut self, url: impl Into<String>) -> Self {
        self.proxy = Some(url.into());
        self
    }

    /// Sends with this HTTP client; [`proxy`](Self::proxy) and [`user_agent`](Self::user_agent) are then its own business.
    /// It should follow no redirects, or the key may reach another origin.
    pub fn http_client(mut self, http: reqwest::Client) -> Self {
        self.http = Some(http);
        self
    }

    /// Lets the key go over `http://` to hosts other than this machine's own.
    pub fn allow_clear_text(mut self) -> Self {
        self.clear_text = true;
        self
    }

    /// Calls `hook` after each attempt, for metrics. Several hooks are called in turn; they should be quick.
    pub fn on_attempt(mut self, hook: impl Fn(&AttemptEvent<'_>) + Send + Sync + 'static) -> Self {
        self.hooks.push(Arc::new(hook));
        self
    }

    /// The client.
    ///
    /// # Errors
    /// What cannot work: no key or an unusable one, an unusable base URL or proxy, a key that would go out in clear text.
    pub fn build(self) -> Result<Postpress, Error> {
        let key = self.api_key.as_deref().map(str::trim).unwrap_or_default();
        if key.is_empty() {
            return Err(Error::configuration(format!(
                "there is no API key: set {API_KEY_VARIABLE} or call `api_key`; keys are made in the postpress dashboard"
            )));
        }
        let base_url = self
            .base_url
            .as_deref()
            .map(str::trim)
            .unwrap_or(DEFAULT_BASE_URL)
            .trim_end_matches('/');
        check_base_url(base_url, self.clear_text)?;
        let http = match self.http {
            Some(http) => http,
            None => http_client(self.user_agent.as_deref(), self.proxy.as_deref())?,
        };
        let client = Client::with_http_client(base_url, http);
        let client = client
            .with_api_key(key)
            .map_err(|error| Error::configuration(error.to_string()))?;
        let retry = self.retry.unwrap_or_default();
        let settings = Settings {
            read_timeout: self.read_timeout.unwrap_or(Duration::from_secs(30)),
            send_timeout: self.send_timeout.unwrap_or(Duration::from_secs(60)),
            deadline: self.deadline,
            retry,
        };
        Ok(Postpress::assemble(
            client,
            Runner {
                settings,
                budget: Budget::default(),
                hooks: self.hooks,
            },
        ))
    }
}

fn http_client(user_agent: Option<&str>, proxy: Option<&str>) -> Result<reqwest::Client, Error> {
    let own = concat!("postpress-rs/", env!("CARGO_PKG_VERSION"));
    let user_agent = user_agent.map_or_else(|| own.to_owned(), |name| format!("{name} {own}"));
    let mut builder = runtime::http_client().user_agent(user_agent);
    if let Some(url) = proxy {
        // A proxy's address may hold a password: it stays out of the message.
        let proxy = reqwest::Proxy::all(url).map_err(|_| {
            Error::configuration("the proxy's URL is not one: write http://host:port")
        })?;
        builder = builder.proxy(proxy);
    }
    builder
        .build()
        .map_err(|error| Error::configuration(format!("the HTTP client cannot be set up: {error}")))
}

fn check_base_url(text: &str, clear_text: bool) -> Result<(), Error> {
    let wrong = |why: &str| {
        Err(Error::configuration(format!(
            "the base URL {text:?} {why}; the default is {DEFAULT_BASE_URL}"
        )))
    };
    let Ok(url) = Url::parse(text) else {
        return wrong("is not a URL");
    };
    if !url.username().is_empty() || url.password().is_some() {
        return Err(Error::configuration(
            "the base URL holds a user name or password; the key goes in `api_key`",
        ));
    }
    if url.query().is_some() || url.fragment().is_some() {
        return wrong("has a query or a fragment");
    }
    match url.scheme() {
        "https" => Ok(()),
        "http" if clear_text || is_loopback(&url) => Ok(()),
        "http" => wrong("would send the key in clear text: use https, or call `allow_clear_text`"),
        _ => wrong("is neither https nor http"),
    }
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

impl std::fmt::Debug for Builder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Builder")
            .field("base_url", &self.base_url)
            .field("retry", &self.retry)
            .finish_non_exhaustive()
    }
}
