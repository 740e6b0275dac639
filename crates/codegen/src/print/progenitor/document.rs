//! The document that progenitor is given: the objects of the IR that travel as JSON, under their own names.
//!
//! What stands here is what progenitor prints well. What it does not is kept from it by hooks of its own: enums, unions and
//! timestamps are replaced by types that are printed elsewhere (see [`settings`](super::settings)), and where it would add
//! something that is not meant, `x-rust-type` names the Rust type. Limits and defaults stay in the descriptions: as keywords they
//! would be enforced while a response is decoded, and every default would always be sent.

use std::collections::BTreeMap;

use openapiv3::{Components, OpenAPI, ReferenceOr};
use serde_json::{Map, Value, json};

use crate::{
    ir::{
        Field, Ir, Struct, Type, TypeId, TypeKind,
        reach::{held, holds},
    },
    names::{Names, is_pascal},
};

/// The document for progenitor.
pub(super) struct Document<'m> {
    ir: &'m Ir,
    /// The names of types that progenitor would spell in another way, and what stands for each.
    stand_ins: BTreeMap<TypeId, String>,
}

impl<'m> Document<'m> {
    pub(super) fn new(ir: &'m Ir) -> Self {
        let mut names = Names::reserving(ir.types.iter().map(|ty| ty.name.as_str()));
        let types = ir.types.iter().enumerate();
        let stand_ins = types.filter(|(_, ty)| !is_pascal(&ty.name));
        let stand_ins = stand_ins.map(|(id, _)| (id, names.claim("Schema", "Schema")));
        Self {
            ir,
            stand_ins: stand_ins.collect(),
        }
    }

    /// What a type is called in this document.
    pub(super) fn name(&self, id: TypeId) -> &str {
        let own = &self.ir.types[id].name;
        self.stand_ins.get(&id).unwrap_or(own)
    }

    pub(super) fn build(&self) -> Result<OpenAPI, serde_json::Error> {
        let mut components = Components::default();
        let types = self.ir.types.iter().enumerate();
        for (id, ty) in types.filter(|(_, ty)| ty.in_json) {
            let mut schema = match &ty.kind {
                TypeKind::Struct(object) => self.object(id, object),
                // Replaced by what is printed elsewhere, whatever stands here.
                _ => json!({}),
            };
            describe(&mut schema, &ty.doc);
            let schema = ReferenceOr::Item(serde_json::from_value(schema)?);
            components.schemas.insert(self.name(id).to_owned(), schema);
        }
        Ok(OpenAPI {
            openapi: "3.0.3".to_owned(),
            components: Some(components),
            ..OpenAPI::default()
        })
    }

    fn object(&self, id: TypeId, object: &Struct) -> Value {
        let properties = object.fields.iter().map(|field| {
            let mut schema = self.property(id, field);
            describe(&mut schema, &field.doc);
            (field.name.clone(), schema)
        });
        let properties: Map<String, Value> = properties.collect();
        let required = object.fields.iter().filter(|field| field.required);
        let required: Vec<&String> = required.map(|field| &field.name).collect();
        let mut schema =
            json!({ "type": "object", "properties": properties, "required": required });
        if let Some(extra) = &object.extra {
            schema["additionalProperties"] = self.schema(extra);
        }
        schema
    }

    fn property(&self, owner: TypeId, field: &Field) -> Value {
        let schema = self.schema(&field.ty);
        match field.ty {
            // A null list is an empty one.
            Type::Array(_) | Type::Map(_) | Type::Any => schema,
            _ if !field.nullable => schema,
            _ if !field.required => nullable(schema),
            // As `nullable`, it would have to be there: progenitor's own way to say so refuses an absent one. Nor does it look
            // for recursion in what is said in this way.
            _ => match held(&field.ty).is_some_and(|held| holds(self.ir, held, owner)) {
                true => rust_type("std::option::Option", rust_type("std::boxed::Box", schema)),
                false => rust_type("std::option::Option", schema),
            },
        }
    }

    fn schema(&self, ty: &Type) -> Value {
        match ty {
            Type::Any => json!({}),
            Type::Bool => json!({ "type": "boolean" }),
            Type::Integer(kind) => json!({ "type": "integer", "format": integer_format(kind) }),
            Type::Float("f32") => json!({ "type": "number", "format": "float" }),
            Type::Float(_) => json!({ "type": "number", "format": "double" }),
            Type::String | Type::File => json!({ "type": "string" }),
            Type::Timestamp => json!({ "type": "string", "format": "date-time" }),
            Type::Named(id) => {
                // In `allOf`, because what stands beside a reference is ignored.
                json!({ "allOf": [{ "$ref": format!("#/components/schemas/{}", self.name(*id)) }] })
            }
            Type::Array(member) => json!({ "type": "array", "items": self.schema(member) }),
            Type::Map(values) => {
                json!({ "type": "object", "additionalProperties": self.schema(values) })
            }
            Type::Nullable(inner) if matches!(**inner, Type::Any) => self.schema(inner),
            Type::Nullable(inner) => nullable(self.schema(inner)),
        }
    }
}

fn describe(schema: &mut Value, doc: &str) {
    if !doc.is_empty() {
        schema["description"] = doc.into();
    }
}

fn nullable(mut schema: Value) -> Value {
    schema["nullable"] = true.into();
    schema
}

/// A type of the standard library around another.
fn rust_type(path: &str, parameter: Value) -> Value {
    json!({ "x-rust-type": { "crate": "std", "version": "*", "path": path, "parameters": [parameter] } })
}

fn integer_format(rust: &str) -> String {
    match rust.split_at_checked(1) {
        Some(("u", bits)) => format!("uint{bits}"),
        Some((_, bits)) => format!("int{bits}"),
        None => "int64".to_owned(),
    }
}
