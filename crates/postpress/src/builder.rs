//! The settings of a client.

use std::{
    env::{self, VarError},
    error::Error as _,
    fmt,
    net::{Ipv4Addr, Ipv6Addr},
    sync::Arc,
    time::Duration,
};

use http::HeaderValue;
use postpress_client::{Client, DEFAULT_BASE_URL, runtime};
use reqwest::redirect::Policy;

use crate::{
    base_url::{self, BaseUrl},
    client::{Postpress, Shared},
    error::Error,
    retry::{self, RetryPolicy},
    retry_loop::{RetryLoop, Settings},
    setters::setters,
    telemetry::{AttemptEvent, Hook, Telemetry},
};

/// The environment variable that holds the key.
pub const API_KEY_VARIABLE: &str = "POSTPRESS_API_KEY";
/// The environment variable that holds the base URL.
pub const BASE_URL_VARIABLE: &str = "POSTPRESS_BASE_URL";

/// Settings for a [`Postpress`] client, which [`build`](Self::build) checks and applies.
///
/// ```
/// use std::time::Duration;
/// use postpress::{Postpress, RetryPolicy};
///
/// let postpress = Postpress::builder()
///     .api_key("pp_live_...")
///     .base_url("https://api.postpress.ai/api/v1/")
///     .read_timeout(Duration::from_secs(10))
///     .deadline(Duration::from_secs(120))
///     .retry(RetryPolicy::default().max_retries(5))
///     .user_agent("my-crm/2.1")
///     .build()?;
/// assert_eq!(postpress.base_url(), "https://api.postpress.ai/api/v1");
/// # Ok::<(), postpress::Error>(())
/// ```
#[derive(Default)]
#[must_use = "settings do nothing before `build`"]
pub struct Builder {
    api_key: Option<String>,
    base_url: Option<String>,
    settings: Settings,
    user_agent: Option<String>,
    proxy: Option<String>,
    http: Option<reqwest::ClientBuilder>,
    clear_text: bool,
    hooks: Vec<Hook>,
    /// An environment variable that is not Unicode.
    unreadable: Option<&'static str>,
}

impl Builder {
    /// Takes the key from `POSTPRESS_API_KEY` and the base URL from `POSTPRESS_BASE_URL`, if those variables are set and the
    /// settings were not made before.
    pub fn env(mut self) -> Self {
        for (name, setting) in [
            (API_KEY_VARIABLE, &mut self.api_key),
            (BASE_URL_VARIABLE, &mut self.base_url),
        ] {
            if setting.is_some() {
                continue;
            }
            match env::var(name) {
                Ok(value) if !value.trim().is_empty() => *setting = Some(value),
                Err(VarError::NotUnicode(_)) => self.unreadable = Some(name),
                _ => {}
            }
        }
        self
    }

    setters! {
        /// Sets the API key, from the postpress dashboard. White space around it is dropped.
        api_key, maybe_api_key(key: impl Into<String>) => api_key;

        /// Sets where requests go: `https://api.postpress.ai/v1` by default. `https://api.postpress.ai/api/v1` is documented as well. A
        /// slash at the end makes no difference.
        base_url, maybe_base_url(url: impl Into<String>) => base_url;
    }

    /// Limits each attempt of a call that reads: to 30 s by default.
    pub fn read_timeout(mut self, limit: Duration) -> Self {
        self.settings.read_timeout = limit;
        self
    }

    /// Limits each attempt of a call that sends: to 60 s by default, and ten seconds more for each mebibyte of the request, so that
    /// a slow line does not cut off a large file.
    pub fn send_timeout(mut self, limit: Duration) -> Self {
        self.settings.send_timeout = limit;
        self
    }

    setters! {
        /// Limits each call with all its attempts and the pauses between them. There is no limit by default.
        deadline, maybe_deadline(limit: Duration) => settings.deadline;
    }

    /// Limits the body of a response, after decompression: to 32 MiB by default. A larger one is an error for which
    /// [`Error::is_invalid_body`] holds.
    pub fn response_limit(mut self, bytes: usize) -> Self {
        self.settings.response_limit = bytes;
        self
    }

