//! Parameters in headers.

use reqwest::header::HeaderValue;
use serde::Serialize;

use crate::error::InvalidRequest;
use crate::params::{Node, tree};

/// A header parameter (`style: simple`): a scalar as its text, a list joined by commas, an object as `key,value` pairs.
/// `None`, `null` and what is empty give no header.
///
/// ```
/// let value = postpress_runtime::header_value("X-Ids", &[1, 2])?.expect("is not empty");
/// assert_eq!(value, "1,2");
/// # Ok::<(), postpress_runtime::InvalidRequest>(())
/// ```
///
/// # Errors
/// If the value holds a control character such as a line break, if a member of a list holds a comma (a reader would take
/// it for two), or if it is nested.
pub fn header_value<T: Serialize + ?Sized>(
    name: &'static str,
    value: &T,
) -> Result<Option<HeaderValue>, InvalidRequest> {
    let refuse = |why: &str| InvalidRequest::parameter(name, why);
    let node = tree(value).map_err(|error| refuse(&error.0))?;
    let mut parts = Vec::new();
    match node {
        Node::Absent => {}
        Node::Scalar(text) => parts.push(text),
        Node::List(nodes) => {
            for node in nodes {
                parts.extend(member(node).map_err(refuse)?);
            }
        }
        Node::Object(members) => {
            for (key, node) in members {
                if let Some(value) = member(node).map_err(refuse)? {
                    parts.extend(member(Node::Scalar(key)).map_err(refuse)?);
                    parts.push(value);
                }
            }
        }
    }
    if parts.is_empty() {
        return Ok(None);
    }
    HeaderValue::from_bytes(parts.join(",").as_bytes())
        .map(Some)
        .map_err(|_| refuse("it holds a line break or another control character"))
}

fn member(node: Node) -> Result<Option<String>, &'static str> {
    match node {
        Node::Absent => Ok(None),
        Node::Scalar(text) if text.contains(',') => {
            Err("a member of it holds a comma, which would divide it")
        }
        Node::Scalar(text) => Ok(Some(text)),
        Node::List(_) | Node::Object(_) => {
            Err("it holds lists or objects within others, which have no form here")
        }
    }
}
