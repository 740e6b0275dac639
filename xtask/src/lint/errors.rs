//! The tables of errors are complete.

use std::collections::{BTreeMap, BTreeSet};

use postpress_openapi::{Cursor, Diagnostics, Document, Endpoint, Node};

use super::rules::{MISSING_ERROR, MISSING_ERROR_TYPES, WRONG_ERROR_STATUS};

/// The errors of every operation.
const EVERYWHERE: &[&str] = &["401", "403", "500", "503", "504"];
/// Those of an operation with an id in its path.
const WITH_ID: &[&str] = &["404"];
/// Those of an operation with a body.
const WITH_BODY: &[&str] = &["404", "415", "422", "429"];

pub(super) fn check(document: &Document, found: &mut Diagnostics) {
    // Operations share responses, and responses schemas: each schema is looked at once, with all its statuses.
    let mut schemas: BTreeMap<String, (Cursor<'_>, BTreeSet<&str>)> = BTreeMap::new();
    for endpoint in document.endpoints() {
        let Some(responses) = endpoint.at.get("responses") else {
            continue;
        };
        complete(&endpoint, &responses, found);
        let errors = responses
            .entries()
            .filter(|(status, _)| !status.starts_with(['2', '3']));
        for (status, response) in errors {
            let response = response.resolve(document);
            let content = response.iter().flat_map(|response| response.map("content"));
            for schema in content.filter_map(|(_, media)| media.get("schema")?.resolve(document)) {
                let pointer = schema.pointer.to_string();
                let known = schemas.entry(pointer).or_insert((schema, BTreeSet::new()));
                known.1.insert(status);
            }
        }
    }
    for (schema, statuses) in schemas.values() {
        table(document, statuses, schema, found);
    }
}

fn complete(endpoint: &Endpoint<'_>, responses: &Cursor<'_>, found: &mut Diagnostics) {
    let with_id = if endpoint.path.contains('{') {
        WITH_ID
    } else {
        &[]
    };
    let with_body = match endpoint.at.node.get("requestBody") {
        Some(_) => WITH_BODY,
        None => &[],
    };
    let mut wanted: Vec<&str> = [EVERYWHERE, with_id, with_body].concat();
    wanted.sort_unstable();
    wanted.dedup();
    wanted.retain(|status| {
        let family = format!("{}XX", &status[..1]);
        responses.node.get(status).is_none() && responses.node.get(&family).is_none()
    });
    if !wanted.is_empty() {
        found.report_key(MISSING_ERROR, responses,
            format!("`{}` lists no {}", endpoint.id().unwrap_or(endpoint.method), wanted.join(", ")),
            "add the responses, mostly by `$ref` to those that others share; where the page has them not, add \
             `x-lint-allow: [missing-error]` to the operation, and the reason",
        );
    }
}

fn table(
    document: &Document,
    statuses: &BTreeSet<&str>,
    schema: &Cursor<'_>,
    found: &mut Diagnostics,
) {
    let parts = std::iter::once(schema.node).chain(schema.node.list("allOf"));
    let parts = parts.map(|part| document.resolve(part).unwrap_or(part));
    let properties = parts.flat_map(|part| part.map("properties"));
    let enums = properties
        .filter_map(|property| Some((property.key.as_str(), property.value.get("enum")?)));
    let enums: Vec<(&str, &Node)> = enums.collect();
    for (_, values) in enums.iter().filter(|(name, _)| *name == "status") {
        for status in statuses {
            let is_other = |value: &Node| {
                value
                    .as_i64()
                    .is_some_and(|value| value.to_string() != *status)
            };
            if values.items().iter().any(is_other) {
                let values_shown = values.to_json();
                found.report_at(
                    WRONG_ERROR_STATUS,
                    values.at,
                    &schema.pointer,
                    format!("the schema says status {values_shown}, but describes the response to {status}"),
                    "correct the one or the other, or make a schema of its own",
                );
            }
        }
    }
    let is_type =
        |(_, values): &(&str, &Node)| values.items().iter().any(|value| value.as_str().is_some());
    if !enums.iter().any(is_type) {
        found.report_key(
            MISSING_ERROR_TYPES,
            schema,
            "the schema of an error response lists no error types",
            "narrow the type to an `enum` of what can occur, with `x-enum-descriptions`",
        );
    }
}
