//! The URL of one request.

use std::fmt::{self, Write};

use reqwest::Url;
use serde::Serialize;

use crate::error::InvalidRequest;
use crate::params::{Node, Pairs, Unsupported, encode_literal, joined, tree};

/// Builds the URL of one request: a base, a path of the document with its placeholders filled, and the query.
///
/// Values can be anything that serializes. `None`, `null`, empty lists and empty objects are not sent. What is wrong is
/// remembered, and reported by [`finish`](Self::finish): only the first fault.
///
/// ```
/// use postpress_runtime::Endpoint;
///
/// let url = Endpoint::new("https://api.example/v1/", "/chats/{chat_id}/messages")
///     .path("chat_id", "a/b")
///     .query_joined("account_id", &["x", "y,z"], ',')
///     .query("limit", &Some(20))
///     .query("before", &None::<String>)
///     .finish()?;
/// assert_eq!(url.as_str(), "https://api.example/v1/chats/a%2Fb/messages?account_id=x,y%2Cz&limit=20");
/// # Ok::<(), postpress_runtime::InvalidRequest>(())
/// ```
#[must_use = "nothing is built before `finish`"]
pub struct Endpoint {
    base: Option<Url>,
    template: &'static str,
    path: Vec<(&'static str, String)>,
    query: Pairs,
    fault: Option<InvalidRequest>,
}

impl Endpoint {
    /// Starts with the base URL, with or without a slash at its end, and a path of the document, such as
    /// `/chats/{chat_id}/messages`.
    ///
    /// The base URL must be `http` or `https`, and have no query and no fragment.
    pub fn new(base_url: &str, template: &'static str) -> Self {
        let mut endpoint = Self {
            base: None,
            template,
            path: Vec::new(),
            query: Pairs::default(),
            fault: None,
        };
        match base(base_url) {
            Ok(base) => endpoint.base = Some(base),
            Err(why) => endpoint.fault = Some(InvalidRequest::base_url(why)),
        }
        endpoint
    }

    /// Fills a placeholder of the path (`style: simple`). A list is joined by commas, and so are the keys and values of an
    /// object. Every byte of a value is percent-encoded unless it is a letter, a digit or one of `-._~`.
    ///
    /// Refused are empty values, and values that make a segment of the path `.` or `..`: the URL would then be another
    /// endpoint's.
    pub fn path<T: Serialize + ?Sized>(mut self, name: &'static str, value: &T) -> Self {
        let filled = tree(value)
            .and_then(|node| joined(&node, ","))
            .and_then(|text| match text {
                Some(text) if !text.is_empty() => Ok(text),
                _ => Err(Unsupported(
                    "it is empty, which would change the path".into(),
                )),
            });
        match filled {
            Ok(text) => self.path.push((name, text)),
            Err(Unsupported(why)) => self.fail(InvalidRequest::parameter(name, why)),
        }
        self
    }

    /// Adds a query parameter (`style: form`, `explode: true`). A list repeats the name. An object adds its members under
    /// their own names, and a list in it repeats the member's; more depth needs [`query_deep`](Self::query_deep).
    pub fn query<T: Serialize + ?Sized>(self, name: &'static str, value: &T) -> Self {
        self.add(name, value, |query, node| query.exploded(name, node))
    }

    /// Adds a query parameter whose members share one name (`explode: false`), with a comma (`style: form`), a space
    /// (`spaceDelimited`) or a `|` (`pipeDelimited`) between them. The separator of a value's own text is encoded.
    pub fn query_joined<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        value: &T,
        separator: char,
    ) -> Self {
        self.add(name, value, |query, node| {
            query.joined(name, node, separator)
        })
    }

    /// Adds a query parameter in brackets (`style: deepObject`): `name[key]=value`, to any depth. Scalars in a list repeat
    /// the name; objects in a list are numbered. Keys that hold brackets are refused.
    pub fn query_deep<T: Serialize + ?Sized>(self, name: &'static str, value: &T) -> Self {
        self.add(name, value, |query, node| query.deep(name, node))
    }

