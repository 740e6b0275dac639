//! In which order the variants of a union without a tag are tried, what tells them apart, and which of them nothing does.

use std::cmp::Reverse;

use crate::ir::{Fact, Field, Ir, Only, Struct, Type, TypeId, TypeKind, Union, Variant};

use super::usage::received;

/// Puts the variants of unions without a tag in the order in which they are tried, what fits fewer values first, and enters
/// what tells them apart beside their types.
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
        let mut overlaps = false;
        if received.contains(&id) {
            let mut shadowed = None;
            for later in 1..variants.len() {
                for earlier in 0..later {
                    let [first, second] = [&variants[earlier].ty, &variants[later].ty];
                    let Some(loses) = takes_values(ir, first, second, DEEPEST_DIFFERENCE) else {
                        continue;
                    };
                    let differences = differences(ir, first, second);
                    let tells = |difference: &Difference| difference.second.is_some();
                    if loses && !differences.iter().any(|difference| difference.is_sure) {
                        overlaps = true;
                        // What only differs where it is there is a tag nonetheless.
                        if !differences.iter().any(tells) {
                            shadowed.get_or_insert((earlier, later));
                        }
                    }
                    for Difference {
                        path,
                        first,
                        second,
                        ..
                    } in differences
                    {
                        variants[earlier].add_fact(&path, Some(first));
                        variants[later].add_fact(&path, second);
                    }
                }
            }
            ambiguous.extend(shadowed.map(|(first, second)| {
                let name = |index: usize| variants[index].name.clone();
                (id, name(first), name(second))
            }));
        }
        if let TypeKind::Union(union) = &mut ir.types[id].kind {
            union.variants = variants;
            union.overlaps = overlaps;
        }
    }
    ambiguous
}

impl Variant {
    fn add_fact(&mut self, path: &str, only: Option<Only>) {
        let fact = only.map(|only| Fact {
            path: path.to_owned(),
            only,
        });
        let is_new = |fact: &Fact| !self.facts.contains(fact);
        self.facts.extend(fact.filter(is_new));
    }
}

/// A member that two variants have, and what it is limited to in each.
struct Difference {
    path: String,
    first: Only,
    /// `None` where it may be anything in the second.
    second: Option<Only>,
    /// It is always there, in one of them at least.
    is_sure: bool,
}

/// The members by which values of two types can be told apart, though both are of one type of Rust.
fn differences(ir: &Ir, first: &Type, second: &Type) -> Vec<Difference> {
    let mut found = Vec::new();
    let mut open = vec![(String::new(), first, second, [true; 2], DEEPEST_DIFFERENCE)];
    while let Some((path, first, second, required, depth)) = open.pop() {
        let below = |name: &str| match path.as_str() {
            "" => name.to_owned(),
            path => format!("{path}/{name}"),
        };
        match (first, second) {
            _ if depth == 0 || first == second => {}
            (Type::Array(first), Type::Array(second)) => {
                open.push((below("*"), first, second, [false; 2], depth - 1));
            }
            (Type::Map(first), Type::Map(second)) => {
                open.push((below("*"), first, second, [false; 2], depth - 1));
            }
            (Type::Named(id), Type::Map(_)) => found.extend(closed(&ir.types[*id].kind, path)),
            (Type::Named(id), Type::Named(other)) => {
                let [TypeKind::Struct(first), TypeKind::Struct(second)] =
                    [id, other].map(|id| &ir.types[*id].kind)
                else {
                    continue;
                };
                found.extend(closed(&ir.types[*id].kind, path.clone()));
                for own in &first.fields {
                    let mut others = second.fields.iter();
                    let other = others.find(|other| other.name == own.name);
                    let is_plain = !own.name.is_empty() && !own.name.contains(['/', '*']);
                    let Some(other) = other.filter(|_| is_plain) else {
                        continue;
                    };
                    let always = |field: &Field| field.required && !field.nullable;
                    let required = [required[0] && always(own), required[1] && always(other)];
                    let path = below(&own.name);
                    match (&own.only, &other.only) {
                        (Some(only), other) if tells(only, other.as_ref()) => {
                            found.push(Difference {
                                path,
                                first: only.clone(),
                                second: other.clone(),
                                is_sure: other.is_some() && required.contains(&true),
                            });
                        }
                        _ => open.push((path, &own.ty, &other.ty, required, depth - 1)),
                    }
                }
            }
            _ => {}
        }
    }
    found
}

/// That the values of a type have no members beside those that it declares, if it forbids others.
fn closed(kind: &TypeKind, path: String) -> Option<Difference> {
    let TypeKind::Struct(object) = kind else {
        return None;
    };
    let names = object.fields.iter().map(|field| field.name.clone());
    object.closed.then(|| Difference {
        path,
        first: Only::Members(names.collect()),
        second: None,
        is_sure: false,
    })
}

