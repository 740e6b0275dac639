//! Turns a schema into one line for each field that it has, at whatever depth: the form of `tests/data/`.

use std::collections::BTreeMap;
use std::fmt;

use serde_json::{Map, Value};

use crate::conformance::document::Document;

/// A field, parameter, member of an array or value of a map.
pub(crate) struct Field {
    pub(crate) path: String,
    kind: String,
    required: bool,
    nullable: bool,
    /// `value=name` of every value that has a name.
    pub(crate) names: Vec<String>,
    /// All descriptions that apply, the nearest first.
    pub(crate) description: String,
}

impl fmt::Display for Field {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} {}", self.path, self.kind)?;
        if self.required {
            out.write_str(" required")?;
        }
        if self.nullable {
            out.write_str(" nullable")?;
        }
        Ok(())
    }
}

/// A schema with its `$ref` and `allOf` worked in, and its alternatives side by side.
#[derive(Default)]
struct Shape {
    keywords: Map<String, Value>,
    /// Members by name, each with every schema that it has to fit.
    members: Vec<(String, Vec<Value>)>,
    required: Vec<String>,
    nullable: bool,
    /// Whether null fits all parts of the `allOf`, where there is one.
    parts_nullable: Option<bool>,
    alternatives: Vec<Shape>,
    descriptions: Vec<String>,
}

/// The fields of each part of each operation: `listChats query`, `startChat form`, `getChat 200`.
pub(crate) fn of_the_document(document: &Document) -> BTreeMap<String, Vec<Field>> {
    let mut parts = BTreeMap::<String, Vec<Field>>::new();
    for operation in document.operations() {
        for parameter in operation.parameters() {
            let part = parts
                .entry(format!("{} {}", operation.id, parameter.place))
                .or_default();
            collect(
                document,
                parameter.schema,
                parameter.name,
                parameter.required,
                parameter.description,
                part,
            );
        }
        if let Some(body) = operation.body() {
            let part = parts.entry(format!("{} form", operation.id)).or_default();
            collect_members(document, &body.content["schema"], part);
        }
        for response in operation.successes() {
            if let Some(body) = &response.body {
                let part = parts.entry(format!("{} {}", operation.id, response.status));
                let part = part.or_default();
                collect_members(document, &body.content["schema"], part);
            }
        }
    }
    parts
}

/// The field at `path` and everything below it.
pub(crate) fn collect(
    document: &Document,
    schema: &Value,
    path: &str,
    required: bool,
    description: &str,
    out: &mut Vec<Field>,
) {
    let mut shape = Shape::of(document, schema);
    if !description.is_empty() {
        shape.descriptions.insert(0, description.to_owned());
    }
    shape.collect(document, path, required, out);
}

/// The members of an object, without a line for the object itself.
pub(crate) fn collect_members(document: &Document, schema: &Value, out: &mut Vec<Field>) {
    let shape = Shape::of(document, schema);
    assert_eq!(shape.kind(), "object");
    shape.collect_below(document, "", out);
}

impl Shape {
    fn of(document: &Document, schema: &Value) -> Self {
        let mut shape = Self::default();
        let schema = document
            .resolve(schema)
            .as_object()
            .expect("a schema is an object");
        for (keyword, value) in schema {
            shape.take(document, keyword, value);
        }
        // `nullable` widens the type beside it; null has to fit every part of an `allOf` all the same.
        shape.nullable = shape.parts_nullable.unwrap_or(shape.nullable);
        // One alternative and null is that alternative, nullable.
        if shape.alternatives.len() == 1 {
            let only = shape.alternatives.remove(0);
            shape.nullable |= only.nullable;
            shape.merge(only);
        }
        shape
    }

    fn take(&mut self, document: &Document, keyword: &str, value: &Value) {
        let list = || {
            value
                .as_array()
                .unwrap_or_else(|| panic!("{keyword} is not a list: {value}"))
        };
        match keyword {
            "allOf" => {
                let parts: Vec<Shape> =
                    list().iter().map(|part| Self::of(document, part)).collect();
                let nullable = parts.iter().all(|part| part.nullable);
                self.parts_nullable = Some(nullable);
                parts.into_iter().for_each(|part| self.merge(part));
            }
            "oneOf" | "anyOf" => {
                for branch in list().iter().map(|branch| Self::of(document, branch)) {
                    self.nullable |= branch.nullable;
                    if branch.keywords.get("enum") == Some(&Value::Array(vec![Value::Null])) {
                        continue;
                    }
                    if branch.alternatives.is_empty() {
                        self.alternatives.push(branch);
                    } else {
                        self.alternatives.extend(branch.alternatives);
                    }
                }
            }
            "properties" => {
                let members = value.as_object().expect("properties is an object");
                members
                    .iter()
                    .for_each(|(name, schema)| self.add_member(name, std::slice::from_ref(schema)));
            }
            "required" => self.required.extend(
                list()
                    .iter()
                    .map(|it| it.as_str().expect("a name").to_owned()),
            ),
            "nullable" => self.nullable |= value == true,
            "description" => self
                .descriptions
                .insert(0, value.as_str().unwrap_or_default().to_owned()),
            "type"
            | "format"
            | "pattern"
            | "enum"
            | "minimum"
            | "maximum"
            | "minLength"
            | "maxLength"
            | "minItems"
            | "maxItems"
            | "default"
            | "items"
            | "additionalProperties"
            | "x-enum-varnames" => {
                self.keywords.insert(keyword.to_owned(), value.clone());
            }
            "title" | "example" | "discriminator" | "x-enum-descriptions" => {}
            other => panic!("the pages' tables do not know `{other}`"),
        }
    }

