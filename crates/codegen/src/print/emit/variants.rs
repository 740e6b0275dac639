//! Unions that travel as JSON.

use crate::ir::{Ir, Type, TypeKind, Union};

use super::{doc_comment, has_float, literal};

/// The unions of the IR, as calls of the runtime's macros.
pub(crate) fn emit(ir: &Ir) -> Option<String> {
    let mut out = String::new();
    for ty in ir.types.iter().filter(|ty| ty.in_json) {
        if let TypeKind::Union(union) = &ty.kind {
            call(ir, &ty.name, &ty.doc, union, &mut out);
        }
    }
    (!out.is_empty()).then_some(out)
}

fn call(ir: &Ir, name: &str, doc: &str, union: &Union, out: &mut String) {
    let own = format!("One of {} kinds, or another.", union.variants.len());
    let (call, tag) = match &union.tag {
        Some(tag) if tag.in_struct => (
            "tagged_union",
            format!(" tag {} in struct", literal(&tag.property)),
        ),
        Some(tag) => ("tagged_union", format!(" tag {}", literal(&tag.property))),
        None => ("untagged_union", String::new()),
    };
    out.push_str(&format!("::postpress_runtime::{call}! {{\n"));
    doc_comment(if doc.is_empty() { &own } else { doc }, "    ", out);
    out.push_str(&format!("    pub enum {name}{tag} {{\n"));
    for variant in &union.variants {
        let ty = rust_type(ir, &variant.ty, "variants");
        let ty = if variant.boxed {
            format!("Box<{ty}>")
        } else {
            ty
        };
        let line = match &union.tag {
            Some(_) => {
                let default = if variant.default { " default" } else { "" };
                format!(
                    "{} = {}{default} => {ty},\n",
                    variant.name,
                    literal(&variant.tag)
                )
            }
            // What is a number goes out without a fraction where it has none.
            None if has_float(&variant.ty) => format!("{}({ty}) with number,\n", variant.name),
            None => format!("{}({ty}),\n", variant.name),
        };
        match &union.tag {
            // The macro says what the tag is on the wire.
            Some(_) => doc_comment(&variant.doc, "        ", out),
            None if variant.doc.is_empty() => {
                doc_comment(&format!("A value of type `{ty}`."), "        ", out);
            }
            None => doc_comment(&variant.doc, "        ", out),
        }
        out.push_str(&format!("        {line}"));
    }
    out.push_str("    }\n}\n\n");
}

/// A type as it is spelled in the module `own`.
pub(crate) fn rust_type(ir: &Ir, ty: &Type, own: &str) -> String {
    match ty {
        Type::Any => "::serde_json::Value".to_owned(),
        Type::Bool => "bool".to_owned(),
        Type::Integer(name) | Type::Float(name) => (*name).to_owned(),
        Type::String | Type::File => "String".to_owned(),
        Type::Timestamp => "::postpress_runtime::Timestamp".to_owned(),
        Type::Named(id) => {
            let module = match ir.types[*id].kind {
                TypeKind::Struct(_) => "types",
                TypeKind::Union(_) => "variants",
                TypeKind::StringEnum(_) | TypeKind::IntegerEnum(_) => "enums",
                TypeKind::ErrorType => "errors",
            };
            let name = &ir.types[*id].name;
            if module == own {
                name.clone()
            } else {
                format!("{module}::{name}")
            }
        }
        Type::Array(member) => format!("Vec<{}>", rust_type(ir, member, own)),
        // As progenitor has it.
        Type::Map(values) if matches!(**values, Type::Any) => {
            "::serde_json::Map<String, ::serde_json::Value>".to_owned()
        }
        Type::Map(values) => format!(
            "::std::collections::BTreeMap<String, {}>",
            rust_type(ir, values, own)
        ),
        Type::Nullable(inner) => format!("Option<{}>", rust_type(ir, inner, own)),
    }
}
