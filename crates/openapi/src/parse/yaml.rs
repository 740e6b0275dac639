//! YAML 1.2, from the parser's events.

use std::collections::{BTreeSet, HashMap, HashSet};

use saphyr_parser::{Event, Marker, Parser, ScalarStyle, ScanError, Tag};

use super::scalar::{self, Numeric, Plain};
use super::{DEEPEST, Refusal};
use crate::diagnostic::{Diagnostics, codes};
use crate::{Entry, Node, Pointer, Position, Value};

/// The most that aliases may add to the tree: values, and blocks of text. An alias is a few bytes that can stand for half
/// the document, and a few lines of aliases for more than any machine holds.
const MOST_ALIASED: usize = 500_000;
/// How many bytes of text weigh as much as a value.
const BLOCK: usize = 64;

/// What is put before a line of a flow collection (`{...}`, `[...]`) that is indented less than the block around it.
const INDENT: &str = "                                                                ";
/// In how many lines.
const MOST_OUTDENTED: usize = 100;

/// Reads YAML; `None` if there is none.
pub(super) fn parse(text: &str, diagnostics: &mut Diagnostics) -> Result<Option<Node>, Refusal> {
    let before = diagnostics.clone();
    let outcome = read(text, &BTreeSet::new(), diagnostics);
    let is_outdented =
        |message: &str| message.ends_with(OUTDENTED) || message.ends_with(OUTDENTED_TEXT);
    if !matches!(&outcome, Err(Refusal::Syntax { message, .. }) if is_outdented(message)) {
        return outcome;
    }
    *diagnostics = before;
    let (text, outdented) = indented(text);
    for line in &outdented {
        let line = u32::try_from(*line).unwrap_or(u32::MAX);
        diagnostics.report_at(
            codes::FLOW_INDENTATION,
            Position { line, column: 1 },
            &Pointer::root(),
            "YAML wants this line, which is inside of brackets or quotes, indented more than the key or item that they belong to",
            "indent it further; it is read as if it were",
        );
    }
    read(&text, &outdented, diagnostics)
}

/// How the parser ends its message on such a line in brackets, and on the quote before some.
const OUTDENTED: &str = "invalid indentation";
const OUTDENTED_TEXT: &str = "invalid indentation in quoted scalar";

/// The text with the lines of flow collections and quoted texts indented that YAML wants further in, as most parsers do not; and
/// which lines these are. In brackets, and where a line begins within quotes, spaces mean nothing.
fn indented(text: &str) -> (String, BTreeSet<usize>) {
    let (mut text, mut lines) = (text.to_owned(), BTreeSet::new());
    while lines.len() < MOST_OUTDENTED
        && let Some(error) = Parser::new_from_str(&text).find_map(Result::err)
    {
        let mark = error.marker();
        let (first, count) = match error.info() {
            OUTDENTED => (mark.index() - mark.col(), 1),
            OUTDENTED_TEXT => (mark.index(), 0),
            _ => break,
        };
        let mut offsets = text.char_indices().map(|(offset, _)| offset);
        let first = offsets.nth(first).unwrap_or(text.len());
        let mut starts: Vec<usize> = std::iter::repeat_n(first, count).collect();
        if count == 0 {
            let Some(length) = quoted(&text[first..]) else {
                break;
            };
            let end = first + length;
            let ends = text[first..end].match_indices('\n');
            starts.extend(ends.map(|(offset, _)| first + offset + 1));
        }
        let line = mark.line() + 1 - count;
        let before = lines.len();
        lines.extend((0..starts.len()).map(|number| line + number));
        if lines.len() == before {
            break;
        }
        for start in starts.into_iter().rev() {
            if !text[start..].starts_with(['\n', '\r']) {
                text.insert_str(start, INDENT);
            }
        }
    }
    (text, lines)
}

