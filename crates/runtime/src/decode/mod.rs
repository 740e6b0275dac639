//! Decoding of JSON bodies.

mod error;
mod trace;

use std::borrow::Cow;

use serde::de::DeserializeOwned;

pub use self::error::{DecodeError, DecodeErrorKind};
use crate::lone_surrogates::replace_lone_surrogates;

/// Decodes a JSON text: the body of a response, or of a webhook.
///
/// This does what `serde_json::from_slice` does, with these differences:
/// - An error names the place in the JSON, and quotes nothing from it.
/// - A byte order mark is skipped. Bytes that are not UTF-8, and escapes of half a surrogate pair, become U+FFFD: one broken
///   character in one text is no reason to lose the rest.
/// - An empty text counts as `null`.
///
/// ```
/// let error = postpress_runtime::decode_json::<Vec<u16>>(br#"[1, "a secret"]"#).unwrap_err();
/// assert_eq!(error.json_path(), Some("[1]"));
/// assert_eq!(error.to_string(), "at `[1]`: expected u16, found a string at line 1 column 14");
/// ```
///
/// # Errors
/// If the text is not JSON, or not that of a `T`.
pub fn decode_json<T: DeserializeOwned>(json: &[u8]) -> Result<T, DecodeError> {
    let json = without_bom(json);
    // Checked first, because `from_utf8_lossy` alone is many times slower on valid text.
    let json = match std::str::from_utf8(json) {
        Ok(json) => Cow::Borrowed(json),
        Err(_) => String::from_utf8_lossy(json),
    };
    let is_empty = json.trim_ascii().is_empty();
    let json = if is_empty { "null" } else { &*json };
    let error = match serde_json::from_str(json) {
        Ok(value) => return Ok(value),
        Err(_) if is_empty => return Err(DecodeError::empty()),
        Err(error) => error,
    };
    match replace_lone_surrogates(json) {
        Some(mended) => {
            serde_json::from_str(&mended).map_err(|error| DecodeError::new::<T>(&mended, &error))
        }
        None => Err(DecodeError::new::<T>(json, &error)),
    }
}

/// Some servers put a byte order mark before JSON and text; RFC 8259 lets a reader skip it.
pub(crate) fn without_bom(body: &[u8]) -> &[u8] {
    body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body)
}
