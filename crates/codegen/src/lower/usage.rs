//! Where each type travels: as JSON or as form fields, to the service or from it.

use std::collections::HashSet;

use crate::ir::{
    BodyKind, Ir, Payload, Type, TypeId, TypeKind, Writer,
    forms::{form_of, kinds, nested, parts_of},
    is_record, named, named_within,
    reach::properties,
};

/// Marks the types that operations use, and `orphans`: as JSON, as form fields, or as both.
pub(super) fn mark(ir: &mut Ir, orphans: &[TypeId]) {
    let received = received(ir, orphans);
    let sent_by_operations = sent(ir, &[]);
    let sent = sent(ir, orphans);
    let bodies = ir.operations.iter().flat_map(kinds);
    let bodies = bodies.filter_map(|kind| match kind {
        BodyKind::Json(ty, _) => Some(ty.clone()),
        _ => None,
    });
    let bodies = named_within(&ir.types, bodies);
    let pages: HashSet<TypeId> = pages(ir).collect();
    let mut in_form: HashSet<TypeId> = nested(&ir.types, ir.operations.iter().filter_map(form_of));
    for form in ir.operations.iter().filter_map(form_of) {
        in_form.extend(parts_of(&ir.types, form.root));
    }
    for (id, ty) in ir.types.iter_mut().enumerate() {
        ty.in_form = in_form.contains(&id);
        ty.sent = ty.in_form || sent_by_operations.contains(&id);
        ty.sent_as_json = bodies.contains(&id);
        ty.in_json = received.contains(&id) || sent.contains(&id);
        ty.only_received = !sent.contains(&id);
        ty.page = pages.contains(&id);
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

/// The objects that are responses with a list of records, and none themselves.
fn pages(ir: &Ir) -> impl Iterator<Item = TypeId> {
    let successes = ir.operations.iter().filter_map(|it| match &it.success {
        Payload::Json(ty) => named(ty),
        _ => None,
    });
    successes.filter(|id| match &ir.types[*id].kind {
        TypeKind::Struct(object) => {
            let mut fields = object.fields.iter();
            fields.any(|field| matches!(&field.ty, Type::Array(ty) if is_record(ir, ty)))
                && object.fields.iter().all(|field| field.name != "id")
        }
        _ => false,
    })
}

/// The types that the service sends; it may send by itself what no operation mentions.
pub(super) fn received(ir: &Ir, orphans: &[TypeId]) -> HashSet<TypeId> {
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
    named_within(&ir.types, found)
}

/// The types that are sent to the service, as JSON or as a parameter, or may be.
fn sent(ir: &Ir, orphans: &[TypeId]) -> HashSet<TypeId> {
    let mut found: Vec<Type> = orphans.iter().map(|id| Type::Named(*id)).collect();
    for operation in &ir.operations {
        let parameters = operation.parameters.iter();
        found.extend(parameters.map(|parameter| parameter.ty.clone()));
        found.extend(kinds(operation).filter_map(|kind| match kind {
            BodyKind::Json(ty, _) | BodyKind::UrlEncoded(ty, _) => Some(ty.clone()),
            _ => None,
        }));
    }
    for form in ir.operations.iter().filter_map(form_of) {
        for owner in parts_of(&ir.types, form.root) {
            let all = properties(&ir.types, owner).into_iter();
            found.extend(all.filter_map(|(name, ty)| form.json_type(owner, &name, ty)));
        }
    }
    named_within(&ir.types, found)
}
