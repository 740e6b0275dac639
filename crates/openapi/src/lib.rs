//! An OpenAPI document as a tree in which every key and value knows its line and column.
//!
//! This is the `parse` stage of the generator, and what everything else that reads a document shares: a
//! [`Cursor`] is a value together with its place, [`Cursor::resolve`] follows its references, [`Document::endpoints`]
//! lists what can be called. What is wrong with a document is a [`Diagnostic`]: a file, a line, a JSON pointer, what is
//! wrong and what to do. [`codes`] lists the kinds of diagnostics of every stage.

mod cursor;
mod diagnostic;
mod document;
mod endpoint;
mod parse;
mod pointer;
mod position;
mod tree;

pub use cursor::Cursor;
pub use diagnostic::{Code, Diagnostic, Diagnostics, Severity, codes};
pub use document::{BrokenReference, Document, LONGEST_CHAIN, Source};
pub use endpoint::{Endpoint, METHODS};
pub use pointer::Pointer;
pub use position::Position;
pub use tree::{Entry, Node, NodeId, Object, Value};
