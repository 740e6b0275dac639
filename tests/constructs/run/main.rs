//! Sends the requests of the client that is generated from each document in `documents/` to a server that records them.
//!
//! Each document has a module of its name, in the file of its kind.

#[macro_use]
mod wire;

mod bodies;
mod clients;
mod forms;
mod parameters;
