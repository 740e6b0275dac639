//! Names can be told apart, and are used.

use std::collections::{BTreeMap, BTreeSet};

use postpress_codegen::Diagnostics;
use postpress_openapi::document::{Document, Node};

use super::places::{self, Place, components, operations};
use super::rules::{SIMILAR_NAMES, UNUSED_COMPONENT};

pub(super) fn check(document: &Document, found: &mut Diagnostics) {
    let operations = operations(document);
    let ids = operations.iter().map(|operation| {
        let id = operation.place.get("operationId");
        (operation.id, id.unwrap_or_else(|| operation.place.clone()))
    });
    similar("operation", ids.collect(), found);
    let mut used: BTreeSet<&str> = BTreeSet::new();
    for place in places::all(document, |_| true) {
        used.extend(place.node.reference());
        // Security schemes are referred to by name alone; a discriminator may be, too.
        let mapping = place
            .node
            .get("discriminator")
            .and_then(|node| node.get("mapping"));
        used.extend(
            mapping
                .map_or(&[][..], Node::entries)
                .iter()
                .filter_map(|entry| entry.value.as_str()),
        );
    }
    for kind in [
        "schemas",
        "responses",
        "parameters",
        "requestBodies",
        "headers",
        "examples",
    ] {
        let all = components(document, kind);
        for (name, place) in &all {
            if !used.contains(place.pointer.as_str()) {
                found.error(
                    place.at,
                    &place.pointer,
                    UNUSED_COMPONENT,
                    format!("nothing refers to `{name}`"),
                    "remove it, or refer to it where it was meant to be used",
                );
            }
        }
        similar("component", all, found);
    }
}

fn similar(what: &str, names: Vec<(&str, Place<'_>)>, found: &mut Diagnostics) {
    let mut known: BTreeMap<String, &str> = BTreeMap::new();
    for (name, place) in names {
        let plain: String = name.chars().filter(|c| c.is_alphanumeric()).collect();
        if let Some(other) = known.insert(plain.to_lowercase(), name) {
            found.error(
                place.at,
                &place.pointer,
                SIMILAR_NAMES,
                format!("the {what} `{name}` is called almost like `{other}`"),
                "give it a name of its own",
            );
        }
    }
}
