//! JSON bodies, decoded.

use std::borrow::Cow;
use std::fmt;

use serde::de::DeserializeOwned;

use crate::excerpt::Excerpt;
use crate::surrogates::without_halves;
use crate::union::one_pass_first;

/// Decodes a JSON text: the body of an answer, or of a webhook.
///
/// This does what `serde_json::from_slice` does, with these differences:
/// - Unions ([`tagged_union!`](crate::tagged_union)) decode faster, because all can be decoded again if one does not fit.
/// - An error names the place in the JSON.
/// - A byte order mark is skipped. Bytes that are not UTF-8, and escapes of half a surrogate pair, become U+FFFD: one broken
///   character in one text is no reason to lose the rest.
/// - Nothing at all counts as `null`.
///
/// ```
/// let wrong = postpress_runtime::decode_json::<Vec<std::net::IpAddr>>(br#"["::1", "localhost"]"#).unwrap_err();
/// assert_eq!(wrong.json_path(), Some("[1]"));
/// assert_eq!(wrong.to_string(), "at `[1]`: invalid IP address syntax at line 1 column 19");
/// ```
///
/// # Errors
/// If it is not JSON, or not that of a `T`.
pub fn decode_json<T: DeserializeOwned>(json: &[u8]) -> Result<T, DecodeError> {
    let json = without_bom(json);
    // Checked first, because `from_utf8_lossy` alone is many times slower on text that is whole.
    let json = match std::str::from_utf8(json) {
        Ok(json) => Cow::Borrowed(json),
        Err(_) => String::from_utf8_lossy(json),
    };
    let is_empty = json.trim_ascii().is_empty();
    let json = if is_empty { "null" } else { &*json };
    let decode = |json| one_pass_first(|| serde_json::from_str(json));
    let error = match decode(json) {
        Ok(value) => return Ok(value),
        Err(_) if is_empty => {
            return Err(DecodeError {
                json_path: None,
                message: "it is empty".into(),
            });
        }
        Err(error) => error,
    };
    match without_halves(json) {
        Some(mended) => decode(&mended).map_err(|error| DecodeError::locate::<T>(&mended, &error)),
        None => Err(DecodeError::locate::<T>(json, &error)),
    }
}

/// Some servers put a byte order mark before JSON and text; RFC 8259 lets a reader skip it.
pub(crate) fn without_bom(body: &[u8]) -> &[u8] {
    body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body)
}

/// Why a JSON text did not decode, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecodeError {
    json_path: Option<String>,
    message: String,
}

impl DecodeError {
    /// Decodes yet again, which is slow and names the place: that is what counts now.
    fn locate<T: DeserializeOwned>(json: &str, error: &serde_json::Error) -> Self {
        let mut deserializer = serde_json::Deserializer::from_str(json);
        Self {
            json_path: serde_path_to_error::deserialize::<_, T>(&mut deserializer)
                .err()
                .map(|error| error.path().to_string())
                .filter(|path| path != "."),
            message: error.to_string(),
        }
    }

    /// Where in the JSON the fault is, such as `items[3].id`; `None` when it is the whole, or no JSON at all.
    pub fn json_path(&self) -> Option<&str> {
        self.json_path.as_deref()
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(path) = &self.json_path {
            write!(f, "at `{}`: ", Excerpt(path))?;
        }
        // It may quote a text from the JSON, of any length.
        write!(f, "{}", Excerpt(&self.message))
    }
}

impl std::error::Error for DecodeError {}
