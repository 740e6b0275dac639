//! Exceptions: `x-lint-allow: [CODE]` in an object lets it, and all inside it, off a rule.

use postpress_codegen::Diagnostics;
use postpress_openapi::document::{Document, Node};
use postpress_openapi::pointer::Pointer;

use super::places;
use super::rules::{RULES, UNKNOWN_WAIVER};

const WAIVER: &str = "x-lint-allow";

/// Leaves out what is allowed, and reports waivers that are none.
pub(super) fn apply(document: &Document, found: Diagnostics) -> Diagnostics {
    let mut kept = Diagnostics::new(&document.name);
    for finding in &found {
        if !is_waived(document, &finding.pointer, finding.code) {
            kept.push(finding.clone());
        }
    }
    for place in places::all(document, |place| place.node.get(WAIVER).is_some()) {
        let Some(list) = place.get(WAIVER) else {
            continue;
        };
        let is_known = |node: &Node| {
            node.as_str()
                .is_some_and(|code| RULES.iter().any(|rule| rule.code == code))
        };
        let items: Vec<_> = list.items().filter(|item| !is_known(item.node)).collect();
        if list.node.as_array().is_none() || !items.is_empty() {
            let at = items.first().map_or(list.at, |item| item.at);
            kept.error(
                at,
                &list.pointer,
                UNKNOWN_WAIVER,
                format!(
                    "`{WAIVER}` is {}, which is no list of rules",
                    list.node.to_json()
                ),
                "`cargo xtask lint --rules` lists the codes",
            );
        }
    }
    kept
}

fn is_waived(document: &Document, pointer: &str, code: &str) -> bool {
    let allows = |node: &Node| {
        let list = node.get(WAIVER).map_or(&[][..], Node::items);
        list.iter().any(|item| item.as_str() == Some(code))
    };
    let mut place = Pointer::root();
    let mut waived = allows(&document.root);
    for key in Pointer::segments(pointer).unwrap_or_default() {
        place = place.child(&key);
        waived |= document.lookup(place.as_str()).is_some_and(allows);
    }
    waived
}
