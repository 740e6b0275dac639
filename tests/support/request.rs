//! A request as it came over the wire.

use std::fmt::Write;

use crate::form::{self, Part};

/// A request, byte for byte.
#[derive(Clone, Debug)]
pub struct Request {
    /// The request line and the headers, with the empty line that ends them.
    pub head: Vec<u8>,
    /// What came of the body; nothing if the server only counted it.
    pub body: Vec<u8>,
    /// How many bytes of the body came.
    pub body_length: u64,
    /// The last bytes of the body, as far as they came: at most 256.
    pub body_end: Vec<u8>,
}

impl Request {
    fn lines(&self) -> Vec<&str> {
        let head = std::str::from_utf8(&self.head).expect("the head is not UTF-8");
        let head = head.strip_suffix("\r\n\r\n").expect("the head has no end");
        head.split("\r\n").collect()
    }

    /// The request line: method, target, version.
    pub fn line(&self) -> &str {
        self.lines()[0]
    }

    /// The method.
    pub fn method(&self) -> &str {
        self.word(0)
    }

    /// The path and query.
    pub fn target(&self) -> &str {
        self.word(1)
    }

    fn word(&self, index: usize) -> &str {
        let line = self.line();
        line.split(' ')
            .nth(index)
            .expect("the request line is too short")
    }

    /// Names and values of the headers in their order, with the case that they came in.
    pub fn headers(&self) -> Vec<(&str, &str)> {
        let lines = self.lines().into_iter().skip(1);
        lines
            .map(|line| line.split_once(": ").expect("no header line"))
            .collect()
    }

    /// The names of the headers, sorted.
    pub fn header_names(&self) -> Vec<String> {
        let headers = self.headers().into_iter();
        let mut names: Vec<_> = headers.map(|(name, _)| name.to_ascii_lowercase()).collect();
        names.sort();
        names
    }

    /// The value of a header. More than one of that name is a failure.
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut found = self.headers().into_iter();
        let mut of_name = found
            .by_ref()
            .filter(|header| header.0.eq_ignore_ascii_case(name));
        let value = of_name.next()?.1;
        assert!(of_name.next().is_none(), "`{name}` came twice");
        Some(value)
    }

    /// What `Content-Length` says.
    pub fn content_length(&self) -> Option<u64> {
        Some(
            self.header("content-length")?
                .parse()
                .expect("a Content-Length that is no number"),
        )
    }

    /// Whether the body came to its declared end.
    pub fn is_whole(&self) -> bool {
        self.body_length == self.content_length().unwrap_or(0)
    }

    /// The boundary that `Content-Type` names.
    pub fn boundary(&self) -> &str {
        let content_type = self.header("content-type").expect("no Content-Type");
        let boundary = content_type.strip_prefix("multipart/form-data; boundary=");
        boundary.unwrap_or_else(|| panic!("not a form: {content_type}"))
    }

    /// The parts of the form.
    pub fn parts(&self) -> Vec<Part> {
        form::parts(&self.body, self.boundary())
    }

    /// The request as text that hides no byte: a line ends where CR LF was, and what is not printable, or a `\`, is escaped.
    ///
    /// The port of the server, which changes from run to run, reads `PORT`.
    pub fn shown(&self) -> String {
        let head = show(&self.head);
        let port = self.header("host").and_then(|host| host.rsplit_once(':'));
        let head = match port {
            Some((_, port)) => head.replace(&format!("127.0.0.1:{port}"), "127.0.0.1:PORT"),
            None => head,
        };
        head + &show(&self.body)
    }
}

/// Bytes as text that hides none of them.
pub fn show(bytes: &[u8]) -> String {
    let mut text = String::new();
    for chunk in bytes.utf8_chunks() {
        let mut characters = chunk.valid().chars().peekable();
        while let Some(character) = characters.next() {
            match character {
                '\r' if characters.next_if_eq(&'\n').is_some() => text.push('\n'),
                '\r' => text.push_str("\\r"),
                '\n' => text.push_str("\\n"),
                '\\' => text.push_str("\\\\"),
                other if other.is_control() => {
                    let _ = write!(text, "\\u{{{:x}}}", u32::from(other));
                }
                other => text.push(other),
            }
        }
        for byte in chunk.invalid() {
            let _ = write!(text, "\\x{byte:02x}");
        }
    }
    text
}
