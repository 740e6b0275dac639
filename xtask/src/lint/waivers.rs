//! Exceptions: `x-lint-allow: [CODE]` in an object lets it, and all inside it, off a rule.

use postpress_openapi::{Cursor, Diagnostics, Document, Node, Pointer};

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
                .is_some_and(|code| RULES.iter().any(|rule| rule.code.name == code))
        };
        let items: Vec<_> = list.items().filter(|item| !is_known(item.node)).collect();
        if list.node.as_array().is_none() || !items.is_empty() {
            let at = items.first().map_or(list.key_at, Cursor::at);
            kept.report_at(
                UNKNOWN_WAIVER,
                at,
                &list.pointer,
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

fn is_waived(document: &Document, pointer: &Pointer, code: &str) -> bool {
    let allows = |node: &Node| {
        node.list(WAIVER)
            .iter()
            .any(|item| item.as_str() == Some(code))
    };
    let mut around = pointer
        .ancestors()
        .filter_map(|pointer| document.lookup(&pointer));
    around.any(|at| allows(at.node))
}
