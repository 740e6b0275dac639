//! As much of a text as belongs in a message: one line of bounded length, without control characters.

use std::fmt;

/// The longest excerpt, in characters.
const LONGEST: usize = 200;

/// Prints a text on one line, cut off after [`LONGEST`] characters.
pub(crate) struct Excerpt<'a>(pub(crate) &'a str);

impl fmt::Display for Excerpt<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // No word matters that begins after the longest excerpt.
        let words: Vec<&str> = self.0.split_whitespace().take(LONGEST).collect();
        let line = words.join(" ").replace(char::is_control, "\u{FFFD}");
        match line.char_indices().nth(LONGEST) {
            Some((end, _)) => write!(f, "{}…", &line[..end]),
            None => f.write_str(&line),
        }
    }
}

/// Debug output for bytes that may be many: how they begin, and their number.
pub(crate) struct BodyExcerpt<'a>(pub(crate) &'a [u8]);

impl fmt::Debug for BodyExcerpt<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Four bytes hold any character, so this is always enough to cut from.
        let start = &self.0[..self.0.len().min(LONGEST * 4)];
        let text = Excerpt(&String::from_utf8_lossy(start)).to_string();
        write!(f, "{text:?} ({} bytes)", self.0.len())
    }
}
