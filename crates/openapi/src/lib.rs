//! An OpenAPI document as a tree in which every key and value knows its line and column.
//!
//! [`Document::parse`] reads YAML or JSON. What is wrong with a document is a [`Diagnostic`]: a file, a line, a JSON pointer,
//! what is wrong and what to do.

pub mod diagnostic;
pub mod document;
mod parse;
pub mod pointer;

pub use diagnostic::{Diagnostic, Diagnostics, Severity};
pub use document::{Document, Source};
