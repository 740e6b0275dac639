//! Schemas, with `$ref` and `allOf` resolved.

use std::collections::BTreeSet;
use std::sync::Arc;

use regex_lite::Regex;
use serde_json::Value;

use super::DocumentError;

/// The deepest nesting that is read: a schema that contains itself would have no end.
const DEEPEST: usize = 40;

/// One schema. A keyword that is absent demands nothing.
#[derive(Clone, Debug, Default)]
pub(crate) struct Schema {
    pub(crate) kind: Option<Kind>,
    pub(crate) nullable: bool,
    pub(crate) values: Option<Vec<Value>>,
    pub(crate) minimum: Option<f64>,
    pub(crate) maximum: Option<f64>,
    pub(crate) min_length: Option<u64>,
    pub(crate) max_length: Option<u64>,
    pub(crate) min_items: Option<u64>,
    pub(crate) max_items: Option<u64>,
    pub(crate) pattern: Option<Regex>,
    pub(crate) format: Option<String>,
    pub(crate) default: Option<Value>,
    pub(crate) items: Option<Arc<Schema>>,
    pub(crate) properties: Vec<(String, Arc<Schema>)>,
    pub(crate) required: BTreeSet<String>,
    /// What members that are not in `properties` are, where the schema is a map.
    pub(crate) additional: Option<Arc<Schema>>,
    /// Exactly one of these fits.
    pub(crate) one_of: Vec<Arc<Schema>>,
    /// At least one of these fits.
    pub(crate) any_of: Vec<Arc<Schema>>,
    /// The property that tells the branches of `one_of` apart.
    pub(crate) discriminator: Option<String>,
}

/// `type`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    String,
    Integer,
    Number,
    Boolean,
    Array,
    Object,
}

impl Schema {
    /// Reads the schema `value` of the document `root`.
    pub(crate) fn read(root: &Value, value: &Value) -> Result<Schema, DocumentError> {
        read(root, value, DEEPEST)
    }

