//! `style: deepObject`, to any depth.

use super::{Node, Unsupported};

/// Calls `put` with each name and text of a value: `name[key]` for members, to any depth; scalars in a list repeat the
/// list's name, objects and lists in a list are numbered (`name[0][key]`), as in multipart forms.
pub(crate) fn deep_object(
    name: &str,
    node: &Node,
    put: &mut impl FnMut(&str, &str),
) -> Result<(), Unsupported> {
    match node {
        Node::Absent => {}
        Node::Scalar(text) => put(name, text),
        Node::List(nodes) => {
            for (index, node) in nodes.iter().enumerate() {
                match node {
                    Node::Absent | Node::Scalar(_) => deep_object(name, node, put)?,
                    _ => deep_object(&format!("{name}[{index}]"), node, put)?,
                }
            }
        }
        Node::Object(members) => {
            for (key, node) in members {
                if key.is_empty() || key.contains(['[', ']']) || key.contains(char::is_control) {
                    return Err(Unsupported(format!(
                        "the key {key:?} is empty or holds a bracket or control character, so `{name}[...]` would mean something else"
                    )));
                }
                deep_object(&format!("{name}[{key}]"), node, put)?;
            }
        }
    }
    Ok(())
}
