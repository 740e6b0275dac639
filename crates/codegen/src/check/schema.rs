//! Schemas: each keyword for itself, then how they work together.

use postpress_openapi::{Cursor, Diagnostics};

use super::index::Index;

mod bounds;
mod discriminator;
mod endless;
mod enums;
pub(super) mod keywords;
mod parts;
mod required;
mod types;
mod unsatisfiable;

pub(super) fn check(index: &mut Index<'_>, out: &mut Diagnostics) {
    for schema in index.written_schemas() {
        types::check(schema, out);
        bounds::check(schema, out);
        enums::check(schema, out);
        parts::check(schema, out);
        discriminator::check(index, schema, out);
    }
    required::check(index, out);
    let in_cycles = parts::check_cycles(index, out);
    unsatisfiable::check(index, &in_cycles, out);
    endless::check(index, &in_cycles, out);
    // A cycle is reported at one of them.
    in_cycles
        .into_iter()
        .for_each(|schema| index.refuse(schema));
}

/// A short name for a schema: `Chat`, `Chat.members`, or else its pointer.
pub(super) fn label(schema: &Cursor<'_>) -> String {
    let pointer = schema.pointer.as_str();
    match pointer.strip_prefix("#/components/schemas/") {
        Some(path) => path.replace("/properties/", "."),
        None => pointer.to_owned(),
    }
}
