//! The API as an OpenAPI document describes it: base paths, operations and error types.

mod read;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;

pub(crate) use self::read::essence;
use http::HeaderValue;
use http::header::HeaderName;
use postpress_openapi::schema::{Child, Reader, Schema, within};
use postpress_openapi::{Cursor, Diagnostics, Document, Source, codes};
use regex_lite::Regex;
use serde_json::Value;

use crate::operations::Behaviour;
use crate::response::{Response, empty, response, with_header};
use crate::sample::sample;
use crate::{check, lock};

/// The name and the text of a document.
type Text = (String, String);

/// The copy of `spec/postpress.yaml` that `cargo xtask generate` puts into this crate.
const DOCUMENT: &str = include_str!("../spec/postpress.yaml");

/// The document is not one that can be served.
#[derive(Clone, Debug, thiserror::Error)]
#[error("{0}")]
pub(crate) struct DocumentError(pub(crate) String);

/// What the server needs of the document.
pub(crate) struct Api {
    /// Those with fewer parameters in their paths first, since they are meant where both fit.
    endpoints: Vec<Endpoint>,
    /// The paths of the documented servers: `/v1`, `/api/v1`. The first is the default.
    pub(crate) base_paths: Vec<String>,
    /// What of the document is not served.
    pub(crate) findings: Vec<String>,
}

/// What the path and the method of a request lead to.
pub(crate) enum Route<'d> {
    /// A documented operation, with the values that its path has for the parameters, undecoded.
    Operation(&'d Endpoint, Vec<String>),
    /// A documented path with an undocumented method. These are the documented ones.
    WrongMethod(Vec<&'d str>),
    /// An undocumented path.
    Unknown,
}

/// One operation of the document: where it is, what it takes and how it responds.
pub(crate) struct Endpoint {
    pub(crate) id: String,
    /// What it does, where that is more than to respond with a sample.
    pub(crate) behaviour: Option<Behaviour>,
    method: String,
    /// Matches the paths, relative to the base path, with a group for each parameter.
    path: Regex,
    /// The names of the parameters in the path, in their order.
    pub(crate) path_names: Vec<String>,
    pub(crate) parameters: Vec<Parameter>,
    pub(crate) body: Option<Body>,
    /// The credentials that it takes: those of one of these lists.
    pub(crate) security: Vec<Vec<Credential>>,
    /// The status of success.
    pub(crate) success: u16,
    /// By status, `4XX` and `default` among them.
    responses: BTreeMap<String, Documented>,
    /// The documented errors, in the order of their statuses.
    pub(crate) errors: Vec<ErrorType>,
}

/// A parameter as the document has it.
pub(crate) struct Parameter {
    pub(crate) name: String,
    pub(crate) place: Place,
    pub(crate) required: bool,
    pub(crate) style: Style,
    pub(crate) schema: Child,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    Path,
    Query,
    Header,
    Cookie,
}

/// How several values are one parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    /// The name is repeated.
    Repeated,
    /// The members of a list in one text, between these.
    Joined(char),
    /// The members of an object under names in brackets: `name[key]`.
    Brackets,
    /// The members of an object under their own names.
    Spread,
    /// JSON.
    Json,
}

/// The body of a request.
pub(crate) struct Body {
    pub(crate) required: bool,
    pub(crate) contents: Vec<Content>,
}

/// The body of a request in one media type.
pub(crate) struct Content {
    /// Maybe with an asterisk for a part of it.
    pub(crate) media_type: String,
    pub(crate) schema: Child,
    /// The fields of a form that are JSON.
    pub(crate) json: BTreeSet<String>,
    /// The fields of a form that have the members of a list in one text, with commas between them.
    pub(crate) joined: BTreeSet<String>,
}

/// A header, a parameter of the query or a cookie that proves who is calling.
pub(crate) struct Credential {
    pub(crate) place: Place,
    pub(crate) name: String,
    /// The word before the key: `Bearer`.
    pub(crate) scheme: Option<&'static str>,
}

/// A response as the document has it.
pub(crate) struct Documented {
    schema: Option<Child>,
    media_type: Option<HeaderValue>,
    example: Option<Value>,
    headers: Vec<(HeaderName, Child)>,
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

impl Api {
    /// What the document of this crate describes.
    pub(crate) fn embedded() -> Result<&'static Api, DocumentError> {
        Api::of("spec/postpress.yaml", DOCUMENT)
    }

