//! Building a request, and sending it.

use std::pin::Pin;

use postpress_multipart::Form;
use reqwest::header::{CONTENT_LENGTH, CONTENT_TYPE};

use super::gate::Gate;
use super::{Body, Request, RequestContext};
use crate::by_status::FromBody;
use crate::error::{Cause, Error, InvalidRequest, TransportError};
use crate::response::{Decode, Incoming, Limits, Response};
use crate::secrets::Secrets;

impl<D, E> Request<'_, D, E> {
    /// The request as it would be sent, but for the headers that the HTTP client adds by itself: for dry runs and tests, or to
    /// send it by other means.
    ///
    /// # Errors
    /// The first thing that is wrong: the base URL, a value that has no form in its place, a path that would be that of another
    /// operation, a placeholder that has no value, a form that cannot be sent.
    pub fn build(self) -> Result<reqwest::Request, InvalidRequest> {
        let (mut request, form) = self.build_parts()?;
        if let Some(form) = form {
            *request.body_mut() = Some(form.into_body());
        }
        Ok(request)
    }

    /// As [`build`](Self::build), with the form beside the request, whose parts can be looked at. The request has the headers of
    /// the form, and no body then.
    ///
    /// # Errors
    /// Those of [`build`](Self::build).
    pub fn build_parts(mut self) -> Result<(reqwest::Request, Option<Form>), InvalidRequest> {
        let mut url = self.service.url()?;
        if let Some(fault) = self.fault.take() {
            return Err(fault);
        }
        let path = self.path.filled()?;
        url.set_path(&format!("{}{path}", url.path().trim_end_matches('/')));
        url.set_query(self.query.as_query());
        self.prepare_form()?;
        let request = self.service.http.request(self.method, url);
        let request = request.headers(self.headers);
        let (mut request, form) = match self.body {
            Body::None => (request, None),
            Body::Bytes(body) => (request.body(body), None),
            Body::Form { form, .. } => (request, form),
        };
        if let Some(form) = &form {
            request = request
                .header(CONTENT_TYPE, form.content_type())
                .header(CONTENT_LENGTH, form.content_length());
        }
        let request = request.build().map_err(InvalidRequest::build)?;
        Ok((request, form))
    }
}

impl<D: Decode, E: FromBody> Request<'_, D, E> {
    /// Sends the request and reads the response, as awaiting the request does. Any status other than 2xx is an error.
    ///
    /// # Errors
    /// As [`Error`] says.
    pub async fn send(self) -> Result<Response<D::Value>, Error<E>> {
        let http = &self.service.http;
        let (operation_id, path_template) = (self.operation_id, self.path.template);
        let limits = Limits::begin(self.timeout, self.response_limit);
        let mut request = self.build()?;
        let context = RequestContext {
            operation_id,
            method: request.method().clone(),
            path_template,
            path: request.url().path().to_owned(),
        };
        let secrets = Secrets::of(request.headers());
        let gate = Gate::before_body(&mut request);
        let sent = limits.within(http.execute(request)).await;
        let mut response = match sent.and_then(|sent| Ok(sent?)) {
            Ok(response) => response,
            Err(Cause::Http(error)) if error.is_builder() => {
                return Err(InvalidRequest::build(error).into());
            }
            Err(cause) => {
                return Err(TransportError::new(context, None, gate.close(), cause).into());
            }
        };
        secrets.mark(response.headers_mut());
        let is_success = response.status().is_success();
        let incoming = Incoming {
            context,
            response,
            limits,
            secrets,
        };
        if is_success {
            return D::decode(incoming).await;
        }
        Err(incoming.into_error().await)
    }
}

/// Sends the request.
impl<'a, D: Decode + 'a, E: FromBody + 'a> IntoFuture for Request<'a, D, E> {
    type Output = Result<Response<D::Value>, Error<E>>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send + 'a>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.send())
    }
}
