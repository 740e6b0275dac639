//! The tables of errors are complete.

use postpress_codegen::Diagnostics;
use postpress_openapi::document::{Document, Node};

use super::places::{Operation, Place, operations};
use super::rules::{MISSING_ERROR, MISSING_ERROR_TYPES, WRONG_ERROR_STATUS};

/// What every operation can answer.
const EVERYWHERE: &[&str] = &["401", "403", "500", "503", "504"];
/// What an operation can answer that is told of something by its id.
const WITH_ID: &[&str] = &["404"];
/// What an operation can answer that something is sent to.
const WITH_BODY: &[&str] = &["404", "415", "422", "429"];

pub(super) fn check(document: &Document, found: &mut Diagnostics) {
    for operation in operations(document) {
        let Some(responses) = operation.place.get("responses") else {
            continue;
        };
        complete(&operation, &responses, found);
        for (status, response) in responses.entries() {
            if status.starts_with('2') || status.starts_with('3') {
                continue;
            }
            let response = response.resolve(document);
            for (_, media) in response.get("content").iter().flat_map(Place::entries) {
                if let Some(schema) = media.get("schema") {
                    table(document, status, &schema.resolve(document), found);
                }
            }
        }
    }
}

fn complete(operation: &Operation<'_>, responses: &Place<'_>, found: &mut Diagnostics) {
    let with_id = if operation.path.contains('{') {
        WITH_ID
    } else {
        &[]
    };
    let with_body = match operation.place.node.get("requestBody") {
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
        found.error(
            responses.at,
            &responses.pointer,
            MISSING_ERROR,
            format!("`{}` lists no {}", operation.id, wanted.join(", ")),
            "add the responses, mostly by `$ref` to those that others share; where the page has them not, add \
             `x-lint-allow: [missing-error]` to the operation, and the reason",
        );
    }
}

fn table(document: &Document, status: &str, schema: &Place<'_>, found: &mut Diagnostics) {
    let mut parts: Vec<&Node> = vec![schema.node];
    parts.extend(schema.node.get("allOf").map_or(&[][..], Node::items));
    let mut has_types = false;
    for part in parts {
        let part = document.resolve(part).unwrap_or(part);
        for property in part.get("properties").map_or(&[][..], Node::entries) {
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
                found.error(
                    values.at,
                    &schema.pointer,
                    WRONG_ERROR_STATUS,
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
        found.error(
            schema.at,
            &schema.pointer,
            MISSING_ERROR_TYPES,
            "the schema of an error response lists no error types",
            "narrow the type to an `enum` of what can occur, with `x-enum-descriptions`",
        );
    }
}
