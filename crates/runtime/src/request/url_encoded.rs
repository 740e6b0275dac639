//! Bodies of `application/x-www-form-urlencoded`.

use serde::Serialize;
use serde_json::Value;

use crate::error::InvalidRequest;
use crate::params::{Node, Pairs, Unsupported, tree};

/// How a property is written in a body of `application/x-www-form-urlencoded`: OpenAPI's `encoding`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum UrlStyle {
    /// A list repeats the name; an object adds its members under their own names (`style: form`, `explode: true`). What is deeper
    /// is JSON.
    Exploded,
    /// One value, the members with a separator between them (`explode: false`).
    Joined(char),
    /// `name[key]`, to any depth (`style: deepObject`).
    Deep,
    /// A JSON text.
    Json,
    /// A JSON text for each member of a list.
    JsonEach,
    /// A scalar as its text, an object as a JSON text, and each member of a list likewise.
    TextOrJson,
}

/// The members of an object, in their order.
pub(super) fn url_encoded<T: Serialize + ?Sized>(
    body: &T,
    styles: &[(&str, UrlStyle)],
) -> Result<String, InvalidRequest> {
    let refuse = |name: &str, Unsupported(why)| InvalidRequest::parameter(name, why);
    let members = match tree(body).map_err(|error| refuse("body", error))? {
        Node::Object(members) => members,
        Node::Absent => Vec::new(),
        Node::Text(_) | Node::Literal(_) | Node::List(_) => {
            let why = "only an object has members to send";
            return Err(InvalidRequest::parameter("body", why));
        }
    };
    let is_json = |(_, style): &(&str, UrlStyle)| {
        use UrlStyle::{Json, JsonEach, TextOrJson};
        matches!(style, Json | JsonEach | TextOrJson)
    };
    let json = if styles.iter().any(is_json) {
        serde_json::to_value(body).map_err(|error| refuse("body", error.into()))?
    } else {
        Value::Null
    };
    let mut pairs = Pairs::default();
    for (name, node) in &members {
        let style = styles.iter().find(|(known, _)| known == name);
        let style = style.map_or(UrlStyle::Exploded, |(_, style)| *style);
        let value = json.get(name).unwrap_or(&Value::Null);
        let put = match style {
            UrlStyle::Exploded => {
                pairs.exploded(name, node);
                Ok(())
            }
            UrlStyle::Joined(separator) => {
                pairs.joined(name, node, separator);
                Ok(())
            }
            UrlStyle::Deep => pairs.deep(name, node),
            UrlStyle::Json => pairs.json(name, value),
            UrlStyle::JsonEach => {
                let members = value.as_array().map(Vec::as_slice).unwrap_or_default();
                let mut members = members.iter();
                members.try_for_each(|member| pairs.json(name, member))
            }
            UrlStyle::TextOrJson => match (node, value) {
                (Node::List(nodes), Value::Array(values)) => {
                    let mut members = nodes.iter().zip(values);
                    members.try_for_each(|(node, value)| pairs.text_or_json(name, node, value))
                }
                _ => pairs.text_or_json(name, node, value),
            },
        };
        put.map_err(|error| refuse(name, error))?;
    }
    Ok(pairs.into_string())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn each_style_has_its_form() {
        let body = json!({
            "a": [1, 2.0], "b": {"x": 1, "y": [2, 3]}, "c": {"x": 1}, "d": {"x": [{"y": 1}]}, "e": {"x": 1.5},
            "f": [{"x": 1}, 2], "g": null, "h": [], "i": "a b&c=d", "j": "t", "k": {"x": 1}, "l": [2.0, {"x": 1}],
        });
        let styles = [
            ("c", UrlStyle::Joined(',')),
            ("d", UrlStyle::Deep),
            ("e", UrlStyle::Json),
            ("f", UrlStyle::JsonEach),
            ("g", UrlStyle::Json),
            ("j", UrlStyle::TextOrJson),
            ("k", UrlStyle::TextOrJson),
            ("l", UrlStyle::TextOrJson),
        ];
        assert_eq!(
            url_encoded(&body, &styles).unwrap(),
            "a=1&a=2&x=1&y=2&y=3&c=x,1&d%5Bx%5D%5B0%5D%5By%5D=1&e=%7B%22x%22%3A1.5%7D&f=%7B%22x%22%3A1%7D&f=2&i=a%20b%26c%3Dd&j=t&k=%7B%22x%22%3A1%7D&l=2&l=%7B%22x%22%3A1%7D"
        );
    }

    #[test]
    fn what_has_no_form_is_refused_by_name() {
        let refused = |body: serde_json::Value| url_encoded(&body, &[]).unwrap_err().to_string();
        assert_eq!(
            url_encoded(&json!({"a": [[1, "b"]]}), &[]).unwrap(),
            "a=%5B1%2C%22b%22%5D"
        );
        assert!(refused(json!([1])).contains("only an object"));
        assert_eq!(url_encoded(&None::<i32>, &[]).unwrap(), "");
    }
}
