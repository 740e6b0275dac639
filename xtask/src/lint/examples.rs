//! There are examples, and they fit.

use postpress_codegen::Diagnostics;
use postpress_openapi::document::Document;

use super::places::{self, Place};
use super::rules::{INVALID_EXAMPLE, MISSING_EXAMPLE, UNKNOWN_EXAMPLE_FIELD};
use super::validate::{Kind, validate};

pub(super) fn check(document: &Document, found: &mut Diagnostics) {
    // A value with a schema: a media type, a parameter, a header.
    for place in places::all(document, |place| place.node.get("schema").is_some()) {
        let Some(schema) = place.get("schema").map(|schema| schema.resolve(document)) else {
            continue;
        };
        let examples = examples(document, &place);
        let segments = place.pointer.as_str().rsplit('/');
        let is_media = segments.clone().nth(1) == Some("content");
        if is_media && examples.is_empty() && schema.node.get("example").is_none() {
            found.error(
                place.at,
                &place.pointer,
                MISSING_EXAMPLE,
                "there is no example",
                "add `example` with that of the page, or one of our own and a comment that says so",
            );
        }
        for example in examples {
            fits(document, &schema, &example, found);
        }
    }
    for schema in places::schemas(document) {
        if let Some(example) = schema.get("example") {
            fits(document, &schema, &example, found);
        }
    }
}

fn examples<'d>(document: &'d Document, place: &Place<'d>) -> Vec<Place<'d>> {
    let mut found: Vec<_> = place.get("example").into_iter().collect();
    for (_, example) in place.get("examples").iter().flat_map(Place::entries) {
        found.extend(example.resolve(document).get("value"));
    }
    found
}

fn fits(document: &Document, schema: &Place<'_>, example: &Place<'_>, found: &mut Diagnostics) {
    for problem in validate(document, schema.node, example) {
        let (code, help) = match problem.kind {
            Kind::Misfit => (INVALID_EXAMPLE, "correct the example, or the schema"),
            Kind::Unknown => (
                UNKNOWN_EXAMPLE_FIELD,
                "correct its name, remove it, or declare it in the schema",
            ),
        };
        found.error(
            problem.place.at,
            &problem.place.pointer,
            code,
            problem.message,
            help,
        );
    }
}
