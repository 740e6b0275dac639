//! Schemas, with references and `allOf` resolved, in the words of OpenAPI 3.0 and of 3.1.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Deref;
use std::sync::{Arc, OnceLock};

use regex_lite::Regex;
use serde_json::Value;

mod check;

pub use self::check::{Kind, Problem, Step, branch, problems, shown, within};
use crate::{Code, Cursor, Diagnostics, Document, Node, Pointer, Severity, codes};

/// The deepest nesting of alternatives that is read.
const DEEPEST: usize = 40;

/// What is not read of a schema, as a finding about the document.
pub const NOT_SERVED: Code = Code {
    name: "not-served",
    severity: Severity::Warning,
    meaning: "This part of the document is not known, and demands nothing.",
};

/// One schema. What is absent demands nothing.
///
/// Keywords beside `oneOf` and `anyOf` are in each of their branches.
#[derive(Clone, Default)]
pub struct Schema {
    /// The types that are allowed; empty: any.
    types: Vec<JsonType>,
    /// It may be `null`.
    pub nullable: bool,
    /// The only values that are allowed.
    pub values: Option<Vec<Value>>,
    /// What each of the values means; empty where the document does not say.
    pub value_descriptions: Vec<String>,
    /// The smallest number.
    pub least: Option<Bound>,
    /// The largest number.
    pub most: Option<Bound>,
    /// What a number is a multiple of; above 0.
    pub multiple_of: Option<f64>,
    /// The fewest characters of a text.
    pub min_length: u64,
    /// The most characters.
    pub max_length: Option<u64>,
    /// The fewest items of a list.
    pub min_items: u64,
    /// The most items.
    pub max_items: Option<u64>,
    /// No item of a list occurs twice.
    pub unique_items: bool,
    /// The fewest members of an object.
    pub min_members: u64,
    /// The most members.
    pub max_members: Option<u64>,
    /// What a text matches.
    pub pattern: Option<Regex>,
    /// The name of a text's format.
    pub format: Option<String>,
    /// How texts are held against their format.
    pub text_format: Option<TextFormat>,
    /// The default.
    pub default: Option<Value>,
    /// An example.
    pub example: Option<Value>,
    /// What the items of a list are.
    pub items: Option<Child>,
    /// The members of an object.
    pub properties: BTreeMap<String, Child>,
    /// The members that have to be there.
    pub required: BTreeSet<String>,
    /// What members that are not in `properties` are, where the schema is a map.
    pub additional: Option<Child>,
    /// There are no members but those in `properties`.
    pub is_closed: bool,
    /// It is sent in responses alone.
    pub read_only: bool,
    /// It is sent in requests alone.
    pub write_only: bool,
    /// Exactly one of these fits.
    pub one_of: Vec<Child>,
    /// At least one of these fits.
    pub any_of: Vec<Child>,
    /// What tells the branches apart.
    pub discriminator: Option<Discriminator>,
}

/// A format of texts.
#[derive(Clone, Copy)]
pub struct TextFormat {
    /// What such a text is called: `a date`.
    pub what: &'static str,
    /// One of them.
    pub example: &'static str,
    /// Whether a text is one.
    pub fits: fn(&str) -> bool,
}

/// A limit of a number, which belongs to what is allowed unless it is `open`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bound {
    /// The limit.
    pub value: f64,
    /// Whether the limit itself is not allowed.
    pub open: bool,
}

/// The property that tells the branches apart, and the values that stand for each of them.
#[derive(Clone)]
pub struct Discriminator {
    /// The property.
    pub property: String,
    /// For each branch, the values that stand for it.
    pub values: Vec<Vec<String>>,
}

/// A schema that others hold. It may hold itself.
#[derive(Clone, Default)]
pub struct Child(Arc<OnceLock<Schema>>);

impl Deref for Child {
    type Target = Schema;

    fn deref(&self) -> &Schema {
        self.0.get_or_init(Schema::default)
    }
}

impl From<Schema> for Child {
    fn from(schema: Schema) -> Child {
        Child(Arc::new(OnceLock::from(schema)))
    }
}

/// `type`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "their names say it")]
pub enum JsonType {
    String,
    Integer,
    Number,
    Boolean,
    Array,
    Object,
}

const TYPES: [(&str, JsonType); 6] = [
    ("string", JsonType::String),
    ("integer", JsonType::Integer),
    ("number", JsonType::Number),
    ("boolean", JsonType::Boolean),
    ("array", JsonType::Array),
    ("object", JsonType::Object),
];

