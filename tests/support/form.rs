//! Forms, read strictly and without any of our own code: what the server records is judged by this.

/// A part of a form, as it came.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Part {
    /// The `name` of its `Content-Disposition`, as it stands between the quotes.
    pub name: String,
    /// The `filename` of its `Content-Disposition`, as it stands between the quotes.
    pub file_name: Option<String>,
    /// Its `Content-Type`.
    pub media_type: Option<String>,
    /// Its content, byte for byte.
    pub content: Vec<u8>,
}

impl Part {
    /// A part without a file name and media type.
    pub fn text(name: &str, content: &str) -> Self {
        Self {
            name: name.to_owned(),
            file_name: None,
            media_type: None,
            content: content.into(),
        }
    }

    /// A part with both.
    pub fn file(name: &str, file_name: &str, media_type: &str, content: &[u8]) -> Self {
        Self {
            name: name.to_owned(),
            file_name: Some(file_name.to_owned()),
            media_type: Some(media_type.to_owned()),
            content: content.to_owned(),
        }
    }
}

/// Splits a body at its boundary. Anything that RFC 7578 does not allow is a failure: text before the first boundary or after the
/// last, a header other than the two, a parameter other than the two, a line that is not ended by CR LF.
pub fn parts(body: &[u8], boundary: &str) -> Vec<Part> {
    let delimiter = format!("\r\n--{boundary}");
    // The first boundary stands at the start of a line, but no line precedes it.
    let body = [b"\r\n", body].concat();
    let mut pieces = split(&body, delimiter.as_bytes()).into_iter();
    assert_eq!(
        pieces.next(),
        Some(&b""[..]),
        "text before the first boundary"
    );
    let last = pieces.next_back().expect("no boundary");
    assert_eq!(show(last), "--\r\n", "no closing boundary at the end");
    pieces.map(part).collect()
}

fn part(piece: &[u8]) -> Part {
    let piece = piece
        .strip_prefix(b"\r\n")
        .expect("a boundary within a line");
    let end = find(piece, b"\r\n\r\n").expect("a part without an end of its headers");
    let head = std::str::from_utf8(&piece[..end]).expect("headers that are not UTF-8");
    let mut lines = head.split("\r\n");
    let mut disposition = lines
        .next()
        .and_then(|line| line.strip_prefix("Content-Disposition: form-data"))
        .unwrap_or_else(|| panic!("no Content-Disposition: {head}"));
    let name = parameter(&mut disposition, "name").expect("a part without a name");
    let file_name = parameter(&mut disposition, "filename");
    assert_eq!(disposition, "", "something else in {head}");
    let media_type = lines.next().map(|line| {
        let value = line.strip_prefix("Content-Type: ");
        value.unwrap_or_else(|| panic!("an undocumented header: {line}"))
    });
    assert_eq!(lines.next(), None, "one header more");
    assert!(
        !head.replace("\r\n", "").contains(['\r', '\n']),
        "a broken line in {head}"
    );
    Part {
        name,
        file_name,
        media_type: media_type.map(str::to_owned),
        content: piece[end + 4..].to_owned(),
    }
}

/// Takes `; key="value"` off the start.
fn parameter(line: &mut &str, key: &str) -> Option<String> {
    let rest = line.strip_prefix(&format!("; {key}=\""))?;
    let (value, rest) = rest.split_once('"').expect("no closing quote");
    *line = rest;
    Some(value.to_owned())
}

fn split<'b>(bytes: &'b [u8], separator: &[u8]) -> Vec<&'b [u8]> {
    let mut pieces = Vec::new();
    let mut rest = bytes;
    while let Some(at) = find(rest, separator) {
        pieces.push(&rest[..at]);
        rest = &rest[at + separator.len()..];
    }
    pieces.push(rest);
    pieces
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes
        .windows(wanted.len())
        .position(|window| window == wanted)
}

fn show(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
