//! Everything that the generator relies on, checked before it starts.
//!
//! The checks report all that is wrong and never stop at the first. What they report as an error is certain to be one;
//! what only looks wrong is a warning, and what cannot be known, since another fault hides it, is not reported.
//!
//! One [walk] along a [table of OpenAPI's objects](grammar) finds what is missing, misspelt or of the wrong type, and
//! makes a [survey] of what is there. Once [references] are followed, each remaining check looks through the survey
//! for what it is about, and can be read alone.

mod bodies;
mod grammar;
#[cfg(test)]
mod hostile;
mod operations;
mod parameters;
mod paths;
mod references;
mod schema;
mod security;
mod servers;
mod survey;
#[cfg(test)]
mod tests;
mod version;
mod walk;
mod wording;

use postpress_openapi::diagnostic::Diagnostics;
use postpress_openapi::document::Document;

/// Adds everything wrong with the document to `diagnostics`.
///
/// Of a document in another version of OpenAPI, only that is said.
pub(crate) fn check(document: &Document, diagnostics: &mut Diagnostics) {
    if !version::is_supported(document, diagnostics) {
        return;
    }
    let mut survey = walk::survey(document, diagnostics);
    references::check(&mut survey, diagnostics);
    paths::check(&survey, diagnostics);
    paths::check_required(&survey, diagnostics);
    operations::check(&survey, diagnostics);
    parameters::check(&survey, diagnostics);
    bodies::check(&survey, diagnostics);
    schema::check(&survey, diagnostics);
    security::check(&survey, diagnostics);
    servers::check(&survey, diagnostics);
}
