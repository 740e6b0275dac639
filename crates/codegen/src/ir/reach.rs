//! Which other types a type is made of.

use super::{Ir, Type, TypeDef, TypeId, TypeKind};

/// The properties of a struct, what the caller adds as `*`.
pub(crate) fn properties(types: &[TypeDef], id: TypeId) -> Vec<(String, Type)> {
    let TypeKind::Struct(object) = &types[id].kind else {
        return Vec::new();
    };
    let extra = object.extra.clone().map(|ty| ("*".to_owned(), ty));
    let declared = object
        .fields
        .iter()
        .map(|field| (field.name.clone(), field.ty.clone()));
    declared.chain(extra).collect()
}

/// The type that has a name, of which a type is made.
pub(crate) fn named(ty: &Type) -> Option<TypeId> {
    match ty {
        Type::Named(id) => Some(*id),
        Type::Array(inner) | Type::Map(inner) | Type::Nullable(inner) => named(inner),
        _ => None,
    }
}

/// The types that a type is made of.
pub(crate) fn parts(ir: &Ir, id: TypeId) -> Vec<Type> {
    match &ir.types[id].kind {
        TypeKind::Struct(_) => properties(&ir.types, id)
            .into_iter()
            .map(|(_, ty)| ty)
            .collect(),
        TypeKind::Union(union) => union
            .variants
            .iter()
            .map(|variant| variant.ty.clone())
            .collect(),
        _ => Vec::new(),
    }
}

/// What a value of a type holds within itself: lists and maps hold theirs elsewhere.
pub(crate) fn held(ty: &Type) -> Option<TypeId> {
    match ty {
        Type::Named(id) => Some(*id),
        Type::Nullable(inner) => held(inner),
        _ => None,
    }
}

/// A value of type `from` holds one of type `target` within itself, or is one.
pub(crate) fn holds(ir: &Ir, from: TypeId, target: TypeId) -> bool {
    let mut seen = vec![false; ir.types.len()];
    let mut open = vec![from];
    while let Some(id) = open.pop() {
        if id == target {
            return true;
        }
        if std::mem::replace(&mut seen[id], true) {
            continue;
        }
        match &ir.types[id].kind {
            TypeKind::Struct(object) => {
                open.extend(object.fields.iter().filter_map(|field| held(&field.ty)))
            }
            TypeKind::Union(union) => open.extend(
                union
                    .variants
                    .iter()
                    .filter(|v| !v.boxed)
                    .filter_map(|v| held(&v.ty)),
            ),
            _ => {}
        }
    }
    false
}
