//! Operations: their names, statuses and bodies.

use std::collections::HashMap;

use heck::ToSnakeCase;

use super::grammar::Kind;
use super::survey::{Place, Survey};
use crate::names::operation_id;
use postpress_openapi::diagnostic::{Diagnostics, codes};

/// The fields of a path item that hold operations.
pub(super) const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// Called for each key of `responses`.
pub(super) fn check_status(place: &Place<'_>, status: &str, out: &mut Diagnostics) {
    let is_code = matches!(status.as_bytes(), [b'1'..=b'5', b'0'..=b'9', b'0'..=b'9']);
    let is_range = matches!(status.as_bytes(), [b'1'..=b'5', b'X', b'X']);
    if is_code || is_range || status == "default" {
        return;
    }
    let help = match status.as_bytes() {
        [digit @ b'1'..=b'5', b'x' | b'X', b'x' | b'X'] => {
            format!("did you mean `{}XX`?", char::from(*digit))
        }
        _ if status.eq_ignore_ascii_case("default") => "did you mean `default`?".to_owned(),
        _ => "use a code from 100 to 599, a range from `1XX` to `5XX`, or `default`".to_owned(),
    };
    out.error(
        place.key_at,
        &place.pointer,
        codes::INVALID_STATUS,
        format!("`{status}` is no HTTP status"),
        help,
    );
}

pub(super) fn check(survey: &Survey<'_>, out: &mut Diagnostics) {
    for (path, item) in survey.root().get("paths").iter().flat_map(Place::entries) {
        if path.starts_with("x-") {
            continue;
        }
        check_repeated(survey, &item, out);
        for method in METHODS {
            if let Some(operation) = item.get(method) {
                check_presence_of_id(&operation, method, path, out);
            }
        }
    }
    for item in survey.objects(Kind::PathItem) {
        for method in METHODS {
            if let Some(operation) = item.get(method) {
                check_body(&operation, method, out);
            }
        }
    }
    for operation in survey.objects(Kind::Operation) {
        check_responses(operation, out);
    }
    check_ids(survey, out);
}

fn check_presence_of_id(operation: &Place<'_>, method: &str, path: &str, out: &mut Diagnostics) {
    let node = operation.node;
    if node.as_object().is_none() || node.get("operationId").is_some() || node.get("$ref").is_some()
    {
        return;
    }
    let id = operation_id(method, path);
    out.warning(
        operation.key_at,
        &operation.pointer,
        codes::MISSING_OPERATION_ID,
        format!("this operation has no `operationId`, so it is called `{id}` after its path"),
        "give it a name that stays when the path changes",
    );
}

/// What servers do with a body of these methods is undefined, and many proxies drop it.
fn check_body(operation: &Place<'_>, method: &str, out: &mut Diagnostics) {
    if let ("get" | "head" | "delete" | "trace", Some(body)) =
        (method, operation.get("requestBody"))
    {
        out.warning(
            body.key_at,
            &body.pointer,
            codes::BODY_WITHOUT_MEANING,
            format!(
                "HTTP gives the body of a {} request no meaning",
                method.to_uppercase()
            ),
            "use query parameters, or another method such as `post`",
        );
    }
}

fn check_responses(operation: &Place<'_>, out: &mut Diagnostics) {
    let Some(responses) = operation.get("responses") else {
        return;
    };
    let is_empty = responses
        .entries()
        .all(|(status, _)| status.starts_with("x-"));
    if responses.node.as_object().is_some() && is_empty {
        out.error(
            responses.key_at,
            &responses.pointer,
            codes::NO_RESPONSES,
            "this operation has no responses",
            "add at least the one that says it worked, such as \"200\"",
        );
    }
}

/// A path that refers to another has its operations, under the same names.
fn check_repeated(survey: &Survey<'_>, path: &Place<'_>, out: &mut Diagnostics) {
    let Some(reference) = path.get("$ref") else {
        return;
    };
    let Some(item) = survey.target(path.node) else {
        return;
    };
    let mut operations = METHODS.iter().filter_map(|method| item.get(method));
    let Some(id) = operations.find_map(|operation| operation.get("operationId")?.as_str()) else {
        return;
    };
    out.error(
        reference.at(),
        &reference.pointer,
        codes::DUPLICATE_OPERATION_ID,
        format!(
            "this path repeats another's operations, so that the operationId `{id}` is there twice"
        ),
        "write the operations out, with names of their own",
    );
}

fn check_ids(survey: &Survey<'_>, out: &mut Diagnostics) {
    let mut seen: HashMap<String, Place<'_>> = HashMap::new();
    for operation in survey.objects(Kind::Operation) {
        let Some(place) = operation.get("operationId") else {
            continue;
        };
        let Some(id) = place.node.as_str() else {
            continue;
        };
        let method = id.to_snake_case();
        if method.is_empty() || !id.chars().any(char::is_alphabetic) {
            out.error(
                place.at(),
                &place.pointer,
                codes::INVALID_NAME,
                format!("no method can be named after the operationId `{id}`"),
                "use words: `listChats`",
            );
            continue;
        }
        let Some(first) = seen.get(&method) else {
            seen.insert(method, place);
            continue;
        };
        let other = first.node.as_str().unwrap_or_default();
        let message = if other == id {
            format!(
                "the operationId `{id}` is already used on line {}",
                first.at().line
            )
        } else {
            format!(
                "the operationId `{id}` and `{other}` on line {} would both become the method `{method}`",
                first.at().line
            )
        };
        out.error(
            place.at(),
            &place.pointer,
            codes::DUPLICATE_OPERATION_ID,
            message,
            "rename one of the two",
        );
    }
}

/// The parameter lists of path items and operations.
pub(super) fn parameter_lists<'d>(survey: &Survey<'d>) -> Vec<Place<'d>> {
    let items = survey.objects(Kind::PathItem).iter();
    let operations = survey.objects(Kind::Operation).iter();
    items
        .chain(operations)
        .filter_map(|owner| owner.get("parameters"))
        .collect()
}
