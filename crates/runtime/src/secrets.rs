//! The secrets of a request, which a service may repeat.

use bytes::Bytes;
use reqwest::header::{HeaderMap, SET_COOKIE};
use serde_json::Value;

use crate::decode::without_bom;

/// What stands where a secret was.
const REDACTED: &str = "[redacted]";

/// The shortest secret that is looked for, in bytes: a shorter one may be a word of the text.
const SHORTEST: usize = 8;

/// The largest body whose JSON is looked through, in bytes. In a larger one only what is not escaped is found.
const LARGEST: usize = 1 << 20;

/// The secrets of a request. They are taken out of everything that may be shown of its response.
pub(crate) struct Secrets(Vec<String>);

impl Secrets {
    pub(crate) fn of(headers: &HeaderMap) -> Self {
        let sensitive = headers.values().filter(|value| value.is_sensitive());
        let texts = sensitive.filter_map(|value| value.to_str().ok());
        let secrets = texts.map(|text| {
            let token = text.strip_prefix("Bearer ");
            token.or(text.strip_prefix("Basic ")).unwrap_or(text)
        });
        let secrets = secrets.filter(|secret| secret.len() >= SHORTEST);
        Self(secrets.map(str::to_owned).collect())
    }

    /// Marks what must not print as sensitive: cookies, and headers that hold a secret.
    pub(crate) fn mark(&self, headers: &mut HeaderMap) {
        for (name, value) in headers.iter_mut() {
            let repeats = value.to_str().is_ok_and(|text| self.is_in(text));
            if repeats || *name == SET_COOKIE {
                value.set_sensitive(true);
            }
        }
    }

    /// Replaces the secrets in a body.
    pub(crate) fn redact(&self, body: &mut Bytes) {
        if self.0.is_empty() {
            return;
        }
        // JSON may have escapes within a secret.
        if body.len() <= LARGEST
            && let Ok(json) = serde_json::from_slice::<Value>(without_bom(body))
        {
            let mut redacted = json.clone();
            self.redact_json(&mut redacted);
            if redacted != json {
                *body = redacted.to_string().into();
            }
        }
        let text = String::from_utf8_lossy(body);
        if self.is_in(&text) {
            *body = self.without(&text).into();
        }
    }

    fn is_in(&self, text: &str) -> bool {
        self.0.iter().any(|secret| text.contains(secret))
    }

    fn without(&self, text: &str) -> String {
        let redact = |text: String, secret: &String| text.replace(secret, REDACTED);
        self.0.iter().fold(text.to_owned(), redact)
    }

    fn redact_json(&self, json: &mut Value) {
        match json {
            Value::String(text) => *text = self.without(text),
            Value::Array(items) => items.iter_mut().for_each(|item| self.redact_json(item)),
            Value::Object(members) => members
                .values_mut()
                .for_each(|value| self.redact_json(value)),
            _ => {}
        }
    }
}