    /// Adds a query parameter that is a JSON text (`content: application/json`). `null` is not sent.
    pub fn query_json<T: Serialize + ?Sized>(mut self, name: &'static str, value: &T) -> Self {
        if let Err(error) = self.query.json(name, value) {
            self.fail(InvalidRequest::parameter(name, error.to_string()));
        }
        self
    }

    /// The URL.
    ///
    /// # Errors
    /// The first thing that was wrong: a base URL that is none, a value that has no form in its place, a path that would
    /// be another endpoint's, a placeholder that was not filled.
    pub fn finish(self) -> Result<Url, InvalidRequest> {
        let path = self.filled_path();
        if let Some(fault) = self.fault {
            return Err(fault);
        }
        let path = path?;
        let mut url = self
            .base
            .ok_or_else(|| InvalidRequest::base_url("there is none"))?;
        let full = format!("{}{path}", url.path().trim_end_matches('/'));
        url.set_path(&full);
        url.set_query(self.query.as_query());
        Ok(url)
    }

    /// The path with its placeholders filled, segment by segment.
    fn filled_path(&self) -> Result<String, InvalidRequest> {
        let template = self.template;
        let mut path = String::new();
        for segment in template.strip_prefix('/').unwrap_or(template).split('/') {
            let start = path.len() + 1;
            path.push('/');
            let mut rest = segment;
            let mut last = None;
            while let Some((literal, (name, tail))) = rest
                .split_once('{')
                .and_then(|(literal, tail)| Some((literal, tail.split_once('}')?)))
            {
                let value = self.path.iter().find(|(given, _)| *given == name);
                let (_, value) = value.ok_or_else(|| {
                    InvalidRequest::path(template, format!("`{name}` was not given"))
                })?;
                let _ = write!(path, "{}{value}", encode_literal(literal));
                last = Some(name);
                rest = tail;
            }
            let _ = write!(path, "{}", encode_literal(rest));
            if is_dots(&path[start..]) {
                let why = "it makes a segment of the path `.` or `..`, which would be another path";
                return Err(match last {
                    Some(name) => InvalidRequest::parameter(name, why),
                    None => InvalidRequest::path(template, "it has a segment `.` or `..`"),
                });
            }
        }
        Ok(path)
    }

    fn add<T: Serialize + ?Sized>(
        mut self,
        name: &'static str,
        value: &T,
        put: impl FnOnce(&mut Pairs, &Node) -> Result<(), Unsupported>,
    ) -> Self {
        let put = tree(value).and_then(|node| put(&mut self.query, &node));
        if let Err(Unsupported(why)) = put {
            self.fail(InvalidRequest::parameter(name, why));
        }
        self
    }

    fn fail(&mut self, fault: InvalidRequest) {
        self.fault.get_or_insert(fault);
    }
}

// Without the values, which are not for logs.
impl fmt::Debug for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Endpoint")
            .field("template", &self.template)
            .field("fault", &self.fault)
            .finish_non_exhaustive()
    }
}

/// Whether a URL parser takes a segment for "here" or "up": it also reads the escaped dots that a template may have.
fn is_dots(segment: &str) -> bool {
    let plain = segment.to_ascii_lowercase().replace("%2e", ".");
    plain == "." || plain == ".."
}

/// Parses the base URL, or says what is wrong with it, without repeating it: it may hold a password.
fn base(text: &str) -> Result<Url, String> {
    let url = Url::parse(text)
        .map_err(|error| format!("{error}; it should look like `https://api.example/v1`"))?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(format!(
            "its scheme is `{}`, not `http` or `https`",
            url.scheme()
        ));
    }
    for (part, name) in [
        (url.query(), "query (`?`)"),
        (url.fragment(), "fragment (`#`)"),
    ] {
        if part.is_some() {
            return Err(format!("it has a {name}, which no request would keep"));
        }
    }
    Ok(url)
}
