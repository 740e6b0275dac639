//! Which request a response or an error belongs to.

use std::fmt;

use reqwest::Method;

/// Which request a response or an error belongs to: the operation, the method and the path. Query values, headers and
/// credentials are left out, so that it can be logged; the path may hold ids.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestContext {
    pub(crate) operation_id: &'static str,
    pub(crate) method: Method,
    pub(crate) path_template: &'static str,
    pub(crate) path: String,
}

impl RequestContext {
    /// The id of the operation, as the document has it: `sendMessage`.
    pub fn operation_id(&self) -> &'static str {
        self.operation_id
    }

    /// The HTTP method.
    pub fn method(&self) -> &Method {
        &self.method
    }

    /// The path with its placeholders, as the document has it: `/chats/{chat_id}/messages`.
    pub fn path_template(&self) -> &'static str {
        self.path_template
    }

    /// The path of the URL, the base URL's own path included: `/v1/chats/chat_1/messages`.
    pub fn path(&self) -> &str {
        &self.path
    }
}

/// The method and path: `POST /v1/chats/chat_1/messages`.
impl fmt::Display for RequestContext {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method, self.path)
    }
}
