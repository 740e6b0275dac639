//! Turns an OpenAPI 3.0 document into the source of a Rust client crate.

mod check;
pub mod diagnostic;
pub mod document;
mod parse;
pub mod pointer;
