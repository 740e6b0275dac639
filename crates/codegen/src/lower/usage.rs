//! Passes over the finished ir: where each type travels, which recursion needs a box, in which order variants are tried.

use std::{cmp::Reverse, collections::HashSet};

use postpress_openapi::{
    diagnostic::{Diagnostic, Diagnostics, Severity},
    document::Position,
};

use crate::ir::{BodyKind, Field, Ir, Payload, Struct, Type, TypeId, TypeKind, Writer};

use super::parts::{form_of, named, nested, parts_of, properties};

/// Marks the types that operations use, and `orphans`: as JSON, as form fields, or as both.
pub(crate) fn mark(ir: &mut Ir, orphans: &[TypeId]) {
    let received = received(ir, orphans);
    let sent = sent(ir, orphans);
    let mut in_form: HashSet<TypeId> = nested(&ir.types, ir.operations.iter().filter_map(form_of));
    for form in ir.operations.iter().filter_map(form_of) {
        in_form.extend(parts_of(&ir.types, form.root));
    }
    for (id, ty) in ir.types.iter_mut().enumerate() {
        ty.in_form = in_form.contains(&id);
        ty.in_json = received.contains(&id) || sent.contains(&id);
        let is_sent = ty.in_form || sent.contains(&id);
        if let TypeKind::Struct(object) = &mut ty.kind {
            for field in &mut object.fields {
                // What only one side may write is absent in what the other side sends.
                field.required &= match field.writer {
                    Some(Writer::Service) => !is_sent,
                    Some(Writer::Client) => !received.contains(&id),
                    None => true,
                };
            }
        }
    }
}

/// The types that the service sends; it may send by itself what no operation mentions.
fn received(ir: &Ir, orphans: &[TypeId]) -> HashSet<TypeId> {
    let mut found: Vec<Type> = orphans.iter().map(|id| Type::Named(*id)).collect();
    found.extend(
        ir.catalogue
            .iter()
            .map(|catalogue| Type::Named(catalogue.type_id)),
    );
    for operation in &ir.operations {
        found.extend(operation.error.clone());
        if let Payload::Json(ty) = &operation.success {
            found.push(ty.clone());
        }
    }
    with_parts(ir, found)
}

/// The types that are sent to the service, as JSON or as a parameter, or may be.
fn sent(ir: &Ir, orphans: &[TypeId]) -> HashSet<TypeId> {
    let mut found: Vec<Type> = orphans.iter().map(|id| Type::Named(*id)).collect();
    for operation in &ir.operations {
        let parameters = operation.parameters.iter();
        found.extend(parameters.map(|parameter| parameter.ty.clone()));
        if let Some(BodyKind::Json(ty, _) | BodyKind::UrlEncoded(ty, _)) =
            operation.body.as_ref().map(|body| &body.kind)
        {
            found.push(ty.clone());
        }
    }
    for form in ir.operations.iter().filter_map(form_of) {
        for owner in parts_of(&ir.types, form.root) {
            let all = properties(&ir.types, owner).into_iter();
            found.extend(
                all.filter(|(name, _)| form.is_json(owner, name))
                    .map(|(_, ty)| ty),
            );
        }
    }
    with_parts(ir, found)
}

fn with_parts(ir: &Ir, mut open: Vec<Type>) -> HashSet<TypeId> {
    let mut found = HashSet::new();
    while let Some(ty) = open.pop() {
        if let Some(id) = named(&ty)
            && found.insert(id)
        {
            open.extend(parts(ir, id));
        }
    }
    found
}

