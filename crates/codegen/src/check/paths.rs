//! Paths, their templates and the parameters that fill them.

use std::collections::{HashMap, HashSet};

use postpress_openapi::{Cursor, Diagnostics, codes};

use super::grammar::Kind;
use super::index::Index;
use super::operations::operations;
use super::wording::did_you_mean;

/// Checks a key of `paths`.
pub(super) fn check_key(place: &Cursor<'_>, path: &str, out: &mut Diagnostics) {
    let mut report = |code, message: String, help: &str| out.report_key(code, place, message, help);
    if !path.starts_with('/') {
        report(
            codes::INVALID_PATH,
            format!("the path `{path}` does not begin with `/`; it is sent with one"),
            "put a `/` in front; what comes before it belongs to the URL of the server",
        );
    }
    if path.contains('#') {
        report(
            codes::INVALID_PATH,
            format!("the path `{path}` holds a fragment, which is never sent"),
            "end the path before it",
        );
    } else if path.contains('?') {
        report(
            codes::INVALID_PATH,
            format!("the path `{path}` holds a query; it is sent as it stands"),
            "end the path before it, and declare query parameters with `in: query`",
        );
    }
    if let Err(fault) = template(path) {
        report(
            codes::PATH_TEMPLATE,
            format!("in the path `{path}`, {fault}"),
            "write each parameter as `{name}`",
        );
    }
}

/// The names of a template's parameters in order.
pub(crate) fn template(path: &str) -> Result<Vec<&str>, String> {
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
        // RFC 6570: the slashes in such a value stay.
        let name = name.strip_prefix('+').unwrap_or(name);
        if !names.contains(&name) {
            names.push(name);
        }
        rest = &after[end + 1..];
    }
    Ok(names)
}

/// The path without the names of its parameters. Two paths that are then equal are the same path.
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

pub(super) fn check(index: &Index<'_>, out: &mut Diagnostics) {
    let mut seen: HashMap<String, &str> = HashMap::new();
    for (path, item) in index.root().map("paths") {
        if path.starts_with("x-") || item.node.as_object().is_none() {
            continue;
        }
        let Ok(names) = template(path) else { continue };
        if let Some(first) = seen.insert(anonymous(path), path) {
            out.report_key(
                codes::DUPLICATE_PATH,
                &item,
                format!(
                    "`{path}` is the same path as `{first}`: only the names of parameters differ; both are generated"
                ),
                "keep one of the two, with the operations of both",
            );
        }
        check_parameters(index, &item, &names, out);
    }
}

/// Path parameters and the names in the template must be the same, for each operation.
fn check_parameters(index: &Index<'_>, item: &Cursor<'_>, names: &[&str], out: &mut Diagnostics) {
    let shared = declared(index, item, names, out);
    for (_, operation) in operations(item) {
        let own = declared(index, &operation, names, out);
        let (Some(shared), Some(own)) = (&shared, &own) else {
            continue;
        };
        let is_undeclared = |name: &&&str| !shared.contains(*name) && !own.contains(*name);
        for name in names.iter().filter(is_undeclared) {
            out.report_key(
                codes::UNDECLARED_PATH_PARAMETER,
                &operation,
                format!("the path has a parameter `{{{name}}}` that this operation does not declare; it is taken for a text"),
                format!("add `{{name: {name}, in: path, required: true, schema: {{type: string}}}}` to `parameters`"),
            );
        }
    }
}

/// The path parameters declared here; `None` if some of them cannot be known.
fn declared<'d>(
    index: &Index<'d>,
    owner: &Cursor<'d>,
    names: &[&str],
    out: &mut Diagnostics,
) -> Option<HashSet<&'d str>> {
    let mut declared = HashSet::new();
    let mut is_complete = true;
    for place in owner.list("parameters") {
        let parameter = index.resolve(&place);
        let known = parameter.and_then(|at| Some((at.text("name")?, at.text("in")?)));
        let Some((name, location)) = known else {
            is_complete = false;
            continue;
        };
        if location != "path" {
            continue;
        }
        declared.insert(name);
        if !names.contains(&name) {
            out.report(
                codes::UNUSED_PATH_PARAMETER,
                &place,
                format!("the path has no `{{{name}}}` for this parameter; it is left out"),
                did_you_mean(name, names.iter().copied(), || {
                    format!("put `{{{name}}}` into the path, or remove the parameter")
                }),
            );
        }
    }
    is_complete.then_some(declared)
}

/// Path parameters must be marked required.
pub(super) fn check_required(index: &Index<'_>, out: &mut Diagnostics) {
    for parameter in index.objects(Kind::Parameter) {
        if parameter.text("in") != Some("path") || parameter.flag("required") == Some(true) {
            continue;
        }
        let name = parameter.text("name").unwrap_or_default();
        let required = parameter.node.get("required");
        out.report_at(
            codes::OPTIONAL_PATH_PARAMETER,
            required.unwrap_or(parameter.node).at,
            &parameter.pointer,
            format!(
                "the path parameter `{name}` is not marked as required, and a path cannot do without it"
            ),
            "add `required: true`",
        );
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
        for path in ["/{", "/}", "/{}", "/{a/b}", "/{a{b}}", "/{a}}"] {
            assert!(template(path).is_err(), "{path}");
        }
    }

    #[test]
    fn names_do_not_tell_paths_apart() {
        assert_eq!(anonymous("/a/{b}/c{d}"), anonymous("/a/{x}/c{yy}"));
        assert_ne!(anonymous("/a/{b}"), anonymous("/a/b"));
    }
}
