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
        match self.url.host() {
            Some(Host::Domain(name)) if self.is_loopback() => Some(name),
            _ => None,
        }
    }

    pub(crate) fn is_loopback(&self) -> bool {
        is_loopback(&self.url)
    }

    /// Refuses to send the key unencrypted to another machine, directly or by a proxy.
    pub(crate) fn refuse_clear_text(&self, proxy: Option<&str>) -> Result<(), Error> {
        if self.url.scheme() != "http" {
            return Ok(());
        }
        let proxy = proxy.map(Url::parse);
        let by_proxy = match &proxy {
            None => false,
            Some(url) => !url.as_ref().is_ok_and(is_loopback),
        };
        if self.is_loopback() && !by_proxy {
            return Ok(());
        }
        Err(Error::configuration(
            "the key would go over the network in clear text: use https, or call `allow_clear_text`",
        ))
    }
}

/// A proxy for everything.
pub(crate) fn proxy(url: &str) -> Result<reqwest::Proxy, Error> {
    let wrong = || Error::configuration("the proxy's URL is not one: write http://host:port");
    match Url::parse(url.trim()) {
        Ok(url) if matches!(url.scheme(), "http" | "https") => {
            reqwest::Proxy::all(url).map_err(|_| wrong())
        }
        _ => Err(wrong()),
    }
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => {
            let name = name.strip_suffix('.').unwrap_or(name);
            name == "localhost" || name.ends_with(".localhost")
        }
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
            assert!(allowed(own, Some("http://127.0.0.1:3128")), "{own}");
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
