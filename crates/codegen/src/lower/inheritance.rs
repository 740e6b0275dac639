//! Kinds without a `oneOf`: a schema with a `discriminator` of its own, and the schemas that extend it by `allOf`.

use std::collections::{HashMap, HashSet};

use postpress_openapi::document::{Document, Node};

use super::{At, Builder, escape, merge::Alternatives, merge::Part, schemas::Place};

/// For each component, by pointer: those whose `allOf` names it, directly or through others, in the document's order.
pub(crate) type Heirs = HashMap<String, Vec<String>>;

/// Finds the heirs of the components that have a `discriminator` and no list of alternatives.
pub(crate) fn heirs(document: &Document) -> Heirs {
    let schemas = document
        .root
        .get("components")
        .and_then(|components| components.get("schemas"));
    let schemas = schemas.and_then(Node::as_object).unwrap_or_default();
    let pointer = |key: &str| format!("#/components/schemas/{}", escape(key));
    let bases: HashMap<String, Vec<&str>> = schemas
        .iter()
        .map(|entry| (pointer(&entry.key), bases(&entry.value)))
        .collect();
    let mut heirs = Heirs::new();
    for base in schemas.iter().filter(|entry| is_open(&entry.value)) {
        let target = pointer(&base.key);
        let own = schemas.iter().map(|entry| pointer(&entry.key));
        let own = own.filter(|heir| *heir != target && extends(heir, &target, &bases));
        heirs.insert(target.clone(), own.collect());
    }
    heirs.retain(|_, own| !own.is_empty());
    heirs
}

fn is_open(schema: &Node) -> bool {
    let has = |keyword: &str| schema.get(keyword).is_some();
    has("discriminator") && !has("oneOf") && !has("anyOf")
}

fn bases(schema: &Node) -> Vec<&str> {
    let members = schema
        .get("allOf")
        .and_then(Node::as_array)
        .unwrap_or_default();
    members
        .iter()
        .filter_map(|member| member.get("$ref")?.as_str())
        .collect()
}

fn extends(heir: &str, target: &str, bases: &HashMap<String, Vec<&str>>) -> bool {
    let mut seen = HashSet::new();
    let mut open = vec![heir];
    while let Some(pointer) = open.pop() {
        let direct = bases.get(pointer).map(Vec::as_slice).unwrap_or_default();
        if direct.contains(&target) {
            return true;
        }
        open.extend(direct.iter().copied().filter(|base| seen.insert(*base)));
    }
    false
}

impl<'d> Builder<'d> {
    /// The alternatives that the schema at `place` has in its heirs, and in what its `mapping` leads to.
    pub(crate) fn inherited(&self, place: &Place<'_, 'd>) -> Option<Alternatives<'d>> {
        let own = self.heirs.get(place.key)?;
        let discriminator = place.at.get("discriminator")?;
        let mut branches: Vec<At<'d>> =
            own.iter().filter_map(|heir| self.component(heir)).collect();
        for (_, target) in discriminator.get("mapping").iter().flat_map(At::entries) {
            let target = target.node.as_str().unwrap_or_default();
            let pointer = super::unions::mapped_pointer(target);
            if pointer != place.at.pointer && !own.contains(&pointer) {
                branches.extend(self.component(&pointer));
            }
        }
        Some(Alternatives {
            branches,
            discriminator: Some(discriminator),
        })
    }

    /// Whether `target` is a schema whose alternatives are its heirs, and the component at `pointer` one of them.
    pub(crate) fn is_heir(&self, pointer: &str, target: &Part<'d>) -> bool {
        let target = self
            .follow(&target.at)
            .and_then(|target| self.heirs.get(&target.pointer));
        target.is_some_and(|heirs| heirs.iter().any(|heir| heir == pointer))
    }

    fn component(&self, pointer: &str) -> Option<At<'d>> {
        let node = self.document.lookup(pointer)?;
        Some(At {
            node,
            pointer: pointer.to_owned(),
        })
    }
}
