//! Text to tree, with the place of everything kept.
//!
//! JSON is read by a JSON parser and not as the YAML that it almost is: YAML knows no surrogate escapes
//! (`"\ud83d\ude00"`), which JSON writers emit for every emoji.
//!
//! What YAML leaves open is decided so:
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
use crate::document::{Entry, Node, Position, Source, Value};
use crate::pointer::Pointer;

/// Deeper nesting is refused. Every later pass may therefore recurse along the tree.
pub(crate) const DEEPEST: usize = 128;

/// The most that the tree may weigh, in values, and in blocks of text of [`BLOCK`] bytes. Far above any real document
/// (the largest public ones have about a million values), far below what fills a machine.
const HEAVIEST: usize = 4_000_000;
const BLOCK: usize = 64;

/// Reads the source; see [`crate::document::Document::parse`].
pub(crate) fn parse(source: &Source<'_>, diagnostics: &mut Diagnostics) -> Option<Node> {
    // A byte order mark is no part of the text.
    let text = source.text.strip_prefix('\u{feff}').unwrap_or(source.text);
    if !is_printable(text, diagnostics) {
        return None;
    }
    let named_json = source.name.ends_with(".json");
    let opening = text.trim_start().chars().next();
    if named_json || matches!(opening, Some('{' | '[' | '"')) {
        match json::parse(text, diagnostics) {
            Ok(root) => return root,
            Err(fault) if named_json => {
                fault.report(diagnostics);
                return None;
            }
            // YAML in flow style begins like JSON.
            Err(_) => {}
        }
    }
    yaml::parse(text, diagnostics)
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
    diagnostics.error(
        Cursor::new(text).at(offset),
        &Pointer::root(),
        codes::CONTROL_CHARACTER,
        format!(
            "the text holds the control character U+{:04X}",
            u32::from(character)
        ),
        "remove it; in a quoted string it can be written as an escape, \"\\u0000\"",
    );
    false
}

/// A syntax error.
struct Fault {
    at: Position,
    message: String,
    help: String,
}

impl Fault {
    fn report(self, diagnostics: &mut Diagnostics) {
        diagnostics.error(
            self.at,
            &Pointer::root(),
            codes::SYNTAX,
            self.message,
            self.help,
        );
    }
}

/// Turns byte offsets into positions, quickly when they only grow.
struct Cursor<'t> {
    text: &'t str,
    offset: usize,
    position: Position,
}

impl<'t> Cursor<'t> {
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
        for character in passed.chars() {
            if character == '\n' {
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

/// What a value costs, counted against [`HEAVIEST`].
fn weight_of_text(text: &str) -> usize {
    text.len() / BLOCK
}

/// The object of these entries, the second of equal keys reported and dropped.
fn object(mut entries: Vec<Entry>, pointer: &Pointer, diagnostics: &mut Diagnostics) -> Value {
    let mut first = std::collections::HashMap::with_capacity(entries.len());
    entries.retain(|entry| match first.entry(entry.key.clone()) {
        std::collections::hash_map::Entry::Vacant(place) => {
            place.insert(entry.at);
            true
        }
        std::collections::hash_map::Entry::Occupied(place) => {
            diagnostics.error(
                entry.at,
                &pointer.child(&entry.key),
                codes::DUPLICATE_KEY,
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
    Value::Object(entries)
}

/// The value of a written number, its faults reported.
fn numeric(
    number: Numeric,
    text: &str,
    at: Position,
    pointer: &Pointer,
    diagnostics: &mut Diagnostics,
) -> Value {
    match number {
        Numeric::Exact(number) => Value::Number(number),
        Numeric::Rounded(number) => {
            diagnostics.warning(
                at,
                pointer,
                codes::INEXACT_NUMBER,
                format!("the integer {text} does not fit 64 bits and is taken for {number}"),
                "write a number between -9223372036854775808 and 18446744073709551615, or leave it out",
            );
            Value::Number(number)
        }
        Numeric::Inexpressible => {
            diagnostics.error(
                at,
                pointer,
                codes::NOT_A_NUMBER,
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

fn too_deep(at: Position, pointer: &Pointer, diagnostics: &mut Diagnostics) {
    diagnostics.error(
        at,
        pointer,
        codes::TOO_DEEP,
        format!("values are nested more than {DEEPEST} deep here"),
        "move inner parts to components and refer to them with `$ref`",
    );
}

fn too_large(at: Position, pointer: &Pointer, diagnostics: &mut Diagnostics) {
    diagnostics.error(
        at,
        pointer,
        codes::TOO_LARGE,
        format!("the document, its aliases expanded, has more than {HEAVIEST} values"),
        "use `$ref` in place of YAML aliases, or split the document",
    );
}

#[cfg(test)]
mod tests;
