//! Where references lead: somewhere, to the right kind of object, and not in a circle.

use std::collections::HashSet;

use super::grammar::Kind;
use super::survey::{Place, Survey, address};
use super::wording::{enumeration, nearest};
use crate::diagnostic::{Diagnostics, codes};
use crate::document::{LONGEST_CHAIN, Node};
use crate::pointer::Pointer;

/// Follows every reference and records where it ends.
pub(super) fn check(survey: &mut Survey<'_>, out: &mut Diagnostics) {
    let mut in_circles = HashSet::new();
    let references = std::mem::take(&mut survey.references);
    for reference in &references {
        let place = &reference.place;
        siblings(place, reference.expected, out);
        let Some(target) = one_step(survey, place, reference.expected, out) else {
            continue;
        };
        if let Some(end) = follow(survey, place, target, &mut in_circles, out) {
            survey.set_target(place.node, end);
        }
    }
    survey.references = references;
}

/// What the reference names, if that is there and of the right kind.
fn one_step<'d>(
    survey: &Survey<'d>,
    place: &Place<'d>,
    expected: Kind,
    out: &mut Diagnostics,
) -> Option<&'d Node> {
    let reference = place.get("$ref")?;
    let text = reference.node.as_str()?;
    let mut report = |code, message: String, help: String| {
        out.error(reference.at(), &reference.pointer, code, message, help);
    };
    if !text.starts_with('#') {
        let section = expected.section().unwrap_or_default();
        let name = text
            .trim_start_matches('/')
            .trim_start_matches(&format!("components/{section}/"));
        let help = if survey
            .components(section)
            .iter()
            .any(|entry| entry.key == name)
        {
            format!("write '#/components/{section}/{name}'")
        } else {
            "bring what it refers to into this document, for example with `redocly bundle`, and write '#/...'".to_owned()
        };
        report(
            codes::EXTERNAL_REF,
            format!(
                "`{text}` is outside of this document, and only references within it are followed"
            ),
            help,
        );
        return None;
    }
    let Some(segments) = Pointer::segments(text) else {
        report(
            codes::INVALID_REF,
            format!("`{text}` is no JSON Pointer"),
            "write `#/` and the keys that lead there, with `~1` for `/` and `~0` for `~` inside of a key".to_owned(),
        );
        return None;
    };
    let Some(target) = survey.document.lookup(text) else {
        report(
            codes::DANGLING_REF,
            format!("there is nothing at `{text}`"),
            dangling_help(survey, &segments, expected),
        );
        return None;
    };
    let found = survey.kind(target);
    if found == Some(expected) {
        return Some(target);
    }
    let is = found.map_or_else(
        || format!("not {}", expected.name()),
        |kind| kind.name().to_owned(),
    );
    let help = match expected.section() {
        Some(section) => format!("refer to one of `#/components/{section}`"),
        None => format!("refer to {}", expected.name()),
    };
    report(
        codes::WRONG_REF_KIND,
        format!("{} belongs here, but `{text}` is {is}", expected.name()),
        help,
    );
    None
}

fn dangling_help(survey: &Survey<'_>, segments: &[String], expected: Kind) -> String {
    let name = segments.last().map_or("", String::as_str);
    let section = expected.section().unwrap_or_default();
    let own = survey
        .components(section)
        .iter()
        .map(|entry| entry.key.as_str());
    if let Some(near) = nearest(name, own) {
        return format!("did you mean '#/components/{section}/{near}'?");
    }
    let components = survey.document.root.get("components");
    let elsewhere = components
        .map_or(&[][..], Node::entries)
        .iter()
        .find(|entry| entry.value.get(name).is_some());
    if let Some(entry) = elsewhere {
        return format!("`{name}` exists in `components/{}` only", entry.key);
    }
    match segments {
        [components, written, _] if components == "components" && written == section => {
            format!("correct it, or add `{name}` to `components/{section}`")
        }
        _ => longest_help(survey, segments),
    }
}

/// Says up to where a pointer leads to something.
fn longest_help(survey: &Survey<'_>, segments: &[String]) -> String {
    let mut pointer = Pointer::root();
    let mut found = &survey.document.root;
    for segment in segments {
        let next = pointer.child(segment);
        match survey
            .document
            .lookup(next.as_str().trim_start_matches('#'))
        {
            Some(node) => (pointer, found) = (next, node),
            None => break,
        }
    }
    if found.reference().is_some() {
        format!(
            "`{pointer}` is itself a reference, and a pointer does not lead through it; refer to what it refers to"
        )
    } else {
        format!("correct it; `{pointer}` is as far as it leads")
    }
}

/// Follows references to references. Each circle is reported once.
fn follow<'d>(
    survey: &Survey<'d>,
    place: &Place<'d>,
    first: &'d Node,
    in_circles: &mut HashSet<*const Node>,
    out: &mut Diagnostics,
) -> Option<&'d Node> {
    let mut node = first;
    let mut names = vec![place.node.reference()?];
    let mut passed = vec![address(place.node)];
    while let Some(text) = node.reference() {
        if in_circles.contains(&address(node)) {
            return None;
        }
        if address(node) == address(place.node) {
            in_circles.extend(passed);
            names.rotate_right(1);
            let reference = place.get("$ref")?;
            out.error(
                reference.at(),
                &reference.pointer,
                codes::REF_CYCLE,
                match names.as_slice() {
                    [_] => "this reference leads to itself".to_owned(),
                    _ => format!(
                        "these references lead to each other and to nothing else: {}",
                        enumeration(&names)
                    ),
                },
                "put an object in the place of one of them",
            );
            return None;
        }
        if passed.contains(&address(node)) {
            // The way into a circle that does not come back here; its own members report it.
            return None;
        }
        if passed.len() > LONGEST_CHAIN {
            out.error(
                place.at(),
                &place.pointer,
                codes::LONG_REF_CHAIN,
                format!(
                    "this reference leads to a reference, and so on more than {LONGEST_CHAIN} times"
                ),
                "refer to the object itself",
            );
            return None;
        }
        passed.push(address(node));
        names.push(text);
        node = text
            .starts_with('#')
            .then(|| survey.document.lookup(text))??;
    }
    // If the last step does not, that is reported where it is written.
    (survey.kind(node) == survey.kind(place.node)).then_some(node)
}

/// OpenAPI 3.0 ignores everything beside a `$ref`.
fn siblings(place: &Place<'_>, expected: Kind, out: &mut Diagnostics) {
    let others: Vec<_> = place
        .node
        .entries()
        .iter()
        .filter(|entry| entry.key != "$ref")
        .collect();
    let Some(first) = others.first() else { return };
    let names: Vec<&str> = others.iter().map(|entry| entry.key.as_str()).collect();
    let verb = if names.len() == 1 { "has" } else { "have" };
    let help = if expected == Kind::Schema {
        "move this to the schema that is referred to, or wrap the reference: `allOf: [{$ref: ...}]`"
    } else {
        "remove this, or move it to what is referred to"
    };
    out.warning(
        first.at,
        &place.pointer,
        codes::REF_SIBLINGS,
        format!(
            "{} beside a `$ref` {verb} no effect in OpenAPI 3.0",
            enumeration(&names)
        ),
        help,
    );
}
