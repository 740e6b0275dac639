//! A request to one operation of a service: a value that is put together, looked at, and sent when it is awaited.

mod context;
mod gate;
mod header;
mod path;
mod send;
mod url_encoded;

use std::fmt;
use std::marker::PhantomData;
use std::time::Duration;

use postpress_multipart::{Form, FormBody, FormOptions};
use reqwest::Method;
use reqwest::header::{ACCEPT, CONTENT_TYPE, COOKIE, HeaderMap, HeaderName};
use serde::Serialize;

use self::header::{header_text, header_value, in_ascii, key_value_pairs};
use self::path::Path;
pub use self::path::PathStyle;
use self::url_encoded::url_encoded;
use crate::credentials::Credentials;
use crate::error::InvalidRequest;
use crate::params::{Node, Pairs, Unsupported, tree};
use crate::service::Service;

pub use self::context::RequestContext;
pub use self::url_encoded::UrlStyle;

/// The largest body of a response, in bytes, unless a request [sets another](Request::response_limit): 32 MiB.
pub const RESPONSE_LIMIT: usize = 32 << 20;

/// A request to one operation, which is sent when it is awaited. `D` says how the body of a success is read
/// ([`Json`](crate::Json), [`Text`](crate::Text), [`Empty`](crate::Empty), [`Raw`](crate::Raw)), and `E` is the documented body of
/// errors.
///
/// Generated clients make these. One can be changed before it is sent, for a parameter or header that the document does not know,
/// and it can be built without being sent.
///
/// Values of parameters can be anything that serializes. `None`, `null`, empty lists and empty objects are not sent. The first
/// value that cannot be sent is remembered, and reported when the request is [built](Self::build) or sent.
///
/// ```
/// use postpress_runtime::{Json, Method, Request, Service, http_client, serde_json::Value};
///
/// let service = Service::new("https://api.example/v1/", http_client().build()?);
/// let request: Request<'_, Json<Value>> =
///     Request::new(&service, "listMessages", Method::GET, "/chats/{chat_id}/messages")
///         .path("chat_id", "a/b")
///         .query_joined("account_id", &["x", "y,z"], ',')
///         .query("limit", &Some(20))
///         .query("before", &None::<String>);
/// assert_eq!(
///     request.build()?.url().as_str(),
///     "https://api.example/v1/chats/a%2Fb/messages?account_id=x,y%2Cz&limit=20"
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use = "nothing is sent before it is awaited"]
pub struct Request<'a, D, E = serde_json::Value> {
    service: &'a Service,
    operation_id: &'static str,
    method: Method,
    path: Path,
    query: Pairs,
    headers: HeaderMap,
    body: Body<'a>,
    form_options: Option<FormOptions>,
    timeout: Option<Duration>,
    response_limit: usize,
    /// The first value that cannot be sent.
    fault: Option<InvalidRequest>,
    response: PhantomData<fn() -> (D, E)>,
}

enum Body<'a> {
    None,
    Bytes(reqwest::Body),
    Form {
        source: &'a (dyn FormBody + Sync),
        /// Once it is made.
        form: Option<Form>,
    },
}

impl<'a, D, E> Request<'a, D, E> {
    /// A request to an operation, by its id, method and path in the document. Each placeholder of the path, such as the one in
    /// `/chats/{chat_id}/messages`, needs a [value](Self::path).
    pub fn new(
        service: &'a Service,
        operation_id: &'static str,
        method: Method,
        path_template: &'static str,
    ) -> Self {
        Self {
            service,
            operation_id,
            method,
            path: Path::new(path_template),
            query: Pairs::default(),
            headers: HeaderMap::new(),
            body: Body::None,
            form_options: None,
            timeout: None,
            response_limit: RESPONSE_LIMIT,
            fault: None,
            response: PhantomData,
        }
    }