/// The types that a type is made of.
fn parts(ir: &Ir, id: TypeId) -> Vec<Type> {
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
fn held(ty: &Type) -> Option<TypeId> {
    match ty {
        Type::Named(id) => Some(*id),
        Type::Nullable(inner) => held(inner),
        _ => None,
    }
}

/// Boxes the variants through which a union holds itself.
pub(crate) fn box_recursion(ir: &mut Ir) {
    for id in 0..ir.types.len() {
        let TypeKind::Union(union) = &ir.types[id].kind else {
            continue;
        };
        let boxed: Vec<bool> = union
            .variants
            .iter()
            .map(|v| held(&v.ty).is_some_and(|held| holds(ir, held, id)))
            .collect();
        if let TypeKind::Union(union) = &mut ir.types[id].kind {
            for (variant, boxed) in union.variants.iter_mut().zip(boxed) {
                variant.boxed = boxed;
            }
        }
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

/// Variants without a tag are tried in turn, so what fits fewer values comes first; and a variant that would take the
/// values of a later one is an error, where the service sends such values.
pub(crate) fn order_variants(
    ir: &mut Ir,
    orphans: &[TypeId],
    origins: &[(String, Position)],
    file: &str,
    diagnostics: &mut Diagnostics,
) {
    let received = received(ir, orphans);
    for (id, (pointer, at)) in origins.iter().enumerate() {
        let TypeKind::Union(union) = &ir.types[id].kind else {
            continue;
        };
        if union.tag.is_some() {
            continue;
        }
        let ranks: Vec<_> = union
            .variants
            .iter()
            .map(|variant| rank(ir, &variant.ty))
            .collect();
        let mut order: Vec<usize> = (0..ranks.len()).collect();
        order.sort_by_key(|index| ranks[*index]);
        let shadow = order.iter().enumerate().find_map(|(position, first)| {
            let later = &order[position + 1..];
            later
                .iter()
                .find(|second| {
                    shadows(
                        ir,
                        &union.variants[*first].ty,
                        &union.variants[**second].ty,
                        DEEPEST_DIFFERENCE,
                    )
                })
                .map(|second| (*first, *second))
        });
        if let Some((first, second)) = shadow.filter(|_| received.contains(&id)) {
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
        if let TypeKind::Union(union) = &mut ir.types[id].kind {
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

/// Lower ranks accept fewer values; among objects, those that require more, then those that hold more. What keeps anything
/// comes last.
fn rank(ir: &Ir, ty: &Type) -> (u8, Reverse<usize>, Reverse<usize>) {
    let rank = match ty {
        Type::Bool | Type::Timestamp => 0,
        Type::Named(id) => match &ir.types[*id].kind {
            TypeKind::Struct(object) => {
                let required = object.fields.iter().filter(|field| field.required).count();
                return (2, Reverse(required), Reverse(object.fields.len()));
            }
            TypeKind::Union(_) => 9,
            _ => 4,
        },
        Type::Array(_) => 3,
        Type::Integer(_) => 5,
        Type::Float(_) => 6,
        Type::Map(_) => 7,
        Type::String | Type::File => 8,
        Type::Any | Type::Nullable(_) => 10,
    };
    (rank, Reverse(0), Reverse(0))
}

/// How deep in objects variants are looked at for what tells them apart.
const DEEPEST_DIFFERENCE: u8 = 4;

/// Whether a value of `second` may be taken for one of `first`, which is tried before it, and lose something by that.
fn shadows(ir: &Ir, first: &Type, second: &Type, depth: u8) -> bool {
    // Deeper differences are not looked for: what differs there is not told apart by anybody.
    if depth == 0 {
        return false;
    }
    let kind = |ty: &Type| match ty {
        Type::Named(id) => Some(&ir.types[*id].kind),
        _ => None,
    };
    match (kind(first), kind(second)) {
        (Some(TypeKind::Struct(first)), Some(TypeKind::Struct(second))) => {
            takes(ir, first, second) && loses(ir, first, second, depth)
        }
        (Some(TypeKind::Struct(first)), Some(TypeKind::Union(union))) => {
            union
                .variants
                .iter()
                .any(|variant| match kind(&variant.ty) {
                    Some(TypeKind::Struct(second)) => takes(ir, first, second),
                    _ => false,
                })
        }
        // It keeps what it does not know.
        (Some(TypeKind::Union(_)), Some(TypeKind::Union(_))) => true,
        (Some(TypeKind::Struct(first)), None) => {
            matches!(second, Type::Map(_))
                && !first
                    .fields
                    .iter()
                    .any(|field| field.required && !field.nullable)
        }
        (None, None) => match (first, second) {
            (Type::Array(first), Type::Array(second)) | (Type::Map(first), Type::Map(second)) => {
                first != second && shadows(ir, first, second, depth)
            }
            _ => false,
        },
        _ => false,
    }
}

/// Whether a value of `second` may fit `first`: it may have all that is required there, and nothing that does not fit.
fn takes(ir: &Ir, first: &Struct, second: &Struct) -> bool {
    let find =
        |object: &'_ Struct, name: &str| object.fields.iter().position(|field| field.name == name);
    let is_there = |field: &Field| {
        !field.required
            || field.nullable
            || find(second, &field.name).is_some()
            || second.extra.is_some()
    };
    let may_fit = |field: &Field| {
        find(first, &field.name).is_none_or(|index| overlap(ir, &first.fields[index].ty, &field.ty))
    };
    let mut always = second
        .fields
        .iter()
        .filter(|field| field.required && !field.nullable);
    first.fields.iter().all(is_there) && always.all(may_fit)
}

/// Whether `first` lacks something that a value of `second`, which fits it, may have.
fn loses(ir: &Ir, first: &Struct, second: &Struct, depth: u8) -> bool {
    let is_kept =
        |name: &str| first.fields.iter().any(|field| field.name == name) || first.extra.is_some();
    second.extra.is_some() && first.extra.is_none()
        || second.fields.iter().any(|field| !is_kept(&field.name))
        // What is an object here and there, with other properties.
        || second.fields.iter().any(|field| {
            let own = first.fields.iter().find(|own| own.name == field.name);
            own.is_some_and(|own| own.ty != field.ty && shadows(ir, &own.ty, &field.ty, depth - 1))
        })
}

/// Whether a value may be of both types, as JSON.
fn overlap(ir: &Ir, first: &Type, second: &Type) -> bool {
    match (first, second) {
        (Type::Array(first), Type::Array(second)) | (Type::Map(first), Type::Map(second)) => {
            overlap(ir, first, second)
        }
        _ => {
            let kinds = |ty: &Type| json_kinds(ir, ty);
            let (first, second) = (kinds(first), kinds(second));
            first.is_empty() || second.is_empty() || first.iter().any(|kind| second.contains(kind))
        }
    }
}

/// The kinds of JSON that a value of a type is; none where it may be any.
fn json_kinds(ir: &Ir, ty: &Type) -> Vec<&'static str> {
    match ty {
        Type::Bool => vec!["boolean"],
        Type::Integer(_) | Type::Float(_) => vec!["number"],
        Type::String | Type::Timestamp | Type::File => vec!["string"],
        Type::Array(_) => vec!["array"],
        Type::Map(_) => vec!["object"],
        Type::Nullable(inner) => json_kinds(ir, inner),
        Type::Any => Vec::new(),
        Type::Named(id) => match &ir.types[*id].kind {
            TypeKind::Struct(_) => vec!["object"],
            TypeKind::StringEnum(_) | TypeKind::ErrorType => vec!["string"],
            TypeKind::IntegerEnum(_) => vec!["number"],
            TypeKind::Union(_) => Vec::new(),
        },
    }
}
