//! Operations: where they are, what they take, what they answer.

use std::sync::Arc;

use serde_json::Value;

use super::schema::{array, object, target};
use super::{DocumentError, ErrorType, Schema, catalogue};
use crate::Operation;

/// One operation of the document.
#[derive(Debug)]
pub(crate) struct Endpoint {
    pub(crate) operation: Operation,
    pub(crate) method: String,
    segments: Vec<Segment>,
    /// The parameters in the query, as the properties of an object.
    pub(crate) query: Schema,
    /// Those of them that are lists in one parameter, with commas between the members.
    pub(crate) joined: Vec<String>,
    /// The form that it takes as a body.
    pub(crate) form: Option<Schema>,
    /// The status of success, and what is answered then.
    pub(crate) success: (u16, Schema),
    /// What is answered with each other status.
    failures: Vec<(u16, Schema)>,
    /// The documented errors, in the document's order.
    pub(crate) errors: Vec<ErrorType>,
}

#[derive(Debug)]
enum Segment {
    Literal(String),
    Parameter,
}

impl Endpoint {
    /// Whether a path leads here; then with the value of its parameter, if it has one.
    #[expect(
        clippy::option_option,
        reason = "matching and having a parameter are two things"
    )]
    pub(super) fn matches<'p>(&self, path: &[&'p str]) -> Option<Option<&'p str>> {
        if path.len() != self.segments.len() {
            return None;
        }
        let mut parameter = None;
        for (segment, given) in self.segments.iter().zip(path) {
            match segment {
                Segment::Literal(literal) if literal == given => {}
                Segment::Literal(_) => return None,
                Segment::Parameter => parameter = Some(*given),
            }
        }
        Some(parameter)
    }

    /// The row of this operation for an error type.
    pub(crate) fn error(&self, name: &str) -> Option<&ErrorType> {
        self.errors.iter().find(|row| row.name == name)
    }

    /// The schema of what is answered with `status`.
    pub(crate) fn answer(&self, status: u16) -> Option<&Schema> {
        if self.success.0 == status {
            return Some(&self.success.1);
        }
        let found = self.failures.iter().find(|(known, _)| *known == status)?;
        Some(&found.1)
    }
}

/// The operations of the document that this crate implements.
pub(super) fn endpoints(root: &Value) -> Result<Vec<Endpoint>, DocumentError> {
    let mut endpoints = Vec::new();
    for (path, item) in object(&root["paths"])? {
        for (method, value) in object(item)? {
            // One that was added to the document later has no behaviour here yet.
            let operation = value["operationId"].as_str().and_then(|id| id.parse().ok());
            if let Some(operation) = operation {
                let endpoint = endpoint(root, operation, path, method, value);
                endpoints
                    .push(endpoint.map_err(|error| {
                        DocumentError::new(format!("{operation}: {}", error.0))
                    })?);
            }
        }
    }
    Ok(endpoints)
}

fn endpoint(
    root: &Value,
    operation: Operation,
    path: &str,
    method: &str,
    value: &Value,
) -> Result<Endpoint, DocumentError> {
    let (query, joined) = query(root, value)?;
    let mut success = None;
    let mut failures = Vec::new();
    let mut errors = Vec::new();
    for (status, response) in object(&value["responses"])? {
        let response = match response.get("$ref") {
            Some(reference) => target(root, reference)?,
            None => response,
        };
        let schema = &response["content"]["application/json"]["schema"];
        let status: u16 = status
            .parse()
            .map_err(|_| DocumentError::new(format!("`{status}` is not a status")))?;
        if status < 300 {
            success = Some((status, Schema::read(root, schema)?));
        } else {
            failures.push((status, Schema::read(root, schema)?));
            errors.extend(catalogue::rows(root, status, schema)?);
        }
    }
    Ok(Endpoint {
        operation,
        method: method.to_uppercase(),
        segments: segments(path),
        query,
        joined,
        form: form(root, value)?,
        success: success.ok_or_else(|| DocumentError::new("no response for success"))?,
        failures,
        errors,
    })
}

fn segments(path: &str) -> Vec<Segment> {
    let segments = path.trim_start_matches('/').split('/');
    segments
        .map(|segment| match segment.starts_with('{') {
            true => Segment::Parameter,
            false => Segment::Literal(segment.to_owned()),
        })
        .collect()
}

fn query(root: &Value, operation: &Value) -> Result<(Schema, Vec<String>), DocumentError> {
    let mut schema = Schema::default();
    let mut joined = Vec::new();
    let parameters = operation.get("parameters").map(array).transpose()?;
    for parameter in parameters.into_iter().flatten() {
        let parameter = match parameter.get("$ref") {
            Some(reference) => target(root, reference)?,
            None => parameter,
        };
        if parameter["in"] != "query" {
            continue;
        }
        let name = parameter["name"].as_str().unwrap_or_default().to_owned();
        if parameter["required"] == true {
            schema.required.insert(name.clone());
        }
        if parameter["explode"] == false {
            joined.push(name.clone());
        }
        let value = Schema::read(root, &parameter["schema"])?;
        schema.properties.push((name, Arc::new(value)));
    }
    Ok((schema, joined))
}

fn form(root: &Value, operation: &Value) -> Result<Option<Schema>, DocumentError> {
    let body = operation.get("requestBody");
    body.map(|body| Schema::read(root, &body["content"]["multipart/form-data"]["schema"]))
        .transpose()
}
