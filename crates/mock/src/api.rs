//! The API as the OpenAPI document describes it: base paths, operations and error types.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use postpress_openapi::{self as openapi, Diagnostics, Document, Source};
use serde::Deserialize;
use serde_json::Value;

use crate::Operation;
use crate::schema::{DocumentError, Schema, resolve};

/// The copy of `spec/postpress.yaml` that `cargo xtask generate` puts into this crate.
const DOCUMENT: &str = include_str!("../spec/postpress.yaml");

/// What the server needs of the document.
#[derive(Debug)]
pub(crate) struct Api {
    endpoints: Vec<Endpoint>,
    /// The paths of the documented servers: `/v1`, `/api/v1`. The first is the default.
    pub(crate) base_paths: Vec<String>,
}

/// What the path and the method of a request lead to.
#[derive(Debug)]
pub(crate) enum Route<'d> {
    /// A documented operation, with the value of its `{parameter}` as the path has it, undecoded, if it has one.
    Operation(&'d Endpoint, Option<String>),
    /// A documented path with an undocumented method. These are the documented ones.
    WrongMethod(Vec<&'d str>),
    /// An undocumented path.
    Unknown,
}

/// One operation of the document: where it is, what it takes and how it responds.
#[derive(Debug)]
pub(crate) struct Endpoint {
    pub(crate) operation: Operation,
    method: String,
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
    /// The documented errors, in the order of their statuses.
    errors: Vec<ErrorType>,
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

/// A parameter as the document has it.
#[derive(Deserialize)]
struct Parameter {
    name: String,
    #[serde(rename = "in")]
    place: String,
    #[serde(default)]
    required: bool,
    explode: Option<bool>,
    schema: Value,
}

impl Api {
    /// What the document of this crate describes. It is read once, when the first server starts.
    pub(crate) fn embedded() -> Result<&'static Api, DocumentError> {
        static API: OnceLock<Result<Api, DocumentError>> = OnceLock::new();
        let api = API.get_or_init(|| Api::parse(DOCUMENT));
        api.as_ref().map_err(Clone::clone)
    }

    fn parse(text: &str) -> Result<Api, DocumentError> {
        let mut diagnostics = Diagnostics::default();
        let name = "spec/postpress.yaml";
        let document = Document::parse(&Source { name, text }, &mut diagnostics);
        let document = document.filter(|_| !diagnostics.has_errors());
        let document = document.ok_or_else(|| DocumentError(diagnostics.to_string()))?;
        let json = document.root.to_json();
        let base_paths = base_paths(&json)?;
        let mut endpoints = Vec::new();
        for operation in Operation::ALL {
            let all = document.endpoints();
            let found = all
                .iter()
                .find(|it| it.id() == Some(&operation.to_string()));
            let found = found.ok_or_else(|| DocumentError(format!("there is no {operation}")))?;
            let endpoint = endpoint(&document, &json, operation, found);
            endpoints.push(endpoint.map_err(|it| DocumentError(format!("{operation}: {it}")))?);
        }
        Ok(Api {
            endpoints,
            base_paths,
        })
    }

    /// How an operation is documented.
    pub(crate) fn endpoint(&self, operation: Operation) -> &Endpoint {
        let found = self.endpoints.iter().find(|it| it.operation == operation);
        // `parse` has made sure of it.
        found.unwrap_or_else(|| unreachable!("{operation} is in the document"))
    }

    /// Finds the operation for a request.
    pub(crate) fn route(&self, method: &str, path: &str) -> Route<'_> {
        let inner = self.base_paths.iter().find_map(|base| {
            let inner = path.strip_prefix(base.as_str())?;
            inner.strip_prefix('/')
        });
        let Some(inner) = inner else {
            return Route::Unknown;
        };
        let segments: Vec<&str> = inner.split('/').collect();
        // RFC 9110: whatever has GET has HEAD, with the same response but for the body.
        let method = match method {
            "HEAD" => "GET",
            other => other,
        };
        let matching = || self.endpoints.iter().filter(|it| it.matches(&segments));
        if let Some(endpoint) = matching().find(|it| it.method == method) {
            return Route::Operation(endpoint, endpoint.parameter(&segments));
        }
        let mut methods: Vec<&str> = matching().map(|it| it.method.as_str()).collect();
        if methods.contains(&"GET") {
            methods.push("HEAD");
        }
        match methods.is_empty() {
            true => Route::Unknown,
            false => Route::WrongMethod(methods),
        }
    }
}

impl Endpoint {
    /// Whether a path, relative to the base path, leads here.
    fn matches(&self, path: &[&str]) -> bool {
        let mut pairs = self.segments.iter().zip(path);
        path.len() == self.segments.len()
            && pairs.all(|(segment, given)| segment.starts_with('{') || segment == given)
    }

    /// The value that a path which leads here has for the parameter.
    fn parameter(&self, path: &[&str]) -> Option<String> {
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

/// The value of `key` in `node`.
fn member<'d>(node: &'d Value, key: &str) -> Result<&'d Value, DocumentError> {
    let member = node.get(key);
    member.ok_or_else(|| DocumentError(format!("there is no `{key}`")))
}

