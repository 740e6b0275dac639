//! Which operation and which type of one document is which of the other.

use std::collections::{BTreeSet, HashMap};

use postpress_codegen::ir::{
    BodyKind, Ir, Operation, Payload, Type, TypeId, TypeKind, named_within,
};

/// The same thing in the former document and in the present one.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sides<T> {
    pub(super) old: T,
    pub(super) new: T,
}

/// What belongs together in two documents.
pub(super) struct Pairs {
    /// Indices of operations.
    pub(super) operations: Vec<Sides<usize>>,
    /// By the former number of a type, its present one.
    pub(super) types: HashMap<TypeId, TypeId>,
}

impl Pairs {
    pub(super) fn of(ir: Sides<&Ir>) -> Pairs {
        let mut pairs = Pairs {
            operations: operations(ir),
            types: HashMap::new(),
        };
        // By name, and where a type has another name by the place where it is used.
        for (id, old) in ir.old.types.iter().enumerate() {
            let same = |new: &postpress_codegen::ir::TypeDef| new.name == old.name;
            if let Some(new) = ir.new.types.iter().position(same) {
                pairs.types.insert(id, new);
            }
        }
        for Sides { old, new } in pairs.operations.clone() {
            let (old, new) = (&ir.old.operations[old], &ir.new.operations[new]);
            for parameter in &old.parameters {
                let same = new.parameters.iter().find(|new| new.name == parameter.name);
                if let Some(same) = same {
                    pairs.meet(ir, &parameter.ty, &same.ty);
                }
            }
            for (old, new) in uses(old).iter().zip(uses(new)) {
                if let (Some(old), Some(new)) = (old, new) {
                    pairs.meet(ir, old, &new);
                }
            }
        }
        if let (Some(old), Some(new)) = (&ir.old.catalogue, &ir.new.catalogue) {
            pairs.meet(ir, &Type::Named(old.type_id), &Type::Named(new.type_id));
        }
        let mut known: Vec<(TypeId, TypeId)> =
            pairs.types.iter().map(|(old, new)| (*old, *new)).collect();
        known.sort_unstable();
        for (old, new) in known {
            pairs.within(ir, old, new);
        }
        pairs
    }

    /// Whether two types are the same in Rust.
    pub(super) fn same(&self, old: &Type, new: &Type) -> bool {
        match (old, new) {
            (Type::Named(old), Type::Named(new)) => self.types.get(old) == Some(new),
            (Type::Array(old), Type::Array(new))
            | (Type::Map(old), Type::Map(new))
            | (Type::Nullable(old), Type::Nullable(new)) => self.same(old, new),
            (old, new) => old == new,
        }
    }

    /// The former number of a type.
    pub(super) fn former(&self, wanted: TypeId) -> Option<TypeId> {
        let mut pairs = self.types.iter();
        pairs.find(|(_, new)| **new == wanted).map(|(old, _)| *old)
    }

    /// Pairs the types that stand in the same place.
    fn meet(&mut self, ir: Sides<&Ir>, old: &Type, new: &Type) {
        match (old, new) {
            (Type::Named(old), Type::Named(new)) => {
                let same = std::mem::discriminant(&ir.old.types[*old].kind)
                    == std::mem::discriminant(&ir.new.types[*new].kind);
                if same && !self.types.contains_key(old) && self.former(*new).is_none() {
                    self.types.insert(*old, *new);
                    self.within(ir, *old, *new);
                }
            }
            (Type::Array(old) | Type::Nullable(old), Type::Array(new) | Type::Nullable(new))
            | (Type::Map(old), Type::Map(new)) => self.meet(ir, old, new),
            _ => {}
        }
    }

    /// Pairs the types of the members of two types.
    fn within(&mut self, ir: Sides<&Ir>, old: TypeId, new: TypeId) {
        match (&ir.old.types[old].kind, &ir.new.types[new].kind) {
            (TypeKind::Struct(old), TypeKind::Struct(new)) => {
                for field in &old.fields {
                    if let Some(same) = new.fields.iter().find(|new| new.name == field.name) {
                        self.meet(ir, &field.ty, &same.ty);
                    }
                }
                if let (Some(old), Some(new)) = (&old.extra, &new.extra) {
                    self.meet(ir, old, new);
                }
            }
            (TypeKind::Union(old), TypeKind::Union(new)) => {
                for variant in &old.variants {
                    let same = new.variants.iter().find(|new| {
                        new.name == variant.name || (!new.tag.is_empty() && new.tag == variant.tag)
                    });
                    if let Some(same) = same {
                        self.meet(ir, &variant.ty, &same.ty);
                    }
                }
            }
            _ => {}
        }
    }
}

/// What an operation sends, brings, and fails with.
pub(super) fn uses(operation: &Operation) -> [Option<Type>; 3] {
    let body = operation.body.as_ref().and_then(|body| match &body.kind {
        BodyKind::Json(ty, _) | BodyKind::UrlEncoded(ty, _) => Some(ty.clone()),
        BodyKind::Form(form) => Some(Type::Named(form.root)),
        BodyKind::Text(_) | BodyKind::Binary(_) => None,
    });
    let success = match &operation.success {
        Payload::Json(ty) => Some(ty.clone()),
        _ => None,
    };
    [body, success, operation.error.clone()]
}

/// The operations that each type is part of.
pub(super) fn reach(ir: &Ir) -> HashMap<TypeId, BTreeSet<String>> {
    let mut reach: HashMap<TypeId, BTreeSet<String>> = HashMap::new();
    for operation in &ir.operations {
        let parameters = operation.parameters.iter();
        let used = parameters.map(|parameter| parameter.ty.clone());
        let used = used.chain(uses(operation).into_iter().flatten());
        for id in named_within(&ir.types, used) {
            reach.entry(id).or_default().insert(operation.id.clone());
        }
    }
    reach
}

/// A path with its parameters numbered, and their names.
pub(super) fn shape(path: &str) -> (String, Vec<&str>) {
    let mut names = Vec::new();
    let mut pieces = path.split('{');
    let mut shape = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let (name, rest) = piece.split_once('}').unwrap_or((piece, ""));
        names.push(name);
        shape += &format!("{{}}{rest}");
    }
    (shape, names)
}

fn operations(ir: Sides<&Ir>) -> Vec<Sides<usize>> {
    let by_name = |old: &Operation, new: &Operation| old.function == new.function;
    let by_request = |old: &Operation, new: &Operation| {
        old.method == new.method && shape(&old.path).0 == shape(&new.path).0
    };
    matched(
        &ir.old.operations,
        &ir.new.operations,
        &[&by_name, &by_request],
    )
}

/// Says whether two things are the same.
pub(super) type Same<'f, T> = &'f dyn Fn(&T, &T) -> bool;

/// Pairs what is the same by the first of some measures, then what is left by the next.
pub(super) fn matched<T>(old: &[T], new: &[T], measures: &[Same<'_, T>]) -> Vec<Sides<usize>> {
    let mut pairs: Vec<Sides<usize>> = Vec::new();
    for is_same in measures {
        for (old, before) in old.iter().enumerate() {
            let mut after = new.iter().enumerate();
            let found = after.find(|(new, after)| {
                is_same(before, after) && !pairs.iter().any(|pair| pair.new == *new)
            });
            if let Some((new, _)) = found
                && !pairs.iter().any(|pair| pair.old == old)
            {
                pairs.push(Sides { old, new });
            }
        }
    }
    pairs
}
