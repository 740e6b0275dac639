//! Which other types a type is made of.

use std::collections::HashSet;

use super::{BodyKind, Ir, Operation, Payload, Type, TypeDef, TypeId, TypeKind, forms::kinds};

/// The properties of a struct; undeclared ones are called `*`.
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

/// The type inside all lists, maps and nullable types.
pub(crate) fn innermost(ty: &Type) -> &Type {
    match ty {
        Type::Array(inner) | Type::Map(inner) | Type::Nullable(inner) => innermost(inner),
        ty => ty,
    }
}

/// The named type inside all lists, maps and nullable types, if there is one.
pub fn named(ty: &Type) -> Option<TypeId> {
    match innermost(ty) {
        Type::Named(id) => Some(*id),
        _ => None,
    }
}

/// The types that a type is made of.
pub(crate) fn parts(types: &[TypeDef], id: TypeId) -> Vec<Type> {
    match &types[id].kind {
        TypeKind::Union(union) => {
            let variants = union.variants.iter();
            variants.map(|variant| variant.ty.clone()).collect()
        }
        TypeKind::ByStatus(bodies) => {
            let types = bodies.iter().filter_map(|body| match &body.body {
                Payload::Json(ty) => Some(ty.clone()),
                _ => None,
            });
            types.collect()
        }
        _ => {
            let properties = properties(types, id).into_iter();
            properties.map(|(_, ty)| ty).collect()
        }
    }
}

/// Every named type that some types are made of, at any depth.
pub fn named_within(types: &[TypeDef], open: impl IntoIterator<Item = Type>) -> HashSet<TypeId> {
    let mut found = HashSet::new();
    let mut open: Vec<Type> = open.into_iter().collect();
    while let Some(ty) = open.pop() {
        if let Some(id) = named(&ty)
            && found.insert(id)
        {
            open.extend(parts(types, id));
        }
    }
    found
}

/// The types that an operation mentions.
pub(crate) fn mentioned(operation: &Operation) -> Vec<Type> {
    let parameters = operation.parameters.iter();
    let mut types: Vec<Type> = parameters.map(|parameter| parameter.ty.clone()).collect();
    types.extend(operation.error.clone());
    if let Payload::Json(ty) = &operation.success {
        types.push(ty.clone());
    }
    types.extend(kinds(operation).filter_map(|kind| match kind {
        BodyKind::Json(ty, _) | BodyKind::UrlEncoded(ty, _) => Some(ty.clone()),
        BodyKind::Form(form) => Some(Type::Named(form.root)),
        BodyKind::Text(_) | BodyKind::Binary(_) => None,
    }));
    types
}

/// Whether a file is somewhere in a value of a type.
pub(crate) fn holds_file(types: &[TypeDef], ty: &Type) -> bool {
    let is_file = |ty: &Type| *innermost(ty) == Type::File;
    let within = named_within(types, [ty.clone()]);
    is_file(ty)
        || within
            .into_iter()
            .any(|id| parts(types, id).iter().any(is_file))
}

/// The named type that a value of a type holds within itself. Lists and maps hold their members elsewhere.
pub(crate) fn held(ty: &Type) -> Option<TypeId> {
    match ty {
        Type::Named(id) => Some(*id),
        Type::Nullable(inner) => held(inner),
        _ => None,
    }
}

/// Whether a value of the type is an object or a union.
pub fn is_record(ir: &Ir, ty: &Type) -> bool {
    held(ty).is_some_and(|id| matches!(ir.types[id].kind, TypeKind::Struct(_) | TypeKind::Union(_)))
}

/// Whether a value of type `from` is one of type `target`, or holds one within itself.
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
