//! Servers with the variables of their URLs, and tags.

use std::collections::HashMap;

use postpress_openapi::{Cursor, Diagnostics, codes};

use super::grammar::Kind;
use super::index::Index;
use super::wording::did_you_mean;

pub(super) fn check(index: &Index<'_>, out: &mut Diagnostics) {
    for server in index.objects(Kind::Server) {
        check_variables(server, out);
    }
    for variable in index.objects(Kind::ServerVariable) {
        check_default(variable, out);
    }
    check_tags(index, out);
}

fn check_variables(server: &Cursor<'_>, out: &mut Diagnostics) {
    let (Some(place), Some(url)) = (server.get("url"), server.text("url")) else {
        return;
    };
    let known = || {
        server
            .node
            .map("variables")
            .iter()
            .map(|entry| entry.key.as_str())
    };
    let mut used = Vec::new();
    let mut rest = url;
    while let Some((_, after)) = rest.split_once('{') {
        let Some((name, after)) = after.split_once('}') else {
            let message = format!("in the URL `{url}`, a `{{` is not closed");
            out.report(
                codes::INVALID_SERVER,
                &place,
                message,
                "write each variable as `{name}`",
            );
            return;
        };
        if !known().any(|variable| variable == name) {
            out.report(
                codes::INVALID_SERVER,
                &place,
                format!("the URL has a variable `{{{name}}}` that is not declared"),
                did_you_mean(name, known(), || {
                    format!("add `{name}` with a `default` to `variables`")
                }),
            );
        }
        used.push(name);
        rest = after;
    }
    for (name, variable) in server
        .map("variables")
        .filter(|(name, _)| !used.contains(name))
    {
        let message = format!("the URL has no `{{{name}}}` for this variable");
        let help = "put it into the URL, or remove it";
        out.report_key(codes::UNUSED_SERVER_VARIABLE, &variable, message, help);
    }
}

fn check_default(variable: &Cursor<'_>, out: &mut Diagnostics) {
    let values = variable
        .node
        .get("enum")
        .and_then(|values| values.as_array());
    let (Some(default), Some(values)) = (variable.get("default"), values) else {
        return;
    };
    let is_listed = values.iter().any(|value| value.same(default.node));
    if let Some(text) = default.node.as_str().filter(|_| !is_listed) {
        let message = format!("the default `{text}` is not among the values of `enum`");
        let help = "add it there, or take another default";
        out.report(codes::INVALID_SERVER_DEFAULT, &default, message, help);
    }
}

fn check_tags(index: &Index<'_>, out: &mut Diagnostics) {
    let mut seen = HashMap::new();
    for tag in index.objects(Kind::Tag) {
        let Some(name) = tag.text("name") else {
            continue;
        };
        if let Some(line) = seen.insert(name, tag.at().line) {
            let message = format!("the tag `{name}` is already described on line {line}");
            out.report(codes::DUPLICATE_TAG, tag, message, "remove one of the two");
        }
    }
}
