//! A request that was built and not sent.

use std::fmt;

use http::{HeaderMap, Method, header::USER_AGENT};
use postpress_client::{multipart::Form, runtime::Request};

use crate::{
    client::Shared,
    delivery::Delivery,
    error::{Error, InvalidField},
    operation::Operation,
    response::Problem,
    retry_loop::Body,
};

/// The request that a call would send, for dry runs and tests. From [`SendMessage::build_request`](crate::SendMessage::build_request)
/// and the methods of the same name.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), postpress::Error> {
/// let postpress = postpress::Postpress::new("pp_live_...")?;
/// let request = postpress.send_message("chat_1").text("Hello!").attach(vec![0; 100]).build_request()?;
/// assert_eq!(request.url(), "https://api.postpress.ai/v1/chats/chat_1/messages");
/// assert!(request.headers()["x-api-key"].is_sensitive());
/// let form = request.form().unwrap();
/// assert_eq!(form.parts()[0].text(), Some("Hello!"));
/// assert_eq!(form.parts()[1].length(), 100);
/// # Ok(())
/// # }
/// ```
pub struct BuiltRequest {
    request: reqwest::Request,
    form: Option<Form>,
}

impl BuiltRequest {
    pub(crate) fn new<D>(
        operation: Operation,
        shared: &Shared,
        invalid: Vec<InvalidField>,
        mut request: Request<'_, D, Problem>,
    ) -> Result<Self, Error> {
        Body::prepare(&mut request, invalid)
            .map_err(|fields| Error::invalid(operation, fields, 0))?;
        let (mut request, form) = request
            .build_parts()
            .map_err(|error| Error::attempt(operation, None, error.into(), 1, Delivery::NotSent))?;
        if let Some(user_agent) = &shared.user_agent {
            request.headers_mut().insert(USER_AGENT, user_agent.clone());
        }
        Ok(Self { request, form })
    }

    /// The HTTP method.
    pub fn method(&self) -> &Method {
        self.request.method()
    }

    /// The URL with its query.
    pub fn url(&self) -> &str {
        self.request.url().as_str()
    }

    /// The headers, but for those that the HTTP client adds by itself, such as `Host`. The key is among them; it is marked as
    /// [sensitive](http::HeaderValue::is_sensitive).
    pub fn headers(&self) -> &HeaderMap {
        self.request.headers()
    }

    /// The form, with its parts and its length; `None` for calls that only read.
    pub fn form(&self) -> Option<&Form> {
        self.form.as_ref()
    }
}

/// Shows no ids and no texts.
impl fmt::Debug for BuiltRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts = self.form.as_ref().map(|form| form.parts().len());
        f.debug_struct("BuiltRequest")
            .field("method", self.method())
            .field("parts", &parts)
            .finish_non_exhaustive()
    }
}
