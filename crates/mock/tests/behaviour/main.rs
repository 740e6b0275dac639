//! What the server does, seen from outside: over HTTP, by clients that share no code with it.

mod assertions;
mod curl;
mod documents;
mod errors;
#[path = "../../../../tests/support/facts.rs"]
#[expect(
    dead_code,
    unreachable_pub,
    reason = "the rest is for the tests of the workspace"
)]
mod facts;
mod faults;
mod inbox;
mod listing;
mod program;
mod requests;
mod resilience;
mod schemathesis;
mod sending;
mod support;
