//! Which request an error is about, without anything that should not be printed.

use std::fmt;

use reqwest::{Method, Request, Response};

/// The method and path of a request. Query values, headers and credentials are left out on purpose.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    method: Option<Method>,
    path: String,
}

impl Asked {
    pub(crate) fn of_request(request: &Request) -> Self {
        Self {
            method: Some(request.method().clone()),
            path: request.url().path().to_owned(),
        }
    }

    /// What [`remember`](Self::remember) left in the response; for a response of other origin, what its URL tells.
    pub(crate) fn of_response(response: &Response) -> Self {
        response
            .extensions()
            .get::<Self>()
            .cloned()
            .unwrap_or_else(|| Self {
                method: None,
                path: response.url().path().to_owned(),
            })
    }

    /// Leaves this with the response, for the errors of decoding its body.
    pub(crate) fn remember(self, response: &mut Response) {
        response.extensions_mut().insert(self);
    }

    pub(crate) fn method(&self) -> Option<&Method> {
        self.method.as_ref()
    }

    pub(crate) fn path(&self) -> &str {
        &self.path
    }
}

impl fmt::Display for Asked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(method) = &self.method {
            write!(f, "{method} ")?;
        }
        f.write_str(&self.path)
    }
}
