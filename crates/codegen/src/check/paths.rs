//! Paths, their templates and the parameters that fill them.

use std::collections::{HashMap, HashSet};

use super::grammar::Kind;
use super::operations::METHODS;
use super::survey::{Place, Survey};
use super::wording::did_you_mean;
use postpress_openapi::diagnostic::{Diagnostics, codes};
use postpress_openapi::document::Node;

/// Called for each key of `paths`.
pub(super) fn check_key(place: &Place<'_>, path: &str, out: &mut Diagnostics) {
    let mut report = |code, message: String, help: &str| {
        out.error(place.key_at, &place.pointer, code, message, help);
    };
    if !path.starts_with('/') {
        report(
            codes::INVALID_PATH,
            format!("the path `{path}` does not begin with `/`"),
            "put a `/` in front; what comes before it belongs to the URL of the server",
        );
    }
    if path.contains(['?', '#']) {
        report(
            codes::INVALID_PATH,
            format!("the path `{path}` holds a query or a fragment"),
            "end the path before it, and declare query parameters with `in: query`",
        );
    }
    if let Err(fault) = template(path) {
        report(
            codes::PATH_TEMPLATE,
            format!("in the path `{path}`, {fault}"),
            "write each parameter as `{name}`, each with another name",
        );
    }
}

/// The names of a template's parameters in order.
fn template(path: &str) -> Result<Vec<&str>, String> {
    let mut names = Vec::new();
    let mut rest = path;
    while let Some(start) = rest.find(['{', '}']) {
        let (brace, after) = rest[start..].split_at(1);
        if brace == "}" {
            return Err("a `}` closes nothing".to_owned());
        }
        let Some(end) = after
            .find(['{', '}', '/'])
            .filter(|end| after[*end..].starts_with('}'))
        else {
            return Err("a `{` is not closed".to_owned());
        };
        let name = &after[..end];
        if name.is_empty() {
            return Err("a parameter has no name".to_owned());
        }
        if names.contains(&name) {
            return Err(format!("the parameter `{name}` occurs twice"));
        }
        names.push(name);
        rest = &after[end + 1..];
    }
    Ok(names)
}

/// The path with its parameters' names taken out: two that are the same then are the same path.
fn anonymous(path: &str) -> String {
    let mut text = String::with_capacity(path.len());
    let mut inside = false;
    for character in path.chars() {
        match character {
            '{' => inside = true,
            '}' => inside = false,
            _ if inside => continue,
            _ => {}
        }
        text.push(character);
    }
    text
}

pub(super) fn check(survey: &Survey<'_>, out: &mut Diagnostics) {
    let Some(paths) = survey.root().get("paths") else {
        return;
    };
    let mut seen: HashMap<String, &str> = HashMap::new();
    for (path, item) in paths.entries() {
        if path.starts_with("x-") || item.node.as_object().is_none() {
            continue;
        }
        let Ok(names) = template(path) else { continue };
        if let Some(first) = seen.insert(anonymous(path), path) {
            out.error(
                item.key_at,
                &item.pointer,
                codes::DUPLICATE_PATH,
                format!(
                    "`{path}` is the same path as `{first}`: only the names of parameters differ"
                ),
                "keep one of the two, with the operations of both",
            );
        }
        check_parameters(survey, &item, &names, out);
    }
}

/// Path parameters and the names in the template must be the same, for each operation.
fn check_parameters(survey: &Survey<'_>, item: &Place<'_>, names: &[&str], out: &mut Diagnostics) {
    let shared = declared(survey, item, names, out);
    for method in METHODS {
        let Some(operation) = item.get(method) else {
            continue;
        };
        let own = declared(survey, &operation, names, out);
        let (Some(shared), Some(own)) = (&shared, &own) else {
            continue;
        };
        for name in names
            .iter()
            .filter(|name| !shared.contains(*name) && !own.contains(*name))
        {
            out.error(
                operation.key_at,
                &operation.pointer,
                codes::UNDECLARED_PATH_PARAMETER,
                format!("the path has a parameter `{{{name}}}` that this operation does not declare"),
                format!("add `{{name: {name}, in: path, required: true, schema: {{type: string}}}}` to `parameters`"),
            );
        }
    }
}

/// The path parameters declared here; `None` if some of them cannot be known.
fn declared<'d>(
    survey: &Survey<'d>,
    owner: &Place<'d>,
    names: &[&str],
    out: &mut Diagnostics,
) -> Option<HashSet<&'d str>> {
    let mut declared = HashSet::new();
    let mut is_complete = true;
    for place in owner.get("parameters").iter().flat_map(Place::items) {
        let parameter = survey.target(place.node);
        let Some((name, location)) = parameter.and_then(|parameter| {
            Some((
                parameter.get("name")?.as_str()?,
                parameter.get("in")?.as_str()?,
            ))
        }) else {
            is_complete = false;
            continue;
        };
        if location != "path" {
            continue;
        }
        declared.insert(name);
        if !names.contains(&name) {
            out.error(
                place.at(),
                &place.pointer,
                codes::UNUSED_PATH_PARAMETER,
                format!("the path has no `{{{name}}}` for this parameter"),
                did_you_mean(name, names.iter().copied(), || {
                    format!("put `{{{name}}}` into the path, or remove the parameter")
                }),
            );
        }
    }
    is_complete.then_some(declared)
}

/// Path parameters must be marked required.
pub(super) fn check_required(survey: &Survey<'_>, out: &mut Diagnostics) {
    for place in survey.objects(Kind::Parameter) {
        if place.text("in") != Some("path") {
            continue;
        }
        if place.node.get("required").and_then(Node::as_bool) != Some(true) {
            let at = place
                .node
                .entry("required")
                .map_or(place.at(), |entry| entry.value.at);
            out.error(
                at,
                &place.pointer,
                codes::OPTIONAL_PATH_PARAMETER,
                format!(
                    "the path parameter `{}` is not marked as required, and a path cannot do without it",
                    place.text("name").unwrap_or_default()
                ),
                "add `required: true`",
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates_give_the_names_in_braces() {
        assert_eq!(template("/a/{b}/c-{d}.{e}"), Ok(vec!["b", "d", "e"]));
        assert_eq!(template("/a"), Ok(vec![]));
    }

    #[test]
    fn broken_templates_are_refused() {
        for path in ["/{", "/}", "/{}", "/{a/b}", "/{a{b}}", "/{a}/{a}", "/{a}}"] {
            assert!(template(path).is_err(), "{path}");
        }
    }

    #[test]
    fn names_do_not_tell_paths_apart() {
        assert_eq!(anonymous("/a/{b}/c{d}"), anonymous("/a/{x}/c{yy}"));
        assert_ne!(anonymous("/a/{b}"), anonymous("/a/b"));
    }
}
