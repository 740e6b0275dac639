//! Everything that the generator relies on, checked before it starts.

use crate::diagnostic::Diagnostics;
use crate::document::Document;

/// Adds everything wrong with the document to `diagnostics`.
pub(crate) fn check(_document: &Document, _diagnostics: &mut Diagnostics) {}
