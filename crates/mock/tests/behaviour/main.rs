//! What the server does, seen from outside: over HTTP, by clients that share no code with it.

mod assertions;
mod curl;
mod errors;
mod faults;
mod inbox;
mod listing;
mod program;
mod requests;
mod resilience;
mod schemathesis;
mod sending;
mod support;
