//! The document that progenitor is given: the IR again, in the part of OpenAPI that progenitor takes without loss.
//!
//! Enums, unions, forms and errors are taken out; a name stands in their place. Every name is a number (`T0004`, `P0001`),
//! so that nothing progenitor does to names can change or merge them; [`crate::print::progenitor::polish`] puts the real ones back.

use openapiv3::OpenAPI;
use serde_json::{Map, Value, json};

use crate::ir::{
    BodyKind, Field, Ir, Location, Operation, Parameter, Payload, Struct, Type, TypeId, TypeKind,
};

/// The stand-in for a timestamp, which has a type of its own in the runtime.
pub(crate) const TIMESTAMP: &str = "Timestamp0000";

pub(crate) fn type_name(id: TypeId) -> String {
    format!("T{id:04}")
}

pub(crate) fn field_name(index: usize) -> String {
    format!("f{index:04}")
}

pub(crate) fn parameter_name(index: usize) -> String {
    format!("p{index:04}")
}

pub(crate) fn operation_name(index: usize) -> String {
    format!("op{index:04}")
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
    let mut paths = Map::new();
    for (index, operation) in ir.operations.iter().enumerate() {
        let mut path = operation.path.clone();
        for (number, parameter) in operation
            .parameters
            .iter()
            .enumerate()
            .filter(|(_, p)| p.location == Location::Path)
        {
            path = path.replace(
                &format!("{{{}}}", parameter.name),
                &format!("{{{}}}", parameter_name(number)),
            );
        }
        // A second form of an operation must not take the place of the first.
        let path = format!("{path}#{index}");
        paths.insert(
            path,
            json!({ operation.method.as_str(): operation_object(index, operation) }),
        );
    }
    serde_json::from_value(json!({
        "openapi": "3.0.3",
        "info": { "title": ir.title, "version": ir.version },
        "paths": paths,
        "components": { "schemas": schemas },
    }))
}

fn operation_object(index: usize, operation: &Operation) -> Value {
    let parameters: Vec<Value> = operation
        .parameters
        .iter()
        .enumerate()
        .map(|(i, p)| parameter_object(i, p))
        .collect();
    let mut object = json!({ "operationId": operation_name(index), "parameters": parameters });
    let binary = json!({ "application/octet-stream": { "schema": { "type": "string", "format": "binary" } } });
    let content = operation.body.as_ref().map(|body| match &body.kind {
        BodyKind::Json(ty, _) | BodyKind::UrlEncoded(ty, _) => {
            json!({ "application/json": { "schema": schema(ty) } })
        }
        // A body of bytes keeps the place; what it really is, the polish pass writes.
        BodyKind::Form(_) | BodyKind::Text(_) | BodyKind::Binary(_) => binary,
    });
    if let Some(content) = content {
        object["requestBody"] = json!({ "required": true, "content": content });
    }
    let success = match &operation.success {
        Payload::Json(ty) => {
            json!({ "description": "", "content": { "application/json": { "schema": schema(ty) } } })
        }
        Payload::Text | Payload::Raw => {
            json!({ "description": "", "content": { "application/octet-stream": { "schema": { "type": "string", "format": "binary" } } } })
        }
        Payload::Empty => json!({ "description": "" }),
    };
    object["responses"] = json!({ "2XX": success });
    // One schema for all statuses: progenitor takes no more.
    if let Some(error) = &operation.error {
        object["responses"]["4XX"] = json!({ "description": "", "content": { "application/json": { "schema": schema(error) } } });
    }
    object
}

fn parameter_object(index: usize, parameter: &Parameter) -> Value {
    let (location, required) = match parameter.location {
        Location::Path => ("path", true),
        Location::Header => ("header", parameter.required),
        _ => ("query", parameter.required),
    };
    json!({ "name": parameter_name(index), "in": location, "required": required, "schema": schema(&parameter.ty) })
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