    fn add_member(&mut self, name: &str, schemas: &[Value]) {
        match self.members.iter_mut().find(|member| member.0 == name) {
            Some(member) => member.1.extend_from_slice(schemas),
            None => self.members.push((name.to_owned(), schemas.to_vec())),
        }
    }

    fn merge(&mut self, other: Self) {
        for (keyword, value) in other.keywords {
            // What is nearer has the say, save about the type, which all must have.
            let mine = self
                .keywords
                .entry(keyword.clone())
                .or_insert_with(|| value.clone());
            assert!(
                keyword != "type" || *mine == value,
                "{mine} and {value} at once"
            );
        }
        other
            .members
            .iter()
            .for_each(|(name, schemas)| self.add_member(name, schemas));
        self.required.extend(other.required);
        self.alternatives.extend(other.alternatives);
        self.descriptions.extend(other.descriptions);
    }

    fn collect(&self, document: &Document, path: &str, required: bool, out: &mut Vec<Field>) {
        let (kind, nullable) = (self.kind(), self.nullable);
        out.push(Field {
            path: path.to_owned(),
            kind,
            required,
            nullable,
            names: self.names(),
            description: self.descriptions.join("\n"),
        });
        self.collect_below(document, path, out);
    }

    fn collect_below(&self, document: &Document, path: &str, out: &mut Vec<Field>) {
        for name in &self.required {
            assert!(
                self.members.iter().any(|member| member.0 == *name),
                "{path}: `{name}` is required and not declared"
            );
        }
        for (name, schemas) in &self.members {
            let dot = if path.is_empty() { "" } else { "." };
            let schema = serde_json::json!({ "allOf": schemas });
            collect(
                document,
                &schema,
                &format!("{path}{dot}{name}"),
                self.required.contains(name),
                "",
                out,
            );
        }
        if let Some(items) = self.keywords.get("items") {
            collect(document, items, &format!("{path}[]"), false, "", out);
        }
        if let Some(values) = self.keywords.get("additionalProperties") {
            collect(document, values, &format!("{path}{{}}"), false, "", out);
        }
        for alternative in self.alternatives.iter().filter(|it| it.kind() == "object") {
            alternative.collect_below(
                document,
                &format!("{path}<{}>", self.label(alternative)),
                out,
            );
        }
    }

    fn names(&self) -> Vec<String> {
        let list = |keyword| {
            self.keywords
                .get(keyword)
                .and_then(Value::as_array)
                .into_iter()
                .flatten()
        };
        let pairs = list("enum").zip(list("x-enum-varnames"));
        let own =
            pairs.map(|(value, name)| format!("{value}={}", name.as_str().unwrap_or_default()));
        own.chain(self.alternatives.iter().flat_map(Self::names))
            .collect()
    }

    /// What sets one alternative apart: the one value of its tag, or else the first member that no other has.
    fn label(&self, alternative: &Shape) -> String {
        for (_, schemas) in &alternative.members {
            if let Some([Value::String(value)]) = schemas[0]
                .get("enum")
                .and_then(Value::as_array)
                .map(Vec::as_slice)
            {
                return value.clone();
            }
        }
        let others = || {
            self.alternatives
                .iter()
                .filter(|it| !std::ptr::eq(*it, alternative))
        };
        let own = alternative
            .members
            .iter()
            .find(|(name, _)| !others().any(|it| it.members.iter().any(|m| m.0 == *name)));
        own.expect("a member of its own").0.clone()
    }

    fn kind(&self) -> String {
        if !self.alternatives.is_empty() {
            let kinds =
                self.alternatives
                    .iter()
                    .map(|alternative| match alternative.kind().as_str() {
                        "object" => format!("<{}>", self.label(alternative)),
                        kind => kind.to_owned(),
                    });
            return kinds.collect::<Vec<_>>().join(" or ");
        }
        let plain = |value: &Value| {
            value
                .as_str()
                .map_or_else(|| value.to_string(), str::to_owned)
        };
        let keyword = |name: &str| self.keywords.get(name).map(plain);
        let base = keyword("type").unwrap_or_else(|| panic!("no type: {:?}", self.descriptions));
        let mut kind = match (base.as_str(), keyword("format").as_deref()) {
            ("string", Some("date-time")) => "time".to_owned(),
            ("string", Some("binary")) => "file".to_owned(),
            ("object", None) if self.keywords.contains_key("additionalProperties") => {
                "map".to_owned()
            }
            (_, None) => base.clone(),
            (_, Some(format)) => format!("{base} {format}"),
        };
        for (name, bound) in [
            ("minLength", "length>="),
            ("maxLength", "length<="),
            ("minItems", "items>="),
            ("maxItems", "items<="),
        ] {
            if let Some(value) = keyword(name) {
                kind += &format!(" {bound}{value}");
            }
        }
        match (keyword("minimum"), keyword("maximum")) {
            (None, None) => {}
            (minimum, maximum) => {
                kind += &format!(
                    " {}..{}",
                    minimum.unwrap_or_default(),
                    maximum.unwrap_or_default()
                )
            }
        }
        if let Some(values) = self.keywords.get("enum").and_then(Value::as_array) {
            kind += &format!(
                " in[{}]",
                values.iter().map(plain).collect::<Vec<_>>().join(" ")
            );
        }
        if let Some(default) = keyword("default") {
            kind += &format!(" default={default}");
        }
        kind
    }
}
