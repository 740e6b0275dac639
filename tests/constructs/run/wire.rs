//! Sending the requests of generated clients, and reading what came of them.

use std::collections::BTreeSet;

use postpress_runtime::{Timestamp, decode_json, reqwest};
use postpress_tests::{Request, Response};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

/// Sends a request of the client for a document, as in `exchange!(response, document.operation(argument))`. The result is the
/// request as it came over the wire, and what the client made of the response.
macro_rules! exchange {
    ($response:expr, $document:ident.$operation:ident($($argument:expr),* $(,)?)) => {{
        let (server, client) = client!($document, $response);
        let request = client.$operation($($argument),*);
        $crate::wire::assert_named(stringify!($operation), request.operation_id());
        let result = $crate::wire::wait(request.send());
        (server.request(), result)
    }};
}

/// Sends a request of the client for a document to a service that responds with nothing, and gives the request as it came over
/// the wire.
macro_rules! sent {
    ($document:ident.$operation:ident($($argument:expr),* $(,)?)) => {{
        let (request, result) =
            exchange!($crate::wire::no_content(), $document.$operation($($argument),*));
        result.unwrap();
        request
    }};
}

/// Has the client for a document ask for this method and path, read this JSON as the response, and give its value.
macro_rules! received {
    ($target:literal, $json:expr, $document:ident.$operation:ident($($argument:expr),* $(,)?)) => {{
        let response = postpress_tests::Response::json("200 OK", &$json);
        let (request, result) = exchange!(response, $document.$operation($($argument),*));
        assert_eq!(
            $crate::wire::head(&request),
            concat!($target, "\naccept: application/json")
        );
        result.unwrap().into_value()
    }};
}

/// Has the client for a document `PUT /it`: what it reads from this JSON, to a service that responds with the same again. The
/// result is the value, and the JSON that was sent.
macro_rules! sent_back {
    ($json:expr, $document:ident.put_it) => {{
        let json: serde_json::Value = $json;
        let read = postpress_runtime::decode_json(json.to_string().as_bytes()).unwrap();
        let response = postpress_tests::Response::json("200 OK", &json);
        let (request, result) = exchange!(response, $document.put_it(&read));
        assert_eq!(
            $crate::wire::head(&request),
            "PUT /it\naccept: application/json\ncontent-type: application/json"
        );
        assert_eq!(result.unwrap().into_value(), read);
        let sent: serde_json::Value = serde_json::from_slice(&request.body).unwrap();
        (read, sent)
    }};
}

/// Tries to send a request that is refused before any connection is made, and gives the reason.
macro_rules! refused {
    ($document:ident.$operation:ident($($argument:expr),* $(,)?)) => {{
        let (server, client) = client!($document, $crate::wire::no_content());
        let error = $crate::wire::wait(client.$operation($($argument),*).send()).unwrap_err();
        assert_eq!(server.connections(), 0, "something was sent");
        assert!(
            matches!(error, postpress_runtime::Error::InvalidRequest(_)),
            "{error:?}"
        );
        error.to_string()
    }};
}

/// A server that gives this response, and the client for a document that reaches it.
macro_rules! client {
    ($document:ident, $response:expr) => {{
        let server = postpress_tests::Server::responding($response);
        let client = postpress_constructs::$document::Client::with_http_client(
            &server.origin(),
            $crate::wire::http(),
        );
        (server, client)
    }};
}

/// An HTTP client whose requests reach the server whatever proxies the environment names.
pub(crate) fn http() -> reqwest::Client {
    let http = postpress_runtime::http_client().no_proxy();
    http.build().unwrap()
}

pub(crate) fn wait<F: Future>(future: F) -> F::Output {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    runtime.unwrap().block_on(future)
}

/// Checks that a method is called as its operation is in the document, but for the case, and for what Rust does not allow in a
/// name or tells several methods apart.
pub(crate) fn assert_named(method: &str, operation_id: &str) {
    let letters = |name: &str| name.to_lowercase().replace('_', "");
    assert!(
        letters(method).starts_with(&letters(operation_id)),
        "`{method}` sends the operation `{operation_id}`"
    );
}

/// Reads a value, and checks that it is written back unchanged.
pub(crate) fn rewritten<T: DeserializeOwned + Serialize>(json: Value) -> T {
    let value = decode_json(json.to_string().as_bytes()).unwrap();
    assert_eq!(serde_json::to_value(&value).unwrap(), json);
    value
}

/// The values of an enum as they are on the wire.
pub(crate) fn values<T: AsRef<str>>(variants: &[T]) -> Vec<&str> {
    variants.iter().map(AsRef::as_ref).collect()
}

pub(crate) fn no_content() -> Response {
    Response::new("204 No Content", &[], "")
}

/// The moment that tests send.
pub(crate) fn moment() -> Timestamp {
    Timestamp::from_unix_millis(1_779_010_931_000).unwrap()
}

/// The method and target, and a line for each header that the client set by itself: those that the HTTP client adds to every
/// request are left out, and so is the boundary of a form.
pub(crate) fn head(request: &Request) -> String {
    let headers: BTreeSet<String> = request
        .headers()
        .into_iter()
        .map(|(name, value)| (name.to_ascii_lowercase(), value))
        .filter(|(name, value)| match &**name {
            "host" | "content-length" => false,
            "accept" => *value != "*/*",
            _ => true,
        })
        .map(|(name, value)| {
            let value = value.split("; boundary=").next().unwrap_or(value);
            format!("\n{name}: {value}")
        })
        .collect();
    let headers: String = headers.into_iter().collect();
    format!("{} {}{headers}", request.method(), request.target())
}

/// The [`head`], and the body if there is one, which is text.
pub(crate) fn whole(request: &Request) -> String {
    let body = String::from_utf8(request.body.clone()).unwrap();
    let separator = if body.is_empty() { "" } else { "\n\n" };
    format!("{}{separator}{body}", head(request))
}

/// The parts of a form in their order, a line for each: `name = content`, `name (media type) = content`, or
/// `name (media type, "file name") = content`.
pub(crate) fn parts(request: &Request) -> Vec<String> {
    let parts = request.parts().into_iter();
    parts
        .map(|part| {
            let content = String::from_utf8(part.content).unwrap();
            let kind = match (part.media_type, part.file_name) {
                (None, None) => String::new(),
                (Some(media_type), None) => format!(" ({media_type})"),
                (media_type, Some(file_name)) => {
                    format!(" ({}, {file_name:?})", media_type.unwrap_or_default())
                }
            };
            format!("{}{kind} = {content}", part.name)
        })
        .collect()
}