    /// Whether this is the content of a file.
    pub(crate) fn is_file(&self) -> bool {
        self.kind == Some(Kind::String) && self.format.as_deref() == Some("binary")
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
}

fn read(root: &Value, value: &Value, depth: usize) -> Result<Schema, DocumentError> {
    let Some(depth) = depth.checked_sub(1) else {
        return Err(DocumentError::new("a schema contains itself"));
    };
    let mut schema = Schema::default();
    let members = value
        .as_object()
        .ok_or_else(|| DocumentError::new(format!("this is not a schema: {value}")))?;
    if let Some(reference) = members.get("$ref") {
        return read(root, target(root, reference)?, depth);
    }
    let nested = |value: &Value| read(root, value, depth).map(Arc::new);
    let list = |value: &Value| -> Result<Vec<Arc<Schema>>, DocumentError> {
        array(value)?.iter().map(nested).collect()
    };
    for (keyword, value) in members {
        match keyword.as_str() {
            "type" => schema.kind = Some(kind(value)?),
            "nullable" => schema.nullable = value == true,
            "enum" => schema.values = Some(array(value)?.clone()),
            "minimum" => schema.minimum = value.as_f64(),
            "maximum" => schema.maximum = value.as_f64(),
            "minLength" => schema.min_length = value.as_u64(),
            "maxLength" => schema.max_length = value.as_u64(),
            "minItems" => schema.min_items = value.as_u64(),
            "maxItems" => schema.max_items = value.as_u64(),
            "pattern" => schema.pattern = Some(pattern(value)?),
            "format" => schema.format = value.as_str().map(str::to_owned),
            "items" => schema.items = Some(nested(value)?),
            "properties" => {
                for (name, property) in object(value)? {
                    schema.properties.push((name.clone(), nested(property)?));
                }
            }
            "required" => {
                let names = array(value)?.iter().filter_map(Value::as_str);
                schema.required.extend(names.map(str::to_owned));
            }
            "additionalProperties" if value.is_object() => schema.additional = Some(nested(value)?),
            "oneOf" => schema.one_of = list(value)?,
            "anyOf" => schema.any_of = list(value)?,
            "discriminator" => {
                schema.discriminator = value["propertyName"].as_str().map(str::to_owned);
            }
            // Below.
            "allOf" => {}
            "default" => schema.default = Some(value.clone()),
            "title" | "description" | "example" | "deprecated" | "readOnly" | "writeOnly"
            | "externalDocs" => {}
            other if other.starts_with("x-") => {}
            // Better than a server that takes what the document refuses.
            other => return Err(DocumentError::new(format!("`{other}` is not understood"))),
        }
    }
    for part in members
        .get("allOf")
        .map(array)
        .transpose()?
        .into_iter()
        .flatten()
    {
        narrow(&mut schema, read(root, part, depth)?)?;
    }
    Ok(schema)
}

/// Adds the demands of `other` to `schema`, as `allOf` does.
fn narrow(schema: &mut Schema, other: Schema) -> Result<(), DocumentError> {
    fn either<T: PartialEq>(
        mine: &mut Option<T>,
        other: Option<T>,
        keyword: &str,
    ) -> Result<(), DocumentError> {
        match (&mine, other) {
            (_, None) => {}
            (None, other) => *mine = other,
            (Some(one), Some(other)) if *one == other => {}
            _ => {
                return Err(DocumentError::new(format!(
                    "two different `{keyword}` in one `allOf`"
                )));
            }
        }
        Ok(())
    }
    either(&mut schema.kind, other.kind, "type")?;
    either(&mut schema.values, other.values, "enum")?;
    either(&mut schema.minimum, other.minimum, "minimum")?;
    either(&mut schema.maximum, other.maximum, "maximum")?;
    either(&mut schema.min_length, other.min_length, "minLength")?;
    either(&mut schema.max_length, other.max_length, "maxLength")?;
    either(&mut schema.min_items, other.min_items, "minItems")?;
    either(&mut schema.max_items, other.max_items, "maxItems")?;
    either(&mut schema.format, other.format, "format")?;
    either(&mut schema.default, other.default, "default")?;
    either(
        &mut schema.discriminator,
        other.discriminator,
        "discriminator",
    )?;
    // A part that may be null: the whole may be when nothing else forbids it, which only an `allOf` of one part is sure
    // of.
    schema.nullable |= other.nullable;
    if other.pattern.is_some() {
        schema.pattern = other.pattern;
    }
    if other.items.is_some() {
        schema.items = other.items;
    }
    if other.additional.is_some() {
        schema.additional = other.additional;
    }
    schema.required.extend(other.required);
    for (name, property) in other.properties {
        match schema
            .properties
            .iter_mut()
            .find(|(known, _)| *known == name)
        {
            Some((_, known)) => {
                let mut both = Schema::clone(known);
                narrow(&mut both, Schema::clone(&property))?;
                *known = Arc::new(both);
            }
            None => schema.properties.push((name, property)),
        }
    }
    for (mine, other) in [
        (&mut schema.one_of, other.one_of),
        (&mut schema.any_of, other.any_of),
    ] {
        match (mine.is_empty(), other.is_empty()) {
            (_, true) => {}
            (true, false) => *mine = other,
            (false, false) => return Err(DocumentError::new("two unions in one `allOf`")),
        }
    }
    Ok(())
}

/// What a `$ref` points to.
pub(super) fn target<'d>(root: &'d Value, reference: &Value) -> Result<&'d Value, DocumentError> {
    reference
        .as_str()
        .and_then(|reference| root.pointer(reference.strip_prefix('#')?))
        .ok_or_else(|| DocumentError::new(format!("nothing is at {reference}")))
}

pub(super) fn array(value: &Value) -> Result<&Vec<Value>, DocumentError> {
    value
        .as_array()
        .ok_or_else(|| DocumentError::new(format!("this is not a list: {value}")))
}

pub(super) fn object(value: &Value) -> Result<&serde_json::Map<String, Value>, DocumentError> {
    value
        .as_object()
        .ok_or_else(|| DocumentError::new(format!("this is not an object: {value}")))
}

fn kind(value: &Value) -> Result<Kind, DocumentError> {
    Ok(match value.as_str() {
        Some("string") => Kind::String,
        Some("integer") => Kind::Integer,
        Some("number") => Kind::Number,
        Some("boolean") => Kind::Boolean,
        Some("array") => Kind::Array,
        Some("object") => Kind::Object,
        _ => return Err(DocumentError::new(format!("there is no type {value}"))),
    })
}

fn pattern(value: &Value) -> Result<Regex, DocumentError> {
    let pattern = value.as_str().unwrap_or_default();
    Regex::new(pattern).map_err(|error| DocumentError::new(format!("`{pattern}`: {error}")))
}
