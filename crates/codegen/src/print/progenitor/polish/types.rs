//! The structs that progenitor makes: real names, documentation, and serde attributes that tolerate what servers send.

use proc_macro2::{Span, TokenStream};
use quote::quote;
use syn::{Ident, Item, ItemStruct, parse_quote, visit_mut::VisitMut};

use crate::{
    ir::{Field, Ir, Struct, Type, TypeKind},
    print::emit::{doc_attributes, has_default, has_float},
    print::progenitor::document as lower,
};

use super::{Missing, Names};

/// The structs of progenitor's `types` module, in the document's order.
pub(crate) fn structs(file: &syn::File, ir: &Ir) -> Result<Vec<ItemStruct>, Missing> {
    let items = file.items.iter().find_map(|item| match item {
        Item::Mod(module) if module.ident == "types" => {
            module.content.as_ref().map(|(_, items)| items)
        }
        _ => None,
    });
    let items = items.ok_or_else(|| Missing("the module `types`".to_owned()))?;
    let mut structs = Vec::new();
    for (id, ty) in ir.types.iter().enumerate() {
        if let (TypeKind::Struct(object), true) = (&ty.kind, ty.in_json) {
            let lowered = lower::type_name(id);
            let found = items.iter().find_map(|item| match item {
                Item::Struct(item) if item.ident == lowered => Some(item),
                _ => None,
            });
            let found = found.ok_or_else(|| Missing(format!("the struct for {}", ty.name)))?;
            structs.push(mend(found.clone(), object, &ty.doc, ir)?);
        }
    }
    Ok(structs)
}

fn mend(mut item: ItemStruct, object: &Struct, doc: &str, ir: &Ir) -> Result<ItemStruct, Missing> {
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
                let number = object.extra.as_ref().filter(|ty| has_float(ty));
                let number = number
                    .map(|_| quote!(, serialize_with = "::postpress_runtime::number::serialize"));
                made.attrs.push(parse_quote!(#[serde(flatten #number)]));
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
    Names(ir).visit_item_struct_mut(&mut item);
    BoxWithin.visit_item_struct_mut(&mut item);
    Ok(item)
}

/// `Box<Option<T>>` as `Option<Box<T>>`, which takes nothing where there is nothing.
struct BoxWithin;

impl VisitMut for BoxWithin {
    fn visit_type_mut(&mut self, ty: &mut syn::Type) {
        syn::visit_mut::visit_type_mut(self, ty);
        if let Some(inner) = argument(ty, "Box")
            .and_then(|boxed| argument(boxed, "Option"))
            .cloned()
        {
            *ty = parse_quote!(Option<Box<#inner>>);
        }
    }
}

/// The type argument of a path that ends in `name`.
fn argument<'t>(ty: &'t syn::Type, name: &str) -> Option<&'t syn::Type> {
    let syn::Type::Path(path) = ty else {
        return None;
    };
    let last = path
        .path
        .segments
        .last()
        .filter(|last| last.ident == name)?;
    let syn::PathArguments::AngleBracketed(arguments) = &last.arguments else {
        return None;
    };
    match arguments.args.first() {
        Some(syn::GenericArgument::Type(ty)) => Some(ty),
        _ => None,
    }
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
