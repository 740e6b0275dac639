//! The tables of errors are complete.

use postpress_openapi::{Cursor, Diagnostics, Document, Endpoint, Node};

use super::rules::{MISSING_ERROR, MISSING_ERROR_TYPES, WRONG_ERROR_STATUS};

/// What every operation can answer.
const EVERYWHERE: &[&str] = &["401", "403", "500", "503", "504"];
/// What an operation can answer that is told of something by its id.
const WITH_ID: &[&str] = &["404"];
/// What an operation can answer that something is sent to.
const WITH_BODY: &[&str] = &["404", "415", "422", "429"];

pub(super) fn check(document: &Document, found: &mut Diagnostics) {
    for endpoint in document.endpoints() {
        let Some(responses) = endpoint.at.get("responses") else {
            continue;
        };
        complete(&endpoint, &responses, found);
        for (status, response) in responses.entries() {
            if status.starts_with('2') || status.starts_with('3') {
                continue;
            }
            let response = response.resolve(document);
            let content = response.iter().flat_map(|response| response.map("content"));
            let schemas = content.filter_map(|(_, media)| media.get("schema")?.resolve(document));
            for schema in schemas {
                table(document, status, &schema, found);
            }
        }
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

fn table(document: &Document, status: &str, schema: &Cursor<'_>, found: &mut Diagnostics) {
    let mut parts: Vec<&Node> = vec![schema.node];
    parts.extend(schema.node.list("allOf"));
    let mut has_types = false;
    for part in parts {
        let part = document.resolve(part).unwrap_or(part);
        for property in part.map("properties") {
            let Some(values) = property.value.get("enum") else {
                continue;
            };
            has_types |= values.items().iter().any(|value| value.as_str().is_some());
            let wrong = |value: &&Node| {
                value
                    .as_i64()
                    .is_some_and(|value| value.to_string() != status)
            };
            if property.key == "status" && values.items().iter().any(|value| wrong(&value)) {
                found.report_at(
                    WRONG_ERROR_STATUS,
                    values.at,
                    &schema.pointer,
                    format!(
                        "the schema says status {}, but describes the answer to {status}",
                        values.to_json()
                    ),
                    "correct the one or the other, or make a schema of its own",
                );
            }
        }
    }
    if !has_types {
        found.report_key(
            MISSING_ERROR_TYPES,
            schema,
            "the schema of an error response lists no error types",
            "narrow the type to an `enum` of what can occur, with `x-enum-descriptions`",
        );
    }
}
