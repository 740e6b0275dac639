//! The example responses of the pages.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::answer::Answer;

/// The body of the response that the page of an operation shows.
pub fn response(operation: &str) -> Value {
    let path = format!("data/examples/{operation}.response.json");
    serde_json::from_str(&data(&path)).expect("an example that is not JSON")
}

/// A file of the test data, by its path from the folder of this workspace member.
pub fn data(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The answer of the page, with the status that it documents.
pub fn answer(operation: &str) -> Answer {
    let status = match operation {
        "startChat" | "sendMessage" => "201 Created",
        _ => "200 OK",
    };
    Answer::json(status, &response(operation))
}
