//! Parses text into a tree that keeps the position of every key and value.
//!
//! JSON is read by a JSON parser and not as the YAML that it almost is: YAML knows no surrogate escapes
//! (`"\ud83d\ude00"`), which JSON writers emit for every emoji.
//!
//! Where YAML leaves a choice:
//! - Plain scalars follow the core schema of YAML 1.2: `yes`, `on` and dates are strings, `0o17` and `0x1f` are integers.
//! - Keys are kept as written, so `200:` is the key `"200"`.
//! - Anchors and aliases are expanded, up to a total size; merge keys (`<<`) work as in YAML 1.1, the object's own keys
//!   first.
//! - A key that occurs twice is an error; the first one counts.

mod json;
mod scalar;
mod yaml;

use self::scalar::Numeric;
use crate::diagnostic::{Diagnostics, codes};
use crate::{Entry, Node, Object, Pointer, Position, Source, Value};

/// Deeper nesting is refused. Every later pass may therefore recurse along the tree.
pub(crate) const DEEPEST: usize = 128;

/// Reads the source; see [`crate::Document::parse`].
pub(crate) fn parse(source: &Source<'_>, diagnostics: &mut Diagnostics) -> Option<Node> {
    // A byte order mark is not part of the text.
    let text = source.text.strip_prefix('\u{feff}').unwrap_or(source.text);
    if !is_printable(text, diagnostics) {
        return None;
    }
    match tree(source.name, text, diagnostics) {
        Ok(Some(root)) if !root.is_null() => Some(root),
        Ok(_) => {
            diagnostics.report_at(
                codes::EMPTY_DOCUMENT,
                Position { line: 1, column: 1 },
                &Pointer::root(),
                "there is nothing in this document",
                "an OpenAPI document is an object with `openapi`, `info` and `paths`",
            );
            None
        }
        Err(Refusal::Reported) => None,
        Err(Refusal::Syntax { at, message, help }) => {
            diagnostics.report_at(codes::SYNTAX, at, &Pointer::root(), message, help);
            None
        }
    }
}

/// `None` if there is nothing in the text.
fn tree(name: &str, text: &str, diagnostics: &mut Diagnostics) -> Result<Option<Node>, Refusal> {
    let named_json = name.ends_with(".json");
    if named_json || text.trim_start().starts_with(['{', '[', '"']) {
        match json::parse(text, diagnostics) {
            // YAML in flow style begins like JSON.
            Err(Refusal::Syntax { .. }) if !named_json => {}
            outcome => return outcome,
        }
    }
    yaml::parse(text, diagnostics)
}

/// Why there is no tree.
enum Refusal {
    /// The text is not valid in its language.
    Syntax {
        at: Position,
        message: String,
        help: String,
    },
    /// A limit was exceeded, as the diagnostics say.
    Reported,
}

/// The parsers disagree on control characters, and some editors hide them.
fn is_printable(text: &str, diagnostics: &mut Diagnostics) -> bool {
    let hidden = |character: char| {
        (character.is_ascii_control() && !matches!(character, '\t' | '\n' | '\r'))
            || matches!(character, '\u{fffe}' | '\u{ffff}')
    };
    let Some((offset, character)) = text
        .char_indices()
        .find(|(_, character)| hidden(*character))
    else {
        return true;
    };
    diagnostics.report_at(
        codes::CONTROL_CHARACTER,
        Offsets::new(text).at(offset),
        &Pointer::root(),
        format!(
            "the text holds the control character U+{:04X}",
            u32::from(character)
        ),
        "remove it; in a quoted string it can be written as an escape, \"\\u0000\"",
    );
    false
}

/// Turns byte offsets into positions, quickly when they only grow.
struct Offsets<'t> {
    text: &'t str,
    offset: usize,
    position: Position,
}

impl<'t> Offsets<'t> {
    fn new(text: &'t str) -> Self {
        Self {
            text,
            offset: 0,
            position: Position { line: 1, column: 1 },
        }
    }

    fn at(&mut self, offset: usize) -> Position {
        if offset < self.offset {
            *self = Self::new(self.text);
        }
        let passed = self.text.get(self.offset..offset).unwrap_or_default();
        for (index, character) in passed.char_indices() {
            let next = self.text.as_bytes().get(self.offset + index + 1);
            // A carriage return ends a line on its own as well, as it does in YAML.
            if character == '\n' || character == '\r' && next != Some(&b'\n') {
                self.position.line += 1;
                self.position.column = 1;
            } else {
                self.position.column += 1;
            }
        }
        self.offset = offset;
        self.position
    }
}

/// Makes an object of entries. The second of two equal keys is reported and dropped.
fn object(
    mut entries: Vec<Entry>,
    pointer: impl Fn() -> Pointer,
    diagnostics: &mut Diagnostics,
) -> Value {
    let mut first = std::collections::HashMap::with_capacity(entries.len());
    entries.retain(|entry| match first.entry(entry.key.clone()) {
        std::collections::hash_map::Entry::Vacant(place) => {
            place.insert(entry.at);
            true
        }
        std::collections::hash_map::Entry::Occupied(place) => {
            diagnostics.report_at(
                codes::DUPLICATE_KEY,
                entry.at,
                &pointer().child(&entry.key),
                format!(
                    "the key `{}` is already given on line {}",
                    entry.key,
                    place.get().line
                ),
                "remove or rename one of the two; only the first is looked at here",
            );
            false
        }
    });
    Value::Object(Object::new(entries))
}

/// The value of a number as it is written. What is wrong with it is reported.
fn numeric(
    number: Numeric,
    text: &str,
    at: Position,
    pointer: impl Fn() -> Pointer,
    diagnostics: &mut Diagnostics,
) -> Value {
    match number {
        Numeric::Exact(number) => Value::Number(number),
        Numeric::Rounded(number) => {
            diagnostics.report_at(
                codes::INEXACT_NUMBER,
                at,
                &pointer(),
                format!("the integer {text} does not fit 64 bits and is taken for {number}"),
                "write a number between -9223372036854775808 and 18446744073709551615, or leave it out",
            );
            Value::Number(number)
        }
        Numeric::Inexpressible => {
            diagnostics.report_at(
                codes::NOT_A_NUMBER,
                at,
                &pointer(),
                format!("{text} is not a finite number, so JSON cannot express it"),
                format!("leave the field out, or write \"{text}\" in quotes if text is meant"),
            );
            // A stand-in of the same kind, so that no check stumbles over it again.
            let largest = if text.starts_with('-') {
                f64::MIN
            } else {
                f64::MAX
            };
            serde_json::Number::from_f64(largest).map_or(Value::Null, Value::Number)
        }
    }
}

fn too_deep(at: Position, pointer: &Pointer, diagnostics: &mut Diagnostics) -> Refusal {
    diagnostics.report_at(
        codes::TOO_DEEP,
        at,
        pointer,
        format!("values are nested more than {DEEPEST} deep here"),
        "move inner parts to components and refer to them with `$ref`",
    );
    Refusal::Reported
}

#[cfg(test)]
mod tests;