/// Whether values that are limited to `first` are none of `second`, or a single one among many.
fn tells(first: &Only, second: Option<&Only>) -> bool {
    fn differ<T: PartialEq>(first: &[T], second: &[T]) -> bool {
        !first.iter().any(|value| second.contains(value))
    }
    match (first, second) {
        (first, None) => first.is_constant(),
        (Only::Texts(first), Some(Only::Texts(second))) => differ(first, second),
        (Only::Integers(first), Some(Only::Integers(second))) => differ(first, second),
        (first, Some(second)) => {
            std::mem::discriminant(first) == std::mem::discriminant(second) && first != second
        }
    }
}

impl Only {
    fn is_constant(&self) -> bool {
        match self {
            Self::Texts(values) => values.len() == 1,
            Self::Integers(values) => values.len() == 1,
            Self::Bool(_) => true,
            Self::Format(_) | Self::Members(_) => false,
        }
    }
}

/// Lower ranks accept fewer values. Among objects, those with more constants come first, then those that require more, then
/// those that hold more. Types that keep any value come last.
fn rank(ir: &Ir, ty: &Type) -> (u8, Reverse<[usize; 3]>) {
    let rank = match ty {
        // No object is a list, but an empty list may be read as an object.
        Type::Bool | Type::Timestamp | Type::Array(_) => 0,
        Type::Named(id) => match &ir.types[*id].kind {
            TypeKind::Struct(object) => {
                let fields = object.fields.iter();
                let is_constant =
                    |field: &&Field| field.only.as_ref().is_some_and(Only::is_constant);
                let constants = fields.clone().filter(is_constant).count();
                let required = fields.filter(|field| field.required).count();
                return (2, Reverse([constants, required, object.fields.len()]));
            }
            TypeKind::Union(_) => 9,
            _ => 4,
        },
        Type::Integer(_) => 5,
        Type::Float(_) => 6,
        Type::Map(_) => 7,
        Type::String | Type::File => 8,
        Type::Any | Type::Nullable(_) => 10,
    };
    (rank, Reverse([0; 3]))
}

/// How deep in objects variants are looked at for what tells them apart.
const DEEPEST_DIFFERENCE: u8 = 4;

/// Whether a value of `second` may be taken for one of `first`, which is tried before it, and lose something by that. `None` if
/// it cannot be taken for one.
fn takes_values(ir: &Ir, first: &Type, second: &Type, depth: u8) -> Option<bool> {
    // Nobody tells values apart by differences that are deeper.
    if depth == 0 {
        return None;
    }
    let kind = |ty: &Type| match ty {
        Type::Named(id) => Some(&ir.types[*id].kind),
        _ => None,
    };
    match (kind(first), kind(second)) {
        (Some(TypeKind::Struct(first)), Some(TypeKind::Struct(second))) => {
            takes(ir, first, second).then(|| loses(ir, first, second, depth))
        }
        (Some(TypeKind::Struct(first)), Some(TypeKind::Union(union))) => {
            let mut variants = union.variants.iter();
            let takes = variants.any(|variant| match kind(&variant.ty) {
                Some(TypeKind::Struct(second)) => takes(ir, first, second),
                _ => false,
            });
            takes.then_some(true)
        }
        // Nothing is known of what it does not know, unless a tag says that it is the other.
        (Some(TypeKind::Union(first)), Some(TypeKind::Union(second))) => {
            (!have_different_tags(first, second)).then_some(true)
        }
        (Some(TypeKind::Struct(first)), None) => {
            let mut fields = first.fields.iter();
            let takes = matches!(second, Type::Map(_))
                && !fields.any(|field| field.required && !field.nullable);
            takes.then_some(!first.closed)
        }
        (None, None) => match (first, second) {
            (Type::Array(first), Type::Array(second)) | (Type::Map(first), Type::Map(second))
                if first != second =>
            {
                takes_values(ir, first, second, depth)
            }
            _ => None,
        },
        _ => None,
    }
}

fn have_different_tags(first: &Union, second: &Union) -> bool {
    let property = |union: &Union| Some(union.tag.as_ref()?.property.clone());
    let mut variants = first.variants.iter();
    property(first).is_some_and(|tag| property(second) == Some(tag))
        && !variants.any(|own| second.variants.iter().any(|other| own.tag == other.tag))
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
    // What has members that it forbids is not taken for it.
    let is_whole = first.extra.is_some() || first.closed;
    let is_kept = |name: &str| first.fields.iter().any(|field| field.name == name) || is_whole;
    second.extra.is_some() && !is_whole
        || second.fields.iter().any(|field| !is_kept(&field.name))
        // An object in both, with other properties.
        || second.fields.iter().any(|field| {
            let own = first.fields.iter().find(|own| own.name == field.name);
            own.is_some_and(|own| {
                own.ty != field.ty
                    && takes_values(ir, &own.ty, &field.ty, depth - 1) == Some(true)
            })
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
            TypeKind::Union(_) | TypeKind::ByStatus(_) => Vec::new(),
        },
    }
}
