//! Turns an OpenAPI 3.0 or 3.1 document into the source of a Rust client crate.
//!
//! [`generate()`] is six stages, `parse -> normalize -> check -> lower -> print (progenitor | emit) -> format`, each of which
//! knows only the one before it:
//!
//! 1. `parse` ([`postpress_openapi`]): YAML or JSON to a tree in which every value knows its line and column;
//! 2. `normalize`: the tree as OpenAPI 3.0 would have it written. What is wrong, but has one plain meaning, becomes what was
//!    meant, with a warning; what OpenAPI 3.1 says in words of its own is said in those of 3.0;
//! 3. `check`: reports everything that is wrong with the document at once, and makes an index of its objects, which also
//!    says what was refused;
//! 4. `lower`: the document in terms of Rust, the intermediate representation: operations, types, forms. A schema that no type
//!    stands for is a JSON value, with a warning; what cannot be sent is an error. This is the only reading of the document: the stages after it see the IR alone;
//! 5. `print`: the IR to Rust. Every line has one author:
//!    - [progenitor](https://docs.rs/progenitor-impl) prints the structs of `types.rs`, from a document that has nothing but them
//!      (`print/progenitor/document.rs`). Its print is kept, but for the list of amendments in `print/progenitor/amend.rs`, each of which says
//!      why. It is good at structs: types, boxes, defaults, and what is skipped.
//!    - We print the rest (`print/emit`), because progenitor cannot, or loses something by it: operations with multipart bodies, parameters
//!      in all styles and responses of any status; enums that keep values they do not know; unions told apart by a tag; forms; the
//!      catalogue of errors.
//! 6. `format`: tokens to text, in one file for each concern; in those of large documents, for each tag as well (`layout`).
//!
//! [`read`] stops after `lower` and returns the IR, for tools that reason about what would be generated.
//!
//! The output is a function of the document's bytes: the same on every machine and in every run. The crate reads and
//! writes no files and knows nothing of any particular service.

mod check;
mod format;
mod generate;
pub mod ir;
mod layout;
mod lower;
mod names;
mod normalize;
mod package;
mod print;
mod select;

pub use generate::{File, Output, Settings, Summary, generate, read};
pub use layout::FEW_TAGS;
pub use normalize::Loader;
pub use package::{PackageError, RuntimeSource, package};
pub use postpress_openapi::{Diagnostic, Diagnostics, Severity, Source};
pub use print::emit::{
    bodies::variants as body_variants,
    client::server_constants,
    samples::{Examples, Samples, sample_client},
};
pub use select::{Filter, Skipped};
