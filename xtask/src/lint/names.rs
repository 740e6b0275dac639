//! Names can be told apart, and are used.

use std::collections::{BTreeMap, BTreeSet};

use postpress_openapi::{Cursor, Diagnostics, Document};

use super::places;
use super::rules::{SIMILAR_NAMES, UNUSED_COMPONENT};

pub(super) fn check(document: &Document, found: &mut Diagnostics) {
    let ids = document.endpoints().into_iter().map(|endpoint| {
        let written = endpoint.at.get("operationId");
        let id = endpoint.id().unwrap_or(endpoint.method);
        (id, written.unwrap_or(endpoint.at))
    });
    similar("operation", ids.collect(), found);
    let mut used: BTreeSet<&str> = BTreeSet::new();
    for place in places::all(document, |_| true) {
        used.extend(place.node.reference());
        // Security schemes are referred to by name alone; a discriminator may be, too.
        let discriminator = place.node.get("discriminator");
        let mapping = discriminator.map_or(&[][..], |discriminator| discriminator.map("mapping"));
        used.extend(mapping.iter().filter_map(|entry| entry.value.as_str()));
    }
    for kind in [
        "schemas",
        "responses",
        "parameters",
        "requestBodies",
        "headers",
        "examples",
    ] {
        let all: Vec<_> = document.components(kind).collect();
        for (name, place) in &all {
            if !used.contains(place.pointer.as_str()) {
                found.report_key(
                    UNUSED_COMPONENT,
                    place,
                    format!("nothing refers to `{name}`"),
                    "remove it, or refer to it where it was meant to be used",
                );
            }
        }
        similar("component", all, found);
    }
}

fn similar(what: &str, names: Vec<(&str, Cursor<'_>)>, found: &mut Diagnostics) {
    let mut known: BTreeMap<String, &str> = BTreeMap::new();
    for (name, place) in names {
        let plain: String = name.chars().filter(|c| c.is_alphanumeric()).collect();
        if let Some(other) = known.insert(plain.to_lowercase(), name) {
            found.report_key(
                SIMILAR_NAMES,
                &place,
                format!("the {what} `{name}` is called almost like `{other}`"),
                "give it a name of its own",
            );
        }
    }
}
