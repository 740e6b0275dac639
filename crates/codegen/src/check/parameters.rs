//! Parameters and headers: where they stand and how they are written.

use std::collections::HashMap;

use super::grammar::Kind;
use super::operations::parameter_lists;
use super::schema::closure::scalar_type;
use super::survey::{Place, Survey};
use super::wording::{alternatives, did_you_mean};
use postpress_openapi::diagnostic::{Diagnostics, codes};
use postpress_openapi::document::Node;

const LOCATIONS: [&str; 4] = ["query", "header", "path", "cookie"];

/// The table of OpenAPI 3.0.4, section 4.7.12.3.
fn styles(location: &str) -> &'static [&'static str] {
    match location {
        "path" => &["simple", "label", "matrix"],
        "query" => &["form", "spaceDelimited", "pipeDelimited", "deepObject"],
        "cookie" => &["form"],
        _ => &["simple"],
    }
}

pub(super) fn check(survey: &Survey<'_>, out: &mut Diagnostics) {
    for parameter in survey.objects(Kind::Parameter) {
        check_name(parameter, out);
        check_location(parameter, out);
        check_description(parameter, "parameter", out);
        check_style(
            survey,
            parameter,
            parameter.text("in").unwrap_or_default(),
            out,
        );
    }
    for header in survey.objects(Kind::Header) {
        check_description(header, "header", out);
        check_style(survey, header, "header", out);
    }
    for list in parameter_lists(survey) {
        check_duplicates(survey, &list, out);
    }
}

fn check_name(parameter: &Place<'_>, out: &mut Diagnostics) {
    let Some(place) = parameter.get("name") else {
        return;
    };
    let Some(name) = place.node.as_str() else {
        return;
    };
    if name.is_empty() {
        out.error(
            place.at(),
            &place.pointer,
            codes::INVALID_NAME,
            "this parameter's name is empty",
            "name it",
        );
        return;
    }
    if parameter.text("in") != Some("header") {
        return;
    }
    if !is_token(name) {
        out.error(
            place.at(),
            &place.pointer,
            codes::INVALID_NAME,
            format!("`{name}` is no name for an HTTP header"),
            "use letters, digits and `-`",
        );
    }
    let instead = match name.to_ascii_lowercase().as_str() {
        "accept" => "remove it; the responses' media types say what is accepted",
        "content-type" => "remove it; the request body's media type says what is sent",
        "authorization" => "remove it, and describe it in `components/securitySchemes`",
        _ => return,
    };
    out.warning(
        place.at(),
        &place.pointer,
        codes::IGNORED_HEADER,
        format!("OpenAPI ignores a header parameter named `{name}`"),
        instead,
    );
}

/// A token of RFC 9110, section 5.6.2.
pub(super) fn is_token(text: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !text.is_empty() && text.bytes().all(fits)
}

fn check_location(parameter: &Place<'_>, out: &mut Diagnostics) {
    let Some(place) = parameter.get("in") else {
        return;
    };
    let Some(location) = place.node.as_str() else {
        return;
    };
    if LOCATIONS.contains(&location) {
        return;
    }
    let help = match location {
        "body" | "formData" => {
            "describe it in the operation's `requestBody`; this is how OpenAPI 2 did it".to_owned()
        }
        _ => did_you_mean(location, LOCATIONS, || {
            format!("use {}", alternatives(&LOCATIONS))
        }),
    };
    out.error(
        place.at(),
        &place.pointer,
        codes::INVALID_LOCATION,
        format!("a parameter cannot be in `{location}`"),
        help,
    );
}

/// Exactly one of `schema` and `content`, the latter with one media type.
fn check_description(place: &Place<'_>, what: &str, out: &mut Diagnostics) {
    match (place.get("schema"), place.get("content")) {
        (None, None) => out.error(
            place.key_at,
            &place.pointer,
            codes::PARAMETER_CONTENT,
            format!("this {what} has neither `schema` nor `content`"),
            "add `schema: {type: string}`, or whatever it is",
        ),
        (Some(_), Some(content)) => out.error(
            content.key_at,
            &place.pointer,
            codes::PARAMETER_CONTENT,
            format!("this {what} has both `schema` and `content`"),
            "keep `schema`, or keep `content` if it is written as JSON or the like",
        ),
        (None, Some(content)) => {
            let count = content.node.entries().len();
            if content.node.as_object().is_some() && count != 1 {
                out.error(
                    content.key_at,
                    &content.pointer,
                    codes::PARAMETER_CONTENT,
                    format!("the `content` of a {what} has one media type, but here are {count}"),
                    "keep one, such as `application/json`",
                );
            }
        }
        (Some(_), None) => {}
    }
}

fn check_style<'d>(
    survey: &Survey<'d>,
    parameter: &Place<'d>,
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
        out.error(
            place.at(),
            &place.pointer,
            codes::INVALID_STYLE,
            format!("a {location} parameter cannot have the style `{style}`"),
            did_you_mean(style, allowed.iter().copied(), || {
                format!("use {}", alternatives(allowed))
            }),
        );
        return;
    }
    if style == "deepObject" {
        check_deep_object(survey, parameter, parameter.node.get("schema"), out);
    }
}

/// What `style: deepObject` demands of the rest of a parameter or encoding.
pub(super) fn check_deep_object<'d>(
    survey: &Survey<'d>,
    owner: &Place<'d>,
    schema: Option<&'d Node>,
    out: &mut Diagnostics,
) {
    if let Some(explode) = owner.get("explode")
        && explode.node.as_bool() == Some(false)
    {
        out.error(
            explode.at(),
            &owner.pointer,
            codes::CONFLICTING_STYLE,
            "`style: deepObject` names each property, and `explode: false` says that they are not named",
            "write `explode: true`",
        );
    }
    if let Some(kind) = schema.and_then(|schema| scalar_type(survey, schema)) {
        let at = owner
            .node
            .entry("style")
            .map_or(owner.at(), |entry| entry.value.at);
        out.error(
            at,
            &owner.pointer,
            codes::CONFLICTING_STYLE,
            format!("`style: deepObject` is for objects, but this is of the type `{kind}`"),
            "remove the style",
        );
    }
}

fn check_duplicates<'d>(survey: &Survey<'d>, list: &Place<'d>, out: &mut Diagnostics) {
    let mut seen = HashMap::new();
    for place in list.items() {
        let Some(parameter) = survey.target(place.node) else {
            continue;
        };
        let text = |key| parameter.get(key).and_then(Node::as_str);
        let (Some(name), Some(location)) = (text("name"), text("in")) else {
            continue;
        };
        // Header names are the same in any case.
        let key = if location == "header" {
            name.to_ascii_lowercase()
        } else {
            name.to_owned()
        };
        if let Some(line) = seen.insert((location, key), place.at().line) {
            out.error(
                place.at(),
                &place.pointer,
                codes::DUPLICATE_PARAMETER,
                format!("the {location} parameter `{name}` is already declared on line {line}"),
                "remove one of the two",
            );
        }
    }
}
