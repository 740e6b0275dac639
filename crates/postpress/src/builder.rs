//! Settings of a client.

use std::{
    env::{self, VarError},
    sync::Arc,
    time::Duration,
};

use postpress_client::{Client, DEFAULT_BASE_URL, runtime};

use crate::{
    base_url::{self, BaseUrl},
    client::Postpress,
    error::Error,
    observe::{AttemptEvent, Hook, Observer},
    retry::{Budget, RetryPolicy},
    runner::{Runner, Settings},
};

/// Where the environment holds the key.
pub const API_KEY_VARIABLE: &str = "POSTPRESS_API_KEY";
/// Where the environment holds the base URL.
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
    read_timeout: Option<Duration>,
    send_timeout: Option<Duration>,
    deadline: Option<Duration>,
    retry: Option<RetryPolicy>,
    user_agent: Option<String>,
    proxy: Option<String>,
    http: Option<Http>,
    clear_text: bool,
    hooks: Vec<Hook>,
    /// A variable of the environment that cannot be read.
    unreadable: Option<&'static str>,
}

/// An HTTP client of the caller's own.
enum Http {
    Client(reqwest::Client),
    Builder(Box<reqwest::ClientBuilder>),
}

impl Builder {
    /// Takes the key from `POSTPRESS_API_KEY` and the base URL from `POSTPRESS_BASE_URL`, where they are set and nothing
    /// else was.
    pub fn from_env(mut self) -> Self {
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

    /// Sends with this HTTP client; [`proxy`](Self::proxy) and [`user_agent`](Self::user_agent) are then its own business. One
    /// that follows redirects is refused, since it would carry the key to wherever an answer points: build it with
    /// `redirect(Policy::none())`, or give its builder to [`http_client_builder`](Self::http_client_builder).
    ///
    /// This is the 0.13 series of `reqwest`.
    pub fn http_client(mut self, http: reqwest::Client) -> Self {
        self.http = Some(Http::Client(http));
        self
    }

    /// Sends with an HTTP client made from this, with redirects off, and with [`proxy`](Self::proxy) and
    /// [`user_agent`](Self::user_agent) if they are set.
    ///
    /// This is the 0.13 series of `reqwest`.
    pub fn http_client_builder(mut self, http: reqwest::ClientBuilder) -> Self {
        self.http = Some(Http::Builder(Box::new(http)));
        self
    }

    /// Lets the key go over `http://` to hosts other than this machine's own.
    pub fn allow_clear_text(mut self) -> Self {
        self.clear_text = true;
        self
    }

    /// Calls `hook` after each attempt, for metrics. Several hooks are called in turn; they should be quick, and must not
    /// panic.
    pub fn on_attempt(mut self, hook: impl Fn(&AttemptEvent<'_>) + Send + Sync + 'static) -> Self {
        self.hooks.push(Arc::new(hook));
        self
    }

    /// The client.
    ///
    /// # Errors
    /// What cannot work: no key or an unusable one, an unusable base URL or proxy, a key that would go out in clear text, an
    /// HTTP client that follows redirects. [`Error::is_configuration`] holds for all of them.
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
        let http = match self.http {
            Some(Http::Client(http)) if self.proxy.is_some() || self.user_agent.is_some() => {
                drop(http);
                return Err(Error::configuration(
                    "`proxy` and `user_agent` do nothing to an HTTP client that is already built: give its builder to `http_client_builder`",
                ));
            }
            Some(Http::Client(http)) => no_redirects(http)?,
            Some(Http::Builder(http)) => finish(
                *http,
                &base_url,
                self.user_agent.as_deref(),
                self.proxy.as_deref(),
            )?,
            None => {
                let own = concat!("postpress-rs/", env!("CARGO_PKG_VERSION"));
                let user_agent = match &self.user_agent {
                    Some(name) => format!("{name} {own}"),
                    None => own.to_owned(),
                };
                finish(
                    runtime::http_client(),
                    &base_url,
                    Some(&user_agent),
                    self.proxy.as_deref(),
                )?
            }
        };
        let client = Client::with_http_client(base_url.as_str(), http)
            .with_api_key(key)
            .map_err(|error| Error::configuration(error.to_string()))?;
        let settings = Settings {
            read_timeout: self.read_timeout.unwrap_or(Duration::from_secs(30)),
            send_timeout: self.send_timeout.unwrap_or(Duration::from_secs(60)),
            deadline: self.deadline,
            retry: self.retry.unwrap_or_default(),
        };
        let observer = Observer {
            hooks: self.hooks,
            host: base_url.host().to_owned(),
            port: base_url.port(),
        };
        Ok(Postpress::assemble(
            client,
            Runner {
                settings,
                budget: Budget::default(),
                observer,
            },
        ))
    }
}

fn finish(
    mut http: reqwest::ClientBuilder,
    base_url: &BaseUrl,
    user_agent: Option<&str>,
    proxy: Option<&str>,
) -> Result<reqwest::Client, Error> {
    http = http.redirect(reqwest::redirect::Policy::none());
    if let Some(user_agent) = user_agent {
        http = http.user_agent(user_agent);
    }
    if let Some(url) = proxy {
        http = http.proxy(base_url::proxy(url)?);
    } else if base_url.is_loopback() {
        // A proxy of the environment would get the key in clear text, and could not reach this machine anyway.
        http = http.no_proxy();
    }
    http.build().map_err(|error| {
        // The error itself only says "builder error".
        let cause = std::error::Error::source(&error).map(|cause| format!(": {cause}"));
        let cause = cause.unwrap_or_default();
        Error::configuration(format!("the HTTP client cannot be set up{cause}"))
    })
}

/// Refuses an HTTP client that follows redirects. `reqwest` shows its policy only in `Debug`, and leaves out the default, which
/// follows them; should that ever change, clients are refused rather than trusted.
fn no_redirects(http: reqwest::Client) -> Result<reqwest::Client, Error> {
    if format!("{http:?}").contains("Policy(None)") {
        return Ok(http);
    }
    Err(Error::configuration(
        "the HTTP client follows redirects, which would carry the key to wherever an answer points: build it with `redirect(Policy::none())`, or give its builder to `http_client_builder`",
    ))
}

impl std::fmt::Debug for Builder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Builder")
            .field("retry", &self.retry)
            .finish_non_exhaustive()
    }
}