/// How long the text in quotes is with which this begins, if it ends.
fn quoted(text: &str) -> Option<usize> {
    let mut bytes = text.bytes().enumerate();
    let quote = bytes.next().map_or(b'"', |(_, quote)| quote);
    while let Some((offset, byte)) = bytes.next() {
        // What is escaped; a quote that is doubled ends one text and begins another.
        if byte == b'\\' && quote == b'"' {
            bytes.next();
        } else if byte == quote {
            if text.as_bytes().get(offset + 1) != Some(&quote) {
                return Some(offset);
            }
            bytes.next();
        }
    }
    None
}

fn read(
    text: &str,
    outdented: &BTreeSet<usize>,
    diagnostics: &mut Diagnostics,
) -> Result<Option<Node>, Refusal> {
    let mut builder = TreeBuilder {
        diagnostics,
        open: Vec::new(),
        anchors: HashMap::new(),
        weight: 0,
        aliased: 0,
        root: None,
    };
    for event in Parser::new_from_str(text) {
        let (event, span) = event.map_err(|error| fault(&error))?;
        let mut at = position(span.start);
        if outdented.contains(&span.start.line()) {
            at.column = at.column.saturating_sub(INDENT.len() as u32).max(1);
        }
        if builder.take(event, at)? == Next::Nothing {
            break;
        }
    }
    Ok(builder.root)
}

fn position(mark: Marker) -> Position {
    let number = |value: usize| u32::try_from(value).unwrap_or(u32::MAX);
    Position {
        line: number(mark.line()),
        column: number(mark.col().saturating_add(1)),
    }
}

fn fault(error: &ScanError) -> Refusal {
    let info = error.info();
    // The parser speaks in the terms of the YAML specification. These are the mistakes that people make.
    let help = if info.contains("tab") {
        "indent with spaces; YAML allows no tabs there"
    } else if info.contains("mapping values are not allowed") {
        "put a text that contains `: ` in quotes, and see that the line is not indented too far"
    } else if info.contains("unknown anchor") {
        "define the anchor with `&name` before the alias, or put a text that begins with `*` in quotes"
    } else if info.contains("Unicode character escape") {
        "write the character itself, or as \\U and eight digits; YAML has no surrogate pairs"
    } else if info.contains("escape") || info.contains("hexadecimal") {
        "double the backslash, or use single quotes, in which a backslash is nothing special"
    } else if info.contains("quoted scalar") || info.contains("end of stream") {
        "see that the quote that begins here is closed, and that its further lines are indented"
    } else if info.contains("unexpected character") || info.contains("unexpected indicator") {
        "put a text that begins with this character in quotes"
    } else if info.contains("simple key") {
        "a key needs `:` and a space or a line end after it; a text over several lines needs `|` or `>`"
    } else if info.contains("'-' indicator") {
        "the items of a list all begin with `-` in the same column"
    } else if info.contains("recursion limit") {
        "move inner parts to components and refer to them with `$ref`"
    } else {
        "look here and at the lines just before for wrong indentation, a missing quote, colon or bracket"
    };
    Refusal::Syntax {
        at: position(*error.marker()),
        message: format!("this is not valid YAML: {info}"),
        help: help.to_owned(),
    }
}

/// What is expected after an event.
#[derive(PartialEq)]
enum Next {
    More,
    /// What follows is of no interest.
    Nothing,
}

/// An array or object that has not ended yet.
struct Open {
    at: Position,
    anchor: usize,
    /// The weight of the whole document when this began.
    weight_before: usize,
    /// How many levels there are below, so far.
    height: usize,
    kind: Kind,
}

enum Kind {
    Array(Vec<Node>),
    Object {
        entries: Vec<Entry>,
        /// Which of the entries are merge keys.
        merges: HashSet<usize>,
        key: Option<Key>,
    },
}

/// A key that waits for its value.
struct Key {
    text: String,
    at: Position,
    kind: KeyKind,
}

#[derive(Clone, Copy, PartialEq)]
enum KeyKind {
    Name,
    /// `<<`
    Merge,
    /// Refused; its value is dropped.
    Invalid,
}

