//! Parameters in headers.

use reqwest::header::HeaderValue;

use crate::params::{Node, Unsupported};

/// A header parameter (`style: simple`): a scalar as its text, a list joined by commas, an object as `key,value` pairs;
/// `None` if there is nothing to send.
pub(super) fn header_value(node: Node) -> Result<Option<HeaderValue>, Unsupported> {
    let mut parts = Vec::new();
    match node {
        Node::Absent => {}
        Node::Text(text) | Node::Literal(text) => parts.push(text),
        Node::List(nodes) => {
            for node in nodes {
                parts.extend(member(node)?);
            }
        }
        Node::Object(members) => {
            for (key, node) in members {
                if let Some(value) = member(node)? {
                    parts.extend(member(Node::Text(key))?);
                    parts.push(value);
                }
            }
        }
    }
    if parts.is_empty() {
        return Ok(None);
    }
    header_text(&parts.join(",")).map(Some)
}

/// A text as it stands.
pub(super) fn header_text(text: &str) -> Result<HeaderValue, Unsupported> {
    HeaderValue::from_bytes(text.as_bytes())
        .map_err(|_| Unsupported("it holds a line break or another control character".into()))
}

/// JSON with all that is not ASCII as escapes.
pub(super) fn in_ascii(json: &str) -> String {
    let mut text = String::with_capacity(json.len());
    for character in json.chars() {
        if character <= '~' {
            text.push(character);
        } else {
            for unit in character.encode_utf16(&mut [0; 2]) {
                text.push_str(&format!("\\u{unit:04x}"));
            }
        }
    }
    text
}

/// The members of an object as `key=value`; anything else as it is.
pub(super) fn key_value_pairs(node: Node) -> Result<Node, Unsupported> {
    let Node::Object(members) = node else {
        return Ok(node);
    };
    let pairs = members.into_iter().filter_map(|(key, node)| {
        let value = member(node).transpose()?;
        Some(value.map(|value| Node::Text(format!("{key}={value}"))))
    });
    Ok(Node::List(pairs.collect::<Result<_, _>>()?))
}

fn member(node: Node) -> Result<Option<String>, Unsupported> {
    match node {
        Node::Absent => Ok(None),
        // A reader would take it for two.
        Node::Text(text) if text.contains(',') => Err(Unsupported(
            "a member of it holds a comma, which would divide it".into(),
        )),
        Node::Text(text) | Node::Literal(text) => Ok(Some(text)),
        Node::List(_) | Node::Object(_) => Err(Unsupported(
            "it holds lists or objects within others, which have no form here".into(),
        )),
    }
}
