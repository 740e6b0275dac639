//! The client's methods: progenitor's signatures, with bodies that call the runtime.

use proc_macro2::{Span, TokenStream};
use quote::quote;
use syn::{FnArg, Ident, ImplItem, ImplItemFn, Item, parse_quote, visit_mut::VisitMut};

use crate::{
    ir::{BodyKind, FormStyle, Ir, Location, Operation, Parameter, Payload},
    print::emit::doc_attributes,
    print::progenitor::document as lower,
};

use super::{Missing, Names};

/// The methods of the client, one for each operation, in the document's order.
pub(crate) fn methods(file: &syn::File, ir: &Ir) -> Result<Vec<ImplItemFn>, Missing> {
    let made: Vec<&ImplItemFn> = file
        .items
        .iter()
        .filter_map(|item| match item {
            Item::Impl(item) if item.trait_.is_none() => Some(&item.items),
            _ => None,
        })
        .flatten()
        .filter_map(|item| match item {
            ImplItem::Fn(function) => Some(function),
            _ => None,
        })
        .collect();
    let methods = ir.operations.iter().enumerate().map(|(index, operation)| {
        let lowered = lower::operation_name(index);
        let found = made.iter().find(|function| function.sig.ident == lowered);
        let found = found.ok_or_else(|| Missing(format!("the method for {}", operation.id)))?;
        mend((*found).clone(), operation, ir)
    });
    methods.collect()
}

/// An argument as it stands in the signature.
struct Argument {
    ident: Ident,
    is_reference: bool,
}

