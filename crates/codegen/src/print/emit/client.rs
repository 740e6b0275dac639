//! The client: where the service is, how to reach it, and what it is given to prove who it is.

use proc_macro2::{Span, TokenStream};
use quote::quote;
use syn::{Ident, ImplItemFn};

use crate::{
    ir::{BodyKind, CredentialKind, Ir, Location},
    names::Names,
};

use super::{any, doc_attributes};

pub(crate) fn emit(ir: &Ir, methods: &[ImplItemFn]) -> TokenStream {
    let uses = uses(ir);
    let servers = servers(ir);
    let doc = client_doc(ir);
    let doc = doc_attributes(&doc);
    let fields = ir
        .credentials
        .iter()
        .map(|credential| Ident::new(&credential.rust, Span::call_site()));
    let fields: Vec<Ident> = fields.collect();
    let has_forms = ir.operations.iter().any(|op| {
        matches!(
            op.body.as_ref().map(|body| &body.kind),
            Some(BodyKind::Form(_))
        )
    });
    let form_field = has_forms.then(|| quote!(form_options: FormOptions,));
    let form_start = has_forms.then(|| quote!(form_options: FormOptions::new(),));
    let form_method = has_forms.then(|| {
        quote! {
            /// Sets how forms are made: the spelling of array names, or a fixed boundary.
            #[must_use]
            pub fn with_form_options(mut self, options: FormOptions) -> Self {
                self.form_options = options;
                self
            }
        }
    });
    let setters = credential_setters(ir, &fields);
    let authorize = ir.operations.iter().any(|op| !op.credentials.is_empty()).then(|| {
        quote! {
            /// Adds a credential to a request, if the client has been given it.
            fn authorize(request: reqwest::RequestBuilder, credentials: &Option<Credentials>) -> reqwest::RequestBuilder {
                match credentials {
                    Some(credentials) => credentials.apply(request),
                    None => request,
                }
            }
        }
    });
    let unused = ir
        .operations
        .is_empty()
        .then(|| quote!(#[expect(dead_code, reason = "the document has no operations")]));
    quote! {
        #uses

        #servers

        #(#doc)*
        #[derive(Clone, Debug)]
        pub struct Client {
            base_url: String,
            #unused
            http: reqwest::Client,
            #form_field
            #(#fields: Option<Credentials>,)*
        }

        impl Client {
            /// A client for the service at `base_url`, with the runtime's HTTP client: no redirect is followed, and
            /// nothing but connecting has a time limit.
            ///
            /// # Errors
            /// If TLS cannot be set up.
            pub fn new(base_url: &str) -> Result<Self, reqwest::Error> {
                Ok(Self::with_http_client(base_url, runtime::http_client().build()?))
            }

            /// A client that sends with `http`.
            ///
            /// Credentials that were added to it with [`Client`]'s methods are only safe if `http` follows no redirects.
            #[must_use]
            pub fn with_http_client(base_url: &str, http: reqwest::Client) -> Self {
                Self { base_url: base_url.to_owned(), http, #form_start #(#fields: None,)* }
            }

            #(#setters)*

            #form_method

            /// Where requests go.
            pub fn base_url(&self) -> &str {
                &self.base_url
            }
        }

        #[doc = " The operations of the service, in the order of its description."]
        impl Client {
            #(#methods)*
        }

        #authorize
    }
}

fn uses(ir: &Ir) -> TokenStream {
    let kind = |wanted: fn(&BodyKind) -> bool| {
        ir.operations
            .iter()
            .any(|op| op.body.as_ref().is_some_and(|body| wanted(&body.kind)))
    };
    let forms = kind(|kind| matches!(kind, BodyKind::Form(_)));
    let accept = ir.operations.iter().any(|op| op.accept.is_some());
    let content_type = kind(|kind| match kind {
        BodyKind::Json(_, media) => media != "application/json",
        BodyKind::Text(_) | BodyKind::Binary(_) | BodyKind::UrlEncoded(..) => true,
        _ => false,
    });
    let mut headers = Vec::new();
    headers.extend(accept.then(|| quote!(ACCEPT)));
    headers.extend(content_type.then(|| quote!(CONTENT_TYPE)));
    let headers = (!headers.is_empty())
        .then(|| quote!(use ::postpress_runtime::reqwest::header::{#(#headers),*};));
    let credentials = (!ir.credentials.is_empty()).then(|| quote!(, Credentials));
    let operations = (!ir.operations.is_empty()).then(|| quote!(, Endpoint, Error, Response));
    let multipart = forms.then(|| {
        quote!(
            use ::postpress_runtime::multipart::{FormBody, FormOptions};
        )
    });
    quote! {
        use ::postpress_runtime::{self as runtime, reqwest #credentials #operations};
        #headers
        #multipart
    }
}

/// The sibling modules that there are.
pub(crate) fn modules(ir: &Ir) -> Vec<&'static str> {
    use crate::ir::TypeKind;
    let mut modules = Vec::new();
    let is_enum =
        |kind: &TypeKind| matches!(kind, TypeKind::StringEnum(_) | TypeKind::IntegerEnum(_));
    if any(ir, true, is_enum) || any(ir, false, is_enum) {
        modules.push("enums");
    }
    if ir.catalogue.is_some() {
        modules.push("errors");
    }
    if any(ir, false, |kind| {
        matches!(kind, TypeKind::Struct(_) | TypeKind::Union(_))
    }) {
        modules.push("forms");
    }
    if any(ir, true, |kind| matches!(kind, TypeKind::Struct(_))) {
        modules.push("types");
    }
    if any(ir, true, |kind| matches!(kind, TypeKind::Union(_))) {
        modules.push("variants");
    }
    modules
}

fn client_doc(ir: &Ir) -> String {
    let title = crate::ir::docs::for_rustdoc(&ir.title);
    let mut doc = format!(
        "Client for {title}, version {}.",
        crate::ir::docs::for_rustdoc(&ir.version)
    );
    if let Some(description) = &ir.description {
        doc.push_str(&format!(
            "\n\n{}",
            crate::ir::docs::for_rustdoc(description)
        ));
    }
    doc.push_str("\n\nCheap to clone: clones share their connections.");
    if ir
        .operations
        .iter()
        .any(|op| op.parameters.iter().any(|p| p.location == Location::Path))
    {
        doc.push_str("\n\nValues in a path that would change the path (empty, `.`, `..`) are refused before anything is sent.");
    }
    doc
}

fn servers(ir: &Ir) -> TokenStream {
    let mut used = Names::default();
    let constants = ir
        .servers
        .iter()
        .enumerate()
        .filter(|(_, server)| server.url.contains("://"))
        .map(|(index, server)| {
            let doc = server
                .description
                .as_deref()
                .map(crate::ir::docs::for_rustdoc);
            let doc =
                doc_attributes(&doc.unwrap_or_else(|| "A base URL of the service.".to_owned()));
            let wanted = if index == 0 {
                "DEFAULT_BASE_URL".to_owned()
            } else {
                format!("BASE_URL_{}", index + 1)
            };
            let name = Ident::new(&used.claim(&wanted, "BASE_URL"), Span::call_site());
            let url = &server.url;
            quote!(#(#doc)* pub const #name: &str = #url;)
        });
    quote!(#(#constants)*)
}

fn credential_setters(ir: &Ir, fields: &[Ident]) -> Vec<TokenStream> {
    let setters = ir.credentials.iter().zip(fields).map(|(credential, field)| {
        let name = Ident::new(&format!("with_{field}"), Span::call_site());
        let (what, arguments, make) = match &credential.kind {
            CredentialKind::ApiKeyHeader(header) => (
                format!("Sends this key as `{header}`, and never prints it."),
                quote!(key: impl AsRef<str>),
                quote!(Credentials::api_key(#header, key)),
            ),
            CredentialKind::Bearer => (
                "Sends this token as `Authorization: Bearer`, and never prints it.".to_owned(),
                quote!(token: impl AsRef<str>),
                quote!(Credentials::bearer(token)),
            ),
            CredentialKind::Basic => (
                "Sends this user and password as `Authorization: Basic`, and never prints the password.".to_owned(),
                quote!(user: impl AsRef<str>, password: impl AsRef<str>),
                quote!(Credentials::basic(user, password)),
            ),
        };
        let own = if credential.doc.is_empty() { String::new() } else { format!("\n\n{}", credential.doc) };
        let doc = doc_attributes(&format!("{what}{own}\n\n# Errors\nIf it holds what a header cannot."));
        quote! {
            #(#doc)*
            pub fn #name(mut self, #arguments) -> Result<Self, runtime::InvalidRequest> {
                self.#field = Some(#make?);
                Ok(self)
            }
        }
    });
    setters.collect()
}
