//! Operations: a method of the client for each. It makes a request; the runtime sends it.

use proc_macro2::{Span, TokenStream};
use quote::quote;
use syn::Ident;

use crate::ir::{
    Body, BodyKind, FormStyle, Ir, Location, Operation, Parameter, Payload, Type, forms::form_of,
};

use super::{bodies, doc_attributes, params, samples, variants};

/// More arguments than this, `self` included, are too many for clippy.
const MOST_ARGUMENTS: usize = 7;

/// The methods of the client, in the document's order.
pub(crate) fn methods(ir: &Ir) -> Vec<TokenStream> {
    let (params, bodies) = (params::names(ir), bodies::names(ir));
    let operations = ir.operations.iter().zip(params.iter().zip(&bodies));
    operations
        .map(|(operation, (params, body))| {
            method(ir, operation, params.as_deref(), body.as_deref())
        })
        .collect()
}

/// The lines that make a client and send a request which needs no values, if there is one.
pub(crate) fn first_call(ir: &Ir) -> Vec<String> {
    let mut lines = samples::sample_client(ir);
    let call = ir.operations.iter().position(|operation| {
        let mut parameters = operation.parameters.iter();
        operation.method == "get"
            && operation.body.is_none()
            && !parameters.any(|parameter| parameter.required)
    });
    if let Some(index) = call {
        lines.extend(samples::Samples::new(ir).call(index, &|_| None));
    }
    lines
}

