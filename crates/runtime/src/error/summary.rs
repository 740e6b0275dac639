//! What an error body says, in a line.

use reqwest::header::{CONTENT_TYPE, HeaderMap};
use serde_json::Value;

/// What the body of an error response says: the members of a problem (RFC 9457) or the usual `message` or `error` of JSON,
/// otherwise the text itself. `None` when there is nothing to show.
pub(crate) fn summary(headers: &HeaderMap, body: &[u8]) -> Option<String> {
    if body.iter().all(u8::is_ascii_whitespace) {
        return None;
    }
    if let Some(said) = serde_json::from_slice(body).ok().as_ref().and_then(of_json) {
        return Some(said);
    }
    // Bytes that are no text would print as noise.
    let Ok(text) = std::str::from_utf8(body) else {
        return Some(format!("{} bytes that are not text", body.len()));
    };
    let is_html = begins_like_html(body) || is_called_html(headers);
    let label = if is_html {
        "an HTML page instead of JSON: "
    } else {
        ""
    };
    Some(format!("{label}{text}"))
}

fn of_json(json: &Value) -> Option<String> {
    let member = |name| {
        json.get(name)
            .and_then(Value::as_str)
            .filter(|text| !text.is_empty())
    };
    let mut said: Vec<&str> = ["title", "detail"].into_iter().filter_map(member).collect();
    // Some services repeat the title in the detail.
    if let [title, detail] = said[..]
        && detail.contains(title)
    {
        said.remove(0);
    }
    let said = match said[..] {
        [] => member("message")
            .or_else(|| member("error"))
            .or_else(|| json.get("error")?.get("message")?.as_str())?
            .to_owned(),
        _ => said.join(": "),
    };
    Some(match member("type") {
        Some(kind) => format!("{said} ({kind})"),
        None => said,
    })
}

pub(crate) fn is_called_html(headers: &HeaderMap) -> bool {
    let kind = headers
        .get(CONTENT_TYPE)
        .map(|value| value.as_bytes().trim_ascii_start());
    kind.is_some_and(|kind| begins_with(kind, b"text/html"))
}

pub(crate) fn begins_like_html(body: &[u8]) -> bool {
    let start = body.trim_ascii_start();
    begins_with(start, b"<!doctype html") || begins_with(start, b"<html")
}

/// Compares without regard to case.
fn begins_with(text: &[u8], start: &[u8]) -> bool {
    let found = text.get(..start.len());
    found.is_some_and(|found| found.eq_ignore_ascii_case(start))
}
