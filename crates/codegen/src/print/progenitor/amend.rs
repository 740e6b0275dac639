//! The amendments to what progenitor prints: all that stands in `types.rs` and was not printed by it is in this list.
//!
//! An amendment that does not find what it amends is an error, so that a new version of progenitor cannot change the output
//! unnoticed.

use std::{collections::HashMap, fmt};

use proc_macro2::Span;
use quote::{ToTokens, quote};
use syn::{
    Field, Ident, Item, ItemStruct, Meta, Token, parse_quote, punctuated::Punctuated,
    visit_mut::VisitMut,
};

use crate::{
    ir::{Ir, Struct, Type, TypeDef, TypeId, TypeKind},
    print::emit::{doc_attributes, has_default, has_float, variants::rust_type},
};

/// Changes a struct that progenitor printed; the result is in how many places.
pub(super) type Amendment = fn(&mut ItemStruct, &Owner<'_>) -> Result<usize, Missing>;

/// What a struct stands for.
pub(super) struct Owner<'m> {
    pub(super) object: &'m Struct,
    /// It is received and never sent.
    pub(super) received: bool,
    /// Operations send it as JSON.
    pub(super) sent_as_json: bool,
}

/// Each amendment with its name, in the order in which they are made.
pub(super) const AMENDMENTS: [(&str, Amendment); 9] = [
    ("order", order),
    ("names", names),
    ("lists", lists),
    ("times", times),
    ("nulls", nulls),
    ("numbers", numbers),
    ("short paths", short_paths),
    ("comments", comments),
    ("undeclared members", undeclared),
];

/// What progenitor should have printed and did not.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Missing(String);

impl fmt::Display for Missing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The structs of `types.rs`, in the order of the document.
pub(super) fn amend(printed: syn::File, ir: &Ir) -> Result<Vec<(TypeId, ItemStruct)>, Missing> {
    let mut printed = structs_of(printed)?;
    let mut structs = Vec::new();
    for (id, ty) in ir.types.iter().enumerate().filter(|(_, ty)| ty.in_json) {
        let TypeKind::Struct(object) = &ty.kind else {
            continue;
        };
        if is_ours(object) {
            structs.push((id, without_fields(ir, ty, object)));
            continue;
        }
        let item = printed.remove(&ty.name);
        let mut item = item.ok_or_else(|| Missing(format!("struct {}", ty.name)))?;
        let owner = Owner {
            object,
            received: ty.only_received,
            sent_as_json: ty.sent_as_json,
        };
        for (_, amendment) in AMENDMENTS {
            amendment(&mut item, &owner)
                .map_err(|missing| Missing(format!("{missing} of {}", ty.name)))?;
        }
        structs.push((id, item));
    }
    Ok(structs)
}

/// The structs that progenitor printed, by their names.
pub(super) fn structs_of(printed: syn::File) -> Result<HashMap<String, ItemStruct>, Missing> {
    let module = printed.items.into_iter().find_map(|item| match item {
        Item::Mod(module) if module.ident == "types" => module.content,
        _ => None,
    });
    let (_, items) = module.ok_or_else(|| Missing("module `types`".to_owned()))?;
    let structs = items.into_iter().filter_map(|item| match item {
        Item::Struct(item) => Some((item.ident.to_string(), item)),
        _ => None,
    });
    Ok(structs.collect())
}

/// The one construct that is not progenitor's: of an object without declared properties it makes a map, or a struct that refuses
/// the members it does not know.
pub(super) fn is_ours(object: &Struct) -> bool {
    object.fields.is_empty()
}

