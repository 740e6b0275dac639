//! Operations: where they are, what they take and how they respond.

use std::collections::BTreeMap;

use postpress_openapi::{self as openapi, Document, Node};

use super::{DocumentError, Schema, member, members, resolve, text};
use crate::Operation;

/// One operation of the document.
#[derive(Debug)]
pub(crate) struct Endpoint {
    pub(crate) operation: Operation,
    pub(crate) method: String,
    /// The path between its slashes. One that begins with a brace is a parameter.
    segments: Vec<String>,
    /// The parameters in the query, as the properties of an object.
    pub(crate) query: Schema,
    /// Those of them that are lists in one parameter, with commas between the members.
    pub(crate) joined: Vec<String>,
    /// The form that it takes as a body.
    pub(crate) form: Option<Schema>,
    /// The status of success.
    pub(crate) success: u16,
    /// What the body of a response is, by status.
    responses: BTreeMap<u16, Schema>,
    /// The documented errors, in the document's order.
    pub(crate) errors: Vec<ErrorType>,
}

/// An error type that an operation documents.
#[derive(Clone, Debug)]
pub(crate) struct ErrorType {
    /// `errors/insufficient_credits`.
    pub(crate) name: String,
    /// The status that it comes with in this operation.
    pub(crate) status: u16,
    /// What it means in this operation.
    pub(crate) description: String,
}

impl Endpoint {
    /// Whether a path, relative to the base path, leads here.
    pub(super) fn matches(&self, path: &[&str]) -> bool {
        let mut pairs = self.segments.iter().zip(path);
        path.len() == self.segments.len()
            && pairs.all(|(segment, given)| segment.starts_with('{') || segment == given)
    }

    /// The value that a path which leads here has for the parameter.
    pub(super) fn parameter(&self, path: &[&str]) -> Option<String> {
        let mut segments = self.segments.iter();
        let place = segments.position(|segment| segment.starts_with('{'))?;
        path.get(place).map(|&value| value.to_owned())
    }

    /// The row of this operation for an error type.
    pub(crate) fn error(&self, name: &str) -> Option<&ErrorType> {
        self.errors.iter().find(|row| row.name == name)
    }

    /// What the body of a response with `status` is.
    pub(crate) fn response(&self, status: u16) -> Option<&Schema> {
        self.responses.get(&status)
    }
}

/// The operations of the document that this crate implements.
pub(super) fn endpoints(document: &Document) -> Result<Vec<Endpoint>, DocumentError> {
    let mut endpoints = Vec::new();
    for found in document.endpoints() {
        // One that was added to the document later has no behaviour here yet.
        if let Some(operation) = found.id().and_then(|id| id.parse().ok()) {
            let endpoint = endpoint(document, operation, &found);
            endpoints.push(
                endpoint
                    .map_err(|error| DocumentError::new(format!("{operation}: {}", error.0)))?,
            );
        }
    }
    Ok(endpoints)
}

fn endpoint(
    document: &Document,
    operation: Operation,
    found: &openapi::Endpoint<'_>,
) -> Result<Endpoint, DocumentError> {
    let value = found.at.node;
    let mut responses = BTreeMap::new();
    let mut errors = Vec::new();
    for response in members(member(value, "responses")?)? {
        let status: u16 = response
            .key
            .parse()
            .map_err(|_| DocumentError::new(format!("`{}` is not a status", response.key)))?;
        let schema = body(document, &response.value, "application/json")?;
        if status >= 300 {
            errors.extend(error_types(status, &schema)?);
        }
        responses.insert(status, schema);
    }
    let success = responses.keys().find(|status| **status < 300).copied();
    let (query, joined) = query(document, found)?;
    let form = value.get("requestBody");
    Ok(Endpoint {
        operation,
        method: found.method.to_uppercase(),
        segments: found.path.split('/').skip(1).map(str::to_owned).collect(),
        query,
        joined,
        form: form
            .map(|form| body(document, form, "multipart/form-data"))
            .transpose()?,
        success: success.ok_or_else(|| DocumentError::new("no response for success"))?,
        responses,
        errors,
    })
}

/// The schema of a request's or a response's body in this media type.
fn body(document: &Document, node: &Node, media_type: &str) -> Result<Schema, DocumentError> {
    let content = member(resolve(document, node)?, "content")?;
    Schema::read(document, member(member(content, media_type)?, "schema")?)
}

/// The error types that a response lists as the values of its property `type`.
fn error_types(status: u16, schema: &Schema) -> Result<Vec<ErrorType>, DocumentError> {
    let names = schema.property("type");
    let (names, descriptions) = names.map_or((&[][..], &[][..]), |it| {
        let names = it.values.as_deref();
        (names.unwrap_or_default(), &it.value_descriptions)
    });
    if names.is_empty() || names.len() != descriptions.len() {
        let message = format!("the response {status} lacks error types or their descriptions");
        return Err(DocumentError::new(message));
    }
    let rows = names.iter().zip(descriptions);
    let rows = rows.map(|(name, description)| ErrorType {
        name: name.as_str().unwrap_or_default().to_owned(),
        status,
        description: description.clone(),
    });
    Ok(rows.collect())
}

fn query(
    document: &Document,
    found: &openapi::Endpoint<'_>,
) -> Result<(Schema, Vec<String>), DocumentError> {
    let mut schema = Schema::default();
    let mut joined = Vec::new();
    for parameter in found.parameters(|parameter| parameter.resolve(document)) {
        if parameter.text("in") != Some("query") {
            continue;
        }
        let name = text(member(parameter.node, "name")?)?.to_owned();
        if parameter.flag("required") == Some(true) {
            schema.required.insert(name.clone());
        }
        if parameter.flag("explode") == Some(false) {
            joined.push(name.clone());
        }
        let value = Schema::read(document, member(parameter.node, "schema")?)?;
        schema.properties.push((name, value));
    }
    Ok((schema, joined))
}
