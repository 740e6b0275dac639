//! What is at the end of a chain of errors.

use std::error::Error;

/// The first cause of an error of the HTTP client, whose own text says little; `None` if it is the first itself.
pub(super) fn first_cause(error: &reqwest::Error) -> Option<String> {
    let mut cause = error.source()?;
    while let Some(next) = cause.source() {
        cause = next;
    }
    Some(cause.to_string())
}
