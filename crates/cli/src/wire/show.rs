//! Requests and answers, for people to read.

use super::{form::Content, indent::indented, request::Request};
use crate::terminal::{BOLD, CYAN, DIM, GREEN, PLAIN, RED, harmless, paint};

/// The most lines of an answer that are shown.
const ANSWER_LINES: usize = 24;

/// A request: what goes out, but for the content of files.
pub(crate) fn request(request: &Request) -> Vec<String> {
    let mut lines = vec![format!(
        "{} HTTP/1.1",
        paint(
            BOLD,
            format_args!("{} {}", request.method, request.target())
        )
    )];
    for (name, value) in request
        .headers
        .iter()
        .filter(|(name, _)| !name.eq_ignore_ascii_case("proxy-connection"))
    {
        lines.push(format!(
            "{} {}",
            paint(CYAN, format_args!("{name}:")),
            harmless(value)
        ));
    }
    let Some(boundary) = &request.boundary else {
        return lines;
    };
    lines.push(String::new());
    for part in &request.form {
        lines.push(paint(DIM, format_args!("--{boundary}")));
        lines.extend(part.head.lines().map(|line| paint(DIM, harmless(line))));
        lines.push(String::new());
        match &part.content {
            Content::Text(text) => {
                lines.extend(
                    harmless(&String::from_utf8_lossy(text))
                        .split('\n')
                        .map(|line| paint(PLAIN, line)),
                );
            }
            Content::File(length) => {
                lines.push(paint(GREEN, format_args!("({length} bytes of the file)")))
            }
        }
    }
    lines.push(paint(DIM, format_args!("--{boundary}--")));
    lines
}

/// An answer: its status, the headers that matter, and its JSON, indented.
pub(crate) fn answer(answer: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(answer);
    let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
    let mut head = head.lines();
    let status = head.next().unwrap_or("(no answer)");
    let style = if status.contains(" 2") { GREEN } else { RED };
    let mut lines = vec![paint(style, harmless(status))];
    for line in head.filter(|line| line.to_ascii_lowercase().starts_with("retry-after")) {
        lines.push(harmless(line));
    }
    let body = if body.starts_with(['{', '[']) {
        indented(body)
    } else {
        body.to_owned()
    };
    let all = body.lines().count();
    lines.extend(body.lines().take(ANSWER_LINES).map(harmless));
    if all > ANSWER_LINES {
        lines.push(paint(
            DIM,
            format_args!("... {} more lines", all - ANSWER_LINES),
        ));
    }
    lines
}
