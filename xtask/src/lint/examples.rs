//! There are examples, and they and the defaults fit their schemas.

use std::collections::BTreeMap;

use postpress_openapi::schema::{Kind, Reader};
use postpress_openapi::{Code, Cursor, Diagnostics, Document};
use regex_lite::Regex;

use super::places;
use super::rules::{
    INVALID_EXAMPLE, INVALID_PATTERN, MISSING_EXAMPLE, UNFIT_DEFAULT, UNKNOWN_EXAMPLE_FIELD,
};
use super::validate::{format, validate};

/// `reported` holds what the generator says: a default that it refuses is not looked at again.
pub(super) fn check(document: &Document, reported: &Diagnostics, found: &mut Diagnostics) {
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
    let mut reader = Reader::new(document, format);
    for (schema, value) in by_place.collect::<BTreeMap<_, _>>().values() {
        fits(&mut reader, schema, value, None, found);
    }
    for schema in &schemas {
        let is_refused =
            |default: &Cursor<'_>| reported.iter().any(|one| one.pointer == default.pointer);
        if let Some(default) = schema.get("default").filter(|default| !is_refused(default)) {
            fits(&mut reader, schema, &default, Some(UNFIT_DEFAULT), found);
        }
        let pattern = schema
            .get("pattern")
            .filter(|pattern| pattern.node.as_str().is_some());
        if let Some((at, Err(error))) =
            pattern.map(|at| (at.clone(), Regex::new(at.node.as_str().unwrap_or_default())))
        {
            found.report(
                INVALID_PATTERN,
                &at,
                format!("the pattern is no regular expression: {error}"),
                "correct it; look-around and `\\p`, which are not known here, take `x-lint-allow: [invalid-pattern]`",
            );
        }
    }
}

fn examples<'d>(document: &'d Document, place: &Cursor<'d>) -> Vec<Cursor<'d>> {
    let mut found: Vec<_> = place.get("example").into_iter().collect();
    let named = place.map("examples");
    found.extend(named.filter_map(|(_, example)| example.resolve(document)?.get("value")));
    found
}

/// Holds a value against a schema: an example, or a default if that has a code of its own.
fn fits<'d>(
    reader: &mut Reader<'d>,
    schema: &Cursor<'d>,
    value: &Cursor<'d>,
    of_default: Option<Code>,
    found: &mut Diagnostics,
) {
    for problem in validate(reader, schema, value) {
        let (code, help) = match (of_default, problem.kind) {
            (Some(code), _) => (code, "correct the default, or the schema"),
            (None, Kind::Unknown) => (
                UNKNOWN_EXAMPLE_FIELD,
                "correct its name, remove it, or declare it in the schema",
            ),
            (None, _) => (INVALID_EXAMPLE, "correct the example, or the schema"),
        };
        found.report_key(code, &problem.place, problem.message, help);
    }
}
