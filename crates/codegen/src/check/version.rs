//! Which version of OpenAPI a document is written in.

use postpress_openapi::{Cursor, Diagnostics, Document, Value, codes};

const SUPPORTED: &str = "only OpenAPI 3.0.x and 3.1.x are supported";

/// Whether the document is written in a supported version. If not, that is all that is reported.
pub(super) fn is_supported(document: &Document, out: &mut Diagnostics) -> bool {
    let root = Cursor::root(document);
    if root.node.as_object().is_none() {
        let kind = root.node.kind();
        let message = format!("an OpenAPI document is an object, but this is {kind}");
        let help = "begin with `openapi: 3.0.4`, `info` and `paths`";
        out.report(codes::WRONG_TYPE, &root, message, help);
        return false;
    }
    let Some(openapi) = root.get("openapi") else {
        match root.get("swagger") {
            Some(swagger) => out.report(codes::UNSUPPORTED_VERSION, &swagger,
                format!("this is Swagger {}, the format before OpenAPI 3; {SUPPORTED}", swagger.node),
                "convert the document to OpenAPI 3.0, for example with swagger2openapi",
            ),
            None => out.report(codes::UNSUPPORTED_VERSION, &root,
                format!("the document does not say which version of OpenAPI it is written in; {SUPPORTED}"),
                "add `openapi: 3.0.4` at the top",
            ),
        }
        return false;
    };
    let version = openapi.node.to_string();
    if matches!(version.as_str(), "3.0" | "3.1") {
        let message = format!("the version `{version}` lacks its last part");
        let help = format!("write `openapi: {version}.0`");
        out.report(codes::INCOMPLETE, &openapi, message, help);
        return true;
    }
    let is_text = openapi.node.as_str().is_some();
    if is_text && is_supported_version(&version) {
        return true;
    }
    let is_number = version.starts_with(|first: char| first.is_ascii_digit());
    let mut help = "write `openapi: 3.0.4`";
    let message = match openapi.node.value {
        Value::String(_) | Value::Number(_) if is_number => {
            help = if version.starts_with("3.") {
                "write the document in OpenAPI 3.1, without what is newer"
            } else {
                "convert the document to OpenAPI 3.0"
            };
            format!("this is OpenAPI {version}; {SUPPORTED}")
        }
        Value::String(_) => format!("`{version}` is no version of OpenAPI; {SUPPORTED}"),
        _ => {
            let kind = openapi.node.kind();
            format!("`openapi` must be a version, but is {kind}; {SUPPORTED}")
        }
    };
    out.report(codes::UNSUPPORTED_VERSION, &openapi, message, help);
    false
}

/// Whether the document is written in OpenAPI 3.1.
pub(crate) fn is_newer(document: &Document) -> bool {
    let version = document.root.get("openapi").map(ToString::to_string);
    version.is_some_and(|version| version.starts_with("3.1"))
}

/// `3.0.` or `3.1.` and a number, maybe with a pre-release: `3.0.0-rc2`.
fn is_supported_version(version: &str) -> bool {
    let patch = version.strip_prefix("3.0.");
    let Some(patch) = patch.or_else(|| version.strip_prefix("3.1.")) else {
        return false;
    };
    let number = patch.split_once('-').map_or(patch, |(number, _)| number);
    !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
}
