//! `types.rs`: the structs that travel as JSON, which progenitor prints.

mod amend;
mod document;

use std::{
    cell::Cell,
    panic::{self, AssertUnwindSafe},
    sync::Once,
};

use progenitor_impl::{CrateVers, GenerationSettings, Generator, TypePatch};
use schemars::schema::{InstanceType, SchemaObject};

use self::document::Document;
use crate::ir::{Ir, TypeId, TypeKind};

/// The structs of the IR that travel as JSON, in its order, or why there are none.
pub(crate) fn structs(ir: &Ir) -> Result<Vec<(TypeId, syn::ItemStruct)>, String> {
    let printed = print(ir)?;
    amend::amend(printed, ir).map_err(|missing| {
        format!("what progenitor prints has changed: there is no {missing} to amend")
    })
}

/// What progenitor prints.
fn print(ir: &Ir) -> Result<syn::File, String> {
    let document = Document::new(ir);
    let openapi = document
        .build()
        .map_err(|error| format!("the document for progenitor is not OpenAPI: {error}"))?;
    let settings = settings(ir, &document);
    let tokens = quietly(|| Generator::new(&settings).generate_tokens(&openapi))
        .map_err(|panic| format!("progenitor gave up: {panic}"))?
        .map_err(|error| format!("progenitor refused: {error}"))?;
    syn::parse2(tokens).map_err(|error| format!("progenitor's output is not Rust: {error}"))
}

/// What is printed elsewhere, and what stands on every struct.
fn settings(ir: &Ir, document: &Document<'_>) -> GenerationSettings {
    let mut settings = GenerationSettings::default();
    settings
        .with_derive("PartialEq")
        .with_map_type("::std::collections::BTreeMap")
        .with_crate("std", CrateVers::Any, None)
        .with_crate("postpress-runtime", CrateVers::Any, None)
        .with_conversion(
            SchemaObject {
                instance_type: Some(InstanceType::String.into()),
                format: Some("date-time".to_owned()),
                ..SchemaObject::default()
            },
            "::postpress_runtime::Timestamp",
            std::iter::empty(),
        );
    for (id, ty) in ir.types.iter().enumerate().filter(|(_, ty)| ty.in_json) {
        let name = document.name(id);
        match &ty.kind {
            TypeKind::Struct(object) if amend::is_ours(object) => {
                settings.with_replacement(name, &ty.name, std::iter::empty());
            }
            TypeKind::Struct(_) => {
                let mut patch = TypePatch::default();
                patch.with_rename(&ty.name).with_attr(
                    "#[cfg_attr(feature = \"schemars\", derive(::schemars::JsonSchema))]",
                );
                if ty.only_received {
                    patch.with_attr("#[non_exhaustive]");
                }
                settings.with_patch(name, &patch);
            }
            kind => {
                let path = format!("{}::{}", kind.module(), ty.name);
                settings.with_replacement(name, path, std::iter::empty());
            }
        }
    }
    settings
}

thread_local! {
    static QUIET: Cell<bool> = const { Cell::new(false) };
}

/// Turns a panic into its message. Progenitor panics at what it does not expect; the lowered document should hold nothing
/// of the kind, and if it does, that is to be reported and not to end the program.
fn quietly<T>(run: impl FnOnce() -> T) -> Result<T, String> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let shown = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if !QUIET.get() {
                shown(info);
            }
        }));
    });
    QUIET.set(true);
    let result = panic::catch_unwind(AssertUnwindSafe(run));
    QUIET.set(false);
    result.map_err(|payload| {
        let text = payload.downcast_ref::<String>().cloned();
        text.or_else(|| {
            payload
                .downcast_ref::<&str>()
                .map(|text| (*text).to_owned())
        })
        .unwrap_or_else(|| "no message".to_owned())
    })
}

#[cfg(test)]
mod tests;
