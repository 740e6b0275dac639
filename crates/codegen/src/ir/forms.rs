//! Which types forms are made of.

use std::collections::HashSet;

use super::{
    BodyKind, Form, Operation, Type, TypeDef, TypeId, TypeKind,
    reach::{named_within, properties},
};

/// The kinds of body that an operation sends.
pub(crate) fn kinds(operation: &Operation) -> impl Iterator<Item = &BodyKind> {
    operation.body.iter().flat_map(|body| &body.kinds)
}

/// The form that an operation sends.
pub fn form_of(operation: &Operation) -> Option<&Form> {
    kinds(operation).find_map(|kind| match kind {
        BodyKind::Form(form) => Some(form),
        _ => None,
    })
}

/// The types that are written as a whole form: its root, and the variants of any union among them.
pub fn parts_of(types: &[TypeDef], root: TypeId) -> Vec<TypeId> {
    let mut parts = vec![root];
    let mut next = 0;
    while let Some(id) = parts.get(next).copied() {
        if let TypeKind::Union(union) = &types[id].kind {
            for variant in &union.variants {
                if let Type::Named(id) = variant.ty
                    && !parts.contains(&id)
                {
                    parts.push(id);
                }
            }
        }
        next += 1;
    }
    parts
}

/// The types that are written in brackets, inside forms.
pub(crate) fn nested<'f>(
    types: &[TypeDef],
    forms: impl Iterator<Item = &'f Form>,
) -> HashSet<TypeId> {
    let mut open = Vec::new();
    for form in forms {
        for owner in parts_of(types, form.root) {
            let bracketed = properties(types, owner).into_iter();
            let bracketed = bracketed.filter(|(name, _)| !form.is_json(owner, name));
            open.extend(bracketed.map(|(_, ty)| ty));
        }
    }
    named_within(types, open)
}
