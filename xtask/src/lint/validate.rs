//! Whether a value of the document fits a schema of it.

use postpress_openapi::Cursor;
use postpress_openapi::schema::{Kind, Reader, Step, TextFormat, problems};
use regex_lite::Regex;

/// Where a value does not fit, and how.
pub(super) struct Problem<'d> {
    pub(super) kind: Kind,
    pub(super) place: Cursor<'d>,
    pub(super) message: String,
}

/// What is wrong with a value.
pub(super) fn validate<'d>(
    reader: &mut Reader<'d>,
    schema: &Cursor<'d>,
    value: &Cursor<'d>,
) -> Vec<Problem<'d>> {
    let schema = reader.schema(schema);
    let problems = problems(&schema, &value.node.to_json(), false).into_iter();
    let placed = problems.map(|problem| {
        // What is missing is so in the last place that there is.
        let place = problem.path.iter().try_fold(value.clone(), |at, step| {
            let next = match step {
                Step::Member(name) => at.get(name),
                Step::Item(index) => at.item(*index),
            };
            next.ok_or(at)
        });
        Problem {
            kind: problem.kind,
            place: place.unwrap_or_else(|last| last),
            message: match (problem.kind, problem.path.last()) {
                (Kind::Missing, Some(Step::Member(name))) => {
                    format!("the field `{name}` is missing")
                }
                (Kind::Unknown, Some(Step::Member(name))) => {
                    format!("the schema declares no field `{name}`")
                }
                _ => problem.message,
            },
        }
    });
    placed.collect()
}

/// The formats that texts are held against. Of the others nobody depends on what exactly they are.
pub(super) fn format(name: &str) -> Option<TextFormat> {
    (name == "date-time").then_some(TextFormat {
        what: "a time of RFC 3339",
        example: "2026-05-17T09:42:11.000Z",
        fits: is_time,
    })
}

/// `YYYY-MM-DDTHH:MM:SS`, perhaps a fraction, and `Z` or an offset.
fn is_time(text: &str) -> bool {
    let pattern = r"^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])[Tt]([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?([Zz]|[+-]([01]\d|2[0-3]):[0-5]\d)$";
    Regex::new(pattern).is_ok_and(|regex| regex.is_match(text))
}
