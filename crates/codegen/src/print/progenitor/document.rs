//! The document that progenitor is given: the IR again, in the part of OpenAPI that progenitor takes without loss.
//!
//! Operations, enums, unions, forms and errors are taken out; a name stands in place of a type. Every name is a number (`T0004`, `f0001`),
//! so that nothing progenitor does to names can change or merge them; [`crate::print::progenitor::polish`] puts the real ones back.

use openapiv3::OpenAPI;
use serde_json::{Map, Value, json};

use crate::ir::{Field, Ir, Struct, Type, TypeId, TypeKind};

/// The stand-in for a timestamp, which has a type of its own in the runtime.
pub(crate) const TIMESTAMP: &str = "Timestamp0000";

pub(crate) fn type_name(id: TypeId) -> String {
    format!("T{id:04}")
}

pub(crate) fn field_name(index: usize) -> String {
    format!("f{index:04}")
}

/// The document for progenitor.
pub(crate) fn lower(ir: &Ir) -> Result<OpenAPI, serde_json::Error> {
    let mut schemas = Map::new();
    schemas.insert(TIMESTAMP.to_owned(), json!({ "type": "string" }));
    for (id, ty) in ir.types.iter().enumerate().filter(|(_, ty)| ty.in_json) {
        let schema = match &ty.kind {
            TypeKind::Struct(object) => structure(object, &ty.doc),
            // Replaced by what is emitted for it; its shape here is never looked at.
            _ => json!({ "type": "string" }),
        };
        schemas.insert(type_name(id), schema);
    }
    serde_json::from_value(json!({
        "openapi": "3.0.3",
        "info": { "title": ir.title, "version": ir.version },
        "paths": {},
        "components": { "schemas": schemas },
    }))
}

fn structure(object: &Struct, doc: &str) -> Value {
    let mut properties = Map::new();
    let mut required = Vec::new();
    for (index, field) in object.fields.iter().enumerate() {
        properties.insert(field_name(index), property(field));
        if field.required {
            required.push(field_name(index));
        }
    }
    let extra = object
        .extra
        .as_ref()
        .map_or(Value::Bool(object.fields.is_empty()), schema);
    let mut value = json!({ "type": "object", "description": doc, "properties": properties, "required": required });
    // With neither properties nor additional ones, `false` makes it a struct rather than a map.
    value["additionalProperties"] = if object.fields.is_empty() && object.extra.is_none() {
        Value::Bool(false)
    } else {
        extra
    };
    if object.extra.is_none() && !object.fields.is_empty() {
        value
            .as_object_mut()
            .map(|value| value.remove("additionalProperties"));
    }
    value
}

fn property(field: &Field) -> Value {
    // A null list is an empty one.
    let nullable = field.nullable && !matches!(field.ty, Type::Array(_) | Type::Map(_));
    let ty = if nullable {
        Type::Nullable(Box::new(field.ty.clone()))
    } else {
        field.ty.clone()
    };
    schema(&ty)
}

fn schema(ty: &Type) -> Value {
    match ty {
        Type::Any => json!({}),
        Type::Bool => json!({ "type": "boolean" }),
        Type::Integer(kind) => json!({ "type": "integer", "format": integer_format(kind) }),
        Type::Float("f32") => json!({ "type": "number", "format": "float" }),
        Type::Float(_) => json!({ "type": "number", "format": "double" }),
        Type::String | Type::File => json!({ "type": "string" }),
        Type::Timestamp => json!({ "$ref": format!("#/components/schemas/{TIMESTAMP}") }),
        Type::Named(id) => json!({ "$ref": format!("#/components/schemas/{}", type_name(*id)) }),
        Type::Array(member) => json!({ "type": "array", "items": schema(member) }),
        Type::Map(values) => json!({ "type": "object", "additionalProperties": schema(values) }),
        Type::Nullable(inner) => match schema(inner) {
            reference if reference.get("$ref").is_some() => {
                json!({ "nullable": true, "allOf": [reference] })
            }
            mut plain => {
                if !matches!(**inner, Type::Any) {
                    plain["nullable"] = Value::Bool(true);
                }
                plain
            }
        },
    }
}

fn integer_format(rust: &str) -> String {
    match rust.split_at_checked(1) {
        Some(("u", bits)) => format!("uint{bits}"),
        Some((_, bits)) => format!("int{bits}"),
        None => "int64".to_owned(),
    }
}
