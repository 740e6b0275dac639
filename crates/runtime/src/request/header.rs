//! Parameters in headers.

use reqwest::header::HeaderValue;
use serde::Serialize;

use crate::params::{Node, Unsupported, tree};

/// A header parameter (`style: simple`): a scalar as its text, a list joined by commas, an object as `key,value` pairs;
/// `None` if there is nothing to send.
pub(super) fn header_value<T: Serialize + ?Sized>(
    value: &T,
) -> Result<Option<HeaderValue>, Unsupported> {
    let mut parts = Vec::new();
    match tree(value)? {
        Node::Absent => {}
        Node::Scalar(text) => parts.push(text),
        Node::List(nodes) => {
            for node in nodes {
                parts.extend(member(node)?);
            }
        }
        Node::Object(members) => {
            for (key, node) in members {
                if let Some(value) = member(node)? {
                    parts.extend(member(Node::Scalar(key))?);
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

fn member(node: Node) -> Result<Option<String>, Unsupported> {
    match node {
        Node::Absent => Ok(None),
        // A reader would take it for two.
        Node::Scalar(text) if text.contains(',') => Err(Unsupported(
            "a member of it holds a comma, which would divide it".into(),
        )),
        Node::Scalar(text) => Ok(Some(text)),
        Node::List(_) | Node::Object(_) => Err(Unsupported(
            "it holds lists or objects within others, which have no form here".into(),
        )),
    }
}
