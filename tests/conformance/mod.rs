//! `spec/postpress.yaml` says what the pages of the documentation say, no less and no more.
//!
//! What the pages say is kept in `tests/data/`, in a form of our own that was written from the pages, not from the document.
//! Whoever changes the one has to change the other, and a reviewer sees both.

mod descriptions;
pub(crate) mod document;
mod errors;
mod fields;
mod operations;
mod samples;
mod schemas;

/// Fails with what is only in the tables and what is only in the document.
fn assert_same(what: &str, tables: &[String], document: &[String]) {
    let only = |left: &[String], right: &[String]| -> String {
        let rest = left.iter().filter(|line| !right.contains(line));
        rest.map(|line| format!("\n    {line}")).collect()
    };
    let (missing, extra) = (only(tables, document), only(document, tables));
    assert!(
        missing.is_empty() && extra.is_empty(),
        "{what}\n  missing from the document:{missing}\n  only in the document:{extra}"
    );
    assert_eq!(
        tables.len(),
        document.len(),
        "{what}: something is there twice"
    );
}
