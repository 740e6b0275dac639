//! The end of a chain of errors.

use std::error::Error;

/// The root cause of an error of the HTTP client, whose own text says little; `None` if it has no cause.
pub(super) fn root_cause(error: &reqwest::Error) -> Option<String> {
    let mut cause = error.source()?;
    while let Some(next) = cause.source() {
        cause = next;
    }
    Some(cause.to_string())
}
