//! Operations: their names, statuses and bodies.

use std::collections::{HashMap, HashSet};

use heck::ToSnakeCase;
use postpress_openapi::{Cursor, Diagnostics, METHODS, NodeId, codes};

use super::grammar::Kind;
use super::index::Index;
use crate::names::operation_id;

/// Checks a key of `responses`.
pub(super) fn check_status(place: &Cursor<'_>, status: &str, out: &mut Diagnostics) {
    let is_code = matches!(status.as_bytes(), [b'1'..=b'5', b'0'..=b'9', b'0'..=b'9']);
    let is_range = matches!(status.as_bytes(), [b'1'..=b'5', b'X', b'X']);
    if is_code || is_range || status == "default" {
        return;
    }
    // In small letters it can only mean one thing.
    let is_range = matches!(status.as_bytes(), [b'1'..=b'5', b'x' | b'X', b'x' | b'X']);
    let message = match is_range || status.eq_ignore_ascii_case("default") {
        true => format!("`{status}` is to be written in another case"),
        false => format!("`{status}` is no HTTP status; this response is left out"),
    };
    let help = match status.as_bytes() {
        [digit @ b'1'..=b'5', b'x' | b'X', b'x' | b'X'] => {
            format!("did you mean `{}XX`?", char::from(*digit))
        }
        _ if status.eq_ignore_ascii_case("default") => "did you mean `default`?".to_owned(),
        _ => "use a code from 100 to 599, a range from `1XX` to `5XX`, or `default`".to_owned(),
    };
    out.report_key(codes::INVALID_STATUS, place, message, help);
}

pub(super) fn check(index: &Index<'_>, out: &mut Diagnostics) {
    let mut seen = HashSet::new();
    for (path, item) in index.root().map("paths") {
        if path.starts_with("x-") {
            continue;
        }
        check_repeated(index, &item, &mut seen, out);
        for (method, operation) in operations(&item) {
            check_presence_of_id(&operation, method, path, out);
        }
    }
    for item in index.objects(Kind::PathItem) {
        for (method, operation) in operations(item) {
            check_body(&operation, method, out);
        }
    }
    for operation in index.objects(Kind::Operation) {
        check_responses(operation, out);
    }
    check_ids(index, out);
}

/// The operations that are written out in a path item, by method.
pub(super) fn operations<'d>(item: &Cursor<'d>) -> impl Iterator<Item = (&'d str, Cursor<'d>)> {
    let entries = item.entries();
    entries.filter(|(key, _)| METHODS.contains(key))
}

fn check_presence_of_id(operation: &Cursor<'_>, method: &str, path: &str, out: &mut Diagnostics) {
    let has = |key: &str| operation.node.get(key).is_some();
    if operation.node.as_object().is_none() || has("operationId") || has("$ref") {
        return;
    }
    let id = operation_id(method, path);
    out.report_key(
        codes::MISSING_OPERATION_ID,
        operation,
        format!("this operation has no `operationId`, so it is called `{id}` after its path"),
        "give it a name that stays when the path changes",
    );
}

/// What servers do with a body of these methods is undefined, and many proxies drop it.
fn check_body(operation: &Cursor<'_>, method: &str, out: &mut Diagnostics) {
    let body = operation.get("requestBody");
    if let ("get" | "head" | "delete" | "trace", Some(body)) = (method, body) {
        let method = method.to_uppercase();
        out.report_key(
            codes::BODY_WITHOUT_MEANING,
            &body,
            format!("HTTP gives the body of a {method} request no meaning"),
            "use query parameters, or another method such as `post`",
        );
    }
}

fn check_responses(operation: &Cursor<'_>, out: &mut Diagnostics) {
    let responses = operation.get("responses");
    let objects = responses.filter(|responses| responses.node.as_object().is_some());
    let empty =
        objects.filter(|responses| responses.entries().all(|(key, _)| key.starts_with("x-")));
    if let Some(responses) = empty {
        out.report_key(
            codes::NO_RESPONSES,
            &responses,
            "this operation has no responses",
            "add at least the one that says it worked, such as \"200\"",
        );
    }
}

/// A path that refers to another has its operations, under the same names.
fn check_repeated(
    index: &Index<'_>,
    path: &Cursor<'_>,
    seen: &mut HashSet<NodeId>,
    out: &mut Diagnostics,
) {
    let Some(reference) = path.get("$ref") else {
        return;
    };
    let Some(item) = index.resolve(path) else {
        return;
    };
    let is_path = item.pointer.keys().next().as_deref() == Some("paths");
    if seen.insert(item.node.id()) && !is_path {
        return;
    }
    // The first by the order of the methods.
    let operations = METHODS.iter().filter_map(|method| item.node.get(method));
    let Some(id) = operations
        .filter_map(|operation| operation.text("operationId"))
        .next()
    else {
        return;
    };
    out.report(
        codes::DUPLICATE_OPERATION_ID,
        &reference,
        format!(
            "this path repeats another's operations, so that the operationId `{id}` is there twice; of such, the shortest path keeps the name, and the others are numbered"
        ),
        "write the operations out, with names of their own",
    );
}

fn check_ids(index: &Index<'_>, out: &mut Diagnostics) {
    let mut seen: HashMap<String, (&str, u32)> = HashMap::new();
    let operations = index.objects(Kind::Operation).iter();
    for place in operations.filter_map(|operation| operation.get("operationId")) {
        let Some(id) = place.node.as_str() else {
            continue;
        };
        let method = id.to_snake_case();
        if method.is_empty() || !id.chars().any(char::is_alphabetic) {
            let message =
                format!("no method can be named after the operationId `{id}`; its path names it");
            out.report(
                codes::INVALID_OPERATION_ID,
                &place,
                message,
                "use words: `listChats`",
            );
            continue;
        }
        let Some((other, line)) = seen.get(&method) else {
            seen.insert(method, (id, place.at().line));
            continue;
        };
        let message = if *other == id {
            format!(
                "the operationId `{id}` is already used on line {line}; of such, the shortest path keeps the name, and the others are numbered"
            )
        } else {
            format!(
                "the operationId `{id}` and `{other}` on line {line} would both become the method `{method}`; of such, the shortest path keeps the name, and the others are numbered"
            )
        };
        out.report(
            codes::DUPLICATE_OPERATION_ID,
            &place,
            message,
            "rename one of the two",
        );
    }
}
