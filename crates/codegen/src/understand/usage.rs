//! Passes over the finished model: where each type travels, which recursion needs a box, in which order variants are tried.

use std::collections::HashSet;

use crate::{
    diagnostic::{Diagnostic, Diagnostics, Severity},
    document::Position,
    model::{BodyKind, Model, Payload, Type, TypeId, TypeKind},
};

use super::parts::{form_of, named, nested, parts_of, properties};

/// Marks the types that operations use, and `orphans`: as JSON, as form fields, or as both.
pub(crate) fn mark(model: &mut Model, orphans: &[TypeId]) {
    let mut json: Vec<Type> = orphans.iter().map(|id| Type::Named(*id)).collect();
    for operation in &model.operations {
        json.extend(
            operation
                .parameters
                .iter()
                .map(|parameter| parameter.ty.clone()),
        );
        json.extend(operation.error.clone());
        if let Payload::Json(ty) = &operation.success {
            json.push(ty.clone());
        }
        if let Some(BodyKind::Json(ty, _) | BodyKind::UrlEncoded(ty)) =
            operation.body.as_ref().map(|body| &body.kind)
        {
            json.push(ty.clone());
        }
    }
    let mut in_form: HashSet<TypeId> =
        nested(&model.types, model.operations.iter().filter_map(form_of));
    for form in model.operations.iter().filter_map(form_of) {
        for owner in parts_of(&model.types, form.root) {
            in_form.insert(owner);
            let sent_as_json = properties(&model.types, owner).into_iter();
            let sent_as_json = sent_as_json.filter(|(name, _)| form.is_json(owner, name));
            json.extend(sent_as_json.map(|(_, ty)| ty));
        }
    }
    for id in in_form {
        model.types[id].in_form = true;
    }
    for ty in json {
        mark_json(model, &ty);
    }
}

fn mark_json(model: &mut Model, ty: &Type) {
    let mut open = vec![ty.clone()];
    while let Some(ty) = open.pop() {
        if let Some(id) = named(&ty)
            && !std::mem::replace(&mut model.types[id].in_json, true)
        {
            open.extend(parts(model, id));
        }
    }
}

/// The types that a type is made of.
fn parts(model: &Model, id: TypeId) -> Vec<Type> {
    match &model.types[id].kind {
        TypeKind::Struct(_) => properties(&model.types, id)
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
fn held(ty: &Type) -> Option<TypeId> {
    match ty {
        Type::Named(id) => Some(*id),
        Type::Nullable(inner) => held(inner),
        _ => None,
    }
}

/// Boxes the variants through which a union holds itself.
pub(crate) fn box_recursion(model: &mut Model) {
    for id in 0..model.types.len() {
        let TypeKind::Union(union) = &model.types[id].kind else {
            continue;
        };
        let boxed: Vec<bool> = union
            .variants
            .iter()
            .map(|v| held(&v.ty).is_some_and(|held| holds(model, held, id)))
            .collect();
        if let TypeKind::Union(union) = &mut model.types[id].kind {
            for (variant, boxed) in union.variants.iter_mut().zip(boxed) {
                variant.boxed = boxed;
            }
        }
    }
}

/// A value of type `from` holds one of type `target` within itself, or is one.
pub(crate) fn holds(model: &Model, from: TypeId, target: TypeId) -> bool {
    let mut seen = vec![false; model.types.len()];
    let mut open = vec![from];
    while let Some(id) = open.pop() {
        if id == target {
            return true;
        }
        if std::mem::replace(&mut seen[id], true) {
            continue;
        }
        match &model.types[id].kind {
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

/// Variants without a tag are tried in turn, so what fits fewer values comes first; and a variant that would take the
/// values of a later one is an error.
pub(crate) fn order_variants(
    model: &mut Model,
    origins: &[(String, Position)],
    file: &str,
    diagnostics: &mut Diagnostics,
) {
    for (id, (pointer, at)) in origins.iter().enumerate() {
        let TypeKind::Union(union) = &model.types[id].kind else {
            continue;
        };
        if union.tag.is_some() {
            continue;
        }
        let ranks: Vec<(u8, std::cmp::Reverse<usize>)> = union
            .variants
            .iter()
            .map(|variant| rank(model, &variant.ty))
            .collect();
        let mut order: Vec<usize> = (0..ranks.len()).collect();
        order.sort_by_key(|index| ranks[*index]);
        let shadow = order.iter().enumerate().find_map(|(position, first)| {
            let later = &order[position + 1..];
            later
                .iter()
                .find(|second| {
                    shadows(
                        model,
                        &union.variants[*first].ty,
                        &union.variants[**second].ty,
                    )
                })
                .map(|second| (*first, *second))
        });
        if let Some((first, second)) = shadow.filter(|_| model.types[id].in_json) {
            diagnostics.push(Diagnostic {
                severity: Severity::Error,
                file: file.to_owned(),
                at: *at,
                pointer: pointer.clone(),
                code: "ambiguous-alternatives",
                message: format!(
                    "alternatives {:?} and {:?} cannot be told apart: a value of the second may fit the first as well",
                    union.variants[first].name, union.variants[second].name
                ),
                help: "give them a `discriminator`, or a required property that the other does not have".to_owned(),
            });
        }
        if let TypeKind::Union(union) = &mut model.types[id].kind {
            let mut slots: Vec<_> = std::mem::take(&mut union.variants)
                .into_iter()
                .map(Some)
                .collect();
            union.variants = order
                .into_iter()
                .filter_map(|index| slots[index].take())
                .collect();
        }
    }
}

/// Lower ranks accept fewer values; among objects, those that require more.
fn rank(model: &Model, ty: &Type) -> (u8, std::cmp::Reverse<usize>) {
    use std::cmp::Reverse;
    match ty {
        Type::Named(id) => match &model.types[*id].kind {
            TypeKind::Struct(object) => (
                2,
                Reverse(object.fields.iter().filter(|field| field.required).count()),
            ),
            TypeKind::Union(_) => (1, Reverse(0)),
            _ => (4, Reverse(0)),
        },
        Type::Bool | Type::Timestamp => (0, Reverse(0)),
        Type::Integer(_) => (5, Reverse(0)),
        Type::Float(_) => (6, Reverse(0)),
        Type::Array(_) => (3, Reverse(0)),
        Type::Map(_) => (7, Reverse(0)),
        Type::String | Type::File => (8, Reverse(0)),
        Type::Any | Type::Nullable(_) => (9, Reverse(0)),
    }
}

/// Whether every value of `second` would be taken for one of `first`.
fn shadows(model: &Model, first: &Type, second: &Type) -> bool {
    let object = |ty: &Type| match ty {
        Type::Named(id) => match &model.types[*id].kind {
            TypeKind::Struct(object) => Some(object),
            _ => None,
        },
        _ => None,
    };
    match (object(first), object(second)) {
        (Some(a), Some(b)) => {
            let declared = |name: &str| b.fields.iter().any(|field| field.name == name);
            let required = |field: &&crate::model::Field| field.required && !field.nullable;
            a.fields
                .iter()
                .filter(required)
                .all(|field| declared(&field.name))
        }
        _ => matches!((first, second), (Type::Any, _)),
    }
}
