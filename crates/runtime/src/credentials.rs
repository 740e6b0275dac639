//! Secrets on their way into a header.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use reqwest::header::{AUTHORIZATION, HeaderMap, HeaderName, HeaderValue};

use crate::error::InvalidRequest;

/// A secret and the header that carries it. It never prints: not here, and not in the headers of a request.
///
/// ```
/// use postpress_runtime::Credentials;
///
/// let credentials = Credentials::api_key("X-API-KEY", "s3cret")?;
/// assert_eq!(format!("{credentials:?}"), r#"Credentials { header: "x-api-key", .. }"#);
///
/// let newline = Credentials::api_key("X-API-KEY", "s3cret\n").unwrap_err();
/// assert_eq!(newline.to_string(), "the credentials cannot be used: the API key holds a line break; trim it if it was read from a file");
/// # Ok::<(), postpress_runtime::InvalidRequest>(())
/// ```
#[derive(Clone)]
pub struct Credentials {
    header: HeaderName,
    value: HeaderValue,
}

impl Credentials {
    /// An API key in a header of its own.
    ///
    /// # Errors
    /// If the key is empty or holds what a header cannot, or the header's name is none.
    pub fn api_key(header: &'static str, key: impl AsRef<str>) -> Result<Self, InvalidRequest> {
        let header = HeaderName::from_bytes(header.as_bytes()).map_err(|_| {
            InvalidRequest::credentials(format!("`{header}` is no name of a header"))
        })?;
        Self::new(header, "the API key", "", key.as_ref())
    }

    /// A bearer token (RFC 6750).
    ///
    /// # Errors
    /// If the token is empty or holds what a header cannot.
    pub fn bearer(token: impl AsRef<str>) -> Result<Self, InvalidRequest> {
        Self::new(AUTHORIZATION, "the token", "Bearer ", token.as_ref())
    }

    /// A user and password (RFC 7617), in UTF-8.
    ///
    /// # Errors
    /// If the user name holds a colon, which would end it.
    pub fn basic(user: impl AsRef<str>, password: impl AsRef<str>) -> Result<Self, InvalidRequest> {
        let (user, password) = (user.as_ref(), password.as_ref());
        if user.contains(':') {
            return Err(InvalidRequest::credentials(
                "the user name holds a colon, which would end it",
            ));
        }
        let pair = STANDARD.encode(format!("{user}:{password}"));
        Self::new(AUTHORIZATION, "the password", "Basic ", &pair)
    }

    fn new(
        header: HeaderName,
        what: &str,
        prefix: &str,
        secret: &str,
    ) -> Result<Self, InvalidRequest> {
        let why = if secret.is_empty() {
            "is empty"
        } else if secret.contains(['\r', '\n']) {
            "holds a line break; trim it if it was read from a file"
        } else if secret.trim_ascii() != secret {
            "has white space around it; trim it"
        } else if !secret.bytes().all(|byte| (0x20..=0x7E).contains(&byte)) {
            "holds a control character or a character outside ASCII"
        } else {
            ""
        };
        let value = HeaderValue::from_str(&format!("{prefix}{secret}"));
        match value {
            Ok(mut value) if why.is_empty() => {
                value.set_sensitive(true);
                Ok(Self { header, value })
            }
            _ => Err(InvalidRequest::credentials(format!("{what} {why}"))),
        }
    }

    /// The name of the header that carries the secret.
    pub fn header(&self) -> &str {
        self.header.as_str()
    }

    /// Puts the secret into headers, in place of any other.
    pub fn insert(&self, headers: &mut HeaderMap) {
        headers.insert(self.header.clone(), self.value.clone());
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credentials")
            .field("header", &self.header.as_str())
            .finish_non_exhaustive()
    }
}
