//! JSON, strictly as RFC 8259 has it.

use jsonc_parser::ast;
use jsonc_parser::common::Ranged;
use jsonc_parser::errors::{ParseError, ParseErrorKind};
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};

use super::scalar::{self, Numeric};
use super::{DEEPEST, Offsets, Refusal};
use crate::{Diagnostics, Entry, Node, Pointer, Value};

/// Reads JSON; `None` if there is none. A syntax error is returned, since the text may still be YAML.
pub(super) fn parse(text: &str, diagnostics: &mut Diagnostics) -> Result<Option<Node>, Refusal> {
    // Before the parser runs, since it recurses further than we allow.
    if let Some(offset) = too_deep_from(text) {
        let at = Offsets::new(text).at(offset);
        return Err(super::too_deep(at, &Pointer::root(), diagnostics));
    }
    let strict = ParseOptions {
        allow_comments: false,
        allow_loose_object_property_names: false,
        allow_trailing_commas: false,
        allow_missing_commas: false,
        allow_single_quoted_strings: false,
        allow_hexadecimal_numbers: false,
        allow_unary_plus_numbers: false,
        allow_bare_decimal_point_numbers: false,
        allow_non_finite_numbers: false,
        allow_extended_string_escapes: false,
    };
    let parsed = parse_to_ast(text, &CollectOptions::default(), &strict)
        .map_err(|error| fault(text, &error))?;
    let Some(value) = parsed.value else {
        return Ok(None);
    };
    let mut reader = Reader {
        offsets: Offsets::new(text),
        diagnostics,
    };
    Ok(Some(reader.node(value, &Pointer::root())))
}

/// Where brackets outside of strings nest too deeply, if they do.
fn too_deep_from(text: &str) -> Option<usize> {
    let (mut depth, mut in_string, mut escaped) = (0_usize, false, false);
    for (offset, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            b'{' | b'[' if !in_string => {
                depth += 1;
                if depth > DEEPEST {
                    return Some(offset);
                }
            }
            b'}' | b']' if !in_string => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    None
}

fn fault(text: &str, error: &ParseError) -> Refusal {
    use ParseErrorKind as Kind;
    let help = match error.kind() {
        Kind::CommentsNotAllowed => "JSON has no comments; remove it, or name the file .yaml",
        Kind::TrailingCommasNotAllowed => "remove the comma after the last item",
        Kind::ExpectedComma => "put a comma between the two",
        Kind::SingleQuotedStringsNotAllowed => "write strings in double quotes",
        Kind::ExpectedStringObjectProperty => "write keys in double quotes",
        Kind::UnterminatedObject | Kind::UnterminatedArray => {
            "close it; a bracket or brace is missing further down"
        }
        Kind::MultipleRootJsonValues => "remove what follows the end of the document",
        Kind::NonFiniteNumbersNotAllowed => "JSON has no such number; leave the field out",
        Kind::UnexpectedWord => "write text in double quotes; name the file .yaml if it is YAML",
        Kind::String(_) => "see the escapes in this string, and that its closing quote is there",
        _ => "look for a missing or surplus quote, comma, colon or bracket here or just before",
    };
    let mut message = error.kind().to_string();
    if let Some(first) = message.get_mut(..1) {
        first.make_ascii_lowercase();
    }
    Refusal::Syntax {
        at: Offsets::new(text).at(error.range().start),
        message: format!("this is not valid JSON: {message}"),
        help: help.to_owned(),
    }
}

struct Reader<'t, 'd> {
    offsets: Offsets<'t>,
    diagnostics: &'d mut Diagnostics,
}

impl Reader<'_, '_> {
    fn node(&mut self, value: ast::Value<'_>, pointer: &Pointer) -> Node {
        let at = self.offsets.at(value.range().start);
        let value = match value {
            ast::Value::NullKeyword(_) => Value::Null,
            ast::Value::BooleanLit(literal) => Value::Bool(literal.value),
            ast::Value::StringLit(literal) => Value::String(literal.value.into_owned()),
            ast::Value::NumberLit(literal) => super::numeric(
                scalar::number(literal.value).unwrap_or(Numeric::Inexpressible),
                literal.value,
                at,
                || pointer.clone(),
                self.diagnostics,
            ),
            ast::Value::Array(array) => {
                let items = array.elements.into_iter().enumerate();
                Value::Array(
                    items
                        .map(|(index, item)| self.node(item, &pointer.index(index)))
                        .collect(),
                )
            }
            ast::Value::Object(object) => {
                let entries = object.properties.into_iter().map(|property| {
                    let at = self.offsets.at(property.range.start);
                    let key = property.name.into_string();
                    let value = self.node(property.value, &pointer.child(&key));
                    Entry { key, at, value }
                });
                let entries = entries.collect();
                super::object(entries, || pointer.clone(), self.diagnostics)
            }
        };
        Node { at, value }
    }
}