impl JsonType {
    /// Whether a value is of this type.
    pub fn fits(self, value: &Value) -> bool {
        match self {
            JsonType::String => value.is_string(),
            JsonType::Boolean => value.is_boolean(),
            JsonType::Number => value.is_number(),
            JsonType::Integer => value.is_i64() || value.is_u64(),
            JsonType::Array => value.is_array(),
            JsonType::Object => value.is_object(),
        }
    }
}

impl Schema {
    /// The types that are allowed, of which there is at least one; none: any.
    pub fn types(&self) -> &[JsonType] {
        &self.types
    }

    /// The one type that values have; where the document does not say, the one that the other keywords are about.
    pub fn json_type(&self) -> Option<JsonType> {
        match self.types.as_slice() {
            [] if !self.properties.is_empty() || self.additional.is_some() => {
                Some(JsonType::Object)
            }
            [] if self.items.is_some() => Some(JsonType::Array),
            [only] => Some(*only),
            _ => None,
        }
    }

    /// Whether this is the content of a file.
    pub fn is_file(&self) -> bool {
        self.json_type() == Some(JsonType::String) && self.format.as_deref() == Some("binary")
    }

    /// Whether a value of this has members: then a form says how their names are written.
    pub fn has_members(&self) -> bool {
        let mut branches = self.branches();
        self.json_type() == Some(JsonType::Object) || branches.any(Schema::has_members)
    }

    /// The member of this name.
    pub fn property(&self, name: &str) -> Option<&Schema> {
        self.properties.get(name).map(|it| &**it)
    }

    /// The alternatives, whether one or any has to fit.
    pub fn branches(&self) -> impl Iterator<Item = &Schema> {
        self.one_of.iter().chain(&self.any_of).map(|it| &**it)
    }

    /// The property whose value tells the branches apart.
    pub fn tag(&self) -> Option<&str> {
        Some(&self.discriminator.as_ref()?.property)
    }

    /// The branch that stands for a value of the property that tells them apart.
    pub fn tagged(&self, value: &Value) -> Option<&Schema> {
        let Discriminator { property, values } = self.discriminator.as_ref()?;
        let tag = value.get(property)?.as_str()?;
        let mut values = values.iter();
        let place = values.position(|names| names.iter().any(|it| it == tag))?;
        self.branches().nth(place)
    }

    /// The only value that the property `name` may have, where there is only one.
    pub fn only_value(&self, name: &str) -> Option<&str> {
        match self.property(name)?.values.as_deref()? {
            [Value::String(only)] => Some(only),
            _ => None,
        }
    }
}

/// Reads the schemas of a document, each once, and notes what it cannot read.
pub struct Reader<'d> {
    /// The document that is read.
    pub document: &'d Document,
    /// What cannot be read of it.
    pub findings: Diagnostics,
    formats: fn(&str) -> Option<TextFormat>,
    is_newer: bool,
    known: HashMap<Vec<Pointer>, Child>,
}

/// What several schemas demand together, before what they hold is read.
#[derive(Clone, Default)]
struct Parts<'d> {
    own: Schema,
    properties: BTreeMap<String, Vec<Cursor<'d>>>,
    items: Vec<Cursor<'d>>,
    additional: Vec<Cursor<'d>>,
    alternatives: Vec<Alternatives<'d>>,
}

#[derive(Clone)]
struct Alternatives<'d> {
    at: Cursor<'d>,
    is_one: bool,
}

