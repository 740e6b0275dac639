//! The client: where the service is, how to reach it, and what it is given to prove who it is.

use proc_macro2::{Span, TokenStream};
use quote::quote;
use syn::Ident;

use crate::{
    ir::{CredentialKind, Ir, Server, forms::form_of},
    names::{self, Names},
};

use super::doc_attributes;

/// What generated code uses of the runtime.
pub(crate) const IMPORTS: [&str; 9] = [
    "reqwest",
    "Credentials",
    "Empty",
    "Json",
    "Method",
    "Raw",
    "Request",
    "Service",
    "Text",
];

/// The client without its operations.
pub(crate) fn emit(ir: &Ir) -> TokenStream {
    let servers = server_constants(ir).into_iter().map(|(name, server)| {
        let doc = server
            .description
            .as_deref()
            .map(crate::ir::docs::for_rustdoc);
        let doc = doc_attributes(&doc.unwrap_or_else(|| "A base URL of the service.".to_owned()));
        let (name, url) = (Ident::new(&name, Span::call_site()), &server.url);
        quote!(#(#doc)* pub const #name: &str = #url;)
    });
    let doc = client_doc(ir);
    let doc = doc_attributes(&doc);
    let fields = ir
        .credentials
        .iter()
        .map(|credential| Ident::new(&credential.rust, Span::call_site()));
    let fields: Vec<Ident> = fields.collect();
    let form_options = has_forms(ir).then(|| {
        quote! {
            /// Sets how forms are made: the spelling of array names, or a fixed boundary. A request can have options of its own.
            #[must_use]
            pub fn with_form_options(mut self, options: FormOptions) -> Self {
                self.service = self.service.with_form_options(options);
                self
            }
        }
    });
    let setters = credential_setters(ir, &fields);
    quote! {
        #(#servers)*

        #(#doc)*
        #[derive(Clone, Debug)]
        pub struct Client {
            service: Service,
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
            /// Credentials that were added to it with [`Client`]'s methods are only safe if `http` follows no redirects, and
            /// sends nothing in clear text through a proxy.
            #[must_use]
            pub fn with_http_client(base_url: &str, http: reqwest::Client) -> Self {
                Self { service: Service::new(base_url, http), #(#fields: None,)* }
            }

            #(#setters)*

            #form_options

            /// Where requests go.
            pub fn base_url(&self) -> &str {
                self.service.base_url()
            }
        }
    }
}

fn has_forms(ir: &Ir) -> bool {
    ir.operations
        .iter()
        .any(|operation| form_of(operation).is_some())
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
        .any(|op| op.parameters.iter().any(|p| p.location.is_path()))
    {
        doc.push_str("\n\nValues in a path that would change the path (empty, `.`, `..`) are refused before anything is sent.");
    }
    doc
}

/// The constants for the base URLs that are absolute, with their names. The first is the default; the others are called by the
/// part of the URL that tells them from it: the host, or the path where the host is the same.
pub fn server_constants(ir: &Ir) -> Vec<(String, &Server)> {
    let mut used = Names::default();
    let parts = |server: &Server| {
        let (_, place) = server.url.split_once("://")?;
        let (host, path) = place.split_once('/').unwrap_or((place, ""));
        Some((names::snake(host), names::snake(path)))
    };
    let default = ir.servers.first().and_then(parts);
    let named = ir.servers.iter().enumerate().filter_map(|(index, server)| {
        let (host, path) = parts(server)?;
        let name = match &default {
            _ if index == 0 => "default",
            Some((same, _)) if *same == host => &path,
            _ => &host,
        };
        let name = format!("{name}_base_url").to_uppercase();
        Some((used.claim(name.trim_start_matches('_'), "BASE_URL"), server))
    });
    named.collect()
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
