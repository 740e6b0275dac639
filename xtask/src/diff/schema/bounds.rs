//! The limits of values.

use postpress_openapi::Node;

use super::super::change::{Area, Effect, Log};
use super::super::is_same;
use super::super::usage::Usage;
use super::Sides;

/// Which way a limit has moved.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Move {
    Tighter,
    Looser,
    Sideways,
}

const LOWER: &[&str] = &["minimum", "minLength", "minItems", "minProperties"];
const UPPER: &[&str] = &["maximum", "maxLength", "maxItems", "maxProperties"];
const OTHER: &[&str] = &[
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "pattern",
    "uniqueItems",
];

pub(super) fn compare(log: &mut Log, subject: &str, nodes: Sides<&Node>, usage: Usage) {
    for key in LOWER.iter().chain(UPPER).chain(OTHER) {
        let (old, new) = (nodes.old.get(key), nodes.new.get(key));
        if is_same(old, new) {
            continue;
        }
        let moved = moved(key, old, new);
        let (effect, why) = match moved {
            _ if !usage.sent => (
                Effect::Compatible,
                "answers are not held against limits; only the documentation changes",
            ),
            Move::Looser => (Effect::Compatible, "every value that was allowed still is"),
            Move::Tighter => (
                Effect::Breaking,
                "values that were allowed are refused, by the service, since the client passes them on as they are",
            ),
            Move::Sideways => (
                Effect::Breaking,
                "some values that were allowed may be refused by the service",
            ),
        };
        let shown = |node: Option<&Node>| {
            node.map_or_else(
                || "not given".to_owned(),
                |node| format!("`{}`", node.to_json()),
            )
        };
        let what = format!("`{key}` is {}, was {}", shown(new), shown(old));
        let at = new.map_or(nodes.new.at, |node| node.at);
        log.add(effect, Area::Bound, subject, what, why, Some(at));
    }
}

fn moved(key: &str, old: Option<&Node>, new: Option<&Node>) -> Move {
    let number = |node: Option<&Node>| node.and_then(Node::as_f64);
    let is_off = |node: Option<&Node>| node.is_none_or(|node| node.as_bool() == Some(false));
    match (number(old), number(new)) {
        (Some(old), Some(new)) if LOWER.contains(&key) => {
            if new > old {
                Move::Tighter
            } else {
                Move::Looser
            }
        }
        (Some(old), Some(new)) if UPPER.contains(&key) => {
            if new < old {
                Move::Tighter
            } else {
                Move::Looser
            }
        }
        _ if is_off(old) => Move::Tighter,
        _ if is_off(new) => Move::Looser,
        _ => Move::Sideways,
    }
}
