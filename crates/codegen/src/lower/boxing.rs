//! Which variants of unions need a box.

use crate::ir::{
    Ir, TypeKind,
    reach::{held, holds},
};

/// Boxes the variants through which a union holds itself.
pub(super) fn box_recursion(ir: &mut Ir) {
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
