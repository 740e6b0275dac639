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
    ir::{Field, Holder, Ir, Struct, Type, TypeId, TypeKind, holders, is_record},
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
            schema["additionalProperties"] = self.values(extra, self.ir.types[id].only_received);
        }
        schema
    }

    fn property(&self, owner: TypeId, field: &Field) -> Value {
        // What is sent as well stays as simple as it is to make.
        let received = self.ir.types[owner].only_received;
        let holders = holders(self.ir, owner, field);
        let inner = match (&field.ty, holders.as_slice()) {
            // What is optional becomes an `Option` around these, which of lists and maps that it knows would be none.
            (Type::Map(values), [Holder::Option]) => {
                let values = self.parameter(values, received);
                let mut map = rust_type("std::collections::BTreeMap", values);
                let parameters = &mut map["x-rust-type"]["parameters"];
                *parameters = json!([{ "type": "string" }, parameters[0]]);
                map
            }
            (Type::Array(member), [Holder::Option]) => {
                rust_type("std::vec::Vec", self.parameter(member, received))
            }
            (ty, _) => self.schema(ty, received),
        };
        // As `nullable`, it would have to be there, and progenitor boxes the option with what is in it.
        let own = holders.iter().skip(usize::from(!field.required)).rev();
        own.fold(inner, |schema, holder| {
            let path = match holder {
                Holder::Option => "std::option::Option",
                Holder::Box => "std::boxed::Box",
                Holder::MaybeOdd => "postpress_runtime::MaybeOdd",
            };
            rust_type(path, schema)
        })
    }

    /// The parameter of a Rust type, of which progenitor forgets that it may be null.
    fn parameter(&self, ty: &Type, received: bool) -> Value {
        match ty {
            Type::Nullable(inner) if **inner != Type::Any => {
                rust_type("std::option::Option", self.schema(inner, received))
            }
            ty => self.schema(ty, received),
        }
    }

    /// The values of a map.
    fn values(&self, ty: &Type, received: bool) -> Value {
        let schema = self.schema(ty, received);
        match received && is_record(self.ir, ty) {
            true => rust_type("postpress_runtime::MaybeOdd", schema),
            false => schema,
        }
    }

    fn schema(&self, ty: &Type, received: bool) -> Value {
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
            Type::Array(member) => {
                json!({ "type": "array", "items": self.schema(member, received) })
            }
            Type::Map(values) => {
                json!({ "type": "object", "additionalProperties": self.values(values, received) })
            }
            Type::Nullable(inner) if matches!(**inner, Type::Any) => self.schema(inner, received),
            Type::Nullable(inner) => nullable(self.schema(inner, received)),
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

/// A type of a library around another.
fn rust_type(path: &str, parameter: Value) -> Value {
    let (library, _) = path.split_once("::").unwrap_or((path, ""));
    let library = library.replace('_', "-");
    json!({ "x-rust-type": { "crate": library, "version": "*", "path": path, "parameters": [parameter] } })
}

fn integer_format(rust: &str) -> String {
    match rust.split_at_checked(1) {
        Some(("u", bits)) => format!("uint{bits}"),
        Some((_, bits)) => format!("int{bits}"),
        None => "int64".to_owned(),
    }
}
