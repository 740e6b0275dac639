//! Bounds of numbers, texts, arrays and objects.

use crate::check::survey::Place;
use postpress_openapi::diagnostic::{Diagnostics, codes};
use postpress_openapi::document::Node;

const PAIRS: [(&str, &str); 4] = [
    ("minimum", "maximum"),
    ("minLength", "maxLength"),
    ("minItems", "maxItems"),
    ("minProperties", "maxProperties"),
];

pub(super) fn check(place: &Place<'_>, out: &mut Diagnostics) {
    for (low, high) in PAIRS {
        check_pair(place, low, high, out);
    }
    if let Some(step) = place.get("multipleOf")
        && step.node.as_f64().is_some_and(|step| step <= 0.0)
    {
        out.error(
            step.at(),
            &step.pointer,
            codes::INVALID_BOUND,
            format!(
                "`multipleOf` must be more than 0, but is {}",
                step.node.to_json()
            ),
            "write the step between values, or remove it",
        );
    }
}

fn check_pair(place: &Place<'_>, low: &str, high: &str, out: &mut Diagnostics) {
    let (Some(least), Some(most)) = (place.get(low), place.get(high)) else {
        return;
    };
    let (Some(from), Some(to)) = (least.node.as_f64(), most.node.as_f64()) else {
        return;
    };
    let excludes =
        |flag: &str| low == "minimum" && place.node.get(flag).and_then(Node::as_bool) == Some(true);
    let is_point_excluded =
        from == to && (excludes("exclusiveMinimum") || excludes("exclusiveMaximum"));
    if from > to || is_point_excluded {
        let (from, to) = (least.node.to_json(), most.node.to_json());
        let excluded = if is_point_excluded {
            ", itself excluded,"
        } else {
            ""
        };
        out.error(
            most.at(),
            &place.pointer,
            codes::CONTRADICTORY_BOUNDS,
            format!("no value lies between `{low}: {from}` and `{high}: {to}`{excluded}")
                .trim_end_matches(',')
                .to_owned(),
            "correct one of the two",
        );
    }
}
