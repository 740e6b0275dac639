//! What the type of a field stands in: options, boxes, room for what is odd.

use super::{
    Field, Ir, Type, TypeId,
    reach::{held, holds, is_record},
};

/// A type of Rust that holds another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holder {
    /// It may be absent or null.
    Option,
    /// The struct would hold itself.
    Box,
    /// What does not fit costs nothing but itself.
    MaybeOdd,
}

/// What the type of a field stands in where its struct travels as JSON, from the outside in.
pub fn holders(ir: &Ir, owner: TypeId, field: &Field) -> Vec<Holder> {
    let ty = &ir.types[owner];
    let is_collection = matches!(field.ty, Type::Array(_) | Type::Map(_));
    let is_recursive = held(&field.ty).is_some_and(|held| holds(ir, held, owner));
    let may_be_odd = ty.only_received && (ty.page || is_record(ir, &field.ty));
    // A service may take what is absent for "as it was", and what is null or empty for "none".
    if ty.sent_as_json && !field.required && (is_collection || field.nullable) {
        let null = field.nullable.then_some(Holder::Option);
        let boxed = (field.nullable && is_recursive).then_some(Holder::Box);
        return [Some(Holder::Option), null, boxed]
            .into_iter()
            .flatten()
            .collect();
    }
    match field.ty {
        // A null list is an empty one.
        Type::Array(_) | Type::Map(_) => Vec::new(),
        _ if field.required && (!field.nullable || field.ty == Type::Any) => Vec::new(),
        Type::Any => vec![Holder::Option],
        // What is optional costs neither the object that it is in nor the list that it is beside.
        _ if may_be_odd => vec![Holder::Option, Holder::MaybeOdd],
        _ if is_recursive => vec![Holder::Option, Holder::Box],
        _ => vec![Holder::Option],
    }
}

/// What it stands in where its struct travels as a form; `json` if it does as a part of JSON.
pub fn holders_in_form(ir: &Ir, owner: TypeId, field: &Field, json: bool) -> Vec<Holder> {
    let is_recursive = matches!(field.ty, Type::Named(id) if !json && holds(ir, id, owner));
    let is_absent = (!field.required || field.nullable) && !may_be_empty(&field.ty, json);
    let absent = is_absent.then_some(Holder::Option);
    let boxed = is_recursive.then_some(Holder::Box);
    absent.into_iter().chain(boxed).collect()
}

/// Whether the value may be empty instead of absent. An empty list writes nothing, and so does an empty map in brackets; as
/// JSON it would be `{}`.
pub(crate) fn may_be_empty(ty: &Type, json: bool) -> bool {
    match ty {
        Type::Map(_) => !json,
        Type::Array(_) => true,
        _ => false,
    }
}
