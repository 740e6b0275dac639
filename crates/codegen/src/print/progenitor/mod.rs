//! Runs progenitor on the lowered document.

use std::{
    cell::Cell,
    panic::{self, AssertUnwindSafe},
    sync::Once,
};

use openapiv3::OpenAPI;
use progenitor_impl::{GenerationSettings, Generator, TypeImpl};

pub(crate) mod document;
pub(crate) mod polish;

use self::document::{TIMESTAMP, type_name};
use crate::ir::{Ir, TypeKind};

/// What progenitor makes of `document`, or why it makes nothing.
pub(crate) fn run(document: &OpenAPI, ir: &Ir) -> Result<syn::File, String> {
    let mut settings = GenerationSettings::default();
    settings.with_map_type("::std::collections::BTreeMap");
    settings.with_replacement(
        TIMESTAMP,
        "::postpress_runtime::Timestamp",
        [TypeImpl::Display].into_iter(),
    );
    for (id, ty) in ir.types.iter().enumerate().filter(|(_, ty)| ty.in_json) {
        let module = match ty.kind {
            TypeKind::Struct(_) => continue,
            TypeKind::Union(_) => "variants",
            TypeKind::StringEnum(_) | TypeKind::IntegerEnum(_) => "enums",
            TypeKind::ErrorType => "errors",
        };
        settings.with_replacement(
            type_name(id),
            format!("super::{module}::{}", ty.name),
            [TypeImpl::Display].into_iter(),
        );
    }
    let tokens = quietly(|| Generator::new(&settings).generate_tokens(document))
        .map_err(|panic| format!("progenitor gave up: {panic}"))?
        .map_err(|error| format!("progenitor refused: {error}"))?;
    syn::parse2(tokens).map_err(|error| format!("progenitor's output is not Rust: {error}"))
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
