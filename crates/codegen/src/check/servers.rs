//! Servers with the variables of their URLs, and tags.

use std::collections::HashMap;

use super::grammar::Kind;
use super::survey::{Place, Survey};
use super::wording::did_you_mean;
use postpress_openapi::diagnostic::{Diagnostics, codes};
use postpress_openapi::document::Node;

pub(super) fn check(survey: &Survey<'_>, out: &mut Diagnostics) {
    for server in survey.objects(Kind::Server) {
        check_variables(server, out);
    }
    for variable in survey.objects(Kind::ServerVariable) {
        check_default(variable, out);
    }
    check_tags(survey, out);
}

fn check_variables(server: &Place<'_>, out: &mut Diagnostics) {
    let (Some(place), Some(url)) = (server.get("url"), server.text("url")) else {
        return;
    };
    let variables = server.get("variables");
    let known = || {
        variables
            .iter()
            .flat_map(Place::entries)
            .map(|(name, _)| name)
    };
    let mut used = Vec::new();
    let mut rest = url;
    while let Some((_, after)) = rest.split_once('{') {
        let Some((name, after)) = after.split_once('}') else {
            out.error(
                place.at(),
                &place.pointer,
                codes::INVALID_SERVER,
                format!("in the URL `{url}`, a `{{` is not closed"),
                "write each variable as `{name}`",
            );
            return;
        };
        if !known().any(|variable| variable == name) {
            out.error(
                place.at(),
                &place.pointer,
                codes::INVALID_SERVER,
                format!("the URL has a variable `{{{name}}}` that is not declared"),
                did_you_mean(name, known(), || {
                    format!("add `{name}` with a `default` to `variables`")
                }),
            );
        }
        used.push(name);
        rest = after;
    }
    for (name, variable) in variables.iter().flat_map(Place::entries) {
        if !used.contains(&name) {
            out.warning(
                variable.key_at,
                &variable.pointer,
                codes::UNUSED_SERVER_VARIABLE,
                format!("the URL has no `{{{name}}}` for this variable"),
                "put it into the URL, or remove it",
            );
        }
    }
}

fn check_default(variable: &Place<'_>, out: &mut Diagnostics) {
    let (Some(default), Some(values)) = (variable.get("default"), variable.get("enum")) else {
        return;
    };
    let listed = values
        .node
        .items()
        .iter()
        .any(|value| value.same(default.node));
    if let (Some(text), false, Some(_)) = (default.node.as_str(), listed, values.node.as_array()) {
        out.warning(
            default.at(),
            &default.pointer,
            codes::INVALID_SERVER_DEFAULT,
            format!("the default `{text}` is not among the values of `enum`"),
            "add it there, or take another default",
        );
    }
}

fn check_tags(survey: &Survey<'_>, out: &mut Diagnostics) {
    let mut seen = HashMap::new();
    for tag in survey.objects(Kind::Tag) {
        let Some(name) = tag.node.get("name").and_then(Node::as_str) else {
            continue;
        };
        if let Some(line) = seen.insert(name, tag.at().line) {
            out.error(
                tag.at(),
                &tag.pointer,
                codes::DUPLICATE_TAG,
                format!("the tag `{name}` is already described on line {line}"),
                "remove one of the two",
            );
        }
    }
}
