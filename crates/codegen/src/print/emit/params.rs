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
    let mut structs: Vec<Option<String>> = Vec::new();
    for (index, operation) in ir.operations.iter().enumerate() {
        let name = optional(operation).next().map(|_| {
            // The forms of an operation that differ in their body alone share a struct.
            let shared = first_of(ir, index);
            let known = (shared < index).then(|| structs[shared].clone()).flatten();
            known.unwrap_or_else(|| {
                let wanted = names::pascal(&operation.function);
                used.claim(&format!("{wanted}Params"), "Params")
            })
        });
        structs.push(name);
    }
    structs
}

/// The structs, each with the index of its operation.
pub(crate) fn emit(ir: &Ir) -> Vec<(usize, TokenStream)> {
    let names = names(ir);
    names
        .iter()
        .enumerate()
        .filter(|(index, _)| first_of(ir, *index) == *index)
        .filter_map(|(index, name)| Some((index, structure(ir, index, name.as_deref()?))))
        .collect()
}

fn structure(ir: &Ir, index: usize, name: &str) -> TokenStream {
    let operations = ir.operations.iter().enumerate();
    let methods: Vec<String> = operations
        .filter(|(other, _)| first_of(ir, *other) == index)
        .map(|(_, operation)| {
            let function = &operation.function;
            format!("[`Client::{function}`](super::Client::{function})")
        })
        .collect();
    let doc = doc_attributes(&format!(
        "The optional parameters of {}.",
        methods.join(" and ")
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
        (Type::Array(_), place) if place != Location::QueryJson => ty,
        _ => quote!(Option<#ty>),
    }
}

fn optional(operation: &Operation) -> impl Iterator<Item = &Parameter> {
    let parameters = operation.parameters.iter();
    parameters.filter(|parameter| !parameter.required)
}

/// The first of the operations that send the same method to the same path as this one.
fn first_of(ir: &Ir, index: usize) -> usize {
    let this = &ir.operations[index];
    let same = |other: &Operation| (&other.method, &other.path) == (&this.method, &this.path);
    ir.operations.iter().position(same).unwrap_or(index)
}
