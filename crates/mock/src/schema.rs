//! Schemas, with `$ref` and `allOf` resolved.

use std::collections::{BTreeMap, BTreeSet};

use regex_lite::Regex;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};

/// The deepest nesting that is read: a schema that contains itself would have no end.
const DEEPEST: usize = 40;

/// The document is not one that this crate can serve.
#[derive(Clone, Debug, thiserror::Error)]
#[error("{0}")]
pub(crate) struct DocumentError(pub(crate) String);

/// One schema. A keyword that is absent demands nothing. One that is not listed here is refused, which is better than a
/// server that accepts what the document forbids.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct Schema {
    #[serde(rename = "type")]
    pub(crate) json_type: Option<JsonType>,
    pub(crate) nullable: bool,
    #[serde(rename = "enum")]
    pub(crate) values: Option<Vec<Value>>,
    /// What each of the values means; empty where the document does not say.
    #[serde(rename = "x-enum-descriptions")]
    pub(crate) value_descriptions: Vec<String>,
    pub(crate) minimum: Option<f64>,
    pub(crate) maximum: Option<f64>,
    pub(crate) min_length: Option<u64>,
    pub(crate) max_length: Option<u64>,
    pub(crate) min_items: Option<u64>,
    pub(crate) max_items: Option<u64>,
    #[serde(deserialize_with = "pattern")]
    pub(crate) pattern: Option<Regex>,
    pub(crate) format: Option<String>,
    pub(crate) default: Option<Value>,
    pub(crate) items: Option<Box<Schema>>,
    pub(crate) properties: BTreeMap<String, Schema>,
    pub(crate) required: BTreeSet<String>,
    /// What members that are not in `properties` are, where the schema is a map.
    #[serde(rename = "additionalProperties")]
    pub(crate) additional: Option<Box<Schema>>,
    /// Exactly one of these fits.
    pub(crate) one_of: Vec<Schema>,
    /// At least one of these fits.
    pub(crate) any_of: Vec<Schema>,
    discriminator: Option<Discriminator>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Discriminator {
    property_name: String,
}

/// `type`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
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
    pub(crate) fn read(document: &Value, node: &Value) -> Result<Schema, DocumentError> {
        let schema = inlined(document, node, DEEPEST)?;
        Schema::deserialize(Value::Object(schema))
            .map_err(|error| DocumentError(format!("the server cannot check a schema: {error}")))
    }

    /// Whether this is the content of a file.
    pub(crate) fn is_file(&self) -> bool {
        self.json_type == Some(JsonType::String) && self.format.as_deref() == Some("binary")
    }

    pub(crate) fn property(&self, name: &str) -> Option<&Schema> {
        self.properties.get(name)
    }

    /// The property whose value tells the branches of `one_of` apart.
    pub(crate) fn tag(&self) -> Option<&str> {
        Some(&self.discriminator.as_ref()?.property_name)
    }

    /// The only value that the property `name` may have, where there is only one.
    pub(crate) fn only_value(&self, name: &str) -> Option<&str> {
        match self.property(name)?.values.as_deref()? {
            [Value::String(only)] => Some(only),
            _ => None,
        }
    }
}

fn pattern<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Regex>, D::Error> {
    let pattern = String::deserialize(deserializer)?;
    Regex::new(&pattern).map(Some).map_err(D::Error::custom)
}

