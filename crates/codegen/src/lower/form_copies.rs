//! Copies of types for forms that cannot share one type.

use crate::ir::{
    BodyKind, Form, Operation, PropertyEncoding, Type, TypeId, TypeKind,
    forms::{form_of, nested, parts_of},
};

use super::{Lowering, naming::rank};

impl Lowering<'_, '_> {
    /// Gives a form a type of its own where its root cannot be shared: another form writes the same properties in another
    /// way, or the type also stands in brackets, where nothing is JSON.
    pub(super) fn copy_forms(&mut self, operations: &mut [Operation]) {
        let forms = operations.iter().filter_map(form_of);
        let nested = nested(&self.types, forms);
        let mut written: Vec<PropertyEncoding> = Vec::new();
        let mut copies: Vec<(TypeId, Vec<PropertyEncoding>, Form)> = Vec::new();
        // Which of several keeps the type is not to depend on where another operation is inserted.
        let mut sorted: Vec<&mut Operation> = operations.iter_mut().collect();
        sorted.sort_by(|one, other| {
            rank(&one.method, &one.path).cmp(&rank(&other.method, &other.path))
        });
        for operation in sorted {
            let hint = format!("{}Form", crate::names::pascal(&operation.function));
            let mut kinds = operation.body.iter_mut().flat_map(|body| &mut body.kinds);
            let form = kinds.find_map(|kind| match kind {
                BodyKind::Form(form) => Some(form),
                _ => None,
            });
            let Some(form) = form else {
                continue;
            };
            let is_taken = |own: &PropertyEncoding| {
                let other = written
                    .iter()
                    .find(|known| known.owner == own.owner && known.name == own.name);
                other.is_some_and(|other| other != own)
                    || (nested.contains(&own.owner) && own.encoding.is_json())
            };
            if !form.encodings.iter().any(is_taken) {
                written.extend(form.encodings.iter().cloned());
                continue;
            }
            let known = copies
                .iter()
                .find(|(root, encodings, _)| *root == form.root && *encodings == form.encodings);
            let copy = match known {
                Some((.., copy)) => copy.clone(),
                None => {
                    let copy = self.copy_form(form, &hint);
                    copies.push((form.root, form.encodings.clone(), copy.clone()));
                    copy
                }
            };
            *form = copy;
        }
    }

    fn copy_form(&mut self, form: &Form, hint: &str) -> Form {
        let parts = parts_of(&self.types, form.root);
        let first = self.types.len();
        let moved = |id: TypeId| {
            parts
                .iter()
                .position(|part| *part == id)
                .map_or(id, |index| first + index)
        };
        for part in &parts {
            let mut copy = self.types[*part].clone();
            let wanted = if *part == form.root { hint } else { &copy.name };
            copy.name = self.names.claim(wanted, "Form");
            if let TypeKind::Union(union) = &mut copy.kind {
                for variant in &mut union.variants {
                    if let Type::Named(id) = &mut variant.ty {
                        *id = moved(*id);
                    }
                }
            }
            self.types.push(copy);
            self.origins.push(self.origins[*part].clone());
        }
        let encodings = form.encodings.iter().cloned();
        let encodings = encodings.map(|own| PropertyEncoding {
            owner: moved(own.owner),
            ..own
        });
        Form {
            root: moved(form.root),
            encodings: encodings.collect(),
        }
    }
}
