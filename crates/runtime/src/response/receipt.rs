//! The body of a success whose request took effect, whatever the body is.

use std::fmt;

use serde::de::{DeserializeOwned, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::{Map, Value};

use super::Response;
use crate::decode::without_bom;
use crate::error::{BodyFault, begins_like_html, is_called_html};

/// Reads the body of a success, or as much of it as came.
pub(super) fn receipt<T: DeserializeOwned + Default + PartialEq>(
    response: &Response<()>,
    is_whole: bool,
) -> Result<Option<T>, BodyFault> {
    let body = without_bom(&response.body);
    let members = members(body);
    let value = T::deserialize(&members).ok();
    if let Some(value) = value.filter(|value| *value != T::default()) {
        return Ok(Some(value));
    }
    if is_error(&members, if is_whole { 2 } else { 1 }) {
        return Err(BodyFault::Error);
    }
    // Some servers call everything HTML that nobody gave a name.
    let is_harmless =
        body.trim_ascii().is_empty() || serde_json::from_slice::<IgnoredAny>(body).is_ok();
    let is_html = is_called_html(&response.headers) && !(is_whole && is_harmless);
    if begins_like_html(body) || (members.is_empty() && is_html) {
        return Err(BodyFault::Html);
    }
    Ok(None)
}

/// Whether the members of an object are those of an error: `error`, `errors`, or at least `enough` of a problem's (RFC 9457).
fn is_error(members: &Map<String, Value>, enough: usize) -> bool {
    let says = |name: &str| match members.get(name) {
        None | Some(Value::Null | Value::Bool(false)) => false,
        Some(Value::String(text)) => !text.is_empty(),
        Some(Value::Array(items)) => !items.is_empty(),
        Some(_) => true,
    };
    let is_failure = members.get("status").is_some_and(|status| {
        let status = status
            .as_str()
            .map_or_else(|| status.as_u64(), |text| text.parse().ok());
        status.is_some_and(|status| status >= 400)
    });
    let of_problem = ["type", "title", "detail", "instance"]
        .into_iter()
        .filter(|name| says(name));
    says("error") || says("errors") || of_problem.count() + usize::from(is_failure) >= enough
}

/// The members of the object that a JSON text is; if the text breaks off, those before that.
fn members(json: &[u8]) -> Map<String, Value> {
    struct Collect<'m>(&'m mut Map<String, Value>);

    impl<'de> Visitor<'de> for Collect<'_> {
        type Value = ();

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("an object")
        }

        fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<(), A::Error> {
            while let Some(name) = members.next_key::<String>()? {
                // In place of its value, in which the text may break off.
                self.0.insert(name.clone(), Value::Bool(true));
                self.0.insert(name, members.next_value()?);
            }
            Ok(())
        }
    }

    let mut found = Map::new();
    let text = String::from_utf8_lossy(json);
    let mut json = serde_json::Deserializer::from_str(&text);
    // What stands before an error counts.
    let _ = json.deserialize_map(Collect(&mut found));
    found
}
