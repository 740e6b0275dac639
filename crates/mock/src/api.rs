//! The API as the OpenAPI document describes it: base paths, operations, schemas and error types.

mod endpoint;
mod schema;

use std::sync::OnceLock;

use postpress_openapi::{Diagnostics, Document, Entry, Node, Source};

pub(crate) use self::endpoint::{Endpoint, ErrorType};
pub(crate) use self::schema::{JsonType, Schema};
use crate::Operation;

/// The copy of `spec/postpress.yaml` that `cargo xtask generate` puts into this crate.
const DOCUMENT: &str = include_str!("../spec/postpress.yaml");

/// What the server needs of the document.
#[derive(Debug)]
pub(crate) struct Api {
    endpoints: Vec<Endpoint>,
    /// The paths of the documented servers: `/v1`, `/api/v1`. The first is the default.
    pub(crate) base_paths: Vec<String>,
}

/// The document is not one that this crate can serve.
#[derive(Clone, Debug, thiserror::Error)]
#[error("{0}")]
pub(crate) struct DocumentError(String);

impl DocumentError {
    fn new(message: impl Into<String>) -> DocumentError {
        DocumentError(message.into())
    }

    /// A value is not what it has to be: `a list`.
    fn expected(what: &str, node: &Node) -> DocumentError {
        let (line, kind) = (node.at.line, node.kind());
        DocumentError(format!("line {line}: expected {what}, found {kind}"))
    }
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

impl Api {
    /// What the document of this crate describes. It is read once, when the first server starts.
    pub(crate) fn embedded() -> Result<&'static Api, DocumentError> {
        static API: OnceLock<Result<Api, DocumentError>> = OnceLock::new();
        let api = API.get_or_init(|| Api::parse(DOCUMENT));
        api.as_ref().map_err(Clone::clone)
    }

    fn parse(text: &str) -> Result<Api, DocumentError> {
        let document = parse_document("spec/postpress.yaml", text)?;
        let base_paths = base_paths(&document)?;
        let endpoints = endpoint::endpoints(&document)?;
        for operation in Operation::ALL {
            if !endpoints.iter().any(|it| it.operation == *operation) {
                return Err(DocumentError::new(format!("there is no {operation}")));
            }
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

fn parse_document(name: &str, text: &str) -> Result<Document, DocumentError> {
    let mut diagnostics = Diagnostics::default();
    let document = Document::parse(&Source { name, text }, &mut diagnostics);
    document
        .filter(|_| !diagnostics.has_errors())
        .ok_or_else(|| DocumentError::new(diagnostics.to_string()))
}

/// The value of `key` in the object `node`.
fn member<'d>(node: &'d Node, key: &str) -> Result<&'d Node, DocumentError> {
    let found = node.get(key);
    found.ok_or_else(|| DocumentError::expected(&format!("an object with `{key}`"), node))
}

fn members(node: &Node) -> Result<&[Entry], DocumentError> {
    let members = node.as_object();
    members.ok_or_else(|| DocumentError::expected("an object", node))
}

fn items(node: &Node) -> Result<&[Node], DocumentError> {
    let items = node.as_array();
    items.ok_or_else(|| DocumentError::expected("a list", node))
}

fn text(node: &Node) -> Result<&str, DocumentError> {
    let text = node.as_str();
    text.ok_or_else(|| DocumentError::expected("a string", node))
}

/// The node itself or, if it is a reference, what that leads to.
fn resolve<'d>(document: &'d Document, node: &'d Node) -> Result<&'d Node, DocumentError> {
    let resolved = document.resolve(node);
    resolved.ok_or_else(|| DocumentError::expected("a reference that leads somewhere", node))
}

fn base_paths(document: &Document) -> Result<Vec<String>, DocumentError> {
    let servers = member(&document.root, "servers")?;
    let paths = items(servers)?.iter().map(|server| {
        let url = member(server, "url")?;
        let (_, rest) = text(url)?
            .split_once("://")
            .ok_or_else(|| DocumentError::expected("an absolute URL", url))?;
        let path = rest.find('/').map_or("", |slash| &rest[slash..]);
        Ok(path.trim_end_matches('/').to_owned())
    });
    paths.collect()
}

#[cfg(test)]
pub(crate) mod tests {
    use serde_json::json;

    use super::*;

    /// The schema that this JSON is, and other schemas that it may refer to.
    pub(crate) fn schema(schema: &serde_json::Value) -> Result<Schema, DocumentError> {
        let document = parse_document("test.json", &schema.to_string())?;
        Schema::read(&document, &document.root)
    }

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
    fn what_cannot_be_served_is_named_with_its_line() {
        for (text, message) in [
            ("paths: [", "spec/postpress.yaml:2:1: error[syntax]"),
            ("paths: {}", "line 1: expected an object with `servers`"),
            ("\nservers: {}", "line 2: expected a list, found an object"),
            ("servers: []", "there is no listChats"),
        ] {
            let error = Api::parse(text).expect_err(text).to_string();
            assert!(error.contains(message), "{error}");
        }
        for (json, message) in [
            (json!({ "type": ["null"] }), "line 1: expected a string"),
            (json!({ "minimum": "1" }), "expected a value of `minimum`"),
            (
                json!({ "allOf": [{ "type": "string" }, { "type": "object" }] }),
                "`type` that goes with",
            ),
            (
                json!({ "$ref": "#/nowhere" }),
                "a reference that leads somewhere",
            ),
        ] {
            let error = schema(&json).expect_err(message).to_string();
            assert!(error.contains(message), "{error}");
        }
    }
}
