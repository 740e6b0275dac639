//! What progenitor cannot print: the client with its operations, forms, open enums, unions, bodies by status and the error catalogue.

pub(crate) mod bodies;
pub(crate) mod client;
pub(crate) mod enums;
pub(crate) mod errors;
pub(crate) mod forms;
pub(crate) mod module;
pub(crate) mod operations;
pub(crate) mod params;
pub(crate) mod responses;
pub(crate) mod samples;
pub(crate) mod variants;

use syn::parse_quote;

use crate::ir::{Struct, Type};

/// One attribute for each line, so that they are printed as `///` comments.
pub(crate) fn doc_attributes(doc: &str) -> Vec<syn::Attribute> {
    let lines = doc.lines().map(|line| {
        if line.is_empty() {
            String::new()
        } else {
            format!(" {line}")
        }
    });
    lines.map(|line| parse_quote!(#[doc = #line])).collect()
}

/// The same for items that are written as text.
pub(crate) fn doc_comment(doc: &str, indent: &str, out: &mut String) {
    for line in doc.lines() {
        let gap = if line.is_empty() { "" } else { " " };
        out.push_str(&format!("{indent}///{gap}{line}\n"));
    }
}

/// A string literal.
pub(crate) fn literal(text: &str) -> String {
    proc_macro2::Literal::string(text).to_string()
}

/// Whether the struct that travels as JSON can be made without being given anything.
pub(crate) fn has_default(object: &Struct) -> bool {
    object.fields.iter().all(|field| !field.required)
}

/// Whether the type is a number that may have a fraction, or a list or map of such.
pub(crate) fn has_float(ty: &Type) -> bool {
    match ty {
        Type::Float(_) => true,
        Type::Array(inner) | Type::Map(inner) | Type::Nullable(inner) => has_float(inner),
        _ => false,
    }
}

/// Brings the sibling modules that `text` mentions into scope; they stand in the module `up`.
pub(crate) fn uses(modules: &[&str], own: &str, up: &str, text: &str) -> String {
    let mentioned = |module: &&&str| {
        let path = format!("{module}::");
        **module != own
            && text.match_indices(&path).any(|(at, _)| {
                !text[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':')
            })
    };
    let mentioned: Vec<&str> = modules.iter().filter(mentioned).copied().collect();
    match mentioned.as_slice() {
        [] => String::new(),
        [only] => format!("use {up}::{only};\n\n"),
        several => format!("use {up}::{{{}}};\n\n", several.join(", ")),
    }
}