impl<'d> Reader<'d> {
    /// Nothing has been read yet. `formats` are those that texts are held against, by their names.
    pub fn new(document: &'d Document, formats: fn(&str) -> Option<TextFormat>) -> Reader<'d> {
        let version = document.root.text("openapi");
        Reader {
            document,
            findings: Diagnostics::new(document.name.as_str()),
            formats,
            is_newer: version.is_some_and(|it| it.starts_with("3.1")),
            known: HashMap::new(),
        }
    }

    /// What a reference leads to, or the value itself; that it leads nowhere is noted.
    pub fn resolve(&mut self, at: &Cursor<'d>) -> Option<Cursor<'d>> {
        let target = at.resolve(self.document);
        if target.is_none() {
            let message = "the reference leads to nothing in this file";
            let help = "put what it names into this file: no others are read";
            self.findings.report(NOT_SERVED, at, message, help);
        }
        target
    }

    /// Notes that something is not read.
    pub fn not_served(&mut self, at: &Cursor<'_>, message: impl Into<String>) {
        let help = "requests and responses are as if it were not there";
        self.findings.report_key(NOT_SERVED, at, message, help);
    }

    /// The schema at a place.
    pub fn schema(&mut self, at: &Cursor<'d>) -> Child {
        self.all_of(vec![at.clone()])
    }

    /// The schema that is all of these.
    fn all_of(&mut self, all: Vec<Cursor<'d>>) -> Child {
        let target = |it: &Cursor<'d>| match it.node.entries() {
            [only] if only.key == "$ref" => it.resolve(self.document).unwrap_or_else(|| it.clone()),
            _ => it.clone(),
        };
        let key = all.iter().map(|it| target(it).pointer).collect();
        if let Some(known) = self.known.get(&key) {
            return known.clone();
        }
        let child = Child::default();
        self.known.insert(key, child.clone());
        let mut parts = Parts::default();
        let mut seen = Vec::new();
        for part in &all {
            self.add(&mut parts, part, &mut seen);
        }
        // Nobody else has set it: the reader is the only one, and looks into no child.
        let _ = child.0.set(self.finish(parts, &seen, 0));
        child
    }

    /// Adds what one schema demands. What is in `seen` has been added before.
    fn add(&mut self, parts: &mut Parts<'d>, at: &Cursor<'d>, seen: &mut Vec<Pointer>) {
        if at.node.get("$ref").is_some() {
            let target = self.resolve(at);
            if let Some(target) = target.filter(|it| !seen.contains(&it.pointer)) {
                seen.push(target.pointer.clone());
                self.add(parts, &target, seen);
            }
            if !self.is_newer {
                return;
            }
        }
        match at.node.as_bool() {
            Some(true) => return,
            Some(false) => return parts.own.values = Some(Vec::new()),
            None if at.node.as_object().is_none() => {
                return self.not_served(at, "this is not a schema");
            }
            None => {}
        }
        for part in at.list("allOf") {
            self.add(parts, &part, seen);
        }
        for (key, value) in at.entries() {
            match key {
                "properties" => value.entries().for_each(|(name, it)| {
                    parts
                        .properties
                        .entry(name.to_owned())
                        .or_default()
                        .push(it);
                }),
                "items" if value.node.as_object().is_some() => parts.items.push(value),
                "additionalProperties" | "unevaluatedProperties" => match value.node.as_bool() {
                    Some(open) => parts.own.is_closed |= !open,
                    None => parts.additional.push(value),
                },
                "oneOf" | "anyOf" => parts.alternatives.push(Alternatives {
                    at: at.clone(),
                    is_one: key == "oneOf",
                }),
                _ => self.keyword(&mut parts.own, key, &value, at),
            }
        }
    }

    /// Adds the demand of a keyword that holds no schema.
    fn keyword(&mut self, own: &mut Schema, key: &str, value: &Cursor<'d>, at: &Cursor<'d>) {
        let node = value.node;
        let count = || node.as_i64().and_then(|it| it.try_into().ok());
        let is_set = node.as_bool() == Some(true);
        let tighter =
            |known: Option<u64>| count().map(|it| known.map_or(it, |known| known.min(it)));
        match key {
            "type" => self.types(own, value),
            "nullable" => own.nullable |= is_set,
            "readOnly" => own.read_only |= is_set,
            "writeOnly" => own.write_only |= is_set,
            "uniqueItems" => own.unique_items |= is_set,
            "enum" => narrow(own, node.items().iter().map(Node::to_json).collect()),
            "const" => narrow(own, vec![node.to_json()]),
            "x-enum-descriptions" => {
                let texts = node.items().iter().filter_map(Node::as_str);
                own.value_descriptions = texts.map(str::to_owned).collect();
            }
            "minimum" | "exclusiveMinimum" => bound(&mut own.least, key, at.node, |a, b| a > b),
            "maximum" | "exclusiveMaximum" => bound(&mut own.most, key, at.node, |a, b| a < b),
            "multipleOf" => own.multiple_of = node.as_f64().filter(|it| *it > 0.0),
            "minLength" => own.min_length = own.min_length.max(count().unwrap_or_default()),
            "minItems" => own.min_items = own.min_items.max(count().unwrap_or_default()),
            "minProperties" => own.min_members = own.min_members.max(count().unwrap_or_default()),
            "maxLength" => own.max_length = tighter(own.max_length),
            "maxItems" => own.max_items = tighter(own.max_items),
            "maxProperties" => own.max_members = tighter(own.max_members),
            "pattern" => match Regex::new(node.as_str().unwrap_or_default()) {
                Ok(pattern) => own.pattern = Some(pattern),
                Err(error) => self.not_served(value, format!("texts are not checked: {error}")),
            },
            "format" => {
                own.format = node.as_str().map(str::to_owned);
                own.text_format = node.as_str().and_then(self.formats);
            }
            // A file, in OpenAPI 3.1.
            "contentMediaType" if at.node.get("contentEncoding").is_none() => {
                let media_type = node.as_str().unwrap_or_default();
                if !media_type.starts_with("text/") && !media_type.ends_with("json") {
                    own.types = vec![JsonType::String];
                    own.format = Some("binary".to_owned());
                    own.text_format = None;
                }
            }
            "default" => own.default = Some(node.to_json()),
            "example" => own.example = Some(node.to_json()),
            "examples" => own.example = node.items().first().map(Node::to_json),
            "required" => {
                let names = node.items().iter().filter_map(Node::as_str);
                own.required.extend(names.map(str::to_owned));
            }
            "$ref" | "allOf" | "discriminator" | "title" | "description" | "deprecated"
            | "externalDocs" | "xml" | "contentMediaType" | "contentEncoding" | "$comment"
            | "$defs" | "definitions" | "$id" | "$schema" | "$anchor" => {}
            _ if key.starts_with("x-") => {}
            _ => self.not_served(value, format!("values are not checked against `{key}`")),
        }
    }

    fn types(&mut self, own: &mut Schema, at: &Cursor<'d>) {
        let names = at.node.as_array().unwrap_or(std::slice::from_ref(at.node));
        let names: Vec<&str> = names.iter().filter_map(Node::as_str).collect();
        let known = TYPES.iter().filter(|(name, _)| names.contains(name));
        let types: Vec<JsonType> = known.map(|(_, json_type)| *json_type).collect();
        own.nullable |= names.contains(&"null");
        if types.len() + usize::from(names.contains(&"null")) < names.len() {
            self.findings.report(
                codes::UNKNOWN_TYPE,
                at,
                format!("there is no such type as {}", at.node),
                "values of any type are allowed",
            );
        } else if types.is_empty() {
            narrow(own, vec![Value::Null]);
        } else if own.types.is_empty() {
            own.types = types;
        } else {
            let is_integer = own.types.contains(&JsonType::Integer);
            let widened = is_integer && types.contains(&JsonType::Number);
            own.types.retain(|it| types.contains(it) || widened);
            if own.types.is_empty() {
                own.types = types;
                let message = "no value is of all the types that hold here together";
                self.findings.report(
                    codes::UNSATISFIABLE_ALL_OF,
                    at,
                    message,
                    "this one is taken",
                );
            }
        }
    }

    /// Reads what the schemas hold.
    fn finish(&mut self, mut parts: Parts<'d>, seen: &[Pointer], depth: usize) -> Schema {
        if let Some(alternatives) = parts.alternatives.pop() {
            return self.alternatives(parts, &alternatives, seen, depth);
        }
        let mut schema = parts.own;
        let properties = parts.properties.into_iter();
        schema.properties = properties
            .map(|(name, all)| (name, self.all_of(all)))
            .collect();
        schema.items = (!parts.items.is_empty()).then(|| self.all_of(parts.items));
        schema.additional = (!parts.additional.is_empty()).then(|| self.all_of(parts.additional));
        schema
    }

    fn alternatives(
        &mut self,
        mut base: Parts<'d>,
        alternatives: &Alternatives<'d>,
        seen: &[Pointer],
        depth: usize,
    ) -> Schema {
        let key = if alternatives.is_one {
            "oneOf"
        } else {
            "anyOf"
        };
        let at = &alternatives.at;
        if depth == DEEPEST {
            self.not_served(at, "alternatives are nested too deeply");
            return base.own;
        }
        let mut schema = Schema {
            nullable: std::mem::take(&mut base.own.nullable),
            example: base.own.example.take(),
            default: base.own.default.take(),
            read_only: base.own.read_only,
            write_only: base.own.write_only,
            discriminator: discriminator(at, key),
            ..Schema::default()
        };
        let branches = at.list(key).map(|branch| {
            let (mut parts, mut seen) = (base.clone(), seen.to_vec());
            self.add(&mut parts, &branch, &mut seen);
            Child::from(self.finish(parts, &seen, depth + 1))
        });
        let branches = branches.collect();
        if alternatives.is_one {
            schema.one_of = branches;
        } else {
            schema.any_of = branches;
        }
        schema
    }
}

/// Allows those values alone that are also allowed by this list.
fn narrow(own: &mut Schema, values: Vec<Value>) {
    match &mut own.values {
        Some(known) => known.retain(|it| values.contains(it)),
        None => own.values = Some(values),
    }
}

/// The bound of this name and the one beside it, in either notation, where it is tighter than the known one.
fn bound(known: &mut Option<Bound>, key: &str, node: &Node, tighter: fn(f64, f64) -> bool) {
    let inclusive = key.replace("exclusiveM", "m");
    let exclusive = inclusive.replacen('m', "exclusiveM", 1);
    let open = node.flag(&exclusive) == Some(true);
    let value = node.get(&inclusive).and_then(Node::as_f64);
    let own = value.map(|value| Bound { value, open });
    let value = node.get(&exclusive).and_then(Node::as_f64);
    let newer = value.map(|value| Bound { value, open: true });
    for bound in [own, newer].into_iter().flatten() {
        if known.is_none_or(|it| {
            tighter(bound.value, it.value) || bound.open && bound.value == it.value
        }) {
            *known = Some(bound);
        }
    }
}

/// What tells the alternatives under `key` apart: the values of the mapping that name a branch, and the name of its schema.
fn discriminator(at: &Cursor<'_>, key: &str) -> Option<Discriminator> {
    let discriminator = at.get("discriminator")?;
    let last = |reference: &str| reference.rsplit('/').next().unwrap_or_default().to_owned();
    let names = |branch: Cursor<'_>| {
        let reference = branch.text("$ref").unwrap_or_default();
        let mapping = discriminator.map("mapping");
        let mapped = mapping.filter(|(_, it)| {
            let to = it.node.as_str().unwrap_or_default();
            to == reference || to == last(reference)
        });
        let mapped = mapped.map(|(value, _)| value.to_owned());
        mapped.chain([last(reference)]).collect()
    };
    Some(Discriminator {
        property: discriminator.text("propertyName")?.to_owned(),
        values: at.list(key).map(names).collect(),
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::Source;

    /// The schema that this JSON is, and what of it is not served.
    fn schema(schema: &Value, version: &str) -> (Child, String) {
        let document = json!({ "openapi": version, "schema": schema }).to_string();
        let source = Source {
            name: "x.json",
            text: &document,
        };
        let document = Document::parse(&source, &mut Diagnostics::default()).expect("JSON");
        let mut reader = Reader::new(&document, |_| None);
        let at = Cursor::root(&document).get("schema").expect("a schema");
        let schema = reader.schema(&at);
        (schema, reader.findings.to_string())
    }

    #[test]
    fn what_cannot_be_checked_is_named_with_its_place() {
        for (json, message) in [
            (json!({ "type": ["nil"] }), "unknown-type"),
            (
                json!({ "allOf": [{ "type": "string" }, { "type": "object" }] }),
                "#/schema/allOf/1/type: no value is of all the types",
            ),
            (json!({ "$ref": "#/nowhere" }), "leads to nothing"),
            (json!({ "$ref": "other.yaml#/a" }), "leads to nothing"),
            (
                json!({ "items": { "not": {} } }),
                "#/schema/items/not: values are not checked against `not`",
            ),
            (json!({ "pattern": "(?=a)" }), "texts are not checked"),
        ] {
            let (_, findings) = schema(&json, "3.0.4");
            assert!(findings.contains(message), "{findings}");
        }
    }

    #[test]
    fn a_schema_may_hold_itself_and_be_an_alternative_of_its_own_base() {
        let json = json!({
            "properties": { "inner": { "$ref": "#/schema" }, "pet": { "$ref": "#/schema/definitions/Pet" } },
            "definitions": {
                "Pet": {
                    "properties": { "name": { "type": "string" } },
                    "discriminator": { "propertyName": "kind" },
                    "oneOf": [{ "$ref": "#/schema/definitions/Cat" }],
                },
                "Cat": { "allOf": [{ "$ref": "#/schema/definitions/Pet" }, { "required": ["claws"] }] },
            },
        });
        let (schema, _) = schema(&json, "3.0.4");
        let inner = schema.property("inner").expect("inner");
        let pet = inner.property("pet").expect("a pet");
        let cat = pet.tagged(&json!({ "kind": "Cat" })).expect("a cat");
        assert!(cat.property("name").is_some() && cat.required.contains("claws"));
    }

    #[test]
    fn newer_words_say_the_same_as_older_ones() {
        let newer = json!({ "type": ["integer", "null"], "exclusiveMinimum": 3, "const": 4 });
        let older = json!({ "type": "integer", "nullable": true, "minimum": 3, "exclusiveMinimum": true, "enum": [4] });
        for (json, version) in [(newer, "3.1.0"), (older, "3.0.4")] {
            let (schema, findings) = schema(&json, version);
            assert_eq!(findings, "nothing to report");
            let bound = Bound {
                value: 3.0,
                open: true,
            };
            assert_eq!(schema.least, Some(bound));
            assert_eq!(schema.json_type(), Some(JsonType::Integer));
            assert_eq!(schema.values, Some(vec![json!(4)]));
            assert!(schema.nullable);
        }
    }
}