/// What an alias can stand for.
struct Anchored {
    node: Node,
    weight: usize,
    height: usize,
}

struct TreeBuilder<'d> {
    diagnostics: &'d mut Diagnostics,
    open: Vec<Open>,
    anchors: HashMap<usize, Anchored>,
    weight: usize,
    aliased: usize,
    root: Option<Node>,
}

impl TreeBuilder<'_> {
    fn take(&mut self, event: Event<'_>, at: Position) -> Result<Next, Refusal> {
        match event {
            Event::DocumentStart(_) if self.root.is_some() => {
                self.diagnostics.report_at(
                    codes::MULTIPLE_DOCUMENTS,
                    at,
                    &Pointer::root(),
                    "a second document begins here",
                    "keep one document to a file; remove the `---` and what follows it",
                );
                return Ok(Next::Nothing);
            }
            Event::Nothing
            | Event::StreamStart
            | Event::StreamEnd
            | Event::DocumentStart(_)
            | Event::DocumentEnd => {}
            Event::Alias(anchor) => self.alias(anchor, at)?,
            Event::Scalar(text, style, anchor, tag) => {
                let weight = 1 + text.len() / BLOCK;
                self.weight += weight;
                let is_plain = style == ScalarStyle::Plain && tag.is_none();
                let at = if is_plain && text.is_empty() {
                    self.key_position().unwrap_or(at)
                } else {
                    at
                };
                let value = self.scalar(&text, style, tag.as_deref(), at);
                let node = Node { at, value };
                self.anchor(anchor, &node, weight, 0);
                self.finish(node, &text, is_plain, 0);
            }
            Event::SequenceStart(anchor, tag) => {
                self.collection_tag(tag.as_deref(), "seq", at);
                self.begin(at, anchor, Kind::Array(Vec::new()))?;
            }
            Event::MappingStart(anchor, tag) => {
                self.collection_tag(tag.as_deref(), "map", at);
                self.begin(
                    at,
                    anchor,
                    Kind::Object {
                        entries: Vec::new(),
                        merges: HashSet::new(),
                        key: None,
                    },
                )?;
            }
            Event::SequenceEnd | Event::MappingEnd => self.end(),
        }
        Ok(Next::More)
    }

    fn pointer(&self) -> Pointer {
        pointer(&self.open)
    }

    fn key_position(&self) -> Option<Position> {
        match &self.open.last()?.kind {
            Kind::Object { key: Some(key), .. } => Some(key.at),
            _ => None,
        }
    }

    fn begin(&mut self, at: Position, anchor: usize, kind: Kind) -> Result<(), Refusal> {
        if self.open.len() >= DEEPEST {
            return Err(super::too_deep(at, &self.pointer(), self.diagnostics));
        }
        let weight_before = self.weight;
        self.weight += 1;
        self.open.push(Open {
            at,
            anchor,
            weight_before,
            height: 0,
            kind,
        });
        Ok(())
    }

    fn end(&mut self) {
        let Some(open) = self.open.pop() else { return };
        let value = match open.kind {
            Kind::Array(items) => Value::Array(items),
            Kind::Object {
                mut entries,
                merges,
                ..
            } => {
                if !merges.is_empty() {
                    entries = self.merge(entries, &merges);
                }
                super::object(entries, || pointer(&self.open), self.diagnostics)
            }
        };
        let node = Node { at: open.at, value };
        let height = open.height + 1;
        self.anchor(open.anchor, &node, self.weight - open.weight_before, height);
        self.finish(node, "", false, height);
    }

    /// Puts a value where it belongs, as a key or an item. `text` is a scalar as written; only one without quotes and
    /// tag `is_plain` can be a merge key. `height` counts the levels below.
    fn finish(&mut self, node: Node, text: &str, is_plain: bool, height: usize) {
        let Some(open) = self.open.last_mut() else {
            self.root.get_or_insert(node);
            return;
        };
        open.height = open.height.max(height);
        let (entries, merges, key) = match &mut open.kind {
            Kind::Array(items) => {
                items.push(node);
                return;
            }
            Kind::Object {
                entries,
                merges,
                key,
            } => (entries, merges, key),
        };
        if let Some(Key { text, at, kind }) = key.take() {
            if kind == KeyKind::Merge {
                merges.insert(entries.len());
            }
            if kind != KeyKind::Invalid {
                entries.push(Entry {
                    key: text,
                    at,
                    value: node,
                });
            }
            return;
        }
        let kind = match node.value {
            Value::Array(_) | Value::Object(_) => KeyKind::Invalid,
            _ if is_plain && text == "<<" => KeyKind::Merge,
            _ => KeyKind::Name,
        };
        if kind == KeyKind::Invalid {
            self.invalid_key(&node);
        }
        if let Some(Open {
            kind: Kind::Object { key, .. },
            ..
        }) = self.open.last_mut()
        {
            *key = Some(Key {
                text: text.to_owned(),
                at: node.at,
                kind,
            });
        }
    }

    fn invalid_key(&mut self, node: &Node) {
        self.diagnostics.report_at(
            codes::INVALID_KEY,
            node.at,
            &self.pointer(),
            format!("{} stands where a key belongs", node.kind()),
            "keys are plain text; put braces and brackets that are text in quotes",
        );
    }

    /// Remembers what aliases will stand for.
    fn anchor(&mut self, anchor: usize, node: &Node, weight: usize, height: usize) {
        if anchor != 0 {
            self.aliased += weight;
            if self.aliased <= MOST_ALIASED {
                self.anchors.insert(
                    anchor,
                    Anchored {
                        node: node.clone(),
                        weight,
                        height,
                    },
                );
            }
        }
    }

    fn alias(&mut self, anchor: usize, at: Position) -> Result<(), Refusal> {
        let Some(anchored) = self.anchors.get(&anchor) else {
            if self.aliased > MOST_ALIASED {
                return Err(self.too_many_aliases(at));
            }
            self.diagnostics.report_at(
                codes::RECURSIVE_ALIAS,
                at,
                &self.pointer(),
                "this alias stands inside of what it stands for",
                "use `$ref`, which may refer to something around itself",
            );
            let node = Node {
                at,
                value: Value::Null,
            };
            self.finish(node, "", false, 0);
            return Ok(());
        };
        if self.open.len() + anchored.height > DEEPEST {
            return Err(super::too_deep(at, &self.pointer(), self.diagnostics));
        }
        self.aliased += anchored.weight;
        if self.aliased > MOST_ALIASED {
            return Err(self.too_many_aliases(at));
        }
        self.weight += anchored.weight;
        let node = anchored.node.clone();
        let text = match &node.value {
            Value::String(text) => text.clone(),
            Value::Array(_) | Value::Object(_) => String::new(),
            _ => node.to_json().to_string(),
        };
        let height = anchored.height;
        self.finish(node, &text, false, height);
        Ok(())
    }

    fn too_many_aliases(&mut self, at: Position) -> Refusal {
        self.diagnostics.report_at(
            codes::TOO_LARGE,
            at,
            &self.pointer(),
            format!("the aliases of this document stand for more than {MOST_ALIASED} values"),
            "use `$ref` in place of YAML aliases",
        );
        Refusal::Reported
    }

    /// Puts what `<<` refers to in its place. The object's own keys go first, then the earlier of the merged ones.
    fn merge(&mut self, entries: Vec<Entry>, merges: &HashSet<usize>) -> Vec<Entry> {
        let own = entries
            .iter()
            .enumerate()
            .filter(|(index, _)| !merges.contains(index));
        let mut taken: HashSet<String> = own.map(|(_, entry)| entry.key.clone()).collect();
        let mut merged = Vec::with_capacity(entries.len());
        for (index, entry) in entries.into_iter().enumerate() {
            if !merges.contains(&index) {
                merged.push(entry);
                continue;
            }
            let sources = match entry.value.value {
                Value::Array(items) => items,
                _ => vec![entry.value],
            };
            for source in sources {
                let at = source.at;
                let kind = source.kind();
                let Value::Object(inherited) = source.value else {
                    self.diagnostics.report_at(
                        codes::INVALID_MERGE,
                        at,
                        &self.pointer().child("<<"),
                        format!("`<<` merges objects into this one, but here is {kind}"),
                        "give an alias of an object, or a list of such; put a key that is really `<<` in quotes",
                    );
                    continue;
                };
                merged.extend(
                    inherited
                        .into_entries()
                        .into_iter()
                        .filter(|entry| taken.insert(entry.key.clone())),
                );
            }
        }
        merged
    }

    fn scalar(&mut self, text: &str, style: ScalarStyle, tag: Option<&Tag>, at: Position) -> Value {
        let Some(tag) = tag else {
            if style != ScalarStyle::Plain {
                return Value::String(text.to_owned());
            }
            return match scalar::plain(text) {
                Plain::Value(value) => value,
                // A key is kept as written, whatever it is.
                Plain::Number(_) if self.is_key_next() => Value::String(text.to_owned()),
                Plain::Number(number) => {
                    super::numeric(number, text, at, || pointer(&self.open), self.diagnostics)
                }
            };
        };
        let name = core_tag(tag);
        let plain = scalar::plain(text);
        match (name, plain) {
            (Some("str" | "!"), _) => Value::String(text.to_owned()),
            (Some("null"), Plain::Value(value @ Value::Null)) => value,
            (Some("bool"), Plain::Value(value @ Value::Bool(_))) => value,
            (Some("int"), Plain::Number(Numeric::Exact(number))) if !number.is_f64() => {
                Value::Number(number)
            }
            (Some("float"), Plain::Number(number)) => {
                super::numeric(number, text, at, || pointer(&self.open), self.diagnostics)
            }
            _ => {
                self.invalid_tag(tag, at);
                Value::String(text.to_owned())
            }
        }
    }

    fn is_key_next(&self) -> bool {
        matches!(
            self.open.last(),
            Some(Open {
                kind: Kind::Object { key: None, .. },
                ..
            })
        )
    }

    fn collection_tag(&mut self, tag: Option<&Tag>, expected: &str, at: Position) {
        if let Some(tag) = tag
            && !matches!(core_tag(tag), Some(name) if name == expected || name == "!")
        {
            self.invalid_tag(tag, at);
        }
    }

    fn invalid_tag(&mut self, tag: &Tag, at: Position) {
        let written = match core_tag(tag) {
            Some(name) => format!("!!{name}"),
            None => format!("{}{}", tag.handle, tag.suffix),
        };
        self.diagnostics.report_at(
            codes::INVALID_TAG,
            at,
            &self.pointer(),
            format!("the tag `{written}` makes no JSON value of this"),
            "remove the tag; `!!str`, `!!int`, `!!float`, `!!bool`, `!!null`, `!!seq` and `!!map` are known, for values that fit",
        );
    }
}

/// The place of the value that comes next.
fn pointer(open: &[Open]) -> Pointer {
    open.iter()
        .fold(Pointer::root(), |pointer, open| match &open.kind {
            Kind::Array(items) => pointer.index(items.len()),
            Kind::Object { key: Some(key), .. } => pointer.child(&key.text),
            Kind::Object { key: None, .. } => pointer,
        })
}

/// The name of a tag of the core schema (`str`), or `!` for the tag that makes any scalar a string.
fn core_tag(tag: &Tag) -> Option<&str> {
    const CORE: &str = "tag:yaml.org,2002:";
    match (tag.handle.as_str(), tag.suffix.as_str()) {
        (CORE, name) => Some(name),
        ("", "!") | ("!", "") => Some("!"),
        ("", verbatim) => verbatim.strip_prefix(CORE),
        _ => None,
    }
}
