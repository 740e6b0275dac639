//! Schemas: each keyword for itself, then how they work together.

mod bounds;
pub(super) mod closure;
mod composition;
mod discriminator;
mod endless;
mod enums;
pub(super) mod keywords;
mod required;
mod types;
mod unsatisfiable;

use super::survey::Survey;
use postpress_openapi::diagnostic::Diagnostics;

pub(super) fn check(survey: &Survey<'_>, out: &mut Diagnostics) {
    for place in survey.written_schemas() {
        types::check(place, out);
        bounds::check(place, out);
        enums::check(place, out);
        composition::check_parts(place, out);
        discriminator::check(survey, place, out);
    }
    required::check(survey, out);
    let in_cycles = composition::check_cycles(survey, out);
    unsatisfiable::check(survey, &in_cycles, out);
    endless::check(survey, &in_cycles, out);
}
