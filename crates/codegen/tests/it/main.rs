//! What the generator says of documents, and that it says something of each.

#![allow(clippy::unwrap_used, reason = "helpers outside the test functions too")]

mod diagnostics;
mod fuzz;
mod mutations;

use postpress_codegen::{Diagnostics, Output, Settings, Source, generate};
use postpress_openapi::Document;

/// What comes of a document, and everything that is reported.
fn report(name: &str, text: &str) -> (Option<Output>, Diagnostics) {
    let settings = Settings {
        command: "test".to_owned(),
    };
    match generate(&Source { name, text }, &settings) {
        Ok(output) => {
            let warnings = output.warnings.clone();
            (Some(output), warnings)
        }
        Err(diagnostics) => (None, diagnostics),
    }
}

/// Generates from a document, which is possible or refused with reasons: every finding is about a place that exists and
/// says what to do, and what is generated is Rust. Gives whether it was possible.
#[track_caller]
fn holds(name: &str, text: &str) -> bool {
    let (output, diagnostics) = report(name, text);
    for file in output.iter().flat_map(|output| &output.files) {
        if let Err(error) = syn::parse_file(&file.contents) {
            panic!("{} is no Rust: {error}", file.path);
        }
    }
    assert!(
        output.is_some() != diagnostics.has_errors(),
        "refused without an error, or generated in spite of one: {diagnostics}"
    );
    let document = Document::parse(&Source { name, text }, &mut Diagnostics::default());
    let lines = text.split(['\r', '\n']).count() + 1;
    for finding in &diagnostics {
        assert_ne!(
            finding.code, "internal",
            "a fault of the generator: {finding}"
        );
        assert!(finding.at.line >= 1 && finding.at.column >= 1, "{finding}");
        assert!(finding.at.line as usize <= lines, "{finding}");
        assert!(
            !finding.message.is_empty() && !finding.help.is_empty(),
            "{finding}"
        );
        if let Some(document) = &document {
            assert!(document.lookup(&finding.pointer).is_some(), "{finding}");
        }
    }
    output.is_some()
}
