//! What the server says.

use std::time::Duration;

use serde_json::Value;

/// The bytes of one response, and how they are sent. The connection is closed after it.
#[derive(Clone, Debug)]
pub struct Response {
    pub(crate) bytes: Vec<u8>,
    pub(crate) early: Option<u64>,
    pub(crate) delay: Duration,
}

impl Response {
    /// Exactly these bytes, be they HTTP or not.
    pub fn raw(bytes: impl Into<Vec<u8>>) -> Self {
        Self {
            bytes: bytes.into(),
            early: None,
            delay: Duration::ZERO,
        }
    }

    /// No response at all: the connection is closed.
    pub fn nothing() -> Self {
        Self::raw([])
    }

    /// A status (`200 OK`), header lines, and a body with its length.
    pub fn new(status: &str, headers: &[(&str, &str)], body: impl AsRef<[u8]>) -> Self {
        let body = body.as_ref();
        let mut head = format!("HTTP/1.1 {status}\r\n");
        for (name, value) in headers {
            head += &format!("{name}: {value}\r\n");
        }
        head += &format!(
            "Content-Length: {}\r\nConnection: close\r\n\r\n",
            body.len()
        );
        Self::raw([head.as_bytes(), body].concat())
    }

    /// A JSON body.
    pub fn json(status: &str, body: &Value) -> Self {
        let headers = [("Content-Type", "application/json")];
        Self::new(status, &headers, body.to_string())
    }

    /// A redirect to another place.
    pub fn redirect(status: &str, location: &str) -> Self {
        Self::new(status, &[("Location", location)], "")
    }

    /// The same response, broken off after so many bytes; or before so many at its end, if negative.
    #[must_use]
    pub fn cut_at(mut self, length: isize) -> Self {
        let keep = match usize::try_from(length) {
            Ok(length) => length,
            Err(_) => self.bytes.len() - length.unsigned_abs(),
        };
        self.bytes.truncate(keep);
        self
    }

    /// The same response, given and the connection closed once so many bytes of the body have come, unread what remains.
    #[must_use]
    pub fn after_bytes(mut self, length: u64) -> Self {
        self.early = Some(length);
        self
    }

    /// The same response, some time later.
    #[must_use]
    pub fn after(mut self, delay: Duration) -> Self {
        self.delay = delay;
        self
    }
}
