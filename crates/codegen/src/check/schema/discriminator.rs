//! `discriminator`: the property that tells branches apart, and where its values lead.

use std::collections::HashSet;

use postpress_openapi::{Cursor, Diagnostics, NodeId, codes};

use crate::check::composition::{Composition, Reach};
use crate::check::index::Index;
use crate::check::wording::did_you_mean;

pub(super) fn check(index: &Index<'_>, schema: &Cursor<'_>, out: &mut Diagnostics) {
    let Some(discriminator) = schema.get("discriminator") else {
        return;
    };
    let branches: Vec<Cursor<'_>> = schema.list("oneOf").chain(schema.list("anyOf")).collect();
    if let Some(property) = discriminator.get("propertyName") {
        check_property(index, schema, &discriminator, &property, &branches, out);
    }
    let known: HashSet<NodeId> = branches
        .iter()
        .filter_map(|branch| Some(index.resolve(branch)?.node.id()))
        .collect();
    for (value, target) in discriminator.map("mapping") {
        let Some(text) = target.node.as_str() else {
            continue;
        };
        let Some(named) = index.mapped(text) else {
            let names = index.document.components("schemas").map(|(name, _)| name);
            let name = text.rsplit('/').next().unwrap_or(text);
            let message = format!(
                "the value `{value}` leads to `{text}`, which is no schema of this document"
            );
            let help = did_you_mean(name, names, || {
                "write '#/components/schemas/...'".to_owned()
            });
            out.report(codes::DISCRIMINATOR_TARGET, &target, message, help);
            continue;
        };
        let named = index.resolve(&named);
        if named.is_some_and(|named| !branches.is_empty() && !known.contains(&named.node.id())) {
            let message =
                format!("the value `{value}` leads to `{text}`, which is none of the branches");
            let help = "add it to `oneOf`, or remove the value";
            out.report(codes::DISCRIMINATOR_BRANCH, &target, message, help);
        }
    }
}

fn check_property<'d>(
    index: &Index<'d>,
    schema: &Cursor<'d>,
    discriminator: &Cursor<'d>,
    name: &Cursor<'d>,
    branches: &[Cursor<'d>],
    out: &mut Diagnostics,
) {
    let Some(property) = name.node.as_str() else {
        return;
    };
    let lacks = |schemas: Vec<Cursor<'d>>| {
        let whole = Composition::of(index, schemas, Reach::Possible);
        whole.is_complete && !whole.has_property(property)
    };
    if branches.is_empty() {
        if lacks(vec![schema.clone()]) {
            out.report_at(
                codes::DISCRIMINATOR_PROPERTY,
                name.at(),
                &discriminator.pointer,
                format!("the schema has no property `{property}` that could tell its kinds apart"),
                format!("add the property `{property}`, or correct `propertyName`"),
            );
        }
        return;
    }
    // A property that the schema itself declares is there whatever the branch.
    let shared: Vec<Cursor<'d>> = schema.list("allOf").collect();
    let own = schema.get("properties").and_then(|own| own.get(property));
    if own.is_some() || (!shared.is_empty() && !lacks(shared)) {
        return;
    }
    for branch in branches
        .iter()
        .filter(|branch| lacks(vec![(*branch).clone()]))
    {
        let name = branch.node.reference().unwrap_or(branch.pointer.as_str());
        out.report(
            codes::DISCRIMINATOR_PROPERTY,
            branch,
            format!("`{name}` has no property `{property}`, by which the discriminator tells the branches apart"),
            format!("add the property `{property}` to it, or correct `propertyName`"),
        );
    }
}
