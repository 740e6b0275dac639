//! How a number looks in a parameter.

use std::fmt::Display;

use super::Unsupported;

/// A float as text: `3` for 3.0, because services that expect an integer refuse `3.0`. `Display` never writes an exponent
/// nor a fraction that is not there.
pub(super) fn finite(value: impl Display, is_finite: bool) -> Result<String, Unsupported> {
    let text = value.to_string();
    if !is_finite {
        return Err(Unsupported(format!(
            "{text} is not a number that can be sent"
        )));
    }
    Ok(if text == "-0" { "0".into() } else { text })
}
