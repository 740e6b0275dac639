//! What holds for the workspace as a whole: the document, what is generated from it, and what that sends and reads.

#![allow(clippy::unwrap_used, reason = "helpers outside the test functions too")]

mod conformance;
mod decoding;
mod first_message;
mod parsers;
mod uploads;
mod wire;