    /// What a document describes. Each is read once and kept, since servers are started by the hundred.
    pub(crate) fn of(name: &str, text: &str) -> Result<&'static Api, DocumentError> {
        static KNOWN: Mutex<BTreeMap<Text, Result<&'static Api, DocumentError>>> =
            Mutex::new(BTreeMap::new());
        let mut known = lock(&KNOWN);
        let read = || Api::read(name, text).map(|api| &*Box::leak(Box::new(api)));
        let api = known.entry((name.to_owned(), text.to_owned()));
        api.or_insert_with(read).clone()
    }

    fn read(name: &str, text: &str) -> Result<Api, DocumentError> {
        let mut diagnostics = Diagnostics::default();
        let document = Document::parse(&Source { name, text }, &mut diagnostics);
        let document = document.filter(|_| !diagnostics.has_errors());
        let document = document.ok_or_else(|| DocumentError(diagnostics.to_string()))?;
        let root = Cursor::root(&document);
        let version = root.text("openapi").unwrap_or_default();
        if !(version.starts_with("3.0") || version.starts_with("3.1")) {
            let at = root.get("openapi").unwrap_or(root);
            let message = format!("the document is written in {}", at.node.kind());
            let message = match at.node.as_str() {
                Some(version) => format!("the document is written in version {version} of OpenAPI"),
                None => message + ", which is no version of OpenAPI",
            };
            let help = "only OpenAPI 3.0 and 3.1 are served";
            diagnostics.report(codes::UNSUPPORTED_VERSION, &at, message, help);
            return Err(DocumentError(diagnostics.to_string()));
        }
        let mut reader = Reader::new(&document, check::format);
        let endpoints = document.endpoints();
        let mut endpoints: Vec<_> = endpoints
            .iter()
            .map(|it| read::endpoint(&mut reader, it))
            .collect();
        endpoints.sort_by_key(|it| it.path_names.len());
        let findings = diagnostics.iter().chain(reader.findings.iter());
        Ok(Api {
            base_paths: read::base_paths(&document),
            findings: findings.map(ToString::to_string).collect(),
            endpoints,
        })
    }

    /// The operation of this id.
    pub(crate) fn endpoint(&self, id: &str) -> Option<&Endpoint> {
        self.endpoints.iter().find(|it| it.id == id)
    }

    /// The ids of the operations.
    pub(crate) fn ids(&self) -> Vec<&str> {
        self.endpoints.iter().map(|it| it.id.as_str()).collect()
    }

    /// Finds the operation for a request.
    pub(crate) fn route(&self, method: &str, path: &str) -> Route<'_> {
        // RFC 9110: whatever has GET has HEAD, with the same response but for the body.
        let method = match method {
            "HEAD" => "GET",
            other => other,
        };
        let mut methods = Vec::new();
        for base in &self.base_paths {
            let Some(inner) = path.strip_prefix(base.as_str()) else {
                continue;
            };
            for endpoint in &self.endpoints {
                let Some(groups) = endpoint.path.captures(inner) else {
                    continue;
                };
                if endpoint.method == method {
                    let values = groups.iter().skip(1).flatten();
                    let values = values.map(|it| it.as_str().to_owned());
                    return Route::Operation(endpoint, values.collect());
                }
                methods.push(endpoint.method.as_str());
            }
        }
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
    /// The row of this operation for an error type.
    pub(crate) fn error(&self, name: &str) -> Option<&ErrorType> {
        self.errors.iter().find(|row| row.name == name)
    }

    /// The response that is documented for a status.
    pub(crate) fn response(&self, status: u16) -> Option<&Documented> {
        let exact = self.responses.get(&status.to_string());
        let class = || self.responses.get(&format!("{}XX", status / 100));
        exact
            .or_else(class)
            .or_else(|| self.responses.get("default"))
    }

    /// Whether a status is documented, by itself or with others.
    pub(crate) fn documents(&self, status: u16) -> bool {
        let class = format!("{}XX", status / 100);
        self.responses.contains_key(&status.to_string()) || self.responses.contains_key(&class)
    }

    /// The parameter of this name in the query.
    pub(crate) fn query(&self, name: &str) -> Option<&Schema> {
        let mut parameters = self.parameters.iter();
        let found = parameters.find(|it| it.place == Place::Query && it.name == name);
        found.map(|it| &*it.schema)
    }
}

impl Documented {
    /// What the body is.
    pub(crate) fn schema(&self) -> Option<&Schema> {
        self.schema.as_deref()
    }

    /// The response with the example of the document, or a sample of its schema. `detail` says why, where the body has a place
    /// for that.
    pub(crate) fn sample(&self, status: u16, detail: Option<&str>) -> Response {
        let Some(media_type) = &self.media_type else {
            return self.with_headers(empty(status));
        };
        let shown = self.example.clone();
        let mut value = shown.unwrap_or_else(|| self.schema().map_or(Value::Null, sample));
        if let (Some(detail), Some(schema)) = (detail, self.schema()) {
            say(schema, &mut value, detail);
        }
        let is_json = media_type.to_str().is_ok_and(|it| it.contains("json"));
        let body = match value {
            Value::String(text) if !is_json => text,
            value => value.to_string(),
        };
        self.with_headers(response(status, media_type.clone(), body))
    }

    fn with_headers(&self, response: Response) -> Response {
        let headers = self.headers.iter();
        headers.fold(response, |response, (name, schema)| {
            let value = match sample(schema) {
                Value::String(text) => text,
                value => value.to_string(),
            };
            with_header(response, name.clone(), &value)
        })
    }
}

/// Puts a sentence into the text of an error that is for people, if it may stand there.
fn say(schema: &Schema, body: &mut Value, detail: &str) -> bool {
    const NAMES: [&str; 5] = [
        "detail",
        "message",
        "error_description",
        "description",
        "error",
    ];
    let Value::Object(members) = body else {
        let is_text = body.is_string() && within(schema, &detail.into()).is_ok();
        if is_text {
            *body = detail.into();
        }
        return is_text;
    };
    let name = NAMES
        .into_iter()
        .find(|it| members.get(*it).is_some_and(Value::is_string));
    if let Some(name) = name {
        let before = members.insert(name.to_owned(), detail.into());
        let fits = check::mistakes(schema, body).is_empty();
        if let (false, Some(before)) = (fits, before) {
            body[name] = before;
        }
        return fits;
    }
    let mut inner = members.iter_mut();
    inner.any(|(name, member)| {
        member.is_object()
            && schema
                .property(name)
                .is_some_and(|it| say(it, member, detail))
    })
}

#[cfg(test)]
mod tests;
