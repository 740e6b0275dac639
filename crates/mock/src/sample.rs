//! Values made from schemas, for responses of which the document shows none.

use postpress_openapi::schema::{JsonType, Schema, within};
use regex_syntax::hir::{Class, Hir, HirKind};
use serde_json::{Map, Value};

use crate::check;

/// How many values a sample may have before the members that are not required are left out.
const MOST: usize = 2000;

/// The deepest nesting of a sample.
const DEEPEST: usize = 40;

/// A value that fits a schema, as far as one can be made: with all members, but for those in which the value would be inside of
/// itself.
pub(crate) fn sample(schema: &Schema) -> Value {
    let mut maker = Maker {
        outer: Vec::new(),
        left: MOST,
    };
    maker.value(schema)
}

struct Maker {
    /// The schemas that the value is inside of.
    outer: Vec<*const Schema>,
    left: usize,
}

impl Maker {
    fn value(&mut self, schema: &Schema) -> Value {
        self.left = self.left.saturating_sub(1);
        let values = schema.values.iter().flatten().filter(|it| !it.is_null());
        let shown = schema.example.iter().chain(&schema.default).chain(values);
        let mut shown = shown.filter(|it| check::mistakes(schema, it).is_empty());
        if let Some(shown) = shown.next() {
            return shown.clone();
        }
        if let Some(values) = &schema.values {
            return values.first().cloned().unwrap_or_default();
        }
        if self.outer.len() == DEEPEST {
            return Value::Null;
        }
        self.outer.push(schema);
        let value = self.made(schema);
        self.outer.pop();
        value
    }

    fn made(&mut self, schema: &Schema) -> Value {
        let mut branches = schema.branches().enumerate().map(|(place, branch)| {
            let mut value = self.value(branch);
            if let Some(it) = &schema.discriminator
                && let Some(tag) = it.values.get(place).and_then(|it| it.first())
                && let Value::Object(members) = &mut value
            {
                members.insert(it.property.clone(), tag.as_str().into());
            }
            value
        });
        if let Some(first) = branches.next() {
            let fits = |it: &Value| check::mistakes(schema, it).is_empty();
            let fitting = Some(first.clone())
                .filter(fits)
                .or_else(|| branches.find(fits));
            return fitting.unwrap_or(first);
        }
        match schema.json_type() {
            None if schema.types().is_empty() => Value::Object(Map::new()),
            Some(JsonType::Object) => self.object(schema),
            Some(JsonType::Array) => self.array(schema),
            Some(JsonType::Boolean) => true.into(),
            Some(JsonType::Integer | JsonType::Number) => number(schema),
            Some(JsonType::String) | None => text(schema).into(),
        }
    }

    fn object(&mut self, schema: &Schema) -> Value {
        let mut members = Map::new();
        for (name, property) in &schema.properties {
            let is_required = schema.required.contains(name);
            let is_inside = self.outer.contains(&std::ptr::from_ref(&**property));
            if !property.write_only && (is_required || !is_inside && self.left > 0) {
                members.insert(name.clone(), self.value(property));
            }
        }
        if let Some(additional) = schema.additional.as_deref().filter(|_| members.is_empty()) {
            members.insert("key".to_owned(), self.value(additional));
        }
        Value::Object(members)
    }

    fn array(&mut self, schema: &Schema) -> Value {
        let Some(items) = schema.items.as_deref() else {
            return Value::Array(Vec::new());
        };
        let is_inside = self.outer.contains(&std::ptr::from_ref(items));
        let most = schema.max_items.unwrap_or(u64::MAX);
        let count = schema.min_items.max(u64::from(!is_inside && self.left > 0));
        let first = self.value(items);
        let list =
            (0..count.min(most).min(MOST as u64)).map(|index| match (&first, &items.values) {
                _ if !schema.unique_items || index == 0 => first.clone(),
                (_, Some(values)) => values.get(index as usize).unwrap_or(&first).clone(),
                (Value::Number(number), _) => number.as_i64().map_or(first.clone(), |it| {
                    Value::from(it.saturating_add(index.cast_signed()))
                }),
                (Value::String(text), _) => format!("{text}{index}").into(),
                _ => first.clone(),
            });
        list.collect()
    }
}

/// The first of these that fits, or the first of all.
fn fitting(schema: &Schema, candidates: impl IntoIterator<Item = Value>) -> Value {
    let mut candidates = candidates.into_iter();
    let first = candidates.next().unwrap_or_default();
    let fits = |it: &Value| within(schema, it).is_ok();
    let found = Some(first.clone())
        .filter(fits)
        .or_else(|| candidates.find(fits));
    found.unwrap_or(first)
}

