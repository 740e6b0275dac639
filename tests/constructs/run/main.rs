//! Sends the requests of the client that is generated from each document in `documents/` to a server that records them, and has
//! the client read what a service may respond with.
//!
//! Each document has a module of its name, in the file of its kind; that it has tests is tested here.

#[macro_use]
mod wire;

mod bodies;
mod bodies_several;
mod clients;
mod dialects;
mod enums;
mod errors;
mod forms;
mod large;
mod pages;
mod parameters;
mod responses;
mod responses_by_status;
mod types;
mod unions;
mod unions_overlapping;

use std::{collections::BTreeSet, env, fs, path::Path, process::Command};

#[test]
fn every_document_has_a_module_of_tests() {
    let list = Command::new(env::current_exe().unwrap())
        .arg("--list")
        .output()
        .unwrap();
    let list = String::from_utf8(list.stdout).unwrap();
    let modules: BTreeSet<&str> = list.lines().flat_map(|test| test.split("::")).collect();

    let documents = Path::new(env!("CARGO_MANIFEST_DIR")).join("documents");
    let untested: BTreeSet<String> = fs::read_dir(documents)
        .unwrap()
        .map(|entry| {
            let path = entry.unwrap().path();
            path.file_stem().unwrap().to_str().unwrap().to_owned()
        })
        .filter(|document| !modules.contains(document.as_str()))
        .collect();
    assert_eq!(untested, BTreeSet::new(), "documents without tests");
}
