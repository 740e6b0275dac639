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

impl From<&BuiltRequest> for Request {
    fn from(built: &BuiltRequest) -> Self {
        let mut request = Self {
            method: built.method().to_string(),
            url: built.url().to_owned(),
            headers: Vec::new(),
            form: Vec::new(),
        };
        for (name, value) in built.headers() {
            request.add_header(name.as_str(), &String::from_utf8_lossy(value.as_bytes()));
        }
        // The HTTP client adds this one by itself.
        let (origin, _) = request.split_url();
        let host = origin
            .rsplit(['/', '@'])
            .next()
            .unwrap_or_default()
            .to_owned();
        request.add_header("host", &host);
        let parts = built.form().map(|form| form.parts()).unwrap_or_default();
        request.form = parts
            .iter()
            .map(|part| {
                let (file_name, length) = (part.file_name(), part.length());
                Part::new(
                    part.name(),
                    part.media_type(),
                    part.text(),
                    file_name,
                    length,
                )
            })
            .collect();
        request
    }
}

impl From<&Received> for Request {
    fn from(received: &Received) -> Self {
        let host = received.header("host").unwrap_or_default();
        let mut request = Self {
            method: received.method().to_owned(),
            url: format!("http://{host}{}", received.target()),
            headers: Vec::new(),
            form: Vec::new(),
        };
        for (name, value) in received.headers() {
            request.add_header(&name, &value);
        }
        let parts = received.parts().iter();
        request.form = parts
            .map(|part| {
                let (file_name, length) = (part.file_name(), part.size());
                Part::new(
                    part.name(),
                    part.media_type(),
                    part.text(),
                    file_name,
                    length,
                )
            })
            .collect();
        request
    }
}

impl Request {
    fn add_header(&mut self, name: &str, value: &str) {
        let value = if name == "x-api-key" { MASK } else { value };
        self.headers.push((name.to_owned(), value.to_owned()));
    }

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

impl Part {
    fn new(
        name: &str,
        media_type: Option<&str>,
        text: Option<&str>,
        file_name: Option<&str>,
        length: u64,
    ) -> Self {
        Self {
            name: name.to_owned(),
            media_type: media_type.map(str::to_owned),
            content: match file_name {
                Some(file_name) => Content::File {
                    file_name: file_name.to_owned(),
                    length,
                },
                None => Content::Text {
                    value: text.unwrap_or_default().to_owned(),
                },
            },
        }
    }
}

fn as_map<S: Serializer>(headers: &[(String, String)], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(headers.iter().map(|(name, value)| (name, value)))
}
