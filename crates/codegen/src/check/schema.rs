//! Schemas: each keyword for itself, then how they work together.

use postpress_openapi::{Cursor, Diagnostics};

use super::index::Index;

mod bounds;
mod discriminator;
mod endless;
mod enums;
mod parts;
mod required;
pub(crate) mod types;
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
    let unsatisfiable = unsatisfiable::check(index, &in_cycles, out);
    endless::check(index, &in_cycles, out);
    // No type stands for these.
    let untyped = in_cycles.into_iter().chain(unsatisfiable);
    untyped.for_each(|schema| index.refuse(schema));
}

/// A short name for a schema: `Chat`, `Chat.members`, or else its pointer.
pub(super) fn label(schema: &Cursor<'_>) -> String {
    let pointer = schema.pointer.as_str();
    match pointer.strip_prefix("#/components/schemas/") {
        Some(path) => path.replace("/properties/", "."),
        None => pointer.to_owned(),
    }
}
