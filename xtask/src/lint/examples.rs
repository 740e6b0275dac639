//! There are examples, and they fit.

use std::collections::BTreeMap;

use postpress_openapi::{Cursor, Diagnostics, Document};

use super::places;
use super::rules::{INVALID_EXAMPLE, MISSING_EXAMPLE, UNKNOWN_EXAMPLE_FIELD};
use super::validate::{Kind, validate};

pub(super) fn check(document: &Document, found: &mut Diagnostics) {
    // Places share examples: each is held once against each schema.
    let schemas = places::schemas(document);
    let own = schemas
        .iter()
        .filter_map(|schema| Some((schema.clone(), schema.get("example")?)));
    let mut values: Vec<(Cursor<'_>, Cursor<'_>)> = own.collect();
    // A value with a schema: a media type, a parameter, a header.
    for place in places::all(document, |place| place.node.get("schema").is_some()) {
        let schema = place.get("schema");
        let Some(schema) = schema.and_then(|schema| schema.resolve(document)) else {
            continue;
        };
        let examples = examples(document, &place);
        let above = place.pointer.parent();
        let is_media = above.is_some_and(|above| above.last_key() == "content");
        if is_media && examples.is_empty() && schema.node.get("example").is_none() {
            found.report_key(
                MISSING_EXAMPLE,
                &place,
                "there is no example",
                "add `example` with that of the page, or one of our own and a comment that says so",
            );
        }
        values.extend(
            examples
                .into_iter()
                .map(|example| (schema.clone(), example)),
        );
    }
    let by_place = values.into_iter().map(|(schema, value)| {
        let key = (schema.pointer.to_string(), value.pointer.to_string());
        (key, (schema, value))
    });
    for (schema, value) in by_place.collect::<BTreeMap<_, _>>().values() {
        fits(document, schema, value, found);
    }
}

fn examples<'d>(document: &'d Document, place: &Cursor<'d>) -> Vec<Cursor<'d>> {
    let mut found: Vec<_> = place.get("example").into_iter().collect();
    let named = place.map("examples");
    found.extend(named.filter_map(|(_, example)| example.resolve(document)?.get("value")));
    found
}

fn fits(document: &Document, schema: &Cursor<'_>, example: &Cursor<'_>, found: &mut Diagnostics) {
    for problem in validate(document, schema.node, example) {
        let (code, help) = match problem.kind {
            Kind::Misfit => (INVALID_EXAMPLE, "correct the example, or the schema"),
            Kind::Unknown => (
                UNKNOWN_EXAMPLE_FIELD,
                "correct its name, remove it, or declare it in the schema",
            ),
        };
        found.report_key(code, &problem.place, problem.message, help);
    }
}
