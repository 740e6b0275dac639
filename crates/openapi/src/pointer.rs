//! JSON Pointers in the form that OpenAPI documents write them: `#/paths/~1chats/get`.

use std::fmt;

/// The place of a value in a document, as a JSON Pointer in fragment form (RFC 6901, section 6).
///
/// `~` and `/` inside a key are escaped as `~0` and `~1`. Nothing is percent-encoded: the pointer is for people to read,
/// and [`Pointer::segments`] takes both forms.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pointer(String);

impl Pointer {
    /// The whole document: `#`.
    pub fn root() -> Self {
        Self("#".to_owned())
    }

    /// The value of `key` in the object at this place.
    #[must_use]
    pub fn child(&self, key: &str) -> Self {
        let mut text = String::with_capacity(self.0.len() + key.len() + 1);
        text.push_str(&self.0);
        text.push('/');
        for character in key.chars() {
            match character {
                '~' => text.push_str("~0"),
                '/' => text.push_str("~1"),
                other => text.push(other),
            }
        }
        Self(text)
    }

    /// The item at `index`, counted from 0, of the array at this place.
    #[must_use]
    pub fn index(&self, index: usize) -> Self {
        Self(format!("{}/{index}", self.0))
    }

    /// The last key or index; empty for the whole document.
    pub fn last_key(&self) -> String {
        let last = self.0.rsplit_once('/').map_or("", |(_, last)| last);
        unescape(last).unwrap_or_default()
    }

    /// The pointer as text, `#` included.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The unescaped keys of a written pointer, from the root down.
    ///
    /// Takes `#`, `#/a/b`, the empty string and `/a/b`; `~0`, `~1` and `%xx` are decoded. `None` if it is no pointer:
    /// another form, a bad escape, or bytes that are not UTF-8.
    pub fn segments(pointer: &str) -> Option<Vec<String>> {
        let path = match pointer.strip_prefix('#') {
            Some(fragment) => percent_decode(fragment)?,
            None => pointer.to_owned(),
        };
        if path.is_empty() {
            return Some(Vec::new());
        }
        path.strip_prefix('/')?.split('/').map(unescape).collect()
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn unescape(segment: &str) -> Option<String> {
    let mut text = String::with_capacity(segment.len());
    let mut characters = segment.chars();
    while let Some(character) = characters.next() {
        if character != '~' {
            text.push(character);
            continue;
        }
        text.push(match characters.next()? {
            '0' => '~',
            '1' => '/',
            _ => return None,
        });
    }
    Some(text)
}

fn percent_decode(fragment: &str) -> Option<String> {
    if !fragment.contains('%') {
        return Some(fragment.to_owned());
    }
    let mut bytes = Vec::with_capacity(fragment.len());
    let mut rest = fragment.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let high = char::from(rest.next()?).to_digit(16)?;
        let low = char::from(rest.next()?).to_digit(16)?;
        bytes.push(u8::try_from(high * 16 + low).ok()?);
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_with_slashes_and_tildes_are_escaped() {
        let pointer = Pointer::root()
            .child("paths")
            .child("/a~b")
            .child("get")
            .index(3);
        assert_eq!(pointer.to_string(), "#/paths/~1a~0b/get/3");
        assert_eq!(pointer.last_key(), "3");
        assert_eq!(Pointer::root().child("~a/%41").last_key(), "~a/%41");
        assert_eq!(Pointer::root().last_key(), "");
    }

    #[test]
    fn a_built_pointer_reads_back_as_its_keys() {
        let pointer = Pointer::root()
            .child("~1")
            .child("a/b")
            .child("")
            .child("é");
        let segments = Pointer::segments(pointer.as_str());
        assert_eq!(segments.unwrap(), ["~1", "a/b", "", "é"]);
    }

    #[test]
    fn percent_escapes_are_decoded_in_fragments_only() {
        assert_eq!(
            Pointer::segments("#/a%20b/%7E1%c3%a9").unwrap(),
            ["a b", "/é"]
        );
        assert_eq!(Pointer::segments("/a%20b").unwrap(), ["a%20b"]);
    }

    #[test]
    fn the_root_has_no_keys() {
        assert!(Pointer::segments("#").unwrap().is_empty());
        assert!(Pointer::segments("").unwrap().is_empty());
    }

    #[test]
    fn what_is_no_pointer_is_refused() {
        for text in [
            "a",
            "#a",
            "#/~2",
            "#/~",
            "#/%",
            "#/%4",
            "#/%zz",
            "#/%ff",
            "x.yaml#/a",
        ] {
            assert_eq!(Pointer::segments(text), None, "{text}");
        }
    }
}
