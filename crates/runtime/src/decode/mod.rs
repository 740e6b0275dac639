//! Decoding of JSON bodies.

mod error;
mod trace;

use std::borrow::Cow;

use serde::de::DeserializeOwned;

pub use self::error::{DecodeError, DecodeErrorKind};
use crate::lone_surrogates::replace_lone_surrogates;
use crate::tolerant::exact;

/// Decodes a JSON text: the body of a response, or of a webhook.
///
/// This does what `serde_json::from_slice` does, with these differences:
/// - What [`tolerant`](crate::tolerant) lists is read, though it is not what the type says.
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
    with_text(json, |json| match exact(|| serde_json::from_str(json)) {
        (Ok(value), false) => Ok(value),
        // A variant of a union was refused, for which something is tolerated.
        (Ok(value), true) => Ok(trace::decode(json, true).unwrap_or(value)),
        (Err(error), _) => {
            trace::decode(json, true).map_err(|fault| DecodeError::new(fault, &error))
        }
    })
}

/// Decodes a JSON text as [`decode_json`] does, and refuses what is [tolerated](crate::tolerant) and whatever is odd. For tests.
///
/// ```
/// use postpress_runtime::{Items, decode_strict};
///
/// assert!(decode_strict::<Items<u8>>(b"[1, 2]").is_ok());
/// let error = decode_strict::<Items<u8>>(b"[1, null]").unwrap_err();
/// assert_eq!(error.json_path(), Some("[1]"));
/// ```
///
/// # Errors
/// If the text is not JSON, or not exactly that of a `T`.
pub fn decode_strict<T: DeserializeOwned>(json: &[u8]) -> Result<T, DecodeError> {
    with_text(json, |json| match exact(|| serde_json::from_str(json)) {
        (Ok(value), false) => Ok(value),
        // A union has kept it as a value that it does not know, without an error.
        (Ok(_), true) => Err(DecodeError::within_union()),
        (Err(error), _) => {
            let (decoded, _) = exact(|| trace::decode(json, false));
            decoded.map_err(|fault| DecodeError::new(fault, &error))
        }
    })
}

/// Decodes a text, or, if that fails and it has halves of surrogate pairs, the text without them.
fn with_text<T>(
    json: &[u8],
    decode: impl Fn(&str) -> Result<T, DecodeError>,
) -> Result<T, DecodeError> {
    let json = without_bom(json);
    // Checked first, because `from_utf8_lossy` alone is many times slower on valid text.
    let json = match std::str::from_utf8(json) {
        Ok(json) => Cow::Borrowed(json),
        Err(_) => String::from_utf8_lossy(json),
    };
    if json.trim_ascii().is_empty() {
        return decode("null").map_err(|_| DecodeError::empty());
    }
    decode(&json).or_else(|error| match replace_lone_surrogates(&json) {
        Some(mended) => decode(&mended),
        None => Err(error),
    })
}

/// Some servers put a byte order mark before JSON and text; RFC 8259 lets a reader skip it.
pub(crate) fn without_bom(body: &[u8]) -> &[u8] {
    body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body)
}
