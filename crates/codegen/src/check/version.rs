//! Which version of OpenAPI a document is written in.

use super::survey::Place;
use postpress_openapi::diagnostic::{Diagnostics, codes};
use postpress_openapi::document::{Document, Node, Value};

const SUPPORTED: &str = "only OpenAPI 3.0.x is supported";

/// Whether the rest of the document can be understood. If not, why not is the one thing to report.
pub(super) fn is_supported(document: &Document, out: &mut Diagnostics) -> bool {
    let root = Place::root(document);
    if root.node.as_object().is_none() {
        out.error(
            root.at(),
            &root.pointer,
            codes::WRONG_TYPE,
            format!(
                "an OpenAPI document is an object, but this is {}",
                root.node.kind()
            ),
            "begin with `openapi: 3.0.4`, `info` and `paths`",
        );
        return false;
    }
    let Some(openapi) = root.get("openapi") else {
        match root.get("swagger") {
            Some(swagger) => out.error(
                swagger.at(),
                &swagger.pointer,
                codes::UNSUPPORTED_VERSION,
                format!("this is Swagger {}, the format before OpenAPI 3; {SUPPORTED}", written(swagger.node)),
                "convert the document to OpenAPI 3.0, for example with swagger2openapi",
            ),
            None => out.error(
                root.at(),
                &root.pointer,
                codes::UNSUPPORTED_VERSION,
                format!("the document does not say which version of OpenAPI it is written in; {SUPPORTED}"),
                "add `openapi: 3.0.4` at the top",
            ),
        }
        return false;
    };
    let version = written(openapi.node);
    let is_text = openapi.node.as_str().is_some();
    if is_text && is_three_zero(&version) {
        return true;
    }
    let (message, help) = match openapi.node.value {
        _ if version == "3.0" => (
            "the version `3.0` lacks its last part".to_owned(),
            "write `openapi: 3.0.4`".to_owned(),
        ),
        Value::String(_) | Value::Number(_)
            if version.starts_with(|first: char| first.is_ascii_digit()) =>
        {
            (
                format!("this is OpenAPI {version}; {SUPPORTED}"),
                if version.starts_with("3.") {
                    "write the document in OpenAPI 3.0: `nullable: true` for the type `null`, `enum` for `const`, `example` for \
                 `examples` in schemas, and `openapi: 3.0.4`"
                    .to_owned()
                } else {
                    "convert the document to OpenAPI 3.0".to_owned()
                },
            )
        }
        Value::String(_) => (
            format!("`{version}` is no version of OpenAPI; {SUPPORTED}"),
            "write `openapi: 3.0.4`".to_owned(),
        ),
        _ => (
            format!(
                "`openapi` must be a version, but is {}; {SUPPORTED}",
                openapi.node.kind()
            ),
            "write `openapi: 3.0.4`".to_owned(),
        ),
    };
    out.error(
        openapi.at(),
        &openapi.pointer,
        codes::UNSUPPORTED_VERSION,
        message,
        help,
    );
    false
}

fn written(node: &Node) -> String {
    node.as_str()
        .map_or_else(|| node.to_json().to_string(), str::to_owned)
}

/// `3.0.` and a number, maybe with a pre-release: `3.0.0-rc2`.
fn is_three_zero(version: &str) -> bool {
    let Some(patch) = version.strip_prefix("3.0.") else {
        return false;
    };
    let number = patch.split_once('-').map_or(patch, |(number, _)| number);
    !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
}
