//! Turns an OpenAPI 3.0 document into the source of a Rust client crate.
//!
//! [`generate()`] is five stages, `parse -> check -> lower -> print (progenitor | emit) -> format`, each of which knows only
//! the one before it:
//!
//! 1. `parse` ([`postpress_openapi`]): YAML or JSON to a tree in which every value knows its line and column;
//! 2. `check`: reports everything that is wrong with the document at once, and makes an index of its objects, which also
//!    says what was refused;
//! 3. `lower`: the document in terms of Rust, the intermediate representation: operations, types, forms. What Rust
//!    cannot express is reported here. This is the only reading of the document: the stages after it see the IR alone;
//! 4. `print`: the IR to Rust. Every line has one author:
//!    - [progenitor](https://docs.rs/progenitor-impl) prints the structs of `types.rs`, from a document that has nothing but them
//!      (`print/progenitor/document.rs`). Its print is kept, but for the list of amendments in `print/progenitor/amend.rs`, each of which says
//!      why. It is good at structs: types, boxes, defaults, and what is skipped.
//!    - We print the rest (`print/emit`), because progenitor cannot, or loses something by it: operations with multipart bodies, parameters
//!      in all styles and responses of any status; enums that keep values they do not know; unions told apart by a tag; forms; the
//!      catalogue of errors.
//! 5. `format`: tokens to text, in one file for each concern.
//!
//! [`read`] stops after `lower` and returns the IR, for tools that reason about what would be generated.
//!
//! The output is a function of the document's bytes: the same on every machine and in every run. The crate reads and
//! writes no files and knows nothing of any particular service.

mod check;
mod format;
mod generate;
pub mod ir;
mod lower;
mod names;
mod package;
mod print;

pub use generate::{File, Output, Settings, Summary, generate, read};
pub use package::{PackageError, RuntimeSource, package};
pub use postpress_openapi::{Diagnostic, Diagnostics, Severity, Source};
