//! A request to show: one that was built and not sent, or one that the mock server received.

use postpress::BuiltRequest;
use postpress_mock::Received;
use serde::{Serialize, Serializer};

/// What is shown in place of a key.
const MASK: &str = "********";

/// A request with its form, if it has one. The key is masked.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Request {
    pub(crate) method: String,
    pub(crate) url: String,
    /// Names in lower case.
    #[serde(serialize_with = "as_map")]
    pub(crate) headers: Vec<(String, String)>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) form: Vec<Part>,
}

/// A part of a form.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Part {
    pub(crate) name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) media_type: Option<String>,
    #[serde(flatten)]
    pub(crate) content: Content,
}

/// What a part holds; of a file, the content is not shown.
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
pub(crate) enum Content {
    Text { value: String },
    File { file_name: String, length: u64 },
}

/// A part of a form that was built or received: their types have the same methods, but for the length.
macro_rules! part {
    ($part:expr, $length:ident) => {
        Part {
            name: $part.name().to_owned(),
            media_type: $part.media_type().map(str::to_owned),
            content: match $part.file_name() {
                Some(file_name) => Content::File {
                    file_name: file_name.to_owned(),
                    length: $part.$length(),
                },
                None => Content::Text {
                    value: $part.text().unwrap_or_default().to_owned(),
                },
            },
        }
    };
}

impl From<&BuiltRequest> for Request {
    fn from(built: &BuiltRequest) -> Self {
        let parts = built.form().map(|form| form.parts()).unwrap_or_default();
        let headers = built.headers().iter().map(|(name, value)| {
            let value = String::from_utf8_lossy(value.as_bytes());
            (name.to_string(), value.into_owned())
        });
        let mut request = Self {
            method: built.method().to_string(),
            url: built.url().to_owned(),
            headers: masked(headers),
            form: parts.iter().map(|part| part!(part, length)).collect(),
        };
        // The HTTP client adds this one by itself.
        let (origin, _) = request.split_url();
        let host = origin.rsplit(['/', '@']).next().unwrap_or_default();
        let host = ("host".to_owned(), host.to_owned());
        request.headers.push(host);
        request
    }
}

impl From<&Received> for Request {
    fn from(received: &Received) -> Self {
        let host = received.header("host").unwrap_or_default();
        Self {
            method: received.method().to_owned(),
            url: format!("http://{host}{}", received.target()),
            headers: masked(received.headers()),
            form: received.parts().iter().map(|it| part!(it, size)).collect(),
        }
    }
}

/// Headers, without the key.
fn masked(headers: impl IntoIterator<Item = (String, String)>) -> Vec<(String, String)> {
    let headers = headers.into_iter().map(|(name, value)| match &*name {
        "x-api-key" => (name, MASK.to_owned()),
        _ => (name, value),
    });
    headers.collect()
}

impl Request {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let (_, value) = self.headers.iter().find(|(key, _)| key == name)?;
        Some(value)
    }

    /// The path and the query.
    pub(crate) fn target(&self) -> &str {
        self.split_url().1
    }

    /// Separates the URL where its path begins.
    fn split_url(&self) -> (&str, &str) {
        let host = self.url.find("://").map_or(0, |at| at + 3);
        let path = self.url[host..].find('/').map(|at| host + at);
        self.url.split_at(path.unwrap_or(self.url.len()))
    }
}

fn as_map<S: Serializer>(headers: &[(String, String)], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(headers.iter().map(|(name, value)| (name, value)))
}
