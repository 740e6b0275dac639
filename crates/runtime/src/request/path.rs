//! The path of a request: a template, and the values of its placeholders.

use std::fmt::Write;

use serde::Serialize;

use crate::error::InvalidRequest;
use crate::params::{Node, Unsupported, encode, encode_literal, exploded, joined, tree};

/// How a value stands in a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PathStyle {
    /// `a,b`
    Simple,
    /// `a/b`: the slashes of the value stay (`{+name}` of RFC 6570).
    Slashes,
    /// `.a.b`
    Label,
    /// `;name=a;name=b`
    Matrix,
}

pub(super) struct Path {
    /// As the document has it: `/chats/{chat_id}/messages`.
    pub(super) template: &'static str,
    values: Vec<(&'static str, String)>,
}

impl Path {
    pub(super) fn new(template: &'static str) -> Self {
        Self {
            template,
            values: Vec::new(),
        }
    }

    /// Gives a placeholder its value.
    pub(super) fn set<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
    ) -> Result<(), Unsupported> {
        match joined(&tree(value)?, ",") {
            Some(text) if !text.is_empty() => {
                self.values.push((name, text));
                Ok(())
            }
            _ => Err(Unsupported(
                "it is empty, which would change the path".into(),
            )),
        }
    }

    /// The same in another style.
    pub(super) fn set_styled<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
        style: PathStyle,
        explode: bool,
    ) -> Result<(), Unsupported> {
        let node = tree(value)?;
        let is_object = matches!(node, Node::Object(_));
        // Members, those of objects as `key=value`, or everything in one.
        let parts = match explode {
            true => exploded(&node),
            false => joined(&node, ",").into_iter().collect(),
        };
        if parts.iter().all(String::is_empty) {
            return self.set(name, "");
        }
        let text = match style {
            PathStyle::Simple => parts.join(","),
            PathStyle::Slashes => parts.join(",").replace("%2F", "/"),
            PathStyle::Label => format!(".{}", parts.join(".")),
            PathStyle::Matrix if explode && is_object => format!(";{}", parts.join(";")),
            PathStyle::Matrix => {
                let name = encode(name);
                let parts = parts.iter().map(|part| format!(";{name}={part}"));
                parts.collect()
            }
        };
        self.values.push((name, text));
        Ok(())
    }

    /// The path with all placeholders filled, segment by segment.
    pub(super) fn filled(&self) -> Result<String, InvalidRequest> {
        let template = self.template;
        let mut path = String::new();
        for segment in template.strip_prefix('/').unwrap_or(template).split('/') {
            let start = path.len() + 1;
            path.push('/');
            let mut rest = segment;
            let mut last = None;
            while let Some((literal, (name, tail))) = rest
                .split_once('{')
                .and_then(|(literal, tail)| Some((literal, tail.split_once('}')?)))
            {
                let value = self.values.iter().find(|(given, _)| *given == name);
                let (_, value) = value.ok_or_else(|| {
                    InvalidRequest::path(template, format!("`{name}` was not given"))
                })?;
                let _ = write!(path, "{}{value}", encode_literal(literal));
                last = Some(name);
                rest = tail;
            }
            let _ = write!(path, "{}", encode_literal(rest));
            if path[start..].split('/').any(is_dots) {
                let why = "it makes a segment of the path `.` or `..`, which would be another path";
                return Err(match last {
                    Some(name) => InvalidRequest::parameter(name, why),
                    None => InvalidRequest::path(template, "it has a segment `.` or `..`"),
                });
            }
        }
        Ok(path)
    }
}

/// Whether a URL parser takes a segment for "here" or "up": it also reads the escaped dots that a template may have.
fn is_dots(segment: &str) -> bool {
    let plain = segment.to_ascii_lowercase().replace("%2e", ".");
    plain == "." || plain == ".."
}