fn number(schema: &Schema) -> Value {
    let bounds = [schema.least, schema.most].map(|it| it.map(|it| it.value));
    let middle = bounds[0]
        .zip(bounds[1])
        .map(|(least, most)| f64::midpoint(least, most));
    let near = bounds
        .into_iter()
        .flatten()
        .flat_map(|it| [it, it + 1.0, it - 1.0]);
    let factor = schema.multiple_of.unwrap_or(1.0);
    let candidates = [1.0, 0.0].into_iter().chain(near).chain(middle);
    let candidates = candidates.flat_map(|it| [it, (it / factor).ceil() * factor]);
    let is_whole = schema.json_type() == Some(JsonType::Integer);
    let candidates = candidates.map(|it| match it {
        it if it.fract() == 0.0 && it.abs() < 9e15 => Value::from(it as i64),
        it if is_whole => Value::from(it.ceil() as i64),
        it => Value::from(it),
    });
    fitting(schema, candidates)
}

fn text(schema: &Schema) -> String {
    let format = schema.text_format.map(|it| it.example.to_owned());
    let pattern = schema.pattern.as_ref().map(|it| it.as_str());
    let least = schema.min_length.min(MOST as u64) as usize;
    let length = schema
        .max_length
        .map_or(6, |it| it.min(6) as usize)
        .max(least);
    let plain: String = "string".chars().cycle().take(length).collect();
    let matching = [1, least]
        .into_iter()
        .filter_map(|times| matching(pattern?, times));
    let candidates = format.into_iter().chain([plain]).chain(matching);
    let text = fitting(schema, candidates.map(Value::from));
    text.as_str().unwrap_or_default().to_owned()
}

/// A text that matches a regular expression, in which what may be repeated is so often.
fn matching(pattern: &str, times: usize) -> Option<String> {
    let mut text = String::new();
    write(&regex_syntax::parse(pattern).ok()?, times, &mut text)?;
    Some(text)
}

fn write(hir: &Hir, times: usize, text: &mut String) -> Option<()> {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => {}
        HirKind::Literal(literal) => text.push_str(str::from_utf8(&literal.0).ok()?),
        HirKind::Class(Class::Unicode(class)) => {
            let holds = |it: char| {
                class
                    .iter()
                    .any(|range| (range.start()..=range.end()).contains(&it))
            };
            let first = || class.iter().next().map(|range| range.start());
            text.push("a0A-_ ".chars().find(|it| holds(*it)).or_else(first)?);
        }
        HirKind::Class(Class::Bytes(_)) => return None,
        HirKind::Repetition(repetition) => {
            let most = repetition.max.map_or(usize::MAX, |it| it as usize);
            for _ in 0..times.max(repetition.min as usize).min(most).min(MOST) {
                write(&repetition.sub, times, text)?;
            }
        }
        HirKind::Capture(capture) => write(&capture.sub, times, text)?,
        HirKind::Concat(all) => all.iter().try_for_each(|it| write(it, times, text))?,
        HirKind::Alternation(any) => write(any.first()?, times, text)?,
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::check::tests::schema;

    #[test]
    fn what_is_made_fits_its_schema() {
        for json in [
            json!({ "type": "integer", "minimum": 7, "exclusiveMinimum": true, "maximum": 9, "multipleOf": 4 }),
            json!({ "type": "number", "minimum": 0.25, "maximum": 0.5 }),
            json!({ "type": "string", "minLength": 10, "maxLength": 12 }),
            json!({ "type": "string", "maxLength": 2 }),
            json!({ "type": "string", "pattern": "^(acc|chat)_[0-9A-Z]{26}$" }),
            json!({ "type": "string", "pattern": "^[^/]+$", "minLength": 9 }),
            json!({ "type": "string", "format": "uuid", "pattern": "^[0-9a-f-]+$" }),
            json!({ "type": "array", "minItems": 3, "uniqueItems": true, "items": { "type": "integer" } }),
            json!({ "type": "array", "minItems": 2, "uniqueItems": true, "items": { "enum": ["a", "b"] } }),
            json!({ "type": "object", "required": ["at"], "properties": { "at": { "type": "string", "format": "date-time" } } }),
            json!({ "type": "object", "additionalProperties": { "type": "boolean" } }),
            json!({ "enum": [null, "a"], "type": "string" }),
            json!({ "oneOf": [{ "required": ["a"], "properties": { "a": { "enum": [1] } } }, { "type": "integer" }] }),
            json!({
                "required": ["left"],
                "properties": { "left": { "type": "array", "items": { "$ref": "#/schema" } }, "right": { "$ref": "#/schema" } },
            }),
        ] {
            let (schema, findings) = schema(&json, "3.0.4");
            assert_eq!(findings, "nothing to report");
            let value = sample(&schema);
            let mistakes = check::mistakes(&schema, &value);
            assert!(mistakes.is_empty(), "{json} -> {value}: {mistakes:?}");
        }
    }

    #[test]
    fn what_the_document_shows_is_taken_and_what_is_for_requests_is_left_out() {
        let json = json!({ "properties": {
            "name": { "type": "string", "example": "Jo" },
            "age": { "type": "integer", "example": "old", "default": 4 },
            "password": { "type": "string", "writeOnly": true },
        } });
        let (schema, _) = schema(&json, "3.0.4");
        assert_eq!(sample(&schema), json!({ "name": "Jo", "age": 4 }));
    }
}
