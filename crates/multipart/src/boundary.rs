//! The boundary between the parts of a form.

use std::fmt::{self, Write as _};

use crate::error::{FormError, Reason};

/// The longest boundary that RFC 2046 allows.
const MAX_LENGTH: usize = 70;

/// How many random bytes a generated boundary has; each is printed as two hexadecimal digits.
const RANDOM_BYTES: usize = 24;

/// A boundary that needs no quotes in `Content-Type`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Boundary(String);

impl Boundary {
    /// A random boundary, which no content can hold, since nobody could have known it.
    pub(crate) fn random() -> Result<Self, FormError> {
        let mut bytes = [0; RANDOM_BYTES];
        getrandom::fill(&mut bytes)
            .map_err(|error| FormError::new(Reason::NoRandomness(error.to_string())))?;
        let mut text = String::with_capacity(2 * RANDOM_BYTES);
        for byte in bytes {
            // Writing to a string cannot fail.
            let _ = write!(text, "{byte:02x}");
        }
        Ok(Self(text))
    }

    /// A boundary that the caller chose: RFC 2046's characters, without those that would need quotes.
    pub(crate) fn parse(text: &str) -> Result<Self, FormError> {
        let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"'+_.-".contains(&byte);
        if text.is_empty() || text.len() > MAX_LENGTH || !text.bytes().all(allowed) {
            return Err(FormError::new(Reason::BoundaryMalformed(text.to_owned())));
        }
        Ok(Self(text.to_owned()))
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether a parser could take something in `content` for this boundary, at the start of a line
    /// or not: some parsers do not ask for the line break before it.
    pub(crate) fn occurs_in(&self, content: &[u8]) -> bool {
        let delimiter = format!("--{self}");
        content
            .windows(delimiter.len())
            .any(|window| window == delimiter.as_bytes())
    }
}

impl fmt::Display for Boundary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn random_boundaries_are_valid_and_differ() {
        let one = Boundary::random().unwrap();
        let two = Boundary::random().unwrap();
        assert_ne!(one, two);
        assert_eq!(one.as_str().len(), 48);
        assert_eq!(Boundary::parse(one.as_str()).unwrap(), one);
    }

    #[test]
    fn a_boundary_that_would_break_the_header_is_refused() {
        for bad in [
            "",
            "a b",
            "a\r\nX: y",
            "a\"",
            "a;b",
            "é",
            "a/b",
            &"x".repeat(71),
        ] {
            let error = Boundary::parse(bad).unwrap_err();
            assert!(error.refusals()[0].is_boundary(), "{bad:?}");
        }
        assert!(Boundary::parse(&"x".repeat(70)).is_ok());
    }

    #[test]
    fn a_boundary_is_found_wherever_it_stands() {
        let boundary = Boundary::parse("XX").unwrap();
        assert!(boundary.occurs_in(b"--XX"));
        assert!(boundary.occurs_in(b"a\r\n--XX--"));
        assert!(!boundary.occurs_in(b"-XX XX --X"));
        assert!(!boundary.occurs_in(b""));
    }
}