fn base_paths(json: &Value) -> Result<Vec<String>, DocumentError> {
    let servers = member(json, "servers")?.as_array().into_iter().flatten();
    let paths = servers.map(|server| {
        let url = server["url"].as_str().and_then(|url| url.split_once("://"));
        let (_, rest) = url.ok_or_else(|| DocumentError(format!("no URL: {server}")))?;
        let path = rest.find('/').map_or("", |slash| &rest[slash..]);
        Ok(path.trim_end_matches('/').to_owned())
    });
    paths.collect()
}

fn endpoint(
    document: &Document,
    json: &Value,
    operation: Operation,
    found: &openapi::Endpoint<'_>,
) -> Result<Endpoint, DocumentError> {
    // The schema of a request's or a response's body in this media type.
    let body = |node: &Value, media_type: &str| {
        let content = member(resolve(json, node)?, "content")?;
        Schema::read(json, member(member(content, media_type)?, "schema")?)
    };
    let node = found.at.node.to_json();
    let mut responses = BTreeMap::new();
    let mut errors = Vec::new();
    for (key, response) in member(&node, "responses")?
        .as_object()
        .into_iter()
        .flatten()
    {
        let status = key.parse();
        let status: u16 = status.map_err(|_| DocumentError(format!("`{key}` is not a status")))?;
        let schema = body(response, "application/json")?;
        if status >= 300 {
            errors.extend(error_types(status, &schema)?);
        }
        responses.insert(status, schema);
    }
    let success = responses.keys().find(|status| **status < 300).copied();
    let mut query = Schema::default();
    let mut joined = Vec::new();
    for parameter in found.parameters(|parameter| parameter.resolve(document)) {
        let parameter = Parameter::deserialize(parameter.node.to_json())
            .map_err(|error| DocumentError(format!("a parameter: {error}")))?;
        if parameter.place != "query" {
            continue;
        }
        let name = parameter.name;
        if parameter.required {
            query.required.insert(name.clone());
        }
        if parameter.explode == Some(false) {
            joined.push(name.clone());
        }
        let schema = Schema::read(json, &parameter.schema)?;
        query.properties.insert(name, schema);
    }
    let form = node.get("requestBody");
    Ok(Endpoint {
        operation,
        method: found.method.to_uppercase(),
        segments: found.path.split('/').skip(1).map(str::to_owned).collect(),
        query,
        joined,
        form: form.map(|it| body(it, "multipart/form-data")).transpose()?,
        success: success.ok_or_else(|| DocumentError("no response for success".to_owned()))?,
        responses,
        errors,
    })
}

/// The error types that a response lists as the values of its property `type`.
fn error_types(status: u16, schema: &Schema) -> Result<Vec<ErrorType>, DocumentError> {
    let property = schema.property("type");
    let types = property.and_then(|it| Some((it.values.as_ref()?, &it.value_descriptions)));
    let types = types.filter(|(names, descriptions)| names.len() == descriptions.len());
    let (names, descriptions) = types.ok_or_else(|| {
        DocumentError(format!(
            "the response {status} lacks error types or their descriptions"
        ))
    })?;
    let rows = names.iter().zip(descriptions);
    let rows = rows.map(|(name, description)| ErrorType {
        name: name.as_str().unwrap_or_default().to_owned(),
        status,
        description: description.clone(),
    });
    Ok(rows.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn api() -> &'static Api {
        Api::embedded().expect("the document can be served")
    }

    #[test]
    fn both_base_paths_are_the_documented_ones() {
        assert_eq!(api().base_paths, ["/v1", "/api/v1"]);
    }

    #[test]
    fn requests_are_routed_under_both_base_paths() {
        for base in ["/v1", "/api/v1"] {
            let path = format!("{base}/chats/chat_1/messages");
            let Route::Operation(endpoint, parameter) = api().route("POST", &path) else {
                panic!("{path} is documented");
            };
            assert_eq!(endpoint.operation, Operation::SendMessage);
            assert_eq!(parameter.as_deref(), Some("chat_1"));
        }
    }

    #[test]
    fn a_path_that_is_not_documented_leads_nowhere() {
        for path in [
            "/chats",
            "/v2/chats",
            "/v1",
            "/v1/",
            "/v1chats",
            "/v1/chats/a/b",
        ] {
            let route = api().route("GET", path);
            assert!(matches!(route, Route::Unknown), "{path}");
        }
    }

    #[test]
    fn the_documented_methods_are_known_where_another_is_used() {
        let Route::WrongMethod(methods) = api().route("DELETE", "/v1/chats") else {
            panic!("DELETE is not documented");
        };
        assert_eq!(methods, ["GET", "POST", "HEAD"]);
    }

    #[test]
    fn what_cannot_be_served_is_named() {
        for (text, message) in [
            ("paths: [", "spec/postpress.yaml:2:1: error[syntax]"),
            ("paths: {}", "there is no `servers`"),
            ("servers: []", "there is no listChats"),
        ] {
            let error = Api::parse(text).expect_err(text).to_string();
            assert!(error.contains(message), "{error}");
        }
    }
}
