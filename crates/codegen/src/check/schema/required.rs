//! `required` names properties that exist.

use std::collections::{HashMap, HashSet};

use postpress_openapi::{Cursor, Diagnostics, NodeId, codes};

use crate::check::composition::{Composition, Reach};
use crate::check::index::Index;
use crate::check::wording::did_you_mean;

pub(super) fn check(index: &Index<'_>, out: &mut Diagnostics) {
    let context = Context::of(index);
    for schema in index.written_schemas() {
        check_duplicates(schema, out);
        check_names(index, &context, schema, out);
    }
}

/// What surrounds a schema: a branch may require what the schema around it declares.
struct Context<'d> {
    /// The schema around each branch of `allOf`, `oneOf` and `anyOf`.
    hosts: HashMap<NodeId, Cursor<'d>>,
    /// What `not` negates, and schemas that others refer to as a branch, which may require what is declared there.
    unknown: HashSet<NodeId>,
}

impl<'d> Context<'d> {
    fn of(index: &Index<'d>) -> Self {
        let (mut hosts, mut unknown) = (HashMap::new(), HashSet::new());
        for schema in index.written_schemas() {
            for branch in ["allOf", "oneOf", "anyOf"]
                .into_iter()
                .flat_map(|key| schema.list(key))
            {
                hosts.insert(branch.node.id(), schema.clone());
                if branch.node.reference().is_some() {
                    unknown.extend(index.resolve(&branch).map(|target| target.node.id()));
                }
            }
            unknown.extend(schema.get("not").map(|negated| negated.node.id()));
        }
        Self { hosts, unknown }
    }

    /// The schema and those around it; `None` if what is required may be declared elsewhere.
    fn surroundings(&self, schema: &Cursor<'d>) -> Option<Vec<Cursor<'d>>> {
        let hosts = std::iter::successors(Some(schema), |inner| self.hosts.get(&inner.node.id()));
        let known = hosts.map(|schema| {
            let is_unknown = self.unknown.contains(&schema.node.id());
            (!is_unknown).then(|| schema.clone())
        });
        known.collect()
    }
}

fn check_duplicates(schema: &Cursor<'_>, out: &mut Diagnostics) {
    let mut seen = HashSet::new();
    for item in schema.list("required") {
        if let Some(name) = item.node.as_str().filter(|name| !seen.insert(*name)) {
            let message = format!("`{name}` is required twice");
            out.report(
                codes::DUPLICATE_REQUIRED,
                &item,
                message,
                "remove one of the two",
            );
        }
    }
}

fn check_names<'d>(
    index: &Index<'d>,
    context: &Context<'d>,
    schema: &Cursor<'d>,
    out: &mut Diagnostics,
) {
    if schema.node.list("required").is_empty() {
        return;
    }
    let Some(surroundings) = context.surroundings(schema) else {
        return;
    };
    let whole = Composition::of(index, surroundings, Reach::Possible);
    let mut additional = whole
        .members
        .iter()
        .filter_map(|member| member.node.get("additionalProperties"));
    let is_map = additional.any(|additional| additional.as_bool() != Some(false));
    if !whole.is_complete || is_map {
        return;
    }
    let properties = whole.properties();
    let known: HashSet<&str> = properties.iter().map(|(name, _)| *name).collect();
    for item in schema.list("required") {
        let Some(name) = item.node.as_str().filter(|name| !known.contains(name)) else {
            continue;
        };
        let names = properties.iter().map(|(name, _)| *name);
        out.report(
            codes::UNKNOWN_REQUIRED_PROPERTY,
            &item,
            format!("the required property `{name}` is not declared"),
            did_you_mean(name, names, || format!("add `{name}` to `properties`")),
        );
    }
}
