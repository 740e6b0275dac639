//! As much of a text as belongs in a message: one line, bounded, without control characters.

use std::fmt::{self, Write};

/// The longest excerpt, in characters.
const LONGEST: usize = 200;

/// Prints a text on one line, cut after [`LONGEST`] characters.
pub(crate) struct Excerpt<'a>(pub(crate) &'a str);

impl fmt::Display for Excerpt<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut left = LONGEST;
        for (index, word) in self.0.split_whitespace().enumerate() {
            if index > 0 {
                if left == 0 {
                    return f.write_char('…');
                }
                f.write_char(' ')?;
                left -= 1;
            }
            for character in word.chars() {
                if left == 0 {
                    return f.write_char('…');
                }
                f.write_char(if character.is_control() {
                    char::REPLACEMENT_CHARACTER
                } else {
                    character
                })?;
                left -= 1;
            }
        }
        Ok(())
    }
}

/// Debug output for bytes that may be long: their number and how they begin.
pub(crate) struct BodyExcerpt<'a>(pub(crate) &'a [u8]);

impl fmt::Debug for BodyExcerpt<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Four bytes hold any character, so this is always enough to cut from.
        let start = &self.0[..self.0.len().min(LONGEST * 4)];
        let text = Excerpt(&String::from_utf8_lossy(start)).to_string();
        write!(f, "{text:?} ({} bytes)", self.0.len())
    }
}
