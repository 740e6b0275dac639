//! The base URL, and whether the key may go there.
//!
//! Errors do not repeat a setting: a key or a password may have ended up in the wrong one.

use postpress_client::DEFAULT_BASE_URL;
use url::{Host, Url};

use crate::error::Error;

/// A base URL without a slash at its end.
pub(crate) struct BaseUrl {
    text: String,
    url: Url,
}

impl BaseUrl {
    pub(crate) fn parse(text: &str) -> Result<Self, Error> {
        let text = text.trim().trim_end_matches('/');
        let wrong = |why: &str| {
            Error::configuration(format!(
                "the base URL {why}; the default is {DEFAULT_BASE_URL}"
            ))
        };
        let url = Url::parse(text).map_err(|_| wrong("is not a URL"))?;
        if !matches!(url.scheme(), "https" | "http") {
            return Err(wrong("is neither https nor http"));
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(wrong(
                "holds a user name or password: the key goes in `api_key`",
            ));
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err(wrong("has a query or a fragment"));
        }
        Ok(Self {
            text: text.to_owned(),
            url,
        })
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.text
    }

    pub(crate) fn host(&self) -> &str {
        self.url.host_str().unwrap_or_default()
    }

    pub(crate) fn port(&self) -> u16 {
        self.url.port_or_known_default().unwrap_or_default()
    }

    /// The host, if it is `localhost` or a name under it.
    pub(crate) fn localhost_name(&self) -> Option<&str> {
        localhost_name(&self.url)
    }

    pub(crate) fn is_loopback(&self) -> bool {
        is_loopback(&self.url)
    }

    /// Refuses to send the key unencrypted to another machine, directly or by a proxy.
    pub(crate) fn refuse_clear_text(&self, proxy: Option<&str>) -> Result<(), Error> {
        if self.url.scheme() != "http" {
            return Ok(());
        }
        let is_safe = match proxy.map(Url::parse) {
            None => self.is_loopback(),
            // Where a name leads is for the proxy to say.
            Some(Ok(proxy)) if is_loopback(&proxy) => {
                self.is_loopback() && self.localhost_name().is_none()
            }
            Some(_) => false,
        };
        if is_safe {
            return Ok(());
        }
        Err(Error::configuration(
            "the key would go over the network in clear text: use https, or call `allow_clear_text`",
        ))
    }
}

/// The URL of a proxy.
pub(crate) fn proxy(url: &str) -> Result<Url, Error> {
    let url = Url::parse(url.trim()).ok();
    let url = url.filter(|url| matches!(url.scheme(), "http" | "https"));
    url.ok_or_else(|| Error::configuration("the proxy is not a URL: write http://host:port"))
}

/// The host of a URL, if it is `localhost` or a name under it.
pub(crate) fn localhost_name(url: &Url) -> Option<&str> {
    match url.host() {
        Some(Host::Domain(name)) => {
            let plain = name.strip_suffix('.').unwrap_or(name);
            (plain == "localhost" || plain.ends_with(".localhost")).then_some(name)
        }
        _ => None,
    }
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(_)) => localhost_name(url).is_some(),
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(text: &str) -> bool {
        BaseUrl::parse(text).is_err()
    }

    #[test]
    fn what_is_no_base_url_is_refused_and_not_shown() {
        for text in [
            "",
            "pp_live_secret",
            "ftp://a.example",
            "https://pp_live_secret@a.example",
            "https://a.example/v1?pp_live_secret",
            "https://a.example/v1#x",
        ] {
            assert!(refused(text), "{text}");
            let error = BaseUrl::parse(text).err().expect("an error");
            assert!(!error.to_string().contains("secret"), "{error}");
        }
        let url = BaseUrl::parse(" https://a.example/v1// ").expect("a base URL");
        assert_eq!(url.as_str(), "https://a.example/v1");
    }

    #[test]
    fn clear_text_goes_no_further_than_this_machine() {
        let allowed = |text: &str, proxy| {
            let url = BaseUrl::parse(text).expect("a base URL");
            url.refuse_clear_text(proxy).is_ok()
        };
        for own in [
            "http://127.0.0.1:1",
            "http://[::1]/v1",
            "http://localhost",
            "http://LOCALHOST.",
            "http://a.localhost",
        ] {
            assert!(allowed(own, None), "{own}");
            let is_address = !own.to_lowercase().contains("localhost");
            for proxy in ["http://127.0.0.1:3128", "http://a.localhost:3128"] {
                assert_eq!(allowed(own, Some(proxy)), is_address, "{own}");
            }
            assert!(!allowed(own, Some("http://proxy.example:3128")), "{own}");
        }
        for other in [
            "http://a.example",
            "http://localhost.example",
            "http://127.0.0.1.example",
            "http://0.0.0.0",
            "http://[::]/",
            "http://10.0.0.1",
        ] {
            assert!(!allowed(other, None), "{other}");
        }
        assert!(allowed("https://a.example", Some("http://proxy.example")));
    }
}
