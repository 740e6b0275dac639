//! An OpenAPI document as a tree in which every key and value knows its line and column.
//!
//! This is the first of the generator's six stages, `parse -> normalize -> check -> lower -> print -> format`, and the reader that
//! everything else shares which looks at a document. [`Document::parse`] reads YAML or JSON. A [`Cursor`] is a value
//! together with its place; [`Cursor::resolve`] follows its references. [`Document::endpoints`] lists the operations. What
//! is wrong with a document is a [`Diagnostic`]: a file, a line, a JSON pointer, what is wrong and what to do. [`codes`]
//! lists the kinds of diagnostics of every stage. [`schema`] holds JSON against the schemas of a document.

mod cursor;
mod diagnostic;
mod document;
mod endpoint;
mod parse;
mod pointer;
mod position;
pub mod schema;
mod tree;

pub use cursor::Cursor;
pub use diagnostic::{Code, Diagnostic, Diagnostics, Severity, codes};
pub use document::{BrokenReference, Document, LONGEST_CHAIN, Source};
pub use endpoint::{Endpoint, METHODS};
pub use pointer::Pointer;
pub use position::Position;
pub use tree::{Entry, Node, NodeId, Object, Value};
