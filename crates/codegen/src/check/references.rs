//! Where references lead: somewhere, to the right kind of object, and not in a circle.

use std::collections::HashMap;

use super::grammar::Kind;
use super::survey::{Address, Place, Reference, Survey, address};
use super::wording::{enumeration, nearest};
use postpress_openapi::diagnostic::{Diagnostics, codes};
use postpress_openapi::document::{LONGEST_CHAIN, Node};
use postpress_openapi::pointer::Pointer;

/// Follows every reference and records where it ends.
pub(super) fn check(survey: &mut Survey<'_>, out: &mut Diagnostics) {
    let references = std::mem::take(&mut survey.references);
    let mut steps = HashMap::new();
    for reference in &references {
        siblings(&reference.place, reference.expected, out);
        if let Some(target) = one_step(survey, &reference.place, reference.expected, out) {
            steps.insert(address(reference.place.node), target);
        }
    }
    let mut ends = HashMap::new();
    for reference in &references {
        if let Err(circle) = follow(&steps, &mut ends, reference.place.node) {
            report_circle(&references, &circle, out);
        }
    }
    for reference in &references {
        match ends.get(&address(reference.place.node)) {
            Some(End {
                node: Some(end),
                steps,
            }) if *steps <= LONGEST_CHAIN => {
                survey.set_target(reference.place.node, end);
            }
            // Longer chains still lead through this one, but it is the one to mend.
            Some(End {
                node: Some(_),
                steps,
            }) if *steps == LONGEST_CHAIN + 1 => out.error(
                reference.place.at(),
                &reference.place.pointer,
                codes::LONG_REF_CHAIN,
                format!(
                    "this reference leads to a reference, and so on more than {LONGEST_CHAIN} times"
                ),
                "refer to the object itself",
            ),
            _ => {}
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

/// Where a reference leads in the end, if anywhere, and over how many references.
#[derive(Clone, Copy)]
struct End<'d> {
    node: Option<&'d Node>,
    steps: usize,
}

/// Finds the ends of a reference and of all that it leads over. The error is a circle that no one has come by yet.
fn follow<'d>(
    steps: &HashMap<Address, &'d Node>,
    ends: &mut HashMap<Address, End<'d>>,
    start: &'d Node,
) -> Result<(), Vec<&'d Node>> {
    let mut way: Vec<&Node> = Vec::new();
    let mut passed: HashMap<Address, usize> = HashMap::new();
    let mut node = start;
    let mut circle = Vec::new();
    let mut end = loop {
        if let Some(end) = ends.get(&address(node)) {
            break *end;
        }
        if let Some(from) = passed.insert(address(node), way.len()) {
            circle = way[from..].to_vec();
            break End {
                node: None,
                steps: 0,
            };
        }
        if node.get("$ref").is_none() {
            break End {
                node: Some(node),
                steps: 0,
            };
        }
        way.push(node);
        match steps.get(&address(node)) {
            Some(next) => node = next,
            None => {
                break End {
                    node: None,
                    steps: 0,
                };
            }
        }
    };
    for node in way.iter().rev() {
        end.steps += 1;
        ends.insert(address(node), end);
    }
    if circle.is_empty() {
        Ok(())
    } else {
        Err(circle)
    }
}

/// Reports the circle at the member of it that the document has first.
fn report_circle(references: &[Reference<'_>], circle: &[&Node], out: &mut Diagnostics) {
    let is_member = |reference: &&Reference<'_>| {
        circle
            .iter()
            .any(|node| std::ptr::eq(*node, reference.place.node))
    };
    let Some(first) = references.iter().find(is_member) else {
        return;
    };
    let Some(reference) = first.place.get("$ref") else {
        return;
    };
    let turn = circle
        .iter()
        .position(|node| std::ptr::eq(*node, first.place.node))
        .unwrap_or(0);
    // Each names the next, so that the one before names the first.
    let names: Vec<&str> = (0..circle.len())
        .filter_map(|step| circle[(turn + circle.len() - 1 + step) % circle.len()].reference())
        .collect();
    out.error(
        reference.at(),
        &reference.pointer,
        codes::REF_CYCLE,
        match names.as_slice() {
            [_] => "this reference leads to itself".to_owned(),
            [first, second, .., last] if names.len() > 8 => format!(
                "these {} references lead to each other and to nothing else: `{first}`, `{second}` and so on to `{last}`",
                names.len()
            ),
            _ => format!("these references lead to each other and to nothing else: {}", enumeration(&names)),
        },
        "put an object in the place of one of them",
    );
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
