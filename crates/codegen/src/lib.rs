//! Turns an OpenAPI 3.0 document into the source of a Rust client crate.
//!
//! [`generate`] is a pipeline of passes, each a function of what the one before it made:
//!
//! 1. `parse`: YAML or JSON to a tree in which every node knows its line and column;
//! 2. `check`: everything that is wrong with the document, all at once;
//! 3. `understand`: the document as operations and types of Rust, the [ir](crate) from which both halves of the output come;
//! 4. `lower`: the part of the IR that progenitor can express, as a document for it;
//! 5. `progenitor`: structs;
//! 6. `polish`: what progenitor made, mended;
//! 7. `emit`: what it cannot make: operations, forms, open enums, unions, the error catalogue;
//! 8. `format`: tokens to text, one file for each concern.
//!
//! The output is a function of the document's bytes: the same on every machine and in every run. The crate reads and
//! writes no files and knows nothing of any particular service.

mod check;
mod format;
mod generate;
mod ir;
mod lower;
mod names;
mod package;
mod print;

pub use generate::{File, Output, Settings, Summary, generate};
pub use package::{PackageError, RuntimeSource, package};
pub use postpress_openapi::{Diagnostic, Diagnostics, Severity, Source};
