//! A document as a tree that can be changed.

use std::{fs, path::Path};

use postpress_codegen::{Diagnostics, Source};
use postpress_openapi::{Document, Node, Value};

#[derive(Clone, Debug)]
pub(crate) enum Tree {
    /// Anything without parts, as JSON.
    Leaf(String),
    List(Vec<Tree>),
    Object(Vec<(String, Tree)>),
}

impl Tree {
    pub(crate) fn read(path: &Path) -> Tree {
        let text = fs::read_to_string(path).unwrap();
        let mut diagnostics = Diagnostics::default();
        let name = path.to_str().unwrap();
        let document = Document::parse(&Source { name, text: &text }, &mut diagnostics);
        Tree::of(&document.unwrap_or_else(|| panic!("{diagnostics}")).root)
    }

    fn of(node: &Node) -> Tree {
        match &node.value {
            Value::Array(items) => Tree::List(items.iter().map(Tree::of).collect()),
            Value::Object(entries) => Tree::Object(
                entries
                    .iter()
                    .map(|entry| (entry.key.clone(), Tree::of(&entry.value)))
                    .collect(),
            ),
            _ => Tree::Leaf(node.to_json().to_string()),
        }
    }

    pub(crate) fn text(text: &str) -> Tree {
        Tree::Leaf(quoted(text))
    }

    /// How many nodes it has.
    pub(crate) fn len(&self) -> usize {
        1 + self.parts().map(Tree::len).sum::<usize>()
    }

    pub(crate) fn parts(&self) -> Box<dyn Iterator<Item = &Tree> + '_> {
        match self {
            Tree::Leaf(_) => Box::new(std::iter::empty()),
            Tree::List(items) => Box::new(items.iter()),
            Tree::Object(entries) => Box::new(entries.iter().map(|(_, part)| part)),
        }
    }

    /// The node of a number below [`Tree::len`], counted from the root down.
    pub(crate) fn node(&mut self, mut number: usize) -> &mut Tree {
        if number == 0 {
            return self;
        }
        number -= 1;
        let parts: Box<dyn Iterator<Item = &mut Tree> + '_> = match self {
            Tree::Leaf(_) => unreachable!("a leaf is one node"),
            Tree::List(items) => Box::new(items.iter_mut()),
            Tree::Object(entries) => Box::new(entries.iter_mut().map(|(_, part)| part)),
        };
        for part in parts {
            let len = part.len();
            if number < len {
                return part.node(number);
            }
            number -= len;
        }
        unreachable!("the number is below the length")
    }

    pub(crate) fn to_json(&self) -> String {
        let mut out = String::new();
        self.write(&mut out);
        out
    }

    fn write(&self, out: &mut String) {
        match self {
            Tree::Leaf(json) => out.push_str(json),
            Tree::List(items) => {
                out.push('[');
                for (index, item) in items.iter().enumerate() {
                    out.push_str(if index == 0 { "" } else { "," });
                    item.write(out);
                }
                out.push(']');
            }
            Tree::Object(entries) => {
                out.push('{');
                for (index, (key, value)) in entries.iter().enumerate() {
                    out.push_str(if index == 0 { "" } else { ",\n" });
                    out.push_str(&quoted(key));
                    out.push(':');
                    value.write(out);
                }
                out.push('}');
            }
        }
    }
}

fn quoted(text: &str) -> String {
    serde_json::Value::String(text.to_owned()).to_string()
}
