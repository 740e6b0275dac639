//! The example responses of the pages.

use serde_json::Value;

use crate::answer::Answer;
use crate::facts::Facts;

/// The body of the response that the page of an operation shows.
pub fn response(operation: &str) -> Value {
    let response = Facts::of(operation).response();
    response.unwrap_or_else(|| panic!("the page of {operation} shows no response"))
}

/// The answer of the page, with the status that it documents.
pub fn answer(operation: &str) -> Answer {
    let facts = Facts::of(operation);
    let status = format!("{} OK", facts.place().success);
    match facts.response() {
        Some(body) => Answer::json(&status, &body),
        None => Answer::new(&status, &[], ""),
    }
}