fn without_fields(ir: &Ir, ty: &TypeDef, object: &Struct) -> ItemStruct {
    let name = ident(&ty.name);
    let doc = match ty.doc.as_str() {
        "" => doc_attributes(&format!("`{name}`")),
        doc => doc_attributes(doc),
    };
    let non_exhaustive = ty.only_received.then(|| quote!(#[non_exhaustive]));
    let mut item: ItemStruct = parse_quote! {
        #(#doc)*
        #non_exhaustive
        #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
        #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
        pub struct #name {}
    };
    if let (Some(extra), syn::Fields::Named(fields)) = (&object.extra, &mut item.fields) {
        let map = Type::Map(Box::new(extra.clone()));
        let map = rust_type(ir, &map, "types", ty.only_received);
        let map: proc_macro2::TokenStream = map.parse().unwrap_or_default();
        let mut field: Field = parse_quote!(#[serde(flatten)] pub extra: #map);
        describe_undeclared(&mut field, object, extra);
        fields.named.push(field);
    }
    item
}

/// progenitor sorts fields by name. They are put back into the order of the document, as are the structs.
pub(super) fn order(item: &mut ItemStruct, owner: &Owner<'_>) -> Result<usize, Missing> {
    let syn::Fields::Named(fields) = &mut item.fields else {
        return Err(Missing("field with a name".to_owned()));
    };
    let printed = std::mem::take(&mut fields.named).into_iter();
    let mut printed: Vec<(Option<String>, Field)> =
        printed.map(|field| (wire_name(&field), field)).collect();
    let before: Vec<Option<String>> = printed.iter().map(|(name, _)| name.clone()).collect();
    let mut after = Vec::new();
    for declared in &owner.object.fields {
        let at = printed
            .iter()
            .position(|(name, _)| name.as_ref() == Some(&declared.name));
        let at = at.ok_or_else(|| Missing(format!("field for {:?}", declared.name)))?;
        let (name, field) = printed.remove(at);
        after.push(name);
        fields.named.push(field);
    }
    if printed.len() != usize::from(owner.object.extra.is_some()) {
        return Err(Missing(format!(
            "end after {} fields",
            owner.object.fields.len()
        )));
    }
    fields
        .named
        .extend(printed.into_iter().map(|(_, field)| field));
    Ok(usize::from(!before.starts_with(&after)))
}

/// Names that two properties share in Rust, and some that begin with a digit, are decided in the IR, for forms and JSON alike.
pub(super) fn names(item: &mut ItemStruct, owner: &Owner<'_>) -> Result<usize, Missing> {
    let mut amended = 0;
    for (field, declared) in item.fields.iter_mut().zip(&owner.object.fields) {
        if field
            .ident
            .as_ref()
            .is_some_and(|ident| *ident == declared.rust)
        {
            continue;
        }
        field.ident = Some(ident(&declared.rust));
        let wire = &declared.name;
        let mut options = options(field);
        options.retain(|option| !option.path().is_ident("rename"));
        if declared.rust != declared.name {
            options.insert(0, parse_quote!(rename = #wire));
        }
        set_options(field, options);
        amended += 1;
    }
    Ok(amended)
}

/// Services send `null` or nothing for an empty list or map, and lists with members that do not decode. progenitor knows of no list
/// but `Vec`: what it is told to put in its place has to be there, or is an `Option`.
pub(super) fn lists(item: &mut ItemStruct, owner: &Owner<'_>) -> Result<usize, Missing> {
    struct ToItems(usize);

    impl VisitMut for ToItems {
        fn visit_path_mut(&mut self, path: &mut syn::Path) {
            syn::visit_mut::visit_path_mut(self, path);
            if let Some(last) = path.segments.last().filter(|last| last.ident == "Vec") {
                let arguments = &last.arguments;
                *path = parse_quote!(::postpress_runtime::Items #arguments);
                self.0 += 1;
            }
        }
    }

    let mut amended = 0;
    let fields = item.fields.iter_mut().zip(&owner.object.fields);
    for (field, declared) in fields.filter(|_| owner.received) {
        let is_list = match declared.ty {
            Type::Array(_) => true,
            Type::Map(_) => false,
            _ => continue,
        };
        let mut to_items = ToItems(0);
        to_items.visit_type_mut(&mut field.ty);
        if is_list && to_items.0 == 0 {
            return Err(Missing(format!("Vec for {:?}", declared.name)));
        }
        let mut options = options(field);
        let is = |name: &'static str| move |option: &Meta| option.path().is_ident(name);
        if !options.iter().any(is("default")) {
            options.push(parse_quote!(default));
        }
        let skip = options
            .iter_mut()
            .find(|option| is("skip_serializing_if")(option));
        if let Some(skip) = skip.filter(|_| is_list) {
            *skip = parse_quote!(skip_serializing_if = "::postpress_runtime::Items::came_empty");
        }
        set_options(field, options);
        amended += 1;
    }
    Ok(amended)
}

/// Services send an empty text for a time that may be absent.
pub(super) fn times(item: &mut ItemStruct, owner: &Owner<'_>) -> Result<usize, Missing> {
    let mut amended = 0;
    for field in item.fields.iter_mut().filter(|_| owner.received) {
        let optional = argument(&field.ty, "Option").and_then(last_segment);
        if optional.is_some_and(|optional| optional.ident == "Timestamp") {
            add_option(field, parse_quote!(default));
            add_option(
                field,
                parse_quote!(deserialize_with = "::postpress_runtime::tolerant::time"),
            );
            amended += 1;
        }
    }
    Ok(amended)
}

/// In what is sent, null is something else than nothing: one `Option` says whether it is there, and one within whether it is null.
/// serde reads null as the former.
pub(super) fn nulls(item: &mut ItemStruct, owner: &Owner<'_>) -> Result<usize, Missing> {
    let mut amended = 0;
    for field in item.fields.iter_mut().filter(|_| owner.sent_as_json) {
        let inner = argument(&field.ty, "Option");
        if inner.is_some_and(|inner| argument(inner, "Option").is_some()) {
            add_option(field, parse_quote!(default));
            add_option(
                field,
                parse_quote!(deserialize_with = "::postpress_runtime::tolerant::present"),
            );
            amended += 1;
        }
    }
    Ok(amended)
}

/// Services that validate integers refuse `3.0`, which serde writes for a number without a fraction.
pub(super) fn numbers(item: &mut ItemStruct, owner: &Owner<'_>) -> Result<usize, Missing> {
    let mut amended = 0;
    for (field, declared) in item.fields.iter_mut().zip(&owner.object.fields) {
        if has_float(&declared.ty) {
            let ty = field.ty.to_token_stream().to_string();
            if !ty.contains("f64") && !ty.contains("f32") {
                return Err(Missing(format!("number for {:?}", declared.name)));
            }
            add_option(field, number());
            amended += 1;
        }
    }
    Ok(amended)
}

/// The field for undeclared members has no description, its name may be that of a declared one, and though it may be empty
/// it keeps a struct from having a default.
pub(super) fn undeclared(item: &mut ItemStruct, owner: &Owner<'_>) -> Result<usize, Missing> {
    let Some(extra) = &owner.object.extra else {
        return Ok(0);
    };
    let field = item
        .fields
        .iter_mut()
        .find(|field| wire_name(field).is_none());
    let field = field.ok_or_else(|| Missing("field for undeclared members".to_owned()))?;
    describe_undeclared(field, owner.object, extra);
    if has_default(owner.object) {
        let derive = item
            .attrs
            .iter_mut()
            .find(|attribute| attribute.path().is_ident("derive"));
        let derive = derive.ok_or_else(|| Missing("derive".to_owned()))?;
        let mut traits = derive
            .parse_args_with(Punctuated::<syn::Path, Token![,]>::parse_terminated)
            .map_err(|_| Missing("traits".to_owned()))?;
        traits.push(parse_quote!(Default));
        *derive = parse_quote!(#[derive(#traits)]);
    }
    Ok(1)
}

fn describe_undeclared(field: &mut Field, object: &Struct, extra: &Type) {
    field
        .attrs
        .splice(0..0, doc_attributes("The members that are not declared."));
    field.ident = Some(ident(&object.extra_name()));
    if has_float(extra) {
        add_option(field, number());
    }
}

/// `Option`, `Vec`, `String` and `Box` are what everybody takes them for: no type of the document has these names.
pub(super) fn short_paths(item: &mut ItemStruct, _: &Owner<'_>) -> Result<usize, Missing> {
    const LONG: [(&str, &str); 4] = [
        ("::std::option::Option", "Option"),
        ("::std::vec::Vec", "Vec"),
        ("::std::string::String", "String"),
        ("::std::boxed::Box", "Box"),
    ];

    struct Shorten(usize);

    impl VisitMut for Shorten {
        fn visit_path_mut(&mut self, path: &mut syn::Path) {
            syn::visit_mut::visit_path_mut(self, path);
            let is_std = path
                .segments
                .first()
                .is_some_and(|first| first.ident == "std");
            let last = path
                .segments
                .last()
                .filter(|last| is_std && LONG.iter().any(|(_, short)| last.ident == short));
            if let Some(last) = last.cloned() {
                path.leading_colon = None;
                path.segments = std::iter::once(last).collect();
                self.0 += 1;
            }
        }

        fn visit_lit_str_mut(&mut self, text: &mut syn::LitStr) {
            // The name of the type for maps is printed with spaces.
            let mut value = text.value().replace(' ', "");
            for (long, short) in LONG {
                if let Some(rest) = value.strip_prefix(long) {
                    value = format!("{short}{rest}");
                }
            }
            if value != text.value() {
                *text = syn::LitStr::new(&value, text.span());
                self.0 += 1;
            }
        }
    }

    let mut shorten = Shorten(0);
    for field in &mut item.fields {
        shorten.visit_type_mut(&mut field.ty);
        let mut options = options(field);
        for option in &mut options {
            if option.path().is_ident("skip_serializing_if") {
                shorten.visit_meta_mut(option);
            }
        }
        set_options(field, options);
    }
    Ok(shorten.0)
}

/// A description is printed as one attribute. As a comment, it needs one for each line.
pub(super) fn comments(item: &mut ItemStruct, owner: &Owner<'_>) -> Result<usize, Missing> {
    let mut amended = comment(&mut item.attrs);
    if amended == 0 {
        return Err(Missing("description".to_owned()));
    }
    for (index, field) in item.fields.iter_mut().enumerate() {
        let found = comment(&mut field.attrs);
        if let Some(declared) = owner.object.fields.get(index)
            && (found == 0) != declared.doc.is_empty()
        {
            return Err(Missing(format!("description of {:?}", declared.name)));
        }
        amended += found;
    }
    Ok(amended)
}

fn comment(attributes: &mut Vec<syn::Attribute>) -> usize {
    let lines = attributes
        .iter()
        .filter_map(|attribute| match &attribute.meta {
            Meta::NameValue(meta) if meta.path.is_ident("doc") => match &meta.value {
                syn::Expr::Lit(syn::ExprLit {
                    lit: syn::Lit::Str(text),
                    ..
                }) => Some(text.value()),
                _ => None,
            },
            _ => None,
        });
    let lines: Vec<String> = lines.collect();
    attributes.retain(|attribute| !attribute.path().is_ident("doc"));
    attributes.splice(0..0, doc_attributes(&lines.join("\n")));
    lines.len()
}

fn last_segment(ty: &syn::Type) -> Option<&syn::PathSegment> {
    match ty {
        syn::Type::Path(path) => path.path.segments.last(),
        _ => None,
    }
}

/// The type argument of a path that ends in `name`.
fn argument<'t>(ty: &'t syn::Type, name: &str) -> Option<&'t syn::Type> {
    let last = last_segment(ty).filter(|last| last.ident == name)?;
    match &last.arguments {
        syn::PathArguments::AngleBracketed(arguments) => match arguments.args.first() {
            Some(syn::GenericArgument::Type(ty)) => Some(ty),
            _ => None,
        },
        _ => None,
    }
}

/// The name on the wire; `None` for what holds the members that are not declared.
pub(super) fn wire_name(field: &Field) -> Option<String> {
    let mut name = field.ident.as_ref().map(ToString::to_string);
    for option in options(field) {
        match &option {
            Meta::Path(path) if path.is_ident("flatten") => return None,
            Meta::NameValue(meta) if meta.path.is_ident("rename") => {
                if let syn::Expr::Lit(syn::ExprLit {
                    lit: syn::Lit::Str(text),
                    ..
                }) = &meta.value
                {
                    name = Some(text.value());
                }
            }
            _ => {}
        }
    }
    name
}

/// What `#[serde(...)]` says.
pub(super) fn options(field: &Field) -> Vec<Meta> {
    let serde = field
        .attrs
        .iter()
        .filter(|attribute| attribute.path().is_ident("serde"));
    let options = serde.filter_map(|attribute| {
        attribute
            .parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated)
            .ok()
    });
    options.flatten().collect()
}

fn set_options(field: &mut Field, options: Vec<Meta>) {
    field
        .attrs
        .retain(|attribute| !attribute.path().is_ident("serde"));
    if !options.is_empty() {
        field.attrs.push(parse_quote!(#[serde(#(#options),*)]));
    }
}

fn add_option(field: &mut Field, option: Meta) {
    let mut options = options(field);
    options.push(option);
    set_options(field, options);
}

fn number() -> Meta {
    parse_quote!(serialize_with = "::postpress_runtime::number::serialize")
}

fn ident(name: &str) -> Ident {
    Ident::new(name, Span::call_site())
}
