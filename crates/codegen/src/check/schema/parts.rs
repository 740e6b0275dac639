//! `allOf`, `oneOf`, `anyOf` and `not`: that they have parts, and that nothing is made of itself.

use std::collections::HashSet;

use postpress_openapi::{Cursor, Diagnostics, NodeId, codes};

use super::label;
use crate::check::index::Index;
use crate::check::wording::way;

const KEYWORDS: [&str; 3] = ["allOf", "oneOf", "anyOf"];

pub(super) fn check(schema: &Cursor<'_>, out: &mut Diagnostics) {
    for keyword in KEYWORDS {
        let list = schema.get(keyword);
        let empty = list.filter(|list| list.node.as_array().is_some_and(<[_]>::is_empty));
        if let Some(list) = empty {
            out.report_key(
                codes::EMPTY_COMPOSITION,
                &list,
                format!("this `{keyword}` has no parts"),
                "list the schemas, or remove it",
            );
        }
    }
}

/// Reports schemas that are made of themselves, each circle once, and gives all members of the circles.
///
/// A property may well have the type of its owner. But a schema that is one of its own parts says nothing: to check a
/// value against it, one would have to check the value against it.
pub(super) fn check_cycles(index: &Index<'_>, out: &mut Diagnostics) -> HashSet<NodeId> {
    let mut finished: HashSet<NodeId> = HashSet::new();
    let mut in_cycles = HashSet::new();
    for start in index.written_schemas() {
        if finished.contains(&start.node.id()) {
            continue;
        }
        // Depth first, on a stack of our own: chains of references can be long.
        let mut stack = vec![Step::new(index, start.clone(), "")];
        let mut open: HashSet<NodeId> = HashSet::from([start.node.id()]);
        while let Some(step) = stack.last_mut() {
            let Some((keyword, part)) = step.waiting.pop() else {
                let done = step.schema.node.id();
                open.remove(&done);
                finished.insert(done);
                stack.pop();
                continue;
            };
            let id = part.node.id();
            if open.contains(&id) {
                let mut steps = stack.iter();
                let from = steps.position(|step| step.schema.node.id() == id);
                let cycle = &stack[from.unwrap_or(0)..];
                in_cycles.extend(cycle.iter().map(|step| step.schema.node.id()));
                report(cycle, keyword, out);
            } else if !finished.contains(&id) {
                open.insert(id);
                stack.push(Step::new(index, part, keyword));
            }
        }
    }
    in_cycles
}

struct Step<'d> {
    schema: Cursor<'d>,
    /// The keyword that led here.
    keyword: &'static str,
    /// The schemas that apply to the same value, with the keywords that say so. The last is next.
    waiting: Vec<(&'static str, Cursor<'d>)>,
}

impl<'d> Step<'d> {
    fn new(index: &Index<'d>, schema: Cursor<'d>, keyword: &'static str) -> Self {
        let lists = KEYWORDS.into_iter().flat_map(|keyword| {
            let parts = schema.list(keyword);
            parts.map(move |part| (keyword, part))
        });
        let negated = schema.get("not").map(|negated| ("not", negated));
        let mut waiting: Vec<_> = lists
            .chain(negated)
            .filter_map(|(keyword, part)| Some((keyword, index.resolve(&part)?)))
            .collect();
        waiting.reverse();
        Self {
            schema,
            keyword,
            waiting,
        }
    }
}

fn report(cycle: &[Step<'_>], last_keyword: &str, out: &mut Diagnostics) {
    let Some((first, others)) = cycle.split_first() else {
        return;
    };
    let mut steps = vec![label(&first.schema)];
    for step in others {
        steps.extend([step.keyword.to_owned(), label(&step.schema)]);
    }
    steps.extend([last_keyword.to_owned(), label(&first.schema)]);
    out.report_key(
        codes::COMPOSITION_CYCLE,
        &first.schema,
        format!("this schema is made of itself: {}", way(&steps)),
        "remove one of these parts; to nest values of the same kind, put the reference into a property or into `items`",
    );
}
