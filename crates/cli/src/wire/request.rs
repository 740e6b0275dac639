//! A request that was read from the wire.

use std::io;

use serde::Serialize;
use tokio::io::{AsyncRead, AsyncReadExt};

use super::form::{FormReader, Part};

/// What a key looks like when it is shown.
pub(crate) const MASK: &str = "********";

/// The longest head that is read, in bytes.
const HEAD_LIMIT: usize = 64 * 1024;

/// How much of a body is read at once, in bytes.
const CHUNK: usize = 64 * 1024;

/// A request: its head, and its form if it has one. The key is masked from the start.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Request {
    pub(crate) method: String,
    pub(crate) url: String,
    pub(crate) headers: Vec<(String, String)>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) form: Vec<Part>,
    #[serde(skip)]
    pub(crate) boundary: Option<String>,
}

/// A request that is being read.
pub(crate) struct Reading {
    pub(crate) request: Request,
    /// What came with the head.
    pending: Vec<u8>,
    /// How much of the body has not been given out.
    left: u64,
    form: Option<FormReader>,
}

impl Reading {
    /// Reads the head. `None` if nothing came.
    pub(crate) async fn begin(from: &mut (impl AsyncRead + Unpin)) -> io::Result<Option<Self>> {
        let mut head = Vec::new();
        let end = loop {
            if let Some(at) = find(&head, b"\r\n\r\n") {
                break at + 4;
            }
            if head.len() > HEAD_LIMIT {
                return Err(io::Error::other("the head of a request has no end"));
            }
            if from.read_buf(&mut head).await? == 0 {
                return if head.is_empty() {
                    Ok(None)
                } else {
                    Err(io::ErrorKind::UnexpectedEof.into())
                };
            }
        };
        let pending = head.split_off(end);
        let request = Request::parse(&String::from_utf8_lossy(&head))?;
        let form = request.boundary.as_deref().map(FormReader::new);
        let left = request
            .header("content-length")
            .and_then(|length| length.parse().ok())
            .unwrap_or_default();
        Ok(Some(Self {
            request,
            pending,
            left,
            form,
        }))
    }

    /// Reads on. `None` at the end of the body.
    pub(crate) async fn chunk(
        &mut self,
        from: &mut (impl AsyncRead + Unpin),
    ) -> io::Result<Option<Vec<u8>>> {
        if self.left == 0 {
            return Ok(None);
        }
        let mut chunk = std::mem::take(&mut self.pending);
        if chunk.is_empty() {
            chunk.reserve(CHUNK);
            if from.read_buf(&mut chunk).await? == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
        }
        chunk.truncate(usize::try_from(self.left).unwrap_or(usize::MAX));
        self.left -= chunk.len() as u64;
        if let Some(form) = &mut self.form {
            form.push(&chunk);
        }
        Ok(Some(chunk))
    }

    /// The request with its form.
    pub(crate) fn finish(self) -> Request {
        let form = self.form.map(FormReader::finish).unwrap_or_default();
        Request {
            form,
            ..self.request
        }
    }
}

impl Request {
    fn parse(head: &str) -> io::Result<Self> {
        let mut lines = head.lines();
        let mut first = lines.next().unwrap_or_default().split(' ');
        let (Some(method), Some(url)) = (first.next(), first.next()) else {
            return Err(io::Error::other("that is no HTTP request"));
        };
        let mut request = Self {
            method: method.to_owned(),
            url: url.to_owned(),
            headers: Vec::new(),
            form: Vec::new(),
            boundary: None,
        };
        for (name, value) in lines.filter_map(|line| line.split_once(':')) {
            let secret = name.eq_ignore_ascii_case("x-api-key");
            request.headers.push((
                name.to_owned(),
                if secret { MASK } else { value.trim() }.to_owned(),
            ));
        }
        let boundary = request
            .header("content-type")
            .and_then(|kind| kind.split_once("boundary="))
            .map(|(_, text)| text.to_owned());
        request.boundary = boundary;
        Ok(request)
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(key, _)| key.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    /// What comes after the host in the URL.
    pub(crate) fn target(&self) -> &str {
        let rest = self
            .url
            .split_once("://")
            .map_or(self.url.as_str(), |(_, rest)| rest);
        rest.find('/').map_or("/", |at| &rest[at..])
    }
}

pub(crate) fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack
        .windows(needle.len())
        .position(|window| window == needle)
}
