//! Mends what progenitor makes, with syn. Every rewrite says what it must find; finding nothing is an error, so that a new
//! version of progenitor cannot change the output unnoticed.

pub(crate) mod types;

use proc_macro2::Span;
use syn::{
    Ident, Path,
    visit_mut::{self, VisitMut},
};

use crate::{ir::Ir, print::progenitor::document as lower};

/// Something that should have been in progenitor's output was not.
#[derive(Debug)]
pub(crate) struct Missing(pub(crate) String);

/// The prelude's own names for these, which nothing of the document may take.
const PRELUDE: [&str; 4] = ["Option", "Vec", "String", "Box"];

/// Puts the document's type names back, and spells prelude types short.
pub(crate) struct Names<'m>(pub(crate) &'m Ir);

impl VisitMut for Names<'_> {
    fn visit_ident_mut(&mut self, ident: &mut Ident) {
        let text = ident.to_string();
        let number = text
            .strip_prefix('T')
            .filter(|digits| digits.len() >= 4)
            .and_then(|digits| digits.parse::<usize>().ok());
        if let Some(ty) = number.and_then(|id| {
            self.0
                .types
                .get(id)
                .filter(|_| text == lower::type_name(id))
        }) {
            *ident = Ident::new(&ty.name, Span::call_site());
        }
    }

    fn visit_path_mut(&mut self, path: &mut Path) {
        // What is emitted beside progenitor's output was named when it was replaced, and a document may call something
        // `T0001` itself.
        let is_named = path
            .segments
            .first()
            .is_some_and(|segment| segment.ident == "super");
        if !is_named {
            visit_mut::visit_path_mut(self, path);
        }
        let in_std = path
            .segments
            .first()
            .is_some_and(|segment| segment.ident == "std");
        if in_std
            && path.segments.len() == 3
            && let Some(last) = path
                .segments
                .last()
                .filter(|last| PRELUDE.iter().any(|name| last.ident == name))
                .cloned()
        {
            path.leading_colon = None;
            path.segments = std::iter::once(last).collect();
        }
        // Sibling modules are in scope.
        if path
            .segments
            .first()
            .is_some_and(|segment| segment.ident == "super")
        {
            path.segments = path.segments.iter().skip(1).cloned().collect();
        }
    }
}