/// `body` is the enum of what it may send, where that is of several kinds.
fn method(ir: &Ir, operation: &Operation, params: Option<&str>, body: Option<&str>) -> TokenStream {
    let name = ident(&operation.function);
    let doc = doc_attributes(&documentation(operation, params));
    let several = operation.body.as_ref().filter(|_| body.is_some());
    let borrows = several.is_some_and(|_| bodies::borrows(operation));
    // A form is made when the request is sent; everything else is in the request from the beginning.
    let (generics, borrowed, lifetime, held) = if form_of(operation).is_some() {
        (quote!(<'a>), quote!(&'a), quote!('a), quote!('a))
    } else if borrows && several.is_some_and(|body| body.required) {
        // What is converted needs a name for its lifetime.
        (quote!(<'b>), quote!(&), quote!('_), quote!('b))
    } else {
        (quote!(), quote!(&), quote!('_), quote!('_))
    };
    let required = operation.parameters.iter().filter(|p| p.required);
    let mut arguments: Vec<TokenStream> = required
        .map(|parameter| {
            let (name, ty) = (ident(&parameter.rust), argument(ir, &parameter.ty));
            quote!(#name: #ty)
        })
        .collect();
    arguments.extend(operation.body.iter().map(|own| match body {
        None => body_argument(ir, own),
        Some(name) => {
            let (name, held) = (ident(name), borrows.then(|| quote!(<#held>)));
            if own.required {
                quote!(body: impl Into<bodies::#name #held>)
            } else {
                quote!(body: Option<bodies::#name #held>)
            }
        }
    }));
    arguments.extend(params.map(|name| {
        let name = ident(name);
        quote!(params: &params::#name)
    }));
    let expect = (arguments.len() >= MOST_ARGUMENTS).then(|| {
        quote!(#[expect(clippy::too_many_arguments, reason = "the operation requires as many values")])
    });
    let decode = match &operation.success {
        Payload::Json(ty) => {
            let ty = response_type(ir, ty);
            quote!(Json<#ty>)
        }
        Payload::Empty => quote!(Empty),
        Payload::Text => quote!(Text),
        Payload::Raw => quote!(Raw),
    };
    // Without a type of its own, an error's body is any JSON.
    let error = operation.error.as_ref().map(|ty| {
        let ty = response_type(ir, ty);
        quote!(, #ty)
    });
    let request = request(ir, operation, body);
    quote! {
        #(#doc)*
        #expect
        pub fn #name #generics(#borrowed self, #(#arguments),*) -> Request<#lifetime, #decode #error> {
            #request
        }
    }
}

/// The type of an argument: what is small by value, what is long by reference.
fn argument(ir: &Ir, ty: &Type) -> TokenStream {
    borrowed(ty, &TokenStream::new(), &|ty| rust_type(ir, ty))
}

/// The same, where references have a `lifetime` and types are spelled by `rust_type`.
pub(super) fn borrowed(
    ty: &Type,
    lifetime: &TokenStream,
    rust_type: &dyn Fn(&Type) -> TokenStream,
) -> TokenStream {
    match ty {
        Type::Bool | Type::Integer(_) | Type::Float(_) | Type::Timestamp => rust_type(ty),
        Type::String | Type::File => quote!(&#lifetime str),
        Type::Array(member) => {
            let member = rust_type(member);
            quote!(&#lifetime [#member])
        }
        Type::Nullable(inner) => {
            let inner = borrowed(inner, lifetime, rust_type);
            quote!(Option<#inner>)
        }
        other => {
            let ty = rust_type(other);
            quote!(&#lifetime #ty)
        }
    }
}

/// The argument for a body of one kind.
fn body_argument(ir: &Ir, body: &Body) -> TokenStream {
    let ty = match body.kinds.first() {
        Some(BodyKind::Json(ty, _) | BodyKind::UrlEncoded(ty, _)) => argument(ir, ty),
        Some(BodyKind::Form(form)) => {
            let root = ident(&ir.types[form.root].name);
            quote!(&'a forms::#root)
        }
        _ if body.required => quote!(impl Into<reqwest::Body>),
        _ => quote!(reqwest::Body),
    };
    let name = ident(body_name(body));
    if body.required {
        quote!(#name: #ty)
    } else {
        quote!(#name: Option<#ty>)
    }
}

/// What the argument for a body is called.
fn body_name(body: &Body) -> &'static str {
    match body.kinds.as_slice() {
        [BodyKind::Form(_)] => "form",
        _ => "body",
    }
}

/// The expression that makes the request.
fn request(ir: &Ir, operation: &Operation, several: Option<&str>) -> TokenStream {
    let (id, path) = (&operation.id, &operation.path);
    let method = ident(&operation.method.to_ascii_uppercase());
    let accept = operation
        .accept
        .as_ref()
        .map(|media| quote!(.accept(#media)));
    let credentials = operation.credentials.iter().map(|index| {
        let field = ident(&ir.credentials[*index].rust);
        quote!(.credentials(self.#field.as_ref()))
    });
    let query = operation.query.iter();
    let query = query.map(|(name, value)| quote!(.query(#name, #value)));
    let parameters = operation.parameters.iter().map(parameter);
    let request = quote! {
        Request::new(&self.service, #id, Method::#method, #path)
            #accept
            #(#credentials)*
            #(#query)*
            #(#parameters)*
    };
    let Some(body) = &operation.body else {
        return request;
    };
    let name = ident(body_name(body));
    let arms = match several {
        None if body.required => {
            let send = body.kinds.iter().map(|kind| send_body(kind, &name));
            return quote!(#request #(#send)*);
        }
        None => {
            let send = body.kinds.iter().map(|kind| send_body(kind, &name));
            quote!(Some(#name) => request #(#send)*,)
        }
        Some(several) => {
            let (several, variants) = (ident(several), bodies::variants(body));
            let arms = body.kinds.iter().zip(variants).map(|(kind, variant)| {
                let (variant, send) = (ident(&variant), send_body(kind, &name));
                let pattern = quote!(bodies::#several::#variant(#name));
                match body.required {
                    true => quote!(#pattern => request #send,),
                    false => quote!(Some(#pattern) => request #send,),
                }
            });
            quote!(#(#arms)*)
        }
    };
    let (of, none) = match body.required {
        true => (quote!(#name.into()), None),
        false => (quote!(#name), Some(quote!(None => request,))),
    };
    quote! {
        let request = #request;
        match #of { #arms #none }
    }
}

fn parameter(parameter: &Parameter) -> TokenStream {
    let (name, field) = (&parameter.name, ident(&parameter.rust));
    let value = match parameter.ty {
        _ if !parameter.required => quote!(&params.#field),
        _ if is_reference(&parameter.ty) => quote!(#field),
        _ => quote!(&#field),
    };
    match parameter.location {
        Location::Path => quote!(.path(#name, #value)),
        Location::PathStyled(style, explode) => {
            let style = ident(&format!("{style:?}"));
            quote!(.path_styled(#name, #value, runtime::PathStyle::#style, #explode))
        }
        Location::Header => quote!(.header(#name, #value)),
        Location::HeaderExploded => quote!(.header_exploded(#name, #value)),
        Location::Cookie(explode) => quote!(.cookie(#name, #value, #explode)),
        Location::Query => quote!(.query(#name, #value)),
        Location::QueryJoined(separator) => quote!(.query_joined(#name, #value, #separator)),
        Location::QueryDeep => quote!(.query_deep(#name, #value)),
        Location::QueryJson => quote!(.query_json(#name, #value)),
        Location::HeaderJson => quote!(.header_json(#name, #value)),
        Location::PathJson => quote!(.path_json(#name, #value)),
        Location::CookieJson => quote!(.cookie_json(#name, #value)),
    }
}

/// The calls that give the request its body, which is called `name`.
fn send_body(body: &BodyKind, name: &Ident) -> TokenStream {
    let reference = |ty: &Type| {
        if is_reference(ty) {
            quote!(#name)
        } else {
            quote!(&#name)
        }
    };
    match body {
        BodyKind::Json(ty, media) => {
            let body = reference(ty);
            let content_type = (media != "application/json").then(|| quote!(.content_type(#media)));
            quote!(.json(#body) #content_type)
        }
        BodyKind::UrlEncoded(ty, styles) => {
            let body = reference(ty);
            let styles = styles.iter().map(|(name, style)| url_style(name, *style));
            quote!(.url_encoded(#body, &[#(#styles),*]))
        }
        BodyKind::Form(_) => quote!(.form(#name)),
        BodyKind::Text(media) | BodyKind::Binary(media) => {
            quote!(.body(#name).content_type(#media))
        }
    }
}

/// Whether [`argument`] makes a reference of the type.
fn is_reference(ty: &Type) -> bool {
    !matches!(
        ty,
        Type::Bool | Type::Integer(_) | Type::Float(_) | Type::Timestamp | Type::Nullable(_)
    )
}

/// A property of a url-encoded body with its style.
fn url_style(name: &str, style: FormStyle) -> TokenStream {
    let style = match style {
        FormStyle::Plain | FormStyle::Spread => quote!(Exploded),
        FormStyle::Deep => quote!(Deep),
        FormStyle::Json => quote!(Json),
        FormStyle::JsonEach => quote!(JsonEach),
        FormStyle::TextOrJson | FormStyle::FileOrJson => quote!(TextOrJson),
        FormStyle::Joined(separator) => quote!(Joined(#separator)),
        FormStyle::Flat => quote!(Joined(',')),
    };
    quote!((#name, runtime::UrlStyle::#style))
}

/// The type of an argument as it is spelled in the client's module.
fn rust_type(ir: &Ir, ty: &Type) -> TokenStream {
    spelled(variants::rust_type(ir, ty, "client", false))
}

/// The type of what a response brings.
fn response_type(ir: &Ir, ty: &Type) -> TokenStream {
    spelled(variants::rust_type(ir, ty, "client", true))
}

fn spelled(text: String) -> TokenStream {
    let text = text.replace("::postpress_runtime::", "runtime::");
    text.parse().unwrap_or_default()
}

fn documentation(operation: &Operation, params: Option<&str>) -> String {
    let mut doc = operation.doc.clone();
    let required = operation.parameters.iter().filter(|p| p.required);
    let mut arguments: Vec<(&str, &str)> = required
        .map(|parameter| (parameter.rust.as_str(), parameter.doc.as_str()))
        .collect();
    let body = operation.body.as_ref();
    arguments.extend(body.map(|body| (body_name(body), body.doc.as_str())));
    arguments.extend(params.map(|_| ("params", "The optional parameters.")));
    arguments.retain(|(_, doc)| !doc.is_empty());
    if !arguments.is_empty() {
        doc.push_str("\n\n# Arguments");
        for (name, text) in arguments {
            let lines: Vec<&str> = text
                .lines()
                .filter(|line| !line.trim().is_empty())
                .collect();
            doc.push_str(&format!("\n- `{name}`: {}", lines.join("\n  ")));
        }
    }
    if !operation.error_statuses.is_empty() {
        doc.push_str(&format!(
            "\n\n# Errors\n[`Error`](runtime::Error); documented statuses: {}.",
            operation.error_statuses.join(", ")
        ));
    }
    doc
}

fn ident(name: &str) -> Ident {
    Ident::new(name, Span::call_site())
}
