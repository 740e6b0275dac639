//! What an error body says, in a line.

use std::borrow::Cow;

use reqwest::header::{CONTENT_TYPE, HeaderMap};
use serde_json::Value;

/// What the body of an error response says: the members of a problem (RFC 9457) or the usual `message` or `error` of JSON,
/// otherwise the text itself. `None` when there is nothing to show.
pub(super) fn summary<'a>(headers: &HeaderMap, body: &'a [u8]) -> Option<Cow<'a, str>> {
    if body.iter().all(u8::is_ascii_whitespace) {
        return None;
    }
    if let Some(said) = serde_json::from_slice(body).ok().as_ref().and_then(of_json) {
        return Some(said.into());
    }
    if is_html(headers, body) {
        return Some("an HTML page instead of JSON".into());
    }
    // Bytes that are no text would print as noise.
    Some(match std::str::from_utf8(body) {
        Ok(text) => text.into(),
        Err(_) => format!("{} bytes that are not text", body.len()).into(),
    })
}

fn of_json(json: &Value) -> Option<String> {
    let member = |name| {
        json.get(name)
            .and_then(Value::as_str)
            .filter(|text| !text.is_empty())
    };
    let said: Vec<&str> = ["title", "detail"].into_iter().filter_map(member).collect();
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

fn is_html(headers: &HeaderMap, body: &[u8]) -> bool {
    let declared = headers
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| {
            value
                .trim_start()
                .to_ascii_lowercase()
                .starts_with("text/html")
        });
    let start = body.trim_ascii_start();
    let begins = |tag: &[u8]| {
        start
            .get(..tag.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(tag))
    };
    declared || begins(b"<!doctype html") || begins(b"<html")
}