    /// The id of the operation, as the document has it.
    pub fn operation_id(&self) -> &'static str {
        self.operation_id
    }

    /// The HTTP method.
    pub fn method(&self) -> &Method {
        &self.method
    }

    /// The path with its placeholders, as the document has it.
    pub fn path_template(&self) -> &'static str {
        self.path.template
    }

    /// Reads the response as something else than what the document says it is.
    pub fn decode_as<T, P>(self) -> Request<'a, T, P> {
        Request {
            service: self.service,
            operation_id: self.operation_id,
            method: self.method,
            path: self.path,
            query: self.query,
            headers: self.headers,
            body: self.body,
            form_options: self.form_options,
            timeout: self.timeout,
            response_limit: self.response_limit,
            fault: self.fault,
            response: PhantomData,
        }
    }

    /// Limits how long it takes to connect, to send the request, and to read and decode the response. There is no limit by default
    /// but that of the HTTP client. A [`Raw`](crate::Raw) body is read without a limit.
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.timeout = Some(limit);
        self
    }

    /// Limits the body of the response to so many bytes, after decompression: to [`RESPONSE_LIMIT`] by default. One that is larger is
    /// an [`Error::InvalidBody`](crate::Error::InvalidBody). A [`Raw`](crate::Raw) body has no limit.
    pub fn response_limit(mut self, bytes: usize) -> Self {
        self.response_limit = bytes;
        self
    }

    /// Asks for a response of this media type.
    pub fn accept(self, media_type: &'static str) -> Self {
        self.constant(ACCEPT, media_type)
    }

    /// Sends the credentials, if there are any.
    pub fn credentials(mut self, credentials: Option<&Credentials>) -> Self {
        if let Some(credentials) = credentials {
            credentials.insert(&mut self.headers);
        }
        self
    }

    /// Fills a placeholder of the path (`style: simple`). A list is joined by commas, and so are the keys and values of an
    /// object. Every byte of a value is percent-encoded unless it is a letter, a digit or one of `-._~`.
    ///
    /// Empty values are refused, and so are values that make a segment of the path `.` or `..`: the URL would then be that of
    /// another operation.
    pub fn path<T: Serialize + ?Sized>(mut self, name: &'static str, value: &T) -> Self {
        let set = self.path.set(name, value);
        self.check(name, set)
    }

    /// Fills a placeholder of the path as [`path`](Self::path) does, in another style; with `explode`, members stand apart.
    pub fn path_styled<T: Serialize + ?Sized>(
        mut self,
        name: &'static str,
        value: &T,
        style: PathStyle,
        explode: bool,
    ) -> Self {
        let set = self.path.set_styled(name, value, style, explode);
        self.check(name, set)
    }

    /// Fills a placeholder of the path with a JSON text (`content: application/json`).
    pub fn path_json<T: Serialize + ?Sized>(mut self, name: &'static str, value: &T) -> Self {
        let json = serde_json::to_string(value).map_err(Unsupported::from);
        let set = json.and_then(|json| self.path.set(name, &json));
        self.check(name, set)
    }

    /// Adds a query parameter (`style: form`, `explode: true`). A list repeats the name. An object adds its members under
    /// their own names, and a list in it repeats the member's. What is deeper, for which OpenAPI defines no form, is JSON; so it is in
    /// paths and cookies.
    pub fn query<T: Serialize + ?Sized>(mut self, name: &'static str, value: &T) -> Self {
        let added = tree(value).map(|node| self.query.exploded(name, &node));
        self.check(name, added)
    }

    /// Adds a query parameter whose members share one name (`explode: false`), with a comma (`style: form`), a space
    /// (`spaceDelimited`) or a `|` (`pipeDelimited`) between them. A separator within a member is encoded.
    pub fn query_joined<T: Serialize + ?Sized>(
        mut self,
        name: &'static str,
        value: &T,
        separator: char,
    ) -> Self {
        let added = tree(value).map(|node| self.query.joined(name, &node, separator));
        self.check(name, added)
    }

    /// Adds a query parameter in brackets (`style: deepObject`): `name[key]=value`, to any depth. Scalars in a list repeat
    /// the name; objects in a list are numbered. Keys that hold brackets are refused.
    pub fn query_deep<T: Serialize + ?Sized>(mut self, name: &'static str, value: &T) -> Self {
        let added = tree(value).and_then(|node| self.query.deep(name, &node));
        self.check(name, added)
    }

    /// Adds a query parameter that is a JSON text (`content: application/json`). `null` is not sent.
    pub fn query_json<T: Serialize + ?Sized>(mut self, name: &'static str, value: &T) -> Self {
        let added = self.query.json(name, value);
        self.check(name, added)
    }

    /// Sets a header (`style: simple`) in place of any other of that name: a scalar as its text, a list joined by commas, an
    /// object as `key,value` pairs.
    ///
    /// Line breaks and other control characters are refused, members that hold a comma (a reader would take one for two), and
    /// lists and objects within others.
    pub fn header<T: Serialize + ?Sized>(self, name: &'static str, value: &T) -> Self {
        let node = tree(value);
        self.header_node(name, node)
    }

    /// Sets a header as [`header`](Self::header) does, with the members of an object as `key=value` (`explode: true`).
    pub fn header_exploded<T: Serialize + ?Sized>(self, name: &'static str, value: &T) -> Self {
        let node = tree(value).and_then(key_value_pairs);
        self.header_node(name, node)
    }

    /// Sets a header to a value as JSON (`content: application/json`), in ASCII.
    pub fn header_json<T: Serialize + ?Sized>(self, name: &'static str, value: &T) -> Self {
        let json = serde_json::to_string(value).map_err(Unsupported::from);
        let node = json.map(|json| match json.as_str() {
            "null" => Node::Absent,
            json => Node::Text(in_ascii(json)),
        });
        self.header_node(name, node)
    }

    fn header_node(mut self, name: &'static str, node: Result<Node, Unsupported>) -> Self {
        let set = node.and_then(header_value).and_then(|value| {
            let name = HeaderName::from_bytes(name.as_bytes())
                .map_err(|_| Unsupported("it is no name of a header".into()))?;
            if let Some(value) = value {
                self.headers.insert(name, value);
            }
            Ok(())
        });
        self.check(name, set)
    }

    /// Adds a cookie (`style: form`), percent-encoded: a scalar as its text, a list and the keys and values of an object joined by
    /// commas; with `explode`, a pair for each member, with `&` between them.
    pub fn cookie<T: Serialize + ?Sized>(
        mut self,
        name: &'static str,
        value: &T,
        explode: bool,
    ) -> Self {
        let added = tree(value).and_then(|node| {
            let mut cookies = Pairs::default();
            match explode {
                true => cookies.exploded(name, &node),
                false => cookies.joined(name, &node, ','),
            }
            self.add_cookies(&cookies)
        });
        self.check(name, added)
    }

    /// Adds a cookie that is a JSON text (`content: application/json`), percent-encoded. `null` is not sent.
    pub fn cookie_json<T: Serialize + ?Sized>(mut self, name: &'static str, value: &T) -> Self {
        let mut cookies = Pairs::default();
        let added = cookies.json(name, value);
        let added = added.and_then(|()| self.add_cookies(&cookies));
        self.check(name, added)
    }

    fn add_cookies(&mut self, cookies: &Pairs) -> Result<(), Unsupported> {
        let Some(own) = cookies.as_query() else {
            return Ok(());
        };
        let others = self
            .headers
            .get(COOKIE)
            .and_then(|value| value.to_str().ok());
        let all = others.map_or(own.to_owned(), |others| format!("{others}; {own}"));
        self.headers.insert(COOKIE, header_text(&all)?);
        Ok(())
    }

    /// Sets a header to a text of the document, which every call sends and no serializer has to look at.
    fn constant(mut self, name: HeaderName, text: &'static str) -> Self {
        let set = header_text(text).map(|value| {
            self.headers.insert(&name, value);
        });
        self.check(name.as_str(), set)
    }

    /// Sends a value as JSON, with the content type `application/json` unless [another](Self::content_type) is set after.
    pub fn json<T: Serialize + ?Sized>(self, body: &T) -> Self {
        match serde_json::to_vec(body) {
            Ok(json) => self.body(json).content_type("application/json"),
            Err(error) => self.check("body", Err(error.into())),
        }
    }

    /// Sends the members of an object as `application/x-www-form-urlencoded`, in their order. Those that `styles` does not name are
    /// [exploded](UrlStyle::Exploded). Bodies that are no objects are refused, and members that have no form in their style.
    ///
    /// ```
    /// use postpress_runtime::{Empty, Method, Request, Service, UrlStyle, http_client, serde_json::json};
    ///
    /// let service = Service::new("https://api.example", http_client().build()?);
    /// let call = json!({"events": ["ringing", "answered"], "tags": ["a", "b"], "to": "+1 2"});
    /// let request: Request<'_, Empty> = Request::new(&service, "startCall", Method::POST, "/calls")
    ///     .url_encoded(&call, &[("tags", UrlStyle::Joined(','))]);
    /// let body = request.build()?.body().and_then(|body| body.as_bytes()).map(<[u8]>::to_vec);
    /// assert_eq!(body.unwrap(), b"events=ringing&events=answered&tags=a,b&to=%2B1%202");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn url_encoded<T: Serialize + ?Sized>(
        mut self,
        body: &T,
        styles: &[(&str, UrlStyle)],
    ) -> Self {
        match url_encoded(body, styles) {
            Ok(text) => self
                .body(text)
                .content_type("application/x-www-form-urlencoded"),
            Err(fault) => {
                self.fault.get_or_insert(fault);
                self
            }
        }
    }

    /// Sends text, bytes or a stream as they are. The [content type](Self::content_type) is to be set as well.
    pub fn body(mut self, body: impl Into<reqwest::Body>) -> Self {
        self.body = Body::Bytes(body.into());
        self
    }

    /// Sets the content type of a body that is no form.
    pub fn content_type(self, media_type: &'static str) -> Self {
        self.constant(CONTENT_TYPE, media_type)
    }

    /// Sends a multipart form. It is made when the request is sent, built or [prepared](Self::prepare_form).
    pub fn form(mut self, form: &'a (impl FormBody + Sync)) -> Self {
        self.body = Body::Form {
            source: form,
            form: None,
        };
        self
    }

    /// Sets how the form of this request is made: the spelling of array names, or a fixed boundary. Without this, it is made as
    /// the [service](Service::with_form_options) has it. Nothing happens to other bodies.
    pub fn with_form_options(mut self, options: FormOptions) -> Self {
        self.form_options = Some(options);
        if let Body::Form { form, .. } = &mut self.body {
            *form = None;
        }
        self
    }

    /// Makes the form of this request, if it has one, and keeps it: this very form will be sent. Its parts and its length can be
    /// looked at before. A second call gives the same form.
    ///
    /// Files are looked at, but not read: this does a few system calls for each, which block.
    ///
    /// # Errors
    /// A value, file, media type or name that cannot be sent.
    pub fn prepare_form(&mut self) -> Result<Option<&Form>, InvalidRequest> {
        let Body::Form { source, form } = &mut self.body else {
            return Ok(None);
        };
        if form.is_none() {
            let options = self.form_options.as_ref();
            let options = options.unwrap_or(&self.service.form_options);
            *form = Some(source.to_form_with(options)?);
        }
        Ok(form.as_ref())
    }

    /// Remembers why a value cannot be sent, if it is the first.
    fn check(mut self, name: &str, result: Result<(), Unsupported>) -> Self {
        if let Err(Unsupported(why)) = result {
            self.fault
                .get_or_insert_with(|| InvalidRequest::parameter(name, why));
        }
        self
    }
}

// Without the values, which are not for logs.
impl<D, E> fmt::Debug for Request<'_, D, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request")
            .field("operation_id", &self.operation_id)
            .field("method", &self.method)
            .field("path_template", &self.path.template)
            .field("fault", &self.fault)
            .finish_non_exhaustive()
    }
}
