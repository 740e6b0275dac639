//! What the generator makes of each document in `documents/`: compiled, and tried by the tests of this crate.

include!(concat!(env!("OUT_DIR"), "/modules.rs"));
