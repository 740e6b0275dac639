//! Unions without a `oneOf`: a schema with a `discriminator` of its own, and the schemas that extend it by `allOf`.

use std::collections::{HashMap, HashSet};

use postpress_openapi::{Cursor, NodeId};

use crate::check::{composition::Alternatives, index::Index};

use super::{Lowering, schemas::Site};

/// For each component: those whose `allOf` names it, directly or through others, in the document's order.
pub(super) type Heirs<'d> = HashMap<NodeId, Vec<Cursor<'d>>>;

/// Finds the heirs of the components that have a `discriminator` and no list of alternatives.
pub(super) fn heirs<'d>(index: &Index<'d>) -> Heirs<'d> {
    let components: Vec<Cursor<'d>> = index
        .document
        .components("schemas")
        .map(|(_, at)| at)
        .collect();
    let bases: HashMap<NodeId, Vec<NodeId>> = components
        .iter()
        .map(|component| {
            let bases = component
                .list("allOf")
                .filter(|base| base.node.reference().is_some());
            let bases = bases.filter_map(|base| Some(index.resolve(&base)?.node.id()));
            (component.node.id(), bases.collect())
        })
        .collect();
    let mut heirs = Heirs::new();
    for base in components.iter().filter(|component| is_open(component)) {
        let id = base.node.id();
        let own = components
            .iter()
            .filter(|heir| !heir.is(base) && extends(heir.node.id(), id, &bases));
        let own: Vec<Cursor<'d>> = own.cloned().collect();
        if !own.is_empty() {
            heirs.insert(id, own);
        }
    }
    heirs
}

fn is_open(schema: &Cursor<'_>) -> bool {
    let has = |keyword: &str| schema.node.get(keyword).is_some();
    has("discriminator") && !has("oneOf") && !has("anyOf")
}

fn extends(heir: NodeId, base: NodeId, bases: &HashMap<NodeId, Vec<NodeId>>) -> bool {
    let mut seen = HashSet::new();
    let mut open = vec![heir];
    while let Some(schema) = open.pop() {
        let direct = bases.get(&schema).map(Vec::as_slice).unwrap_or_default();
        if direct.contains(&base) {
            return true;
        }
        open.extend(direct.iter().copied().filter(|base| seen.insert(*base)));
    }
    false
}

impl<'d> Lowering<'d, '_> {
    /// The alternatives that a schema has in its heirs, and in what its `mapping` leads to.
    pub(super) fn inherited(&self, site: &Site<'_, 'd>) -> Option<Alternatives<'d>> {
        let own = self
            .heirs
            .get(&site.at.node.id())
            .filter(|_| site.is_whole())?;
        let discriminator = site.at.get("discriminator")?;
        let mut branches = own.clone();
        for (_, target) in discriminator.map("mapping") {
            let target = target
                .node
                .as_str()
                .and_then(|text| self.index.mapped(text));
            let is_own =
                |target: &Cursor<'d>| target.is(&site.at) || own.iter().any(|heir| heir.is(target));
            branches.extend(target.filter(|target| !is_own(target)));
        }
        Some(Alternatives {
            branches,
            discriminator: Some(discriminator),
        })
    }

    /// Whether `target` is a schema whose alternatives are its heirs, and `schema` one of them.
    pub(super) fn is_heir(&self, schema: &Cursor<'d>, target: &Cursor<'d>) -> bool {
        let target = self.index.resolve(target);
        let heirs = target.and_then(|target| self.heirs.get(&target.node.id()));
        heirs.is_some_and(|heirs| heirs.iter().any(|heir| heir.is(schema)))
    }
}
