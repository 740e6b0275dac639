//! A parsed document, and what its references lead to.

use crate::diagnostic::Diagnostics;
use crate::{Cursor, Node, Pointer, Value};

/// A reference may lead over this many others. A longer chain is taken for a mistake.
pub const LONGEST_CHAIN: usize = 64;

/// The text of a document, and the name to show for it in diagnostics.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    /// What diagnostics call the document, usually its path: `spec/postpress.yaml`. The syntax errors of a
    /// name that ends in `.json` are reported as those of JSON.
    pub name: &'a str,
    /// The document: YAML 1.2 or JSON.
    pub text: &'a str,
}

/// Why a reference leads to nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BrokenReference {
    /// It leads out of the document.
    External,
    /// It is not a JSON Pointer.
    Invalid,
    /// There is nothing at the place that it names.
    Dangling,
}

/// A parsed document.
#[derive(Clone, Debug)]
pub struct Document {
    /// The name given in its [`Source`].
    pub name: String,
    /// Its outermost value.
    pub root: Node,
}

impl Document {
    /// Reads YAML or JSON.
    ///
    /// Everything wrong with the text is added to `diagnostics`, which from here on names this document. `None` only if
    /// the text has no tree at all (a syntax error, nothing in it, a limit exceeded); a document with lesser faults, such
    /// as a repeated key, is returned so that the rest can still be checked.
    pub fn parse(source: &Source<'_>, diagnostics: &mut Diagnostics) -> Option<Document> {
        diagnostics.set_file(source.name);
        let root = crate::parse::parse(source, diagnostics)?;
        Some(Document {
            name: source.name.to_owned(),
            root,
        })
    }

    /// The value at a pointer. References on the way are not followed.
    pub fn lookup(&self, pointer: &Pointer) -> Option<Cursor<'_>> {
        let (mut node, mut key_at) = (&self.root, self.root.at);
        for key in pointer.keys() {
            (node, key_at) = match &node.value {
                Value::Array(items) => items.get(array_index(&key)?).map(|item| (item, item.at))?,
                _ => node.entry(&key).map(|entry| (&entry.value, entry.at))?,
            };
        }
        Some(Cursor {
            node,
            key_at,
            pointer: pointer.clone(),
        })
    }

    /// The components of a section, such as `schemas`, by name.
    pub fn components<'d>(
        &'d self,
        section: &str,
    ) -> impl Iterator<Item = (&'d str, Cursor<'d>)> + use<'d> {
        let section = self.section(section).into_iter();
        section.flat_map(|section| section.entries())
    }

    /// The component of this name in a section of `components`.
    pub fn component(&self, section: &str, name: &str) -> Option<Cursor<'_>> {
        self.section(section)?.get(name)
    }

    fn section(&self, section: &str) -> Option<Cursor<'_>> {
        Cursor::root(self).get("components")?.get(section)
    }

    /// The example of the parameter, body or response at a pointer; of several, the first. A body may have that of its schema.
    pub fn example(&self, pointer: &Pointer) -> Option<serde_json::Value> {
        let at = self.lookup(pointer)?.resolve(self)?;
        let content = || Some(at.map("content").next()?.1);
        let of_content = || self.own_example(&content()?);
        let of_schema = || content()?.get("schema")?.resolve(self)?.get("example");
        let found = self.own_example(&at).or_else(of_content).or_else(of_schema);
        Some(found?.node.to_json())
    }

    fn own_example<'d>(&'d self, at: &Cursor<'d>) -> Option<Cursor<'d>> {
        let named = || {
            let (_, first) = at.map("examples").next()?;
            first.resolve(self)?.get("value")
        };
        at.get("example").or_else(named)
    }

    /// What a `$ref` with this text names, which may itself be a reference.
    ///
    /// # Errors
    /// If it names nothing in this document.
    pub fn target(&self, reference: &str) -> Result<Cursor<'_>, BrokenReference> {
        if !reference.starts_with('#') {
            return Err(BrokenReference::External);
        }
        let pointer = Pointer::parse(reference).ok_or(BrokenReference::Invalid)?;
        self.lookup(&pointer).ok_or(BrokenReference::Dangling)
    }

    /// The value itself, or, if it is `{"$ref": ...}`, what the reference leads to in the end: see [`Cursor::resolve`].
    pub fn resolve<'d>(&'d self, node: &'d Node) -> Option<&'d Node> {
        Some(Cursor::of(node).resolve(self)?.node)
    }
}

/// RFC 6901 allows digits without a leading zero only.
fn array_index(segment: &str) -> Option<usize> {
    let plain = segment == "0"
        || (!segment.starts_with('0') && segment.bytes().all(|byte| byte.is_ascii_digit()));
    if plain { segment.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(text: &str) -> Document {
        let mut diagnostics = Diagnostics::default();
        let document = Document::parse(
            &Source {
                name: "test.yaml",
                text,
            },
            &mut diagnostics,
        );
        assert!(!diagnostics.has_errors(), "{diagnostics}");
        document.unwrap()
    }

    #[test]
    fn lookup_walks_objects_and_arrays() {
        let document = document("a/b: [x, {c~d: 7}]\n'': empty\n");
        let found = |pointer: &str| {
            let at = document.lookup(&Pointer::parse(pointer)?)?;
            Some(at.node.to_json().to_string())
        };
        assert_eq!(found("#/a~1b/1/c~0d").unwrap(), "7");
        assert_eq!(found("#/").unwrap(), "\"empty\"");
        for missing in [
            // An encoded slash still separates.
            "#/a%2Fb/0",
            "#/a~1b/01",
            "#/a~1b/-",
            "#/a~1b/2",
            "#/a~1b/0/x",
            "#/nope",
            "nope",
        ] {
            assert_eq!(found(missing), None, "{missing}");
        }
    }

    #[test]
    fn references_are_followed_to_the_end_with_the_place_found() {
        let document = document("a: {$ref: '#/b'}\nb: {$ref: '#/c~1d'}\nc/d: {deep: 1}\n");
        let end = Cursor::root(&document)
            .get("a")
            .unwrap()
            .resolve(&document)
            .unwrap();
        assert_eq!(end.node.get("deep").and_then(Node::as_i64), Some(1));
        assert_eq!(end.pointer.as_str(), "#/c~1d");
        assert_eq!(end.key_at.line, 3);
    }

    #[test]
    fn circles_and_dangling_and_external_references_resolve_to_nothing() {
        let document = document(
            "a: {$ref: '#/b'}\nb: {$ref: '#/a'}\nc: {$ref: '#/nope'}\nd: {$ref: 'x.yaml#/a'}\n",
        );
        for key in ["a", "b", "c", "d"] {
            assert!(
                document.resolve(document.root.get(key).unwrap()).is_none(),
                "{key}"
            );
        }
    }

    #[test]
    fn sameness_ignores_positions_order_and_how_numbers_are_written() {
        let document =
            document("a: {x: 1, y: [2.0]}\nb:\n  y: [2]\n  x: 1.0\nc: {x: 1, y: ['2']}\n");
        let [a, b, c] = ["a", "b", "c"].map(|key| document.root.get(key).unwrap());
        assert_eq!(a, b);
        assert_ne!(a, c);
    }

    #[test]
    fn serialising_keeps_the_order_of_keys() {
        let document = document("z: 1\na: [true, null, 1.5, text]\n");
        let json = serde_json::to_string(&document.root).unwrap();
        assert_eq!(json, r#"{"z":1,"a":[true,null,1.5,"text"]}"#);
    }
}
