//! The client that the generator makes of each document in `documents/`, as a module of the document's name. `run/` sends the
//! requests of each and has it read responses.

include!(concat!(env!("OUT_DIR"), "/modules.rs"));
