//! Prints the IR as Rust: [`progenitor`] the structs that travel as JSON, [`emit`] the rest.

pub(crate) mod emit;
pub(crate) mod progenitor;
