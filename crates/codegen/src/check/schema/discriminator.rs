//! `discriminator`: the property that tells branches apart, and where its values lead.

use std::collections::HashSet;

use super::closure::{Closure, Reach};
use crate::check::grammar::Kind;
use crate::check::survey::{Place, Survey, address};
use crate::check::wording::did_you_mean;
use postpress_openapi::diagnostic::{Diagnostics, codes};
use postpress_openapi::document::Node;

pub(super) fn check(survey: &Survey<'_>, schema: &Place<'_>, out: &mut Diagnostics) {
    let Some(discriminator) = schema.get("discriminator") else {
        return;
    };
    let branches: Vec<Place<'_>> = ["oneOf", "anyOf"]
        .iter()
        .filter_map(|keyword| schema.get(keyword))
        .flat_map(|list| list.items().collect::<Vec<_>>())
        .collect();
    if let Some(property) = discriminator.text("propertyName") {
        check_property(survey, schema, &discriminator, property, &branches, out);
    }
    let Some(mapping) = discriminator.get("mapping") else {
        return;
    };
    let known: HashSet<_> = branches
        .iter()
        .filter_map(|branch| survey.target(branch.node))
        .map(address)
        .collect();
    for (value, place) in mapping.entries() {
        let Some(text) = place.node.as_str() else {
            continue;
        };
        let Some(target) = mapped(survey, text) else {
            let names = survey
                .components("schemas")
                .iter()
                .map(|entry| entry.key.as_str());
            let name = text.rsplit('/').next().unwrap_or(text);
            out.error(
                place.at(),
                &place.pointer,
                codes::DISCRIMINATOR_TARGET,
                format!(
                    "the value `{value}` leads to `{text}`, which is no schema of this document"
                ),
                did_you_mean(name, names, || {
                    "write '#/components/schemas/...'".to_owned()
                }),
            );
            continue;
        };
        let Some(target) = survey.target(target) else {
            continue;
        };
        if !branches.is_empty() && !known.contains(&address(target)) {
            out.warning(
                place.at(),
                &place.pointer,
                codes::DISCRIMINATOR_BRANCH,
                format!("the value `{value}` leads to `{text}`, which is none of the branches"),
                "add it to `oneOf`, or remove the value",
            );
        }
    }
}

/// What a value of `mapping` names: a pointer, or a component.
fn mapped<'d>(survey: &Survey<'d>, text: &str) -> Option<&'d Node> {
    let named = survey
        .components("schemas")
        .iter()
        .find(|entry| entry.key == text);
    let node = match named {
        Some(entry) => &entry.value,
        None if text.starts_with('#') => survey.document.lookup(text)?,
        None => return None,
    };
    (survey.kind(node) == Some(Kind::Schema)).then_some(node)
}

fn check_property<'d>(
    survey: &Survey<'d>,
    schema: &Place<'d>,
    discriminator: &Place<'d>,
    property: &str,
    branches: &[Place<'d>],
    out: &mut Diagnostics,
) {
    let lacks = |nodes: &[&'d Node]| {
        let closure = Closure::of_all(survey, nodes.iter().copied(), Reach::Everything);
        closure.is_complete && closure.property(property).is_none()
    };
    let at = discriminator
        .node
        .get("propertyName")
        .map_or(discriminator.at(), |name| name.at);
    if branches.is_empty() {
        if lacks(&[schema.node]) {
            out.error(
                at,
                &discriminator.pointer,
                codes::DISCRIMINATOR_PROPERTY,
                format!("the schema has no property `{property}` that could tell its kinds apart"),
                format!("add the property `{property}`, or correct `propertyName`"),
            );
        }
        return;
    }
    // A property that the schema itself declares is there whatever the branch.
    let shared: Vec<&Node> = std::iter::once(schema.node)
        .flat_map(|node| node.get("allOf").map_or(&[][..], Node::items))
        .collect();
    let is_shared = schema
        .node
        .get("properties")
        .is_some_and(|properties| properties.get(property).is_some())
        || (!shared.is_empty() && !lacks(&shared));
    if is_shared {
        return;
    }
    for branch in branches.iter().filter(|branch| lacks(&[branch.node])) {
        let name = branch
            .node
            .reference()
            .map_or_else(|| branch.pointer.to_string(), str::to_owned);
        out.error(
            branch.at(),
            &branch.pointer,
            codes::DISCRIMINATOR_PROPERTY,
            format!("`{name}` has no property `{property}`, by which the discriminator tells the branches apart"),
            format!("add the property `{property}` to it, or correct `propertyName`"),
        );
    }
}
