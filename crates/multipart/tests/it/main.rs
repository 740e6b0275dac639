//! What forms are made of, read back and sent as: one program, which is linked once.

#![allow(clippy::unwrap_used, reason = "helpers outside the test functions too")]

mod bytes;
mod changes;
#[cfg(target_os = "linux")]
mod opens;
mod parsers;
mod python;
mod refusals;
mod support;
mod wire;