impl Argument {
    /// A reference to the argument's value.
    fn borrowed(&self) -> TokenStream {
        let ident = &self.ident;
        if self.is_reference {
            quote!(#ident)
        } else {
            quote!(&#ident)
        }
    }
}

fn mend(mut method: ImplItemFn, operation: &Operation, ir: &Ir) -> Result<ImplItemFn, Missing> {
    let mut arguments: Vec<Option<Argument>> = operation.parameters.iter().map(|_| None).collect();
    let mut body = None;
    let mut inputs: Vec<FnArg> = vec![parse_quote!(&self)];
    for input in &method.sig.inputs {
        let FnArg::Typed(typed) = input else { continue };
        let syn::Pat::Ident(pattern) = &*typed.pat else {
            continue;
        };
        let mut ty = (*typed.ty).clone();
        Names(ir).visit_type_mut(&mut ty);
        let ty = shorten(ty);
        let name = pattern.ident.to_string();
        let index = (0..arguments.len()).find(|index| name == lower::parameter_name(*index));
        if let Some(index) = index {
            let ident = Ident::new(&operation.parameters[index].rust, Span::call_site());
            inputs.push(parse_quote!(#ident: #ty));
            arguments[index] = Some(Argument {
                ident,
                is_reference: matches!(ty, syn::Type::Reference(_)),
            });
        } else if name == "body" {
            let (ident, ty) = body_argument(operation, ty, ir)?;
            inputs.push(parse_quote!(#ident: #ty));
            body = Some(ident);
        }
    }
    let arguments: Option<Vec<Argument>> = arguments.into_iter().collect();
    let arguments = arguments.ok_or_else(|| Missing(format!("an argument of {}", operation.id)))?;
    if operation.body.is_some() != body.is_some() {
        return Err(Missing(format!("the body of {}", operation.id)));
    }
    let (mut success, mut error) = payload_types(&method)?;
    Names(ir).visit_type_mut(&mut success);
    Names(ir).visit_type_mut(&mut error);
    let (success, finish) = match &operation.success {
        Payload::Json(_) => (shorten(success), quote!(runtime::json)),
        Payload::Empty => (parse_quote!(()), quote!(runtime::empty)),
        Payload::Text => (parse_quote!(String), quote!(runtime::text)),
        Payload::Raw => (parse_quote!(runtime::ByteStream), quote!(runtime::raw)),
    };
    let error = if operation.error.is_some() {
        shorten(error)
    } else {
        parse_quote!(::serde_json::Value)
    };

    let name = Ident::new(&operation.function, Span::call_site());
    let endpoint = endpoint(operation, &arguments);
    let request = request(operation, &arguments, body.as_ref(), ir);
    let mut made: ImplItemFn = parse_quote! {
        pub async fn #name(#(#inputs),*) -> Result<Response<#success>, Error<#error>> {
            let url = #endpoint;
            #request
            let response = runtime::execute(&self.http, request).await?;
            #finish(response).await
        }
    };
    made.attrs = doc_attributes(&documentation(operation));
    if inputs.len() > 7 {
        made.attrs.push(parse_quote!(#[expect(clippy::too_many_arguments, reason = "the operation has as many parameters")]));
    }
    method = made;
    Ok(method)
}

/// The type arguments of `Result<ResponseValue<S>, Error<E>>`.
fn payload_types(method: &ImplItemFn) -> Result<(syn::Type, syn::Type), Missing> {
    let syn::ReturnType::Type(_, output) = &method.sig.output else {
        return Err(Missing("a method's return type".to_owned()));
    };
    let result = type_arguments(output);
    let inner: Vec<syn::Type> = result.iter().flat_map(type_arguments).collect();
    match <[syn::Type; 2]>::try_from(inner) {
        Ok([success, error]) => Ok((success, error)),
        Err(_) => Err(Missing("the types of a method's result".to_owned())),
    }
}

fn type_arguments(ty: &syn::Type) -> Vec<syn::Type> {
    let syn::Type::Path(path) = ty else {
        return Vec::new();
    };
    let Some(last) = path.path.segments.last() else {
        return Vec::new();
    };
    let syn::PathArguments::AngleBracketed(arguments) = &last.arguments else {
        return Vec::new();
    };
    let types = arguments.args.iter().filter_map(|argument| match argument {
        syn::GenericArgument::Type(ty) => Some(ty.clone()),
        _ => None,
    });
    types.collect()
}

/// `&Vec<T>` as `&[T]`, and the runtime by the name that the client's module gives it.
fn shorten(mut ty: syn::Type) -> syn::Type {
    struct Shorten;
    impl VisitMut for Shorten {
        fn visit_type_reference_mut(&mut self, reference: &mut syn::TypeReference) {
            syn::visit_mut::visit_type_reference_mut(self, reference);
            let is_vec = match &*reference.elem {
                syn::Type::Path(path) => path
                    .path
                    .segments
                    .last()
                    .is_some_and(|segment| segment.ident == "Vec"),
                _ => false,
            };
            if is_vec && let [member] = type_arguments(&reference.elem).as_slice() {
                *reference.elem = parse_quote!([#member]);
            }
        }

        fn visit_path_mut(&mut self, path: &mut syn::Path) {
            syn::visit_mut::visit_path_mut(self, path);
            if path
                .segments
                .first()
                .is_some_and(|segment| segment.ident == "postpress_runtime")
            {
                path.leading_colon = None;
                path.segments[0].ident = Ident::new("runtime", Span::call_site());
            }
        }
    }
    Shorten.visit_type_mut(&mut ty);
    ty
}

fn body_argument(
    operation: &Operation,
    ty: syn::Type,
    ir: &Ir,
) -> Result<(Ident, syn::Type), Missing> {
    let body = operation
        .body
        .as_ref()
        .ok_or_else(|| Missing(format!("a body of {}", operation.id)))?;
    let (name, ty): (&str, syn::Type) = match &body.kind {
        BodyKind::Json(..) | BodyKind::UrlEncoded(..) => ("body", ty),
        BodyKind::Form(form) => {
            let root = Ident::new(&ir.types[form.root].name, Span::call_site());
            ("form", parse_quote!(&forms::#root))
        }
        BodyKind::Text(_) | BodyKind::Binary(_) if body.required => {
            ("body", parse_quote!(impl Into<reqwest::Body>))
        }
        BodyKind::Text(_) | BodyKind::Binary(_) => ("body", parse_quote!(reqwest::Body)),
    };
    let ty = if body.required {
        ty
    } else {
        parse_quote!(Option<#ty>)
    };
    Ok((Ident::new(name, Span::call_site()), ty))
}

fn endpoint(operation: &Operation, arguments: &[Argument]) -> TokenStream {
    let path = &operation.path;
    let calls = operation
        .parameters
        .iter()
        .zip(arguments)
        .filter_map(|(parameter, argument)| {
            let (name, value) = (&parameter.name, argument.borrowed());
            match parameter.location {
                Location::Path => Some(quote!(.path(#name, #value))),
                Location::Query => Some(quote!(.query(#name, #value))),
                Location::QueryJoined(separator) => {
                    Some(quote!(.query_joined(#name, #value, #separator)))
                }
                Location::QueryDeep => Some(quote!(.query_deep(#name, #value))),
                Location::QueryJson => Some(quote!(.query_json(#name, #value))),
                Location::Header => None,
            }
        });
    quote!(Endpoint::new(&self.base_url, #path)#(#calls)*.finish()?)
}

fn request(
    operation: &Operation,
    arguments: &[Argument],
    body: Option<&Ident>,
    ir: &Ir,
) -> TokenStream {
    let start = match operation.method.as_str() {
        method @ ("get" | "put" | "post" | "delete" | "head" | "patch") => {
            let method = Ident::new(method, Span::call_site());
            quote!(self.http.#method(url))
        }
        method => {
            let method = Ident::new(&method.to_ascii_uppercase(), Span::call_site());
            quote!(self.http.request(reqwest::Method::#method, url))
        }
    };
    let accept = operation
        .accept
        .as_ref()
        .map(|media| quote!(.header(ACCEPT, #media)));
    let sealed = operation.credentials.iter().map(|index| {
        let field = Ident::new(&ir.credentials[*index].rust, Span::call_site());
        quote!(let request = authorize(request, &self.#field);)
    });
    let headers = operation
        .parameters
        .iter()
        .zip(arguments)
        .filter(|(parameter, _)| parameter.location == Location::Header);
    let headers = headers.map(|(Parameter { name, .. }, argument)| {
        let (value, lower) = (argument.borrowed(), name.to_ascii_lowercase());
        quote! {
            let request = match runtime::header_value(#name, #value)? {
                Some(value) => request.header(#lower, value),
                None => request,
            };
        }
    });
    let filled = operation.body.as_ref().zip(body).map(|(kind, ident)| {
        let call = match &kind.kind {
            BodyKind::Json(_, media) if media == "application/json" => quote!(request.json(#ident)),
            BodyKind::Json(_, media) => quote!(request.header(CONTENT_TYPE, #media).json(#ident)),
            BodyKind::UrlEncoded(_, styles) => {
                let styles = styles.iter().map(|(name, style)| url_style(name, *style));
                quote! {
                    request
                        .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
                        .body(runtime::url_encoded(#ident, &[#(#styles),*])?)
                }
            }
            BodyKind::Form(_) => quote!(#ident.to_form_with(&self.form_options)?.apply(request)),
            BodyKind::Text(media) | BodyKind::Binary(media) => {
                quote!(request.header(CONTENT_TYPE, #media).body(#ident))
            }
        };
        if kind.required {
            quote!(let request = #call;)
        } else {
            quote! {
                let request = match #ident {
                    Some(#ident) => #call,
                    None => request,
                };
            }
        }
    });
    quote! {
        let request = #start #accept;
        #(#sealed)*
        #(#headers)*
        #filled
    }
}

/// A property of a url-encoded body with its style.
fn url_style(name: &str, style: FormStyle) -> TokenStream {
    let style = match style {
        FormStyle::Plain | FormStyle::Spread => quote!(Exploded),
        FormStyle::Deep => quote!(Deep),
        FormStyle::Json => quote!(Json),
        FormStyle::JsonEach => quote!(JsonEach),
        FormStyle::Joined(separator) => quote!(Joined(#separator)),
        FormStyle::Flat => quote!(Joined(',')),
    };
    quote!((#name, runtime::UrlStyle::#style))
}

fn documentation(operation: &Operation) -> String {
    let mut doc = operation.doc.clone();
    let described: Vec<(&str, &str)> = operation
        .parameters
        .iter()
        .map(|parameter| (parameter.rust.as_str(), parameter.doc.as_str()))
        .chain(operation.body.as_ref().map(|body| {
            (
                if matches!(body.kind, BodyKind::Form(_)) {
                    "form"
                } else {
                    "body"
                },
                body.doc.as_str(),
            )
        }))
        .filter(|(_, doc)| !doc.is_empty())
        .collect();
    if !described.is_empty() {
        doc.push_str("\n\n# Arguments");
        for (name, text) in described {
            let text = text
                .lines()
                .filter(|line| !line.trim().is_empty())
                .collect::<Vec<_>>()
                .join("\n  ");
            doc.push_str(&format!("\n- `{name}`: {text}"));
        }
    }
    if !operation.error_statuses.is_empty() {
        doc.push_str(&format!(
            "\n\n# Errors\n[`Error`]; documented statuses: {}.",
            operation.error_statuses.join(", ")
        ));
    }
    doc
}
