//! Request bodies that may be of several media types: an enum for each operation that has one.

use proc_macro2::{Span, TokenStream};
use quote::quote;
use syn::Ident;

use crate::{
    ir::{Body, BodyKind, Ir, Operation, Type},
    names::{self, Names},
};

use super::{doc_attributes, operations::borrowed, variants::rust_type};

/// The name of each operation's enum; `None` where there is no body, or one kind of it.
pub(super) fn names(ir: &Ir) -> Vec<Option<String>> {
    let mut used = Names::default();
    let enums = ir.operations.iter().map(|operation| {
        let body = operation.body.as_ref();
        body.filter(|body| body.kinds.len() > 1)?;
        let wanted = names::pascal(&operation.function);
        Some(used.claim(&format!("{wanted}Body"), "Body"))
    });
    enums.collect()
}

/// Whether the enum holds references.
pub(super) fn borrows(operation: &Operation) -> bool {
    let mut kinds = operation.body.iter().flat_map(|body| &body.kinds);
    kinds.any(|kind| match kind {
        BodyKind::Json(ty, _) | BodyKind::UrlEncoded(ty, _) => is_borrowed(ty),
        BodyKind::Form(_) => true,
        BodyKind::Text(_) | BodyKind::Binary(_) => false,
    })
}

fn is_borrowed(ty: &Type) -> bool {
    match ty {
        Type::Bool | Type::Integer(_) | Type::Float(_) | Type::Timestamp => false,
        Type::Nullable(inner) => is_borrowed(inner),
        _ => true,
    }
}

/// The names of the variants of the enum for a body of several kinds, one for each.
pub fn variants(body: &Body) -> Vec<String> {
    let mut used = Names::default();
    let names = body.kinds.iter().map(|kind| {
        let wanted = match kind {
            BodyKind::Form(_) => "Multipart".to_owned(),
            BodyKind::UrlEncoded(..) => "UrlEncoded".to_owned(),
            _ => match media_type(kind) {
                "text/plain" => "Text".to_owned(),
                "application/octet-stream" => "Bytes".to_owned(),
                media => {
                    let subtype = media.split_once('/').map_or(media, |(_, subtype)| subtype);
                    let subtype = subtype.split(';').next().unwrap_or_default();
                    names::pascal(&subtype.replace('+', "-"))
                }
            },
        };
        used.claim(&wanted, "Body")
    });
    names.collect()
}

fn media_type(kind: &BodyKind) -> &str {
    match kind {
        BodyKind::Json(_, media) | BodyKind::Text(media) | BodyKind::Binary(media) => media,
        BodyKind::Form(_) => "multipart/form-data",
        BodyKind::UrlEncoded(..) => "application/x-www-form-urlencoded",
    }
}

/// The enums, each with the index of its operation.
pub(crate) fn emit(ir: &Ir) -> Vec<(usize, TokenStream)> {
    let named = ir.operations.iter().zip(names(ir)).enumerate();
    let enums = named.filter_map(|(index, (operation, name))| {
        let body = operation.body.as_ref()?;
        Some((index, definition(ir, operation, body, &name?)))
    });
    enums.collect()
}

fn definition(ir: &Ir, operation: &Operation, body: &Body, name: &str) -> TokenStream {
    let function = &operation.function;
    let doc = doc_attributes(&format!(
        "The body of [`Client::{function}`](super::Client::{function}), in one of several media types."
    ));
    let name = ident(name);
    let lifetime = borrows(operation).then(|| quote!(<'a>));
    let mut from: Vec<(String, TokenStream)> = Vec::new();
    let mut streams = 0;
    let variants: Vec<TokenStream> = body
        .kinds
        .iter()
        .zip(variants(body))
        .map(|(kind, variant)| {
            let (variant, ty) = (ident(&variant), argument(ir, kind));
            let doc = doc_attributes(&format!("`{}`", media_type(kind)));
            streams += usize::from(matches!(kind, BodyKind::Text(_) | BodyKind::Binary(_)));
            let key = ty.to_string();
            let (generics, held) = match (&lifetime, key.contains("'a")) {
                (Some(lifetime), true) => (Some(lifetime), lifetime.clone()),
                (Some(_), false) => (None, quote!(<'_>)),
                (None, _) => (None, quote!()),
            };
            let conversion = quote! {
                impl #generics From<#ty> for #name #held {
                    fn from(body: #ty) -> Self {
                        Self::#variant(body)
                    }
                }
            };
            // What may be sent in several ways is sent in the first.
            if !from.iter().any(|(known, _)| *known == key) {
                from.push((key, conversion));
            }
            quote!(#(#doc)* #variant(#ty),)
        })
        .collect();
    // Nobody knows what bytes are.
    from.retain(|(key, _)| streams < 2 || *key != stream().to_string());
    let from = from.into_iter().map(|(_, conversion)| conversion);
    quote! {
        #(#doc)*
        #[derive(Debug)]
        pub enum #name #lifetime { #(#variants)* }

        #(#from)*
    }
}

fn argument(ir: &Ir, kind: &BodyKind) -> TokenStream {
    match kind {
        BodyKind::Json(ty, _) | BodyKind::UrlEncoded(ty, _) => borrowed(ty, &quote!('a), &|ty| {
            let ty = rust_type(ir, ty, "bodies", false);
            ty.parse().unwrap_or_default()
        }),
        BodyKind::Form(form) => {
            let root = ident(&ir.types[form.root].name);
            quote!(&'a forms::#root)
        }
        BodyKind::Text(_) | BodyKind::Binary(_) => stream(),
    }
}

fn stream() -> TokenStream {
    quote!(::postpress_runtime::reqwest::Body)
}

fn ident(name: &str) -> Ident {
    Ident::new(name, Span::call_site())
}
