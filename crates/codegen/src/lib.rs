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
//! 4. `print`: progenitor prints the structs that travel as JSON, from a document made of the IR; the emitters print what
//!    it cannot: operations, forms, open enums, unions, the error catalogue;
//! 5. `format`: tokens to text, in one file for each concern.
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
