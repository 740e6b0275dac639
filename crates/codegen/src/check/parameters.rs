//! Parameters and headers: where they stand and how they are written.

use std::collections::HashMap;

use postpress_openapi::{Cursor, Diagnostics, codes};

use super::composition::{Composition, Reach};
use super::grammar::Kind;
use super::index::Index;
use super::wording::one_of;

const LOCATIONS: [&str; 4] = ["query", "header", "path", "cookie"];

/// The table of OpenAPI 3.0.4, section 4.7.12.3.
pub(crate) fn styles(location: &str) -> &'static [&'static str] {
    match location {
        "path" => &["simple", "label", "matrix"],
        "query" => &["form", "spaceDelimited", "pipeDelimited", "deepObject"],
        "cookie" => &["form"],
        _ => &["simple"],
    }
}

pub(super) fn check(index: &Index<'_>, out: &mut Diagnostics) {
    for parameter in index.objects(Kind::Parameter) {
        let location = parameter.text("in").unwrap_or_default();
        check_name(parameter, out);
        check_location(parameter, out);
        check_description(parameter, "parameter", out);
        check_style(index, parameter, location, out);
    }
    for header in index.objects(Kind::Header) {
        check_description(header, "header", out);
        check_style(index, header, "header", out);
    }
    for kind in [Kind::PathItem, Kind::Operation] {
        for owner in index.objects(kind) {
            check_duplicates(index, owner, out);
        }
    }
}

fn check_name(parameter: &Cursor<'_>, out: &mut Diagnostics) {
    let Some(place) = parameter.get("name") else {
        return;
    };
    let Some(name) = place.node.as_str() else {
        return;
    };
    if name.is_empty() {
        out.report(
            codes::INVALID_NAME,
            &place,
            "this parameter's name is empty",
            "name it",
        );
        return;
    }
    if parameter.text("in") != Some("header") {
        return;
    }
    if !is_token(name) {
        let message = format!("`{name}` is no name for an HTTP header");
        out.report(
            codes::INVALID_NAME,
            &place,
            message,
            "use letters, digits and `-`",
        );
    }
    let instead = match name.to_ascii_lowercase().as_str() {
        "accept" => "remove it; the responses' media types say what is accepted",
        "content-type" => "remove it; the request body's media type says what is sent",
        "authorization" => "remove it, and describe it in `components/securitySchemes`",
        _ => return,
    };
    let message = format!("OpenAPI ignores a header parameter named `{name}`");
    out.report(codes::IGNORED_HEADER, &place, message, instead);
}

/// A token of RFC 9110, section 5.6.2.
pub(crate) fn is_token(text: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !text.is_empty() && text.bytes().all(fits)
}

fn check_location(parameter: &Cursor<'_>, out: &mut Diagnostics) {
    let Some(place) = parameter.get("in") else {
        return;
    };
    let Some(location) = place
        .node
        .as_str()
        .filter(|location| !LOCATIONS.contains(location))
    else {
        return;
    };
    let help = match location {
        "body" | "formData" => {
            "describe it in the operation's `requestBody`; this is how OpenAPI 2 did it".to_owned()
        }
        _ => one_of(location, &LOCATIONS),
    };
    let message = format!("a parameter cannot be in `{location}`");
    out.report(codes::INVALID_LOCATION, &place, message, help);
}

/// Exactly one of `schema` and `content`, the latter with one media type.
fn check_description(place: &Cursor<'_>, what: &str, out: &mut Diagnostics) {
    let mut report = |at, pointer, message, help| {
        out.report_at(codes::PARAMETER_CONTENT, at, pointer, message, help);
    };
    match (place.get("schema"), place.get("content")) {
        (None, None) => report(
            place.key_at,
            &place.pointer,
            format!("this {what} has neither `schema` nor `content`"),
            "add `schema: {type: string}`, or whatever it is",
        ),
        (Some(_), Some(content)) => report(
            content.key_at,
            &place.pointer,
            format!("this {what} has both `schema` and `content`"),
            "keep `schema`, or keep `content` if it is written as JSON or the like",
        ),
        (None, Some(content)) => {
            let count = content.node.entries().len();
            if content.node.as_object().is_some() && count != 1 {
                report(
                    content.key_at,
                    &content.pointer,
                    format!("the `content` of a {what} has one media type, but here are {count}"),
                    "keep one, such as `application/json`",
                );
            }
        }
        (Some(_), None) => {}
    }
}

fn check_style<'d>(
    index: &Index<'d>,
    parameter: &Cursor<'d>,
    location: &str,
    out: &mut Diagnostics,
) {
    let Some(place) = parameter.get("style") else {
        return;
    };
    let Some(style) = place.node.as_str() else {
        return;
    };
    let allowed = styles(location);
    if LOCATIONS.contains(&location) && !allowed.contains(&style) {
        let message = format!("a {location} parameter cannot have the style `{style}`");
        out.report(
            codes::INVALID_STYLE,
            &place,
            message,
            one_of(style, allowed),
        );
    } else if style == "deepObject" {
        check_deep_object(index, parameter, parameter.get("schema"), out);
    }
}

/// What `style: deepObject` demands of the rest of a parameter or encoding.
pub(super) fn check_deep_object<'d>(
    index: &Index<'d>,
    owner: &Cursor<'d>,
    schema: Option<Cursor<'d>>,
    out: &mut Diagnostics,
) {
    let mut report = |at, message: String, help| {
        out.report_at(codes::CONFLICTING_STYLE, at, &owner.pointer, message, help);
    };
    if let Some(explode) = owner.node.get("explode")
        && explode.as_bool() == Some(false)
    {
        let message = "`style: deepObject` names each property, so `explode: false` has no effect";
        report(explode.at, message.to_owned(), "write `explode: true`");
    }
    let types = schema.map(|schema| Composition::of(index, [schema], Reach::Certain));
    let mut types = types
        .iter()
        .flat_map(|whole| &whole.members)
        .filter_map(|member| member.text("type"));
    let scalars = ["string", "integer", "number", "boolean"];
    if let Some(kind) = types.find(|kind| scalars.contains(kind)) {
        let message =
            format!("`style: deepObject` is for objects; of the type `{kind}`, it has no effect");
        let style = owner.node.get("style").unwrap_or(owner.node);
        report(style.at, message, "remove the style");
    }
}

fn check_duplicates<'d>(index: &Index<'d>, owner: &Cursor<'d>, out: &mut Diagnostics) {
    let mut seen = HashMap::new();
    for place in owner.list("parameters") {
        let parameter = index.resolve(&place);
        let known = parameter.and_then(|at| Some((at.text("name")?, at.text("in")?)));
        let Some((name, location)) = known else {
            continue;
        };
        // Header names are the same in any case.
        let key = if location == "header" {
            name.to_ascii_lowercase()
        } else {
            name.to_owned()
        };
        if let Some(line) = seen.insert((location, key), place.at().line) {
            let message =
                format!("the {location} parameter `{name}` is already declared on line {line}");
            out.report(
                codes::DUPLICATE_PARAMETER,
                &place,
                message,
                "remove one of the two",
            );
        }
    }
}
