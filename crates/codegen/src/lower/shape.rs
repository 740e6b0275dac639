//! What a value of a type can be where only texts can be written: in parameters and forms.

use crate::ir::{Type, TypeDef, TypeKind, reach::properties};

use super::Lowering;

impl Lowering<'_, '_> {
    /// The types that a value may have: the variants of a union without a tag stand for the union, and null is left out.
    pub(super) fn alternatives_of(&self, ty: &Type) -> Vec<Type> {
        let mut seen = Vec::new();
        let mut open = vec![ty.clone()];
        let mut found = Vec::new();
        while let Some(ty) = open.pop() {
            match &ty {
                Type::Nullable(inner) => open.push((**inner).clone()),
                Type::Named(id) => match &self.types[*id].kind {
                    TypeKind::Union(union) if union.tag.is_none() => {
                        if !seen.contains(id) {
                            seen.push(*id);
                            open.extend(
                                union
                                    .variants
                                    .iter()
                                    .rev()
                                    .map(|variant| variant.ty.clone()),
                            );
                        }
                    }
                    _ => found.push(ty),
                },
                _ => found.push(ty),
            }
        }
        found
    }

    /// Whether it is one text. A value of any type is taken for one, and refused when it is sent and turns out to be more.
    pub(super) fn is_scalar(&self, ty: &Type) -> bool {
        self.alternatives_of(ty)
            .iter()
            .all(|ty| is_text(&self.types, ty))
    }

    /// Whether it is a list of single texts, or one text alone.
    pub(super) fn is_list(&self, ty: &Type) -> bool {
        self.alternatives_of(ty).iter().all(|ty| match ty {
            Type::Array(member) => self.is_scalar(member),
            ty => is_text(&self.types, ty),
        })
    }

    /// Whether it is an object of single texts, a list of them, or one text.
    pub(super) fn is_flat(&self, ty: &Type) -> bool {
        self.is_object_of(ty, |member| self.is_scalar(member))
    }

    /// Whether it is an object of single texts and of lists of them, a list of texts, or one text.
    pub(super) fn is_shallow(&self, ty: &Type) -> bool {
        self.is_object_of(ty, |member| self.is_list(member))
    }

    fn is_object_of(&self, ty: &Type, fits: impl Fn(&Type) -> bool) -> bool {
        self.alternatives_of(ty).iter().all(|ty| match ty {
            Type::Array(member) => self.is_scalar(member),
            Type::Map(values) => fits(values),
            Type::Named(id) => match &self.types[*id].kind {
                TypeKind::Struct(_) => properties(&self.types, *id).iter().all(|(_, ty)| fits(ty)),
                TypeKind::Union(union) => union.variants.iter().all(|variant| match variant.ty {
                    Type::Named(id) => properties(&self.types, id).iter().all(|(_, ty)| fits(ty)),
                    _ => false,
                }),
                _ => true,
            },
            _ => true,
        })
    }
}

fn is_text(types: &[TypeDef], ty: &Type) -> bool {
    match ty {
        Type::Array(_) | Type::Map(_) => false,
        Type::Named(id) => !matches!(types[*id].kind, TypeKind::Struct(_) | TypeKind::Union(_)),
        _ => true,
    }
}
