//! JSON as text, without loss: numbers, escapes, and the order and names of members stay as they are.

use std::collections::HashMap;

use postpress::raw::{RawJson, decode_json};
use serde::{Serialize, de::DeserializeOwned};

use crate::failure::Failure;

/// A JSON text with other white space between its tokens: indented, or none.
pub(crate) fn laid_out(json: &str, indented: bool) -> String {
    let mut out = String::with_capacity(json.len());
    let mut depth = 0;
    let mut rest = json;
    let line = |out: &mut String, depth| {
        if indented {
            *out += "\n";
            *out += &"  ".repeat(depth);
        }
    };
    while let Some(token) = rest.chars().next() {
        let length = match token {
            '"' => string_length(rest),
            _ => token.len_utf8(),
        };
        let (text, after) = rest.split_at(length);
        rest = after.trim_ascii_start();
        match token {
            ' ' | '\t' | '\r' | '\n' => continue,
            '}' | ']' => {
                depth -= 1;
                line(&mut out, depth);
            }
            _ => {}
        }
        out += text;
        match token {
            // Empty ones stay on their line.
            '{' | '[' if rest.starts_with(['}', ']']) => {
                out += &rest[..1];
                rest = rest[1..].trim_ascii_start();
            }
            '{' | '[' => {
                depth += 1;
                line(&mut out, depth);
            }
            ',' => line(&mut out, depth),
            ':' if indented => out += " ",
            _ => {}
        }
    }
    out
}

/// How many bytes the string has that a text begins with, its quotes included.
fn string_length(text: &str) -> usize {
    let mut escaped = false;
    let end = text.bytes().skip(1).position(|byte| {
        let ends = byte == b'"' && !escaped;
        escaped = byte == b'\\' && !escaped;
        ends
    });
    end.map_or(text.len(), |end| end + 2)
}

/// The members of an object, each of which is read by itself: one that cannot be read costs none of the others.
pub(crate) struct Fields(HashMap<String, RawJson>);

impl Fields {
    /// Those of an object; none of anything else.
    pub(crate) fn of(json: &RawJson) -> Self {
        Self(json.parse().unwrap_or_default())
    }

    pub(crate) fn written<T: Serialize>(value: &T) -> Result<Self, Failure> {
        let text = serde_json::to_string(value)?;
        Ok(Self(decode_json(text.as_bytes()).unwrap_or_default()))
    }

    /// A member; a dot leads into an object.
    pub(crate) fn json(&self, path: &str) -> Option<RawJson> {
        match path.split_once('.') {
            None => self.0.get(path).cloned(),
            Some((name, path)) => Self::of(self.0.get(name)?).json(path),
        }
    }

    /// A member, if it is there and of this type.
    pub(crate) fn read<T: DeserializeOwned>(&self, path: &str) -> Option<T> {
        self.json(path)?.parse().ok()
    }

    /// The texts in a list.
    pub(crate) fn list(&self, path: &str) -> Vec<String> {
        let list: Vec<RawJson> = self.read(path).unwrap_or_default();
        list.iter().filter_map(shown).collect()
    }

    /// The objects in a list.
    pub(crate) fn records(&self, path: &str) -> Vec<Self> {
        let list: Vec<RawJson> = self.read(path).unwrap_or_default();
        list.iter().map(Self::of).collect()
    }

    /// A text or a number as it is shown to people; empty for anything else.
    pub(crate) fn shown(&self, path: &str) -> String {
        self.json(path).as_ref().and_then(shown).unwrap_or_default()
    }

    /// A whole number, also as a text or with a fraction of zero.
    pub(crate) fn number(&self, path: &str) -> Option<i64> {
        let text = self.shown(path);
        text.strip_suffix(".0").unwrap_or(&text).parse().ok()
    }

    /// Whether a flag is set, which may be a boolean or a number.
    pub(crate) fn is(&self, path: &str) -> bool {
        self.number(path) == Some(1) || self.read(path) == Some(true)
    }

    /// A member as text, as it is written in one field: texts as they are, nothing for null, lists of such with semicolons,
    /// and the JSON of anything else.
    pub(crate) fn text(&self, path: &str) -> String {
        self.json(path).map(|json| text(&json)).unwrap_or_default()
    }
}

fn shown(json: &RawJson) -> Option<String> {
    let is_nested = json.as_str().starts_with(['{', '[']);
    (!is_nested && json.as_str() != "null").then(|| text(json))
}

fn text(json: &RawJson) -> String {
    if let Ok(text) = json.parse::<Option<String>>() {
        return text.unwrap_or_default();
    }
    match json.parse::<Vec<RawJson>>() {
        Ok(items)
            if !items
                .iter()
                .any(|item| item.as_str().starts_with(['{', '['])) =>
        {
            items.iter().map(text).collect::<Vec<_>>().join(";")
        }
        _ => laid_out(json.as_str(), false),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_white_space_changes() {
        let json = "{ \"a\" :[1e400,{}, [ ]\n],\"b{\\\"\\\\\":\"\\ud800, :\",\"c\": -0.0}";
        let line = r#"{"a":[1e400,{},[]],"b{\"\\":"\ud800, :","c":-0.0}"#;
        assert_eq!(laid_out(json, false), line);
        let indented = laid_out(json, true);
        assert_eq!(
            indented,
            "{\n  \"a\": [\n    1e400,\n    {},\n    []\n  ],\n  \"b{\\\"\\\\\": \"\\ud800, :\",\n  \"c\": -0.0\n}"
        );
        assert_eq!(laid_out(&indented, false), line);
    }

    #[test]
    fn every_kind_of_value_has_a_form_as_text() {
        let json =
            r#"{"n": null, "s": "x", "i": 2.0, "l": ["a", 1e400], "o": {"k": 1, "l": [[]]}}"#;
        let fields = Fields::of(&decode_json(json.as_bytes()).expect("JSON"));
        let texts = ["n", "s", "i", "l", "o", "o.k", "absent"].map(|path| fields.text(path));
        assert_eq!(
            texts,
            ["", "x", "2.0", "a;1e400", "{\"k\":1,\"l\":[[]]}", "1", ""]
        );
    }
}
