//! The module that holds the others.

use crate::ir::{Ir, TypeKind, docs::for_rustdoc};
use crate::select::Skipped;

use super::client::server_constants;

/// What clippy would say of the document's shape.
const LARGE_VARIANTS: &str = "#[allow(clippy::large_enum_variant, reason = \"variants are as large as the document makes them\")]\n";

/// `mod.rs`, with `modules` beside the client.
pub(crate) fn emit(ir: &Ir, modules: &[&str]) -> String {
    let mut out = String::from("//! The generated client: one module for each concern.\n");
    if !ir.skipped.is_empty() {
        out.push_str("//!\n//! # Left out\n//!\n//! These operations cannot be generated:\n//!\n");
    }
    for Skipped {
        request,
        id,
        reasons,
    } in &ir.skipped
    {
        let reasons = reasons.iter().map(|reason| {
            let message = reason.message.replace(char::is_control, " ");
            format!(
                "line {}: `{}`: {}",
                reason.at.line,
                reason.code,
                for_rustdoc(&message)
            )
        });
        let reasons: Vec<String> = reasons.collect();
        let request = request.replace(['`', '\n', '\r'], "?");
        out.push_str(&format!(
            "//! - `{request}` (`{id}`): {}\n",
            reasons.join("; ")
        ));
    }
    out.push('\n');
    let mut all = vec!["client"];
    all.extend(modules);
    let has_form_unions = ir
        .types
        .iter()
        .any(|ty| ty.in_form && matches!(ty.kind, TypeKind::Union(_)));
    for name in &all {
        let doc = match *name {
            "bodies" => "Bodies of requests that may be of several media types.",
            "client" => "The client and its operations.",
            "enums" => "Enums that keep the values they do not know.",
            "errors" => "The documented error types.",
            "forms" => "Bodies that are sent as `multipart/form-data`.",
            "params" => "The optional parameters of operations.",
            "responses" => "Bodies of responses that depend on the status.",
            "types" => "Objects that travel as JSON.",
            _ => "Values that come in one of several kinds.",
        };
        let lint = match *name {
            "forms" if has_form_unions => LARGE_VARIANTS,
            "variants" => LARGE_VARIANTS,
            _ => "",
        };
        out.push_str(&format!("/// {doc}\n{lint}pub mod {name};\n"));
    }
    let servers: String = server_constants(ir)
        .into_iter()
        .map(|(name, _)| format!(", {name}"))
        .collect();
    let exports = if servers.is_empty() {
        "Client".to_owned()
    } else {
        format!("{{Client{servers}}}")
    };
    out.push_str(&format!("\npub use client::{exports};\n"));
    out
}
