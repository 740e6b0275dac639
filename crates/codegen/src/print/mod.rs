//! Prints the IR as Rust: what progenitor can express, progenitor; the rest, [`emit`].

pub(crate) mod emit;
pub(crate) mod progenitor;
