//! What the generator says of documents, and that it says something of each.

#![allow(clippy::unwrap_used, reason = "helpers outside the test functions too")]

mod diagnostics;
mod fuzz;
mod generated;
mod mutations;
mod names;
mod select;
mod several_files;

use std::collections::HashSet;

use postpress_codegen::{Diagnostics, Output, Settings, Severity, Source, generate};
use postpress_openapi::{Document, codes};

/// What comes of a document, and everything that is reported.
fn report(name: &str, text: &str) -> (Option<Output>, Diagnostics) {
    let settings = Settings {
        command: "test".to_owned(),
        ..Settings::default()
    };
    match generate(&Source { name, text }, &settings) {
        Ok(output) => {
            let warnings = output.warnings.clone();
            (Some(output), warnings)
        }
        Err(diagnostics) => (None, diagnostics),
    }
}

/// Generates from a document, which is possible or refused with reasons: every finding is there once, is about a place
/// that exists and says what to do, and what is generated is Rust. Gives whether it was possible.
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
    assert_said_once(&diagnostics);
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

/// Nothing is reported twice, neither in the same words nor as a fault of one stage after another.
#[track_caller]
fn assert_said_once(diagnostics: &Diagnostics) {
    let findings: Vec<_> = diagnostics.iter().collect();
    let twice = findings.windows(2).find(|pair| pair[0] == pair[1]);
    assert!(twice.is_none(), "reported twice: {twice:?}");
    let is_late = |code: &str| codes::LOWER.iter().any(|known| known.name == code);
    let errors = diagnostics
        .iter()
        .filter(|finding| finding.severity == Severity::Error);
    let (late, early): (Vec<_>, Vec<_>) = errors.partition(|finding| is_late(finding.code));
    let refused: HashSet<_> = early.iter().map(|finding| &finding.pointer).collect();
    let again = late
        .iter()
        .find(|finding| refused.contains(&finding.pointer));
    assert!(again.is_none(), "refused already: {again:?}");
}
