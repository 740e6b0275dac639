//! The error types that an operation documents.

use serde_json::Value;

use super::DocumentError;
use super::schema::{array, target};

/// One row of an operation's table of errors.
#[derive(Clone, Debug)]
pub(crate) struct ErrorType {
    /// `errors/insufficient_credits`.
    pub(crate) name: String,
    /// The status that it comes with in this operation.
    pub(crate) status: u16,
    /// What it means in this operation.
    pub(crate) description: String,
}

/// Reads the rows from the schema of one error response.
pub(super) fn rows(
    root: &Value,
    status: u16,
    schema: &Value,
) -> Result<Vec<ErrorType>, DocumentError> {
    let Some(types) = types(root, schema)? else {
        return Err(DocumentError::new(format!(
            "a response {status} has no error types"
        )));
    };
    let names = array(&types["enum"])?;
    let descriptions = array(&types["x-enum-descriptions"])?;
    if names.len() != descriptions.len() {
        return Err(DocumentError::new(format!(
            "error types of {status} lack descriptions"
        )));
    }
    let rows = names
        .iter()
        .zip(descriptions)
        .map(|(name, description)| ErrorType {
            name: name.as_str().unwrap_or_default().to_owned(),
            status,
            description: description.as_str().unwrap_or_default().to_owned(),
        });
    Ok(rows.collect())
}

/// The property `type` that has a list of values, wherever in an `allOf` it stands.
fn types<'d>(root: &'d Value, schema: &'d Value) -> Result<Option<&'d Value>, DocumentError> {
    if let Some(reference) = schema.get("$ref") {
        return types(root, target(root, reference)?);
    }
    let own = &schema["properties"]["type"];
    if own["enum"].is_array() {
        return Ok(Some(own));
    }
    for part in schema
        .get("allOf")
        .map(array)
        .transpose()?
        .into_iter()
        .flatten()
    {
        if let Some(found) = types(root, part)? {
            return Ok(Some(found));
        }
    }
    Ok(None)
}
