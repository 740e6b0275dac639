//! `null` where a list or map was meant.

use serde::{Deserialize, Deserializer};

/// Decodes `null` as the default value: an empty list, an empty map, `None`.
///
/// For `#[serde(default, deserialize_with = "::postpress_runtime::null_as_default")]`; the `default` covers the field
/// that is not there at all.
///
/// ```
/// #[derive(serde::Deserialize)]
/// struct Chat {
///     #[serde(default, deserialize_with = "postpress_runtime::null_as_default")]
///     attendees: Vec<String>,
/// }
/// let chat: Chat = serde_json::from_str(r#"{"attendees": null}"#)?;
/// assert!(chat.attendees.is_empty());
/// # Ok::<(), serde_json::Error>(())
/// ```
///
/// # Errors
/// Those of `T`, for anything but `null`.
pub fn null_as_default<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Default + Deserialize<'de>,
{
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}