    /// Sets when and how often calls are retried.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.settings.retry = policy;
        self
    }

    setters! {
        /// Names this program in `User-Agent`, before the crate's own name.
        user_agent, maybe_user_agent(name: impl Into<String>) => user_agent;

        /// Sends everything through this proxy, `http://` or `https://`. Without it, a proxy of the environment (`HTTPS_PROXY` or
        /// `ALL_PROXY`, but for `NO_PROXY`) is used for `https` alone, since it could read the key in clear text.
        proxy, maybe_proxy(url: impl Into<String>) => proxy;

        /// Sends with an HTTP client made from this, for settings that this builder does not have.
        /// [`proxy`](Self::proxy) and [`user_agent`](Self::user_agent) are applied to it if they are set. Redirects are always off: an HTTP
        /// client that follows them would carry the key to wherever a response points. That is why a `reqwest::Client`, which does not
        /// tell whether it follows them, is not accepted. `connection_verbose` is off as well, since it logs the key; `localhost` and
        /// the names under it are this machine, whatever a resolver says.
        ///
        /// This is the 0.13 series of `reqwest`.
        http_client_builder, maybe_http_client_builder(http: reqwest::ClientBuilder) => http;
    }

    /// Allows `http://` to other machines, which sends the key in clear text.
    pub fn allow_clear_text(mut self) -> Self {
        self.clear_text = true;
        self
    }

    /// Calls `hook` after each attempt, for metrics. Several hooks are called in turn. They should be quick, since the call waits for
    /// them, and must not panic.
    pub fn on_attempt(mut self, hook: impl Fn(&AttemptEvent<'_>) + Send + Sync + 'static) -> Self {
        self.hooks.push(Arc::new(hook));
        self
    }

    /// Creates the client.
    ///
    /// # Errors
    /// If the key is missing or cannot stand in a header, the base URL or the proxy is unusable, or the key would go over the network
    /// in clear text. [`Error::is_configuration`] holds for all of them.
    pub fn build(self) -> Result<Postpress, Error> {
        if let Some(name) = self.unreadable {
            return Err(Error::configuration(format!(
                "the environment variable {name} is not Unicode"
            )));
        }
        let key = self.api_key.as_deref().map_or("", str::trim);
        if key.is_empty() {
            return Err(Error::configuration(format!(
                "there is no API key: set {API_KEY_VARIABLE} or call `api_key`; keys are made in the postpress dashboard"
            )));
        }
        let text = self.base_url.as_deref().unwrap_or(DEFAULT_BASE_URL);
        let base_url = BaseUrl::parse(text)?;
        if !self.clear_text {
            base_url.refuse_clear_text(self.proxy.as_deref())?;
        }
        let own_name = concat!("postpress-rs/", env!("CARGO_PKG_VERSION"));
        let user_agent = match (self.user_agent, &self.http) {
            (Some(name), None) => Some(format!("{name} {own_name}")),
            (None, None) => Some(own_name.to_owned()),
            (name, Some(_)) => name,
        };
        let user_agent = user_agent.map(HeaderValue::try_from).transpose();
        let user_agent = user_agent
            .map_err(|_| Error::configuration("the user agent cannot stand in a header"))?;
        let http = self.http.unwrap_or_else(runtime::http_client);
        let http = http_client(http, &base_url, user_agent.clone(), self.proxy.as_deref())?;
        let client = Client::with_http_client(base_url.as_str(), http)
            .with_api_key(key)
            .map_err(|error| Error::configuration(error.to_string()))?;
        let retry_loop = RetryLoop {
            settings: self.settings,
            budget: retry::budget(),
            telemetry: Telemetry {
                hooks: self.hooks,
                host: base_url.host().to_owned(),
                port: base_url.port(),
            },
        };
        let shared = Arc::new(Shared {
            client,
            user_agent,
            retry_loop,
            #[cfg(feature = "blocking")]
            runtime: Default::default(),
        });
        Ok(Postpress { shared })
    }
}

fn http_client(
    mut http: reqwest::ClientBuilder,
    base_url: &BaseUrl,
    user_agent: Option<HeaderValue>,
    proxy: Option<&str>,
) -> Result<reqwest::Client, Error> {
    // What `connection_verbose` logs has the key in it.
    http = http.redirect(Policy::none()).connection_verbose(false);
    let proxy = proxy.map(base_url::proxy).transpose()?;
    let of_proxy = proxy.as_ref().and_then(base_url::localhost_name);
    for host in base_url.localhost_name().into_iter().chain(of_proxy) {
        // Not wherever DNS says: the key may go there in clear text. Port 0 stands for the URL's.
        let addresses = [
            (Ipv4Addr::LOCALHOST, 0).into(),
            (Ipv6Addr::LOCALHOST, 0).into(),
        ];
        http = http.resolve_to_addrs(host, &addresses);
    }
    if let Some(user_agent) = user_agent {
        http = http.user_agent(user_agent);
    }
    if let Some(url) = proxy {
        let refused = |_| Error::configuration("the proxy cannot be used");
        http = http.proxy(reqwest::Proxy::all(url).map_err(refused)?);
    } else if base_url.is_loopback() {
        // A proxy of the environment would get the key in clear text, and could not reach this machine anyway.
        http = http.no_proxy();
    }
    http.build().map_err(|error| {
        // The error itself only says "builder error".
        let cause = error.source().map(|cause| format!(": {cause}"));
        let cause = cause.unwrap_or_default();
        Error::configuration(format!("the HTTP client cannot be set up{cause}"))
    })
}

impl fmt::Debug for Builder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Builder")
            .field("settings", &self.settings)
            .finish_non_exhaustive()
    }
}
