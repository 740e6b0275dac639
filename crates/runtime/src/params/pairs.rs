//! Names and values with `&` between them: a query, or a body of `application/x-www-form-urlencoded`.

use std::fmt::Write;

use serde::Serialize;

use super::{Node, Unsupported, encode};

/// Pairs, encoded.
#[derive(Default)]
pub(crate) struct Pairs(String);

impl Pairs {
    /// `None` if there are none.
    pub(crate) fn as_query(&self) -> Option<&str> {
        (!self.0.is_empty()).then_some(&self.0)
    }

    pub(crate) fn into_string(self) -> String {
        self.0
    }

    /// A scalar once, a list once for each member, an object's members under their own names (and their lists likewise).
    /// What is deeper is JSON.
    pub(crate) fn exploded(&mut self, name: &str, node: &Node) {
        match node {
            Node::Object(members) => {
                for (key, node) in members {
                    self.repeated(key, node);
                }
            }
            node => self.repeated(name, node),
        }
    }

    fn repeated(&mut self, name: &str, node: &Node) {
        match node {
            Node::List(nodes) => nodes.iter().for_each(|node| self.single(name, node)),
            node => self.single(name, node),
        }
    }

    fn single(&mut self, name: &str, node: &Node) {
        if let Some(text) = single(node) {
            self.pair(name, &text);
        }
    }

    /// All members as one value, with a separator.
    pub(crate) fn joined(&mut self, name: &str, node: &Node, separator: char) {
        let separator = match separator {
            ',' => ",".to_owned(),
            other => encode(other.encode_utf8(&mut [0; 4])).to_string(),
        };
        if let Some(text) = joined(node, &separator) {
            self.pair(name, &text);
        }
    }

    /// `name[key]` for members, to any depth. Scalars in a list repeat the list's name; objects and lists in a list are numbered
    /// (`name[0][key]`), as in multipart forms.
    pub(crate) fn deep(&mut self, name: &str, node: &Node) -> Result<(), Unsupported> {
        match node {
            Node::Absent => {}
            Node::Text(text) | Node::Literal(text) => self.pair(name, &encode(text).to_string()),
            Node::List(nodes) => {
                for (index, node) in nodes.iter().enumerate() {
                    match node {
                        Node::List(_) | Node::Object(_) => {
                            self.deep(&format!("{name}[{index}]"), node)?;
                        }
                        _ => self.deep(name, node)?,
                    }
                }
            }
            Node::Object(members) => {
                for (key, node) in members {
                    if key.is_empty() || key.contains(['[', ']']) || key.contains(char::is_control)
                    {
                        return Err(Unsupported(format!(
                            "the key {key:?} is empty or holds a bracket or control character, so `{name}[...]` would mean something else"
                        )));
                    }
                    self.deep(&format!("{name}[{key}]"), node)?;
                }
            }
        }
        Ok(())
    }

    /// A JSON text; nothing for `null`.
    pub(crate) fn json<T: Serialize + ?Sized>(
        &mut self,
        name: &str,
        value: &T,
    ) -> Result<(), Unsupported> {
        let json = serde_json::to_string(value)?;
        if json != "null" {
            self.pair(name, &encode(&json).to_string());
        }
        Ok(())
    }

    /// A scalar as its text, anything else as the JSON text of `value`.
    pub(crate) fn text_or_json<T: Serialize + ?Sized>(
        &mut self,
        name: &str,
        node: &Node,
        value: &T,
    ) -> Result<(), Unsupported> {
        match node {
            Node::List(_) | Node::Object(_) => return self.json(name, value),
            scalar => self.single(name, scalar),
        }
        Ok(())
    }

    /// Adds a pair whose value is encoded already.
    fn pair(&mut self, name: &str, value: &str) {
        let separator = if self.0.is_empty() { "" } else { "&" };
        let _ = write!(self.0, "{separator}{}={value}", encode(name));
    }
}

/// Encodes a scalar, or a list or object within another as JSON; `None` when there is nothing to send.
fn single(node: &Node) -> Option<String> {
    match node {
        Node::Absent => None,
        Node::Text(text) | Node::Literal(text) => Some(encode(text).to_string()),
        Node::List(_) | Node::Object(_) => Some(encode(&node.to_json()).to_string()),
    }
}

/// Encodes a scalar, the members of a list, or the keys and values of an object, with a separator that is encoded
/// already; `None` when there is nothing to send.
pub(crate) fn joined(node: &Node, separator: &str) -> Option<String> {
    let parts: Vec<String> = match node {
        Node::List(nodes) => nodes.iter().filter_map(single).collect(),
        Node::Object(members) => {
            let pairs = members.iter();
            let pairs =
                pairs.filter_map(|(key, node)| Some([encode(key).to_string(), single(node)?]));
            pairs.flatten().collect()
        }
        node => single(node).into_iter().collect(),
    };
    (!parts.is_empty()).then(|| parts.join(separator))
}

/// Encodes a scalar, the members of a list, or those of an object as `key=value`, each by itself.
pub(crate) fn exploded(node: &Node) -> Vec<String> {
    match node {
        Node::List(nodes) => nodes.iter().filter_map(single).collect(),
        Node::Object(members) => {
            let pairs = members.iter();
            let pairs =
                pairs.filter_map(|(key, node)| Some(format!("{}={}", encode(key), single(node)?)));
            pairs.collect()
        }
        node => single(node).into_iter().collect(),
    }
}
