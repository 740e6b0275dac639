//! Finding the tag of an object without parsing the object.

use std::borrow::Cow;

/// What a union knows of its tag.
#[doc(hidden)]
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tag<'a> {
    /// There is none, or it is `null`, or the JSON is no object.
    Absent,
    /// It is a string.
    Text(Cow<'a, str>),
    /// It is something else.
    Other,
}

impl<'a> Tag<'a> {
    /// The text, if it is one.
    pub(super) fn into_text(self) -> Option<Cow<'a, str>> {
        match self {
            Self::Text(text) => Some(text),
            Self::Absent | Self::Other => None,
        }
    }

    /// Whether it chooses the variant of this value; an absent tag chooses the default variant.
    pub fn chooses(&self, value: &str, is_default: bool) -> bool {
        match self {
            Self::Absent => is_default,
            Self::Text(text) => text == value,
            Self::Other => false,
        }
    }
}

/// Finds a member of the object that a JSON text is, and reads no further. The text is known to be JSON: what is not is
/// reported as absent.
pub(super) fn find_tag<'a>(text: &'a str, name: &str) -> Tag<'a> {
    Scanner { text, at: 0 }.find(name).unwrap_or(Tag::Absent)
}

struct Scanner<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Scanner<'a> {
    fn find(&mut self, name: &str) -> Option<Tag<'a>> {
        self.expect(b'{')?;
        loop {
            let key = self.string()?;
            self.expect(b':')?;
            if key == name {
                return Some(match self.peek()? {
                    b'"' => Tag::Text(self.string()?),
                    b'n' => Tag::Absent,
                    _ => Tag::Other,
                });
            }
            self.skip_value()?;
            self.expect(b',')?;
        }
    }

    /// The next byte that is not white space.
    fn peek(&mut self) -> Option<u8> {
        loop {
            let byte = *self.text.as_bytes().get(self.at)?;
            if !byte.is_ascii_whitespace() {
                return Some(byte);
            }
            self.at += 1;
        }
    }

    fn expect(&mut self, expected: u8) -> Option<()> {
        (self.peek()? == expected).then(|| self.at += 1)
    }

    fn string(&mut self) -> Option<Cow<'a, str>> {
        self.peek()?;
        let start = self.at;
        let has_escapes = self.skip_string()?;
        if has_escapes {
            return serde_json::from_str::<String>(self.text.get(start..self.at)?)
                .ok()
                .map(Cow::Owned);
        }
        self.text.get(start + 1..self.at - 1).map(Cow::Borrowed)
    }

    /// Moves past a string; tells whether it has escapes.
    fn skip_string(&mut self) -> Option<bool> {
        self.expect(b'"')?;
        let mut has_escapes = false;
        loop {
            match *self.text.as_bytes().get(self.at)? {
                b'"' => {
                    self.at += 1;
                    return Some(has_escapes);
                }
                b'\\' => {
                    has_escapes = true;
                    self.at += 2;
                }
                _ => self.at += 1,
            }
        }
    }

    /// Moves past a value, and perhaps the white space after it.
    fn skip_value(&mut self) -> Option<()> {
        let mut depth = 0_usize;
        loop {
            match self.peek()? {
                b'"' => {
                    self.skip_string()?;
                }
                b'{' | b'[' => {
                    depth += 1;
                    self.at += 1;
                }
                b'}' | b']' if depth == 0 => return Some(()),
                b'}' | b']' => {
                    depth -= 1;
                    self.at += 1;
                }
                b',' if depth == 0 => return Some(()),
                _ => self.at += 1,
            }
        }
    }
}
