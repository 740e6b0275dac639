//! The structs that progenitor makes: real names, documentation, and serde attributes that tolerate what servers send.

use proc_macro2::{Span, TokenStream};
use quote::quote;
use syn::{Ident, Item, ItemStruct, parse_quote, visit_mut::VisitMut};

use crate::{
    emit::{doc_attributes, has_default},
    lower,
    model::{Field, Model, Struct, Type, TypeKind},
};

use super::{Missing, Names};

/// The structs of progenitor's `types` module, in the document's order.
pub(crate) fn structs(file: &syn::File, model: &Model) -> Result<Vec<ItemStruct>, Missing> {
    let items = file.items.iter().find_map(|item| match item {
        Item::Mod(module) if module.ident == "types" => {
            module.content.as_ref().map(|(_, items)| items)
        }
        _ => None,
    });
    let items = items.ok_or_else(|| Missing("the module `types`".to_owned()))?;
    let mut structs = Vec::new();
    for (id, ty) in model.types.iter().enumerate() {
        if let (TypeKind::Struct(object), true) = (&ty.kind, ty.in_json) {
            let lowered = lower::type_name(id);
            let found = items.iter().find_map(|item| match item {
                Item::Struct(item) if item.ident == lowered => Some(item),
                _ => None,
            });
            let found = found.ok_or_else(|| Missing(format!("the struct for {}", ty.name)))?;
            structs.push(mend(found.clone(), object, &ty.doc, model)?);
        }
    }
    Ok(structs)
}

fn mend(
    mut item: ItemStruct,
    object: &Struct,
    doc: &str,
    model: &Model,
) -> Result<ItemStruct, Missing> {
    let name = item.ident.clone();
    let default = has_default(object).then(|| quote!(Default,));
    item.attrs = vec![
        parse_quote!(#[derive(Clone, Debug, #default PartialEq, ::serde::Deserialize, ::serde::Serialize)]),
        parse_quote!(#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]),
    ];
    item.attrs.splice(0..0, doc_attributes(doc));
    let mut found = 0;
    for made in &mut item.fields {
        let ident = made
            .ident
            .as_ref()
            .map(ToString::to_string)
            .unwrap_or_default();
        let index = (0..object.fields.len()).find(|index| ident == lower::field_name(*index));
        match index.map(|index| &object.fields[index]) {
            Some(field) => {
                made.attrs = doc_attributes(&field.doc);
                made.attrs.extend(serde_attribute(field));
                made.ident = Some(Ident::new(&field.rust, Span::call_site()));
                found += 1;
            }
            None if object.extra.is_some() => {
                made.attrs =
                    doc_attributes("What came or is to be sent beside the declared fields.");
                made.attrs.push(parse_quote!(#[serde(flatten)]));
                made.ident = Some(Ident::new(&extra_name(object), Span::call_site()));
            }
            None => {
                return Err(Missing(format!(
                    "the field that {ident} of {name} stands for"
                )));
            }
        }
    }
    if found != object.fields.len() {
        return Err(Missing(format!(
            "{} of the fields of {name}",
            object.fields.len() - found
        )));
    }
    Names(model).visit_item_struct_mut(&mut item);
    Ok(item)
}

/// The name of the field for undeclared keys: one that no declared field has.
pub(crate) fn extra_name(object: &Struct) -> String {
    let mut name = "extra".to_owned();
    while object.fields.iter().any(|field| field.rust == name) {
        name.push('_');
    }
    name
}

fn serde_attribute(field: &Field) -> Option<syn::Attribute> {
    let mut parts: Vec<TokenStream> = Vec::new();
    if field.rust != field.name {
        let name = &field.name;
        parts.push(quote!(rename = #name));
    }
    let list = match field.ty {
        Type::Array(_) => Some("Vec::is_empty"),
        Type::Map(ref values) if matches!(**values, Type::Any) => {
            Some("::serde_json::Map::is_empty")
        }
        Type::Map(_) => Some("::std::collections::BTreeMap::is_empty"),
        _ => None,
    };
    match (list, field.required) {
        (Some(_), true) => parts.push(quote!(deserialize_with = "::postpress_runtime::null_as_default")),
        (Some(is_empty), false) => parts.push(
            quote!(default, deserialize_with = "::postpress_runtime::null_as_default", skip_serializing_if = #is_empty),
        ),
        (None, false) => parts.push(quote!(skip_serializing_if = "Option::is_none")),
        (None, true) => {}
    }
    if has_float(&field.ty) {
        parts.push(quote!(
            serialize_with = "::postpress_runtime::number::serialize"
        ));
    }
    (!parts.is_empty()).then(|| parse_quote!(#[serde(#(#parts),*)]))
}

fn has_float(ty: &Type) -> bool {
    match ty {
        Type::Float(_) => true,
        Type::Array(inner) | Type::Map(inner) | Type::Nullable(inner) => has_float(inner),
        _ => false,
    }
}
