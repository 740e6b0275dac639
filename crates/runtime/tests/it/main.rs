//! What generated code calls, through the public API. One program, since each one is linked anew.
#![allow(clippy::unwrap_used, reason = "helpers of tests are tests, too")]

mod decode;
mod exchange;
mod leaves;
mod odd;
mod open_enums;
mod request;
#[cfg(feature = "schemars")]
mod schemas;
mod support;
mod timestamps;
mod unions;
