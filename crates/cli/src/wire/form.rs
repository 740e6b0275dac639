//! The parts of a form, read as they come; files are counted, not kept.

use serde::{Serialize, Serializer, ser::SerializeMap};

use super::request::find;

/// A part of a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Part {
    /// Its head as it came.
    pub(crate) head: String,
    pub(crate) content: Content,
}

/// What a part holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Content {
    Text(Vec<u8>),
    /// A file of so many bytes.
    File(u64),
}

impl Part {
    /// A parameter of its `Content-Disposition`.
    pub(crate) fn parameter(&self, name: &str) -> Option<&str> {
        let start = self.head.find(&format!("; {name}=\""))? + name.len() + 4;
        let text = &self.head[start..];
        text.find('"').map(|end| &text[..end])
    }

    /// The name of its field.
    pub(crate) fn name(&self) -> &str {
        self.parameter("name").unwrap_or_default()
    }

    pub(crate) fn media_type(&self) -> Option<&str> {
        self.head.lines().find_map(|line| {
            let (name, value) = line.split_once(':')?;
            name.eq_ignore_ascii_case("content-type")
                .then(|| value.trim())
        })
    }
}

impl Serialize for Part {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("name", self.name())?;
        match &self.content {
            Content::Text(text) => map.serialize_entry("value", &String::from_utf8_lossy(text))?,
            Content::File(length) => {
                map.serialize_entry("file_name", &self.parameter("filename"))?;
                map.serialize_entry("media_type", &self.media_type())?;
                map.serialize_entry("length", length)?;
            }
        }
        map.end()
    }
}

/// Takes a body apart, in chunks of any size.
pub(crate) struct FormReader {
    /// What parts are told apart by, the line break before it included.
    delimiter: Vec<u8>,
    buffer: Vec<u8>,
    parts: Vec<Part>,
    state: State,
}

#[derive(PartialEq)]
enum State {
    Preamble,
    Head,
    Content,
    End,
}

impl FormReader {
    pub(crate) fn new(boundary: &str) -> Self {
        // The first boundary has no line break of its own before it.
        Self {
            delimiter: format!("\r\n--{boundary}").into(),
            buffer: b"\r\n".to_vec(),
            parts: Vec::new(),
            state: State::Preamble,
        }
    }

    pub(crate) fn push(&mut self, chunk: &[u8]) {
        self.buffer.extend_from_slice(chunk);
        while self.step() {}
    }

    pub(crate) fn finish(self) -> Vec<Part> {
        self.parts
    }

    /// Goes on by one part or one head; `false` if more has to come first.
    fn step(&mut self) -> bool {
        match self.state {
            State::End => {
                self.buffer.clear();
                false
            }
            State::Head => {
                if self.buffer.starts_with(b"--") {
                    self.state = State::End;
                    return true;
                }
                let Some(end) = find(&self.buffer, b"\r\n\r\n") else {
                    return false;
                };
                let head: Vec<u8> = self.buffer.drain(..end + 4).collect();
                let head = String::from_utf8_lossy(&head).trim().to_owned();
                let is_file = head.contains("; filename=\"");
                let content = if is_file {
                    Content::File(0)
                } else {
                    Content::Text(Vec::new())
                };
                self.parts.push(Part { head, content });
                self.state = State::Content;
                true
            }
            State::Preamble | State::Content => {
                let found = find(&self.buffer, &self.delimiter);
                // Without a delimiter, the end of the buffer may be the beginning of one.
                let certain = found.unwrap_or_else(|| {
                    (self.buffer.len() + 1).saturating_sub(self.delimiter.len())
                });
                let in_part = self.state == State::Content;
                match self
                    .parts
                    .last_mut()
                    .map(|part| &mut part.content)
                    .filter(|_| in_part)
                {
                    Some(Content::Text(text)) => text.extend_from_slice(&self.buffer[..certain]),
                    Some(Content::File(length)) => *length += certain as u64,
                    None => {}
                }
                let drop = certain + found.map_or(0, |_| self.delimiter.len());
                self.buffer.drain(..drop);
                if found.is_some() {
                    self.state = State::Head;
                }
                found.is_some()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BODY: &str = "--x\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\nHi\r\n--y\r\n--x\r\n\
        Content-Disposition: form-data; name=\"attachments\"; filename=\"a.pdf\"\r\nContent-Type: application/pdf\r\n\r\n\
        \r\n12345\r\n--x--\r\n";

    #[test]
    fn a_form_is_read_alike_in_chunks_of_any_size() {
        for size in 1..BODY.len() {
            let mut reader = FormReader::new("x");
            BODY.as_bytes()
                .chunks(size)
                .for_each(|chunk| reader.push(chunk));
            let parts = reader.finish();
            assert_eq!(parts.len(), 2, "{size}");
            assert_eq!(parts[0].name(), "text");
            assert_eq!(parts[0].content, Content::Text(b"Hi\r\n--y".to_vec()));
            assert_eq!(parts[1].parameter("filename"), Some("a.pdf"));
            assert_eq!(parts[1].media_type(), Some("application/pdf"));
            assert_eq!(parts[1].content, Content::File(7));
        }
    }
}
