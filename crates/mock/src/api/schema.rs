//! Schemas, with `$ref` and `allOf` resolved.

use std::collections::BTreeSet;

use postpress_openapi::{Document, Entry, Node};
use regex_lite::Regex;
use serde_json::Value;

use super::{DocumentError, items, member, members, resolve, text};

/// The deepest nesting that is read: a schema that contains itself would have no end.
const DEEPEST: usize = 40;

/// One schema. A keyword that is absent demands nothing.
#[derive(Clone, Debug, Default)]
pub(crate) struct Schema {
    pub(crate) json_type: Option<JsonType>,
    pub(crate) nullable: bool,
    /// `enum`.
    pub(crate) values: Option<Vec<Value>>,
    /// What each of the values means; empty where the document does not say.
    pub(crate) value_descriptions: Vec<String>,
    pub(crate) minimum: Option<f64>,
    pub(crate) maximum: Option<f64>,
    pub(crate) min_length: Option<u64>,
    pub(crate) max_length: Option<u64>,
    pub(crate) min_items: Option<u64>,
    pub(crate) max_items: Option<u64>,
    pub(crate) pattern: Option<Regex>,
    pub(crate) format: Option<String>,
    pub(crate) default: Option<Value>,
    pub(crate) items: Option<Box<Schema>>,
    pub(crate) properties: Vec<(String, Schema)>,
    pub(crate) required: BTreeSet<String>,
    /// What members that are not in `properties` are, where the schema is a map.
    pub(crate) additional: Option<Box<Schema>>,
    /// Exactly one of these fits.
    pub(crate) one_of: Vec<Schema>,
    /// At least one of these fits.
    pub(crate) any_of: Vec<Schema>,
    /// The property that tells the branches of `one_of` apart.
    pub(crate) discriminator: Option<String>,
}

/// `type`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum JsonType {
    String,
    Integer,
    Number,
    Boolean,
    Array,
    Object,
}

impl Schema {
    /// Reads the schema `node` of a document.
    pub(crate) fn read(document: &Document, node: &Node) -> Result<Schema, DocumentError> {
        Schema::default().narrowed(document, node, DEEPEST)
    }

    /// Whether this is the content of a file.
    pub(crate) fn is_file(&self) -> bool {
        self.json_type == Some(JsonType::String) && self.format.as_deref() == Some("binary")
    }

    pub(crate) fn property(&self, name: &str) -> Option<&Schema> {
        let found = self.properties.iter().find(|(key, _)| key == name)?;
        Some(&found.1)
    }

    /// The only value that the property `name` may have, where there is only one.
    pub(crate) fn only_value(&self, name: &str) -> Option<&str> {
        match self.property(name)?.values.as_deref()? {
            [Value::String(only)] => Some(only),
            _ => None,
        }
    }

    /// This schema with the demands of `node` added, as `allOf` does.
    fn narrowed(
        mut self,
        document: &Document,
        node: &Node,
        depth: usize,
    ) -> Result<Schema, DocumentError> {
        let Some(depth) = depth.checked_sub(1) else {
            return Err(DocumentError::new("a schema contains itself"));
        };
        let nested = |node| Schema::default().narrowed(document, node, depth);
        let branches = |node| {
            items(node)?
                .iter()
                .map(nested)
                .collect::<Result<Vec<_>, _>>()
        };
        for Entry { key, value, .. } in members(resolve(document, node)?)? {
            match key.as_str() {
                "type" => set(&mut self.json_type, Some(json_type(value)?), key, value)?,
                // A part that may be null: the whole may be when nothing else forbids it, which only an `allOf` of one
                // part is sure of.
                "nullable" => self.nullable |= value.as_bool() == Some(true),
                "enum" => {
                    let values = items(value)?.iter().map(Node::to_json).collect();
                    set(&mut self.values, Some(values), key, value)?;
                }
                "x-enum-descriptions" => {
                    let descriptions = items(value)?.iter().map(|it| text(it).map(str::to_owned));
                    self.value_descriptions = descriptions.collect::<Result<_, _>>()?;
                }
                "minimum" => set(&mut self.minimum, value.as_f64(), key, value)?,
                "maximum" => set(&mut self.maximum, value.as_f64(), key, value)?,
                "minLength" => set(&mut self.min_length, count(value), key, value)?,
                "maxLength" => set(&mut self.max_length, count(value), key, value)?,
                "minItems" => set(&mut self.min_items, count(value), key, value)?,
                "maxItems" => set(&mut self.max_items, count(value), key, value)?,
                "pattern" => self.pattern = Some(pattern(value)?),
                "format" => set(
                    &mut self.format,
                    value.as_str().map(str::to_owned),
                    key,
                    value,
                )?,
                "default" => set(&mut self.default, Some(value.to_json()), key, value)?,
                "items" => self.items = Some(Box::new(nested(value)?)),
                "properties" => {
                    for Entry { key, value, .. } in members(value)? {
                        match self.properties.iter_mut().find(|(known, _)| known == key) {
                            Some((_, known)) => {
                                *known = std::mem::take(known).narrowed(document, value, depth)?;
                            }
                            None => self.properties.push((key.clone(), nested(value)?)),
                        }
                    }
                }
                "required" => {
                    for name in items(value)? {
                        self.required.insert(text(name)?.to_owned());
                    }
                }
                "additionalProperties" if value.as_object().is_some() => {
                    self.additional = Some(Box::new(nested(value)?));
                }
                "oneOf" if self.one_of.is_empty() => self.one_of = branches(value)?,
                "anyOf" if self.any_of.is_empty() => self.any_of = branches(value)?,
                "discriminator" => {
                    let name = text(member(value, "propertyName")?)?.to_owned();
                    set(&mut self.discriminator, Some(name), key, value)?;
                }
                "allOf" => {
                    for part in items(value)? {
                        self = self.narrowed(document, part, depth)?;
                    }
                }
                "title" | "description" | "example" | "deprecated" | "readOnly" | "writeOnly"
                | "externalDocs" => {}
                other if other.starts_with("x-") => {}
                // Better than a server that accepts what the document forbids.
                other => {
                    let line = value.at.line;
                    let message = format!("line {line}: the server cannot check this `{other}`");
                    return Err(DocumentError::new(message));
                }
            }
        }
        Ok(self)
    }
}

/// Sets a keyword. In the parts of an `allOf` it may occur twice with the same value.
fn set<T: PartialEq>(
    slot: &mut Option<T>,
    value: Option<T>,
    keyword: &str,
    node: &Node,
) -> Result<(), DocumentError> {
    if value.is_none() || slot.is_some() && *slot != value {
        let what = format!("a value of `{keyword}` that goes with the rest of the schema");
        return Err(DocumentError::expected(&what, node));
    }
    *slot = value;
    Ok(())
}

fn count(node: &Node) -> Option<u64> {
    node.as_i64()?.try_into().ok()
}

fn json_type(node: &Node) -> Result<JsonType, DocumentError> {
    Ok(match text(node)? {
        "string" => JsonType::String,
        "integer" => JsonType::Integer,
        "number" => JsonType::Number,
        "boolean" => JsonType::Boolean,
        "array" => JsonType::Array,
        "object" => JsonType::Object,
        other => return Err(DocumentError::new(format!("there is no type `{other}`"))),
    })
}

fn pattern(node: &Node) -> Result<Regex, DocumentError> {
    let pattern = text(node)?;
    Regex::new(pattern).map_err(|error| DocumentError::new(format!("`{pattern}`: {error}")))
}
