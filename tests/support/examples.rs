//! The example responses of the pages.

use serde_json::Value;

use crate::facts::Facts;
use crate::response::Response;

/// The body of the response that the page of an operation shows.
pub fn body(operation: &str) -> Value {
    let response = Facts::of(operation).response();
    response.unwrap_or_else(|| panic!("the page of {operation} shows no response"))
}

/// The response of the page, with the status that it documents.
pub fn response(operation: &str) -> Response {
    let facts = Facts::of(operation);
    let status = format!("{} OK", facts.place().success);
    match facts.response() {
        Some(body) => Response::json(&status, &body),
        None => Response::new(&status, &[], ""),
    }
}
