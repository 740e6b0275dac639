//! The client that the generator makes of each document in `documents/`, as a module of the document's name. `run/` sends the
//! requests of each and has it read responses. Beside each, and beside that of our own document, are the sample calls that the
//! reference shows of its operations: it is enough that they compile.

#![allow(
    clippy::module_inception,
    reason = "a document may be called as a module of its client is"
)]

include!(concat!(env!("OUT_DIR"), "/modules.rs"));
