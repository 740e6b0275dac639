//! The OpenAPI document: what the server serves, demands and answers is read from it when the first server starts.

mod catalogue;
mod endpoint;
mod schema;
mod yaml;

use std::sync::OnceLock;

use serde_json::Value;

pub(crate) use self::catalogue::ErrorType;
pub(crate) use self::endpoint::Endpoint;
pub(crate) use self::schema::{Kind, Schema};
use crate::Operation;

/// `spec/postpress.yaml`. In the repository this is a link to it; in a published package, a copy.
const TEXT: &str = include_str!("../spec/postpress.yaml");

/// What the server needs of the document.
#[derive(Debug)]
pub(crate) struct Document {
    endpoints: Vec<Endpoint>,
    /// The paths of the documented servers: `/v1`, `/api/v1`. The first is the default.
    pub(crate) base_paths: Vec<String>,
    /// A chat with its last message, as `getChat` answers it.
    chat: Schema,
}

/// The document is not one that this crate can serve.
#[derive(Clone, Debug, thiserror::Error)]
#[error("spec/postpress.yaml: {0}")]
pub(crate) struct DocumentError(String);

impl DocumentError {
    fn new(message: impl Into<String>) -> DocumentError {
        DocumentError(message.into())
    }
}

/// What the path and the method of a request lead to.
#[derive(Debug)]
pub(crate) enum Route<'d> {
    /// A documented operation, with the value of its `{parameter}` as it stands in the path, if it has one.
    Found(&'d Endpoint, Option<String>),
    /// A documented path, by a method that it does not have. These it has.
    WrongMethod(Vec<&'d str>),
    /// No documented path.
    Unknown,
}

impl Document {
    /// The document of this crate, read once.
    pub(crate) fn embedded() -> Result<&'static Document, DocumentError> {
        static DOCUMENT: OnceLock<Result<Document, DocumentError>> = OnceLock::new();
        DOCUMENT
            .get_or_init(|| Document::parse(TEXT))
            .as_ref()
            .map_err(Clone::clone)
    }

    fn parse(text: &str) -> Result<Document, DocumentError> {
        let root = yaml::parse(text)?;
        let endpoints = endpoint::endpoints(&root)?;
        for operation in Operation::ALL {
            if !endpoints.iter().any(|it| it.operation == *operation) {
                return Err(DocumentError::new(format!("there is no {operation}")));
            }
        }
        let chat = endpoints
            .iter()
            .find(|it| it.operation == Operation::GetChat)
            .map(|it| it.success.1.clone())
            .ok_or_else(|| DocumentError::new("no schema of a chat"))?;
        Ok(Document {
            base_paths: base_paths(&root)?,
            endpoints,
            chat,
        })
    }

    /// How an operation is documented.
    #[cfg(test)]
    pub(crate) fn endpoint(&self, operation: Operation) -> &Endpoint {
        let found = self.endpoints.iter().find(|it| it.operation == operation);
        // `parse` has made sure of it.
        found.unwrap_or_else(|| unreachable!("{operation} is in the document"))
    }

    pub(crate) fn chat(&self) -> &Schema {
        &self.chat
    }

    /// Finds the operation for a request.
    pub(crate) fn route(&self, method: &str, path: &str) -> Route<'_> {
        let inner = self.base_paths.iter().find_map(|base| {
            let inner = path.strip_prefix(base.as_str())?;
            inner.starts_with('/').then_some(inner)
        });
        let Some(inner) = inner else {
            return Route::Unknown;
        };
        let segments: Vec<&str> = inner[1..].split('/').collect();
        let mut methods = Vec::new();
        for endpoint in &self.endpoints {
            if let Some(parameter) = endpoint.matches(&segments) {
                if endpoint.method == method {
                    return Route::Found(endpoint, parameter.map(str::to_owned));
                }
                methods.push(endpoint.method.as_str());
            }
        }
        if methods.is_empty() {
            Route::Unknown
        } else {
            Route::WrongMethod(methods)
        }
    }
}

fn base_paths(root: &Value) -> Result<Vec<String>, DocumentError> {
    let servers = root["servers"].as_array().map_or(&[][..], Vec::as_slice);
    let paths: Option<Vec<String>> = servers
        .iter()
        .map(|server| {
            let (_, rest) = server["url"].as_str()?.split_once("://")?;
            let path = rest.find('/').map_or("", |slash| &rest[slash..]);
            Some(path.trim_end_matches('/').to_owned())
        })
        .collect();
    paths
        .filter(|paths| !paths.is_empty())
        .ok_or_else(|| DocumentError::new("`servers` needs absolute URLs"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document() -> &'static Document {
        Document::embedded().expect("the document can be served")
    }

    #[test]
    fn the_document_can_be_served() {
        document();
    }

    #[test]
    fn both_base_paths_are_the_documented_ones() {
        assert_eq!(document().base_paths, ["/v1", "/api/v1"]);
    }

    #[test]
    fn requests_are_routed_under_both_base_paths() {
        for base in ["/v1", "/api/v1"] {
            let path = format!("{base}/chats/chat_1/messages");
            let Route::Found(endpoint, parameter) = document().route("POST", &path) else {
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
            assert!(
                matches!(document().route("GET", path), Route::Unknown),
                "{path}"
            );
        }
    }

    #[test]
    fn another_method_learns_which_there_are() {
        let Route::WrongMethod(methods) = document().route("DELETE", "/v1/chats") else {
            panic!("DELETE is not documented");
        };
        assert_eq!(methods, ["GET", "POST"]);
    }

    #[test]
    fn the_catalogue_has_every_row_of_the_pages() {
        let rows = Operation::ALL
            .iter()
            .map(|operation| document().endpoint(*operation).errors.len());
        assert_eq!(rows.sum::<usize>(), 213);
    }
}
