//! In which order the variants of a union without a tag are tried, and which of them cannot be told apart.

use std::cmp::Reverse;

use crate::ir::{Field, Ir, Struct, Type, TypeId, TypeKind};

use super::usage::received;

/// Puts the variants of unions without a tag in the order in which they are tried: what fits fewer values comes first.
///
/// Returns the unions that the service sends and in which one variant would take values of a later one, with the names
/// of the two.
pub(super) fn order_variants(ir: &mut Ir, orphans: &[TypeId]) -> Vec<(TypeId, String, String)> {
    let received = received(ir, orphans);
    let mut ambiguous = Vec::new();
    for id in 0..ir.types.len() {
        let TypeKind::Union(union) = &ir.types[id].kind else {
            continue;
        };
        if union.tag.is_some() {
            continue;
        }
        let mut variants = union.variants.clone();
        variants.sort_by_key(|variant| rank(ir, &variant.ty));
        if received.contains(&id) {
            let mut pairs = variants.iter().enumerate().flat_map(|(position, first)| {
                let later = variants[position + 1..].iter();
                later.map(move |second| (first, second))
            });
            let shadowed = pairs
                .find(|(first, second)| shadows(ir, &first.ty, &second.ty, DEEPEST_DIFFERENCE));
            ambiguous.extend(
                shadowed.map(|(first, second)| (id, first.name.clone(), second.name.clone())),
            );
        }
        if let TypeKind::Union(union) = &mut ir.types[id].kind {
            union.variants = variants;
        }
    }
    ambiguous
}

/// Lower ranks accept fewer values. Among objects, those that require more come first, then those that hold more. Types
/// that keep any value come last.
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
    // Nobody tells values apart by differences that are deeper.
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
        // An object in both, with other properties.
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
