//! Requests and responses, for people to read.

use http::StatusCode;
use postpress_mock::Received;
use serde_json::Value;

use super::request::{Content, Request};
use crate::terminal::{BOLD, CYAN, DIM, GREEN, PLAIN, RED, harmless, paint};

/// The most lines of a response that are shown.
const RESPONSE_LINES: usize = 24;

/// A request: what goes out, but for the content of files.
pub(crate) fn request(request: &Request) -> Vec<String> {
    let line = paint(
        BOLD,
        format_args!("{} {}", request.method, request.target()),
    );
    let mut lines = vec![format!("{line} HTTP/1.1")];
    for (name, value) in &request.headers {
        let name = paint(CYAN, format_args!("{name}:"));
        lines.push(format!("{name} {}", harmless(value)));
    }
    let media_type = request.header("content-type").unwrap_or_default();
    let Some((_, boundary)) = media_type.split_once("boundary=") else {
        return lines;
    };
    lines.push(String::new());
    for part in &request.form {
        let mut head = format!("--{boundary}\nContent-Disposition: form-data");
        let file_name = match &part.content {
            Content::File { file_name, .. } => Some(("filename", file_name)),
            Content::Text { .. } => None,
        };
        for (parameter, value) in [("name", &part.name)].into_iter().chain(file_name) {
            // As names are escaped on the wire.
            let value = value
                .replace('"', "%22")
                .replace('\r', "%0D")
                .replace('\n', "%0A");
            head += &format!("; {parameter}=\"{value}\"");
        }
        if let Some(media_type) = &part.media_type {
            head += &format!("\nContent-Type: {media_type}");
        }
        lines.extend(head.lines().map(|line| paint(DIM, harmless(line))));
        lines.push(String::new());
        match &part.content {
            Content::Text { value } => {
                lines.extend(harmless(value).split('\n').map(|line| paint(PLAIN, line)));
            }
            Content::File { length, .. } => {
                lines.push(paint(GREEN, format_args!("({length} bytes of the file)")));
            }
        }
    }
    lines.push(paint(DIM, format_args!("--{boundary}--")));
    lines
}

/// The response to a request: its status, when to try again, and its JSON.
pub(crate) fn response(received: &Received) -> Vec<String> {
    let status = received
        .status()
        .and_then(|status| StatusCode::from_u16(status).ok());
    let Some(status) = status else {
        return vec![paint(RED, "(no response)")];
    };
    let style = if status.is_success() { GREEN } else { RED };
    let mut lines = vec![paint(style, format_args!("HTTP/1.1 {status}"))];
    if let Some(pause) = received.response_header("retry-after") {
        lines.push(format!("retry-after: {}", harmless(pause)));
    }
    let body = match serde_json::from_slice::<Value>(received.response_body()) {
        Ok(json) => format!("{json:#}"),
        Err(_) => String::from_utf8_lossy(received.response_body()).into_owned(),
    };
    let hidden = body.lines().count().saturating_sub(RESPONSE_LINES);
    lines.extend(body.lines().take(RESPONSE_LINES).map(harmless));
    if hidden > 0 {
        lines.push(paint(DIM, format_args!("... {hidden} more lines")));
    }
    lines
}
