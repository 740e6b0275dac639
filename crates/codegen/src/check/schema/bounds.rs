//! Bounds of numbers, texts, arrays and objects.

use postpress_openapi::{Cursor, Diagnostics, codes};

const PAIRS: [(&str, &str); 4] = [
    ("minimum", "maximum"),
    ("minLength", "maxLength"),
    ("minItems", "maxItems"),
    ("minProperties", "maxProperties"),
];

pub(super) fn check(schema: &Cursor<'_>, out: &mut Diagnostics) {
    for (low, high) in PAIRS {
        check_pair(schema, low, high, out);
    }
    let step = schema.get("multipleOf");
    if let Some(step) = step.filter(|step| step.node.as_f64().is_some_and(|step| step <= 0.0)) {
        let is = step.node.to_json();
        let message = format!("`multipleOf` must be more than 0, but is {is}");
        let help = "write the step between values, or remove it";
        out.report(codes::INVALID_BOUND, &step, message, help);
    }
}

fn check_pair(schema: &Cursor<'_>, low: &str, high: &str, out: &mut Diagnostics) {
    let (Some(least), Some(most)) = (schema.node.get(low), schema.node.get(high)) else {
        return;
    };
    let (Some(from), Some(to)) = (least.as_f64(), most.as_f64()) else {
        return;
    };
    let excludes = |flag: &str| low == "minimum" && schema.flag(flag) == Some(true);
    let is_point_excluded =
        from == to && (excludes("exclusiveMinimum") || excludes("exclusiveMaximum"));
    if from > to || is_point_excluded {
        let (from, to) = (least.to_json(), most.to_json());
        let excluded = if is_point_excluded {
            ", itself excluded"
        } else {
            ""
        };
        out.report_at(
            codes::CONTRADICTORY_BOUNDS,
            most.at,
            &schema.pointer,
            format!("no value lies between `{low}: {from}` and `{high}: {to}`{excluded}"),
            "correct one of the two",
        );
    }
}