/// A schema with what it refers to and with the parts of its `allOf`, and without keywords that demand nothing.
fn inlined(
    document: &Value,
    node: &Value,
    depth: usize,
) -> Result<Map<String, Value>, DocumentError> {
    let error = |message: &str| DocumentError(format!("{message}: {node}"));
    let depth = depth.checked_sub(1);
    let depth = depth.ok_or_else(|| error("a schema contains itself"))?;
    if node.get("$ref").is_some() {
        return inlined(document, resolve(document, node)?, depth);
    }
    let nested = |node: &Value| inlined(document, node, depth).map(Value::Object);
    let mut schema = Map::new();
    for (key, value) in node.as_object().ok_or_else(|| error("not a schema"))? {
        let value = match (key.as_str(), value) {
            ("allOf", Value::Array(parts)) => {
                for part in parts {
                    merge(&mut schema, inlined(document, part, depth)?)?;
                }
                continue;
            }
            ("oneOf" | "anyOf", Value::Array(branches)) => {
                branches.iter().map(nested).collect::<Result<Value, _>>()?
            }
            ("properties", Value::Object(properties)) => {
                let properties = properties.iter();
                let properties = properties.map(|(name, it)| Ok((name.clone(), nested(it)?)));
                Value::Object(properties.collect::<Result<_, DocumentError>>()?)
            }
            ("items", _) | ("additionalProperties", Value::Object(_)) => nested(value)?,
            ("title" | "description" | "example" | "deprecated" | "externalDocs", _)
            | ("readOnly" | "writeOnly" | "additionalProperties", _) => continue,
            (other, _) if other.starts_with("x-") && other != "x-enum-descriptions" => continue,
            _ => value.clone(),
        };
        merge(&mut schema, [(key.clone(), value)])?;
    }
    Ok(schema)
}

/// Adds the demands of a part of an `allOf` to those of the others. A keyword may occur twice with the same value.
fn merge(
    schema: &mut Map<String, Value>,
    part: impl IntoIterator<Item = (String, Value)>,
) -> Result<(), DocumentError> {
    for (key, value) in part {
        match (key.as_str(), schema.get_mut(&key), value) {
            (_, None, value) => drop(schema.insert(key, value)),
            ("required", Some(Value::Array(known)), Value::Array(more)) => known.extend(more),
            ("properties", Some(Value::Object(known)), Value::Object(more)) => {
                for (name, more) in more {
                    let known = known
                        .entry(name)
                        .or_insert_with(|| Value::Object(Map::new()));
                    if let (Value::Object(known), Value::Object(more)) = (known, more) {
                        merge(known, more)?;
                    }
                }
            }
            // Whether the whole may be null only an `allOf` of one part can say for sure.
            ("nullable", Some(Value::Bool(known)), Value::Bool(more)) => *known |= more,
            (_, Some(known), value) if *known == value => {}
            (_, Some(known), value) => {
                let message = format!("an allOf demands that `{key}` be {known}, and {value}");
                return Err(DocumentError(message));
            }
        }
    }
    Ok(())
}

/// The node itself or, if it is a reference, what that leads to.
pub(crate) fn resolve<'d>(
    document: &'d Value,
    node: &'d Value,
) -> Result<&'d Value, DocumentError> {
    let Some(reference) = node.get("$ref") else {
        return Ok(node);
    };
    let pointer = reference.as_str().and_then(|it| it.strip_prefix('#'));
    let target = pointer.and_then(|pointer| document.pointer(pointer));
    target.ok_or_else(|| DocumentError(format!("{reference} leads nowhere")))
}

#[cfg(test)]
pub(crate) mod tests {
    use serde_json::json;

    use super::*;

    /// The schema that this JSON is, and other schemas that it may refer to.
    pub(crate) fn schema(schema: &Value) -> Result<Schema, DocumentError> {
        Schema::read(schema, schema)
    }

    #[test]
    fn what_cannot_be_checked_is_refused() {
        for (json, message) in [
            (json!({ "type": ["null"] }), "expected string"),
            (json!({ "minimum": "1" }), "expected f64"),
            (
                json!({ "allOf": [{ "type": "string" }, { "type": "object" }] }),
                "an allOf demands that `type` be \"string\", and \"object\"",
            ),
            (json!({ "$ref": "#/nowhere" }), "leads nowhere"),
            (
                json!({ "properties": { "a": { "$ref": "#" } } }),
                "a schema contains itself",
            ),
            (json!({ "not": {} }), "unknown field `not`"),
            (json!({ "multipleOf": {} }), "unknown field `multipleOf`"),
            (json!({ "uniqueItems": {} }), "unknown field `uniqueItems`"),
        ] {
            let error = schema(&json).expect_err(message).to_string();
            assert!(error.contains(message), "{error}");
        }
    }
}
