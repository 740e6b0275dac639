//! How a schema is looked at: through references, and through the wrappers that only add a description or null.

use postpress_openapi::{Document, Node};

use super::super::usage::schema_name;

/// A schema as the place that uses it means it.
pub(super) struct View<'d> {
    /// As written: its description and default are those of the place.
    pub(super) outer: &'d Node,
    /// Without wrappers.
    pub(super) node: &'d Node,
    /// The named schema that it is.
    pub(super) target: Option<&'d str>,
    pub(super) nullable: bool,
}

impl<'d> View<'d> {
    pub(super) fn of(document: &'d Document, node: &'d Node) -> View<'d> {
        let nullable = node.flag("nullable") == Some(true);
        if let Some(reference) = node.reference() {
            let target = schema_name(reference);
            return View {
                outer: node,
                node,
                target,
                nullable: false,
            };
        }
        let inner = |inner: &'d Node, nullable: bool| {
            let view = View::of(document, inner);
            View {
                outer: node,
                nullable: nullable || view.nullable,
                ..view
            }
        };
        if let Some([only]) = node.get("allOf").and_then(Node::as_array)
            && only.reference().is_some()
            && node.get("properties").is_none()
            && node.get("required").is_none()
        {
            return inner(only, nullable);
        }
        if let Some([one, other]) = node.get("oneOf").and_then(Node::as_array) {
            if is_null(document, other) {
                return inner(one, true);
            }
            if is_null(document, one) {
                return inner(other, true);
            }
        }
        View {
            outer: node,
            node,
            target: None,
            nullable,
        }
    }

    /// The kind of value, as far as it decides the type in Rust.
    pub(super) fn type_name(&self, document: &Document) -> String {
        if let Some(target) = self.target {
            return format!("`{target}`");
        }
        let node = self.node;
        let text = |key: &str| node.text(key);
        if node.get("oneOf").is_some() || node.get("anyOf").is_some() {
            return "one of several kinds".to_owned();
        }
        let has = |key: &str| node.get(key).is_some();
        let format = text("format").map_or_else(String::new, |format| format!(" ({format})"));
        let list = if values(node).is_empty() {
            ""
        } else {
            " from a list"
        };
        match text("type") {
            Some("array") => {
                let item = node.get("items").map(|items| View::of(document, items));
                let item =
                    item.map_or_else(|| "anything".to_owned(), |item| item.type_name(document));
                format!("array of {item}")
            }
            Some("integer") => {
                let minimum = node.get("minimum").and_then(Node::as_f64);
                let sign = if minimum.is_some_and(|minimum| minimum >= 0.0) && list.is_empty() {
                    "unsigned "
                } else {
                    ""
                };
                format!("{sign}integer{format}{list}")
            }
            Some("object") | None
                if has("additionalProperties") && !has("properties") && !has("allOf") =>
            {
                match node.get("additionalProperties") {
                    Some(value) if value.as_object().is_some() => {
                        format!("map of {}", View::of(document, value).type_name(document))
                    }
                    Some(value) => format!("object, other members: {}", value.to_json()),
                    None => "object".to_owned(),
                }
            }
            Some("object") => "object".to_owned(),
            None if has("properties") || has("allOf") => "object".to_owned(),
            Some(other) => format!("{other}{format}{list}"),
            None => "anything".to_owned(),
        }
    }

    /// Whether it is a list, by itself or by its name.
    pub(super) fn is_list(&self, document: &Document) -> bool {
        let node = document.resolve(self.node).unwrap_or(self.node);
        node.text("type") == Some("array")
    }
}

/// Whether a schema allows null and nothing else.
fn is_null(document: &Document, node: &Node) -> bool {
    let values = document.resolve(node).and_then(|node| node.get("enum"));
    values
        .and_then(Node::as_array)
        .is_some_and(|values| matches!(values, [only] if only.is_null()))
}

/// A value of an `enum`, with what the extensions say of it.
pub(in super::super) struct Listed<'d> {
    pub(in super::super) node: &'d Node,
    pub(in super::super) name: Option<&'d str>,
    pub(in super::super) description: Option<&'d str>,
}

impl Listed<'_> {
    /// As it is written on the wire.
    pub(in super::super) fn shown(&self) -> String {
        let json = self.node.to_json();
        json.as_str()
            .map_or_else(|| json.to_string(), str::to_owned)
    }
}

/// The values of an `enum`.
pub(in super::super) fn values(node: &Node) -> Vec<Listed<'_>> {
    let parallel = |key: &str| node.list(key);
    let names = parallel("x-enum-varnames");
    let descriptions = parallel("x-enum-descriptions");
    let values = parallel("enum").iter().enumerate();
    let values = values.map(|(index, node)| Listed {
        node,
        name: names.get(index).and_then(Node::as_str),
        description: descriptions.get(index).and_then(Node::as_str),
    });
    values.collect()
}

/// What tells a branch of a union from the others.
pub(super) fn branch_name(document: &Document, branch: &Node) -> String {
    let title = branch.text("title");
    title.map_or_else(
        || View::of(document, branch).type_name(document),
        |title| format!("`{title}`"),
    )
}
