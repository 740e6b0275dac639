//! Optional parameters: a struct for each operation that has some.

use proc_macro2::{Span, TokenStream};
use quote::quote;
use syn::Ident;

use crate::{
    ir::{Ir, Location, Operation, Parameter, Type},
    names::{self, Names},
};

use super::{doc_attributes, variants};

/// The name of each operation's struct; `None` where all parameters are required.
pub(super) fn names(ir: &Ir) -> Vec<Option<String>> {
    let mut used = Names::default();
    let structs = ir.operations.iter().map(|operation| {
        optional(operation).next()?;
        let wanted = names::pascal(&operation.function);
        Some(used.claim(&format!("{wanted}Params"), "Params"))
    });
    structs.collect()
}

/// The structs, each with the index of its operation.
pub(crate) fn emit(ir: &Ir) -> Vec<(usize, TokenStream)> {
    let names = names(ir).into_iter().enumerate();
    let structs = names.filter_map(|(index, name)| Some((index, structure(ir, index, &name?))));
    structs.collect()
}

fn structure(ir: &Ir, index: usize, name: &str) -> TokenStream {
    let function = &ir.operations[index].function;
    let doc = doc_attributes(&format!(
        "The optional parameters of [`Client::{function}`](super::Client::{function})."
    ));
    let name = Ident::new(name, Span::call_site());
    let fields = optional(&ir.operations[index]).map(|parameter| {
        let field = Ident::new(&parameter.rust, Span::call_site());
        let doc = doc_attributes(&parameter.doc);
        let ty = field_type(ir, parameter);
        quote!(#(#doc)* pub #field: #ty,)
    });
    quote! {
        #(#doc)*
        #[derive(Clone, Debug, Default, PartialEq)]
        pub struct #name { #(#fields)* }
    }
}

fn field_type(ir: &Ir, parameter: &Parameter) -> TokenStream {
    let ty: TokenStream = variants::rust_type(ir, &parameter.ty, "params", false)
        .parse()
        .unwrap_or_default();
    match (&parameter.ty, parameter.location) {
        // Nothing is sent for an empty list, but where it is JSON.
        (_, Location::QueryJson | Location::HeaderJson | Location::CookieJson) => {
            quote!(Option<#ty>)
        }
        (Type::Array(_), _) => ty,
        _ => quote!(Option<#ty>),
    }
}

fn optional(operation: &Operation) -> impl Iterator<Item = &Parameter> {
    let parameters = operation.parameters.iter();
    parameters.filter(|parameter| !parameter.required)
}
