//! JSON Pointers in the form that OpenAPI documents write them: `#/paths/~1chats/get`.

use std::fmt;
use std::sync::Arc;

/// The place of a value in a document, as a JSON Pointer in fragment form (RFC 6901, section 6).
///
/// `~` and `/` inside a key are escaped as `~0` and `~1`. Nothing is percent-encoded: the pointer is for people to read,
/// and [`Pointer::parse`] takes both forms.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pointer(Arc<str>);

impl Pointer {
    /// The whole document: `#`.
    pub fn root() -> Self {
        Self("#".into())
    }

    /// The value of `key` in the object at this place.
    #[must_use]
    pub fn child(&self, key: &str) -> Self {
        if key.contains(['~', '/']) {
            let key = key.replace('~', "~0").replace('/', "~1");
            return Self([&*self.0, "/", &key].concat().into());
        }
        Self([&*self.0, "/", key].concat().into())
    }

    /// The item at `index`, counted from 0, of the array at this place.
    #[must_use]
    pub fn index(&self, index: usize) -> Self {
        Self(format!("{}/{index}", self.0).into())
    }

    /// Reads a written pointer: `#`, `#/a/b`, the empty string and `/a/b`, in the first two of which `%xx` is decoded.
    ///
    /// `None` if it is no pointer: another form, a bad escape, or bytes that are not UTF-8.
    pub fn parse(text: &str) -> Option<Self> {
        let path = match text.strip_prefix('#') {
            Some(fragment) => percent_decode(fragment)?,
            None => text.to_owned(),
        };
        let is_escaped = |rest: &str| rest.starts_with(['0', '1']);
        let is_pointer =
            (path.is_empty() || path.starts_with('/')) && path.split('~').skip(1).all(is_escaped);
        is_pointer.then(|| Self(format!("#{path}").into()))
    }

    /// The object or array that this place is in; `None` for the whole document.
    pub fn parent(&self) -> Option<Self> {
        let (parent, _) = self.0.rsplit_once('/')?;
        Some(Self(parent.into()))
    }

    /// This place and all those that it is in, up to the whole document.
    pub fn ancestors(&self) -> impl Iterator<Item = Self> {
        std::iter::successors(Some(self.clone()), Self::parent)
    }

    /// The keys and indices that lead here from the whole document, unescaped.
    pub fn keys(&self) -> impl DoubleEndedIterator<Item = String> + '_ {
        let keys = self.0.strip_prefix("#/").into_iter();
        keys.flat_map(|path| path.split('/'))
            .map(|key| key.replace("~1", "/").replace("~0", "~"))
    }

    /// The last key or index; empty for the whole document.
    pub fn last_key(&self) -> String {
        self.keys().next_back().unwrap_or_default()
    }

    /// The pointer as text, `#` included.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
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
        assert_eq!(keys(pointer.as_str()).unwrap(), ["~1", "a/b", "", "é"]);
        assert_eq!(Pointer::parse(pointer.as_str()), Some(pointer));
    }

    #[test]
    fn percent_escapes_are_decoded_in_fragments_only() {
        assert_eq!(keys("#/a%20b/%7E1%c3%a9").unwrap(), ["a b", "/é"]);
        assert_eq!(keys("/a%20b").unwrap(), ["a%20b"]);
    }

    #[test]
    fn the_root_has_no_keys_and_no_parent() {
        assert!(keys("#").unwrap().is_empty());
        assert!(keys("").unwrap().is_empty());
        assert_eq!(Pointer::root().parent(), None);
    }

    #[test]
    fn a_place_is_in_all_that_leads_to_it() {
        let pointer = Pointer::root().child("a/b").index(0);
        let ancestors: Vec<String> = pointer.ancestors().map(|place| place.to_string()).collect();
        assert_eq!(ancestors, ["#/a~1b/0", "#/a~1b", "#"]);
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
            assert_eq!(Pointer::parse(text), None, "{text}");
        }
    }

    fn keys(pointer: &str) -> Option<Vec<String>> {
        Some(Pointer::parse(pointer)?.keys().collect())
    }
}
