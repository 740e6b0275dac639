//! Whether a document is valid, checked before anything is made of it.
//!
//! The checks report all that is wrong and never stop at the first. What they report as an error is certain to be one;
//! what only looks wrong is a warning, and what cannot be known, since another fault hides it, is not reported.
//!
//! One [walk] along a [table of OpenAPI's objects](grammar) finds what is missing, misspelt or of the wrong type, and
//! makes an [index] of what is there. Once [references] are followed, each remaining check looks through the index for
//! what it is about, and can be read alone.
//!
//! The next stage works with the same index, which also knows what was refused: an object that an error was reported in
//! is not read again, so no fault is reported twice.

pub(crate) mod bodies;
pub(crate) mod composition;
pub(crate) mod grammar;
pub(crate) mod index;
mod operations;
pub(crate) mod parameters;
pub(crate) mod paths;
mod references;
pub(crate) mod schema;
mod security;
mod servers;
#[cfg(test)]
mod tests;
pub(crate) mod version;
mod walk;
pub(crate) mod wording;

use std::collections::HashMap;

use postpress_openapi::{Diagnostics, Document, Pointer};

use index::Index;

/// Adds everything wrong with the document to `diagnostics`, and gives what the next stage relies on. That references with the
/// texts `broken` lead nowhere has been reported.
///
/// Of a document in another version of OpenAPI, only that is reported, and nothing is given.
pub(crate) fn check<'d>(
    document: &'d Document,
    broken: &HashMap<String, Pointer>,
    diagnostics: &mut Diagnostics,
) -> Option<Index<'d>> {
    if !version::is_supported(document, diagnostics) {
        return None;
    }
    let mut index = walk::index(document, diagnostics);
    index.follow_references();
    references::check(&index, broken, diagnostics);
    paths::check(&index, diagnostics);
    paths::check_required(&index, diagnostics);
    operations::check(&index, diagnostics);
    parameters::check(&index, diagnostics);
    bodies::check(&index, diagnostics);
    schema::check(&mut index, diagnostics);
    security::check(&index, diagnostics);
    servers::check(&index, diagnostics);
    index.refuse_reported(diagnostics);
    Some(index)
}
