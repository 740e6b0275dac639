//! A client that knows nothing of the server but its address.

use std::env;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use postpress_mock::{Fault, MockServer, Received};
use reqwest::multipart::{Form, Part};
use serde_json::Value;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

/// A response: the status and the JSON.
pub(crate) type Response = (u16, Value);

pub(crate) async fn get(server: &MockServer, path: &str) -> Response {
    let request = reqwest::Client::new().get(server.base_url() + path);
    response(request.header("X-API-KEY", "k")).await
}

pub(crate) async fn post(server: &MockServer, path: &str, form: Form) -> Response {
    let request = reqwest::Client::new().post(server.base_url() + path);
    response(request.header("X-API-KEY", "k").multipart(form)).await
}

pub(crate) async fn response(request: reqwest::RequestBuilder) -> Response {
    let response = request.send().await.expect("a response");
    let status = response.status().as_u16();
    (status, response.json().await.expect("JSON"))
}

/// A form of texts. A value that begins with `@` is the content of a file.
pub(crate) fn form(fields: &[(&'static str, &str)]) -> Form {
    fields.iter().fold(Form::new(), |form, (name, value)| {
        match value.strip_prefix('@') {
            Some(content) => form.part(*name, file(content)),
            None => form.text(*name, (*value).to_owned()),
        }
    })
}

pub(crate) fn file(content: &str) -> Part {
    let part = Part::text(content.to_owned()).file_name("file.pdf");
    part.mime_str("application/pdf").expect("a media type")
}

/// Sends these bytes, and returns all that comes until the connection ends.
pub(crate) async fn raw(server: &MockServer, request: impl AsRef<[u8]>) -> std::io::Result<String> {
    let mut stream = TcpStream::connect(server.address()).await?;
    stream.write_all(request.as_ref()).await?;
    let mut response = Vec::new();
    let read = stream.read_to_end(&mut response).await;
    read.map(|_| String::from_utf8_lossy(&response).into_owned())
}

/// A server with this fault, and the requests that it has handled, as they are handled.
pub(crate) async fn observed(fault: Fault) -> (MockServer, UnboundedReceiver<Received>) {
    let (handled, requests) = unbounded_channel();
    let server = MockServer::builder()
        .fault(fault)
        .on_request(move |received| {
            // A test that has seen enough may have ended.
            let _ = handled.send(received.clone());
        });
    (server.start().await.expect("a server"), requests)
}

/// The head of a request without a body, after which the connection ends.
pub(crate) fn head(method: &str, path: &str) -> String {
    format!("{method} {path} HTTP/1.1\r\nHost: h\r\nX-API-KEY: k\r\nConnection: close\r\n\r\n")
}

/// Where a program is, if it is installed; otherwise the test that needs it says so, and passes.
///
/// `.ci/run` installs those of others into the folder `tools` of the folder that cargo builds in.
pub(crate) fn program(name: &str) -> Option<PathBuf> {
    let tools = Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("tools");
    let path = env::var_os("PATH").unwrap_or_default();
    let folders = [tools.join("python/bin")]
        .into_iter()
        .chain(env::split_paths(&path));
    let found = folders
        .map(|folder| folder.join(name))
        .find(|it| it.is_file());
    if found.is_none() {
        // Past the test harness, which would keep it to itself.
        let _ = writeln!(std::io::stderr(), "skipped: {name} is not installed");
    }
    found
}

/// A text field of JSON.
pub(crate) fn text<'v>(value: &'v Value, name: &str) -> &'v str {
    value[name]
        .as_str()
        .unwrap_or_else(|| panic!("no {name} in {value}"))
}

/// The ids of a page.
pub(crate) fn ids(page: &Value) -> Vec<String> {
    let items = page["items"]
        .as_array()
        .unwrap_or_else(|| panic!("no page: {page}"));
    items
        .iter()
        .map(|chat| text(chat, "id").to_owned())
        .collect()
}
