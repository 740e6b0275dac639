//! Building a request, and sending it.

use std::pin::Pin;

use bytes::{Bytes, BytesMut};
use postpress_multipart::Form;
use reqwest::header::{CONTENT_LENGTH, CONTENT_TYPE, Entry, HeaderMap, SET_COOKIE};
use serde::de::DeserializeOwned;

use super::{Body, Request, RequestContext};
use crate::error::{Error, ErrorResponse, InvalidRequest, TransportError};
use crate::response::{Decode, Response};

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

impl<D: Decode, E: DeserializeOwned> Request<'_, D, E> {
    /// Sends the request and reads the response, as awaiting the request does. Any status other than 2xx is an error.
    ///
    /// # Errors
    /// As [`Error`] says.
    pub async fn send(self) -> Result<Response<D::Value>, Error<E>> {
        let http = &self.service.http;
        let (operation_id, path_template) = (self.operation_id, self.path.template);
        let request = self.build()?;
        let context = RequestContext {
            operation_id,
            method: request.method().clone(),
            path_template,
            path: request.url().path().to_owned(),
        };
        let mut response = match http.execute(request).await {
            Ok(response) => response,
            Err(error) if error.is_builder() => return Err(InvalidRequest::build(error).into()),
            Err(error) => return Err(TransportError::no_response(context, error).into()),
        };
        hide_cookies(response.headers_mut());
        if response.status().is_success() {
            return D::decode(response, context).await;
        }
        let (status, headers) = (response.status(), std::mem::take(response.headers_mut()));
        let (body, broke_off) = read_as_far_as_possible(response).await;
        Err(ErrorResponse::new(context, status, headers, body, broke_off).into())
    }
}

/// Sends the request.
impl<'a, D: Decode + 'a, E: DeserializeOwned + 'a> IntoFuture for Request<'a, D, E> {
    type Output = Result<Response<D::Value>, Error<E>>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send + 'a>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.send())
    }
}

/// Marks cookies as sensitive, so that they do not print.
fn hide_cookies(headers: &mut HeaderMap) {
    if let Entry::Occupied(mut cookies) = headers.entry(SET_COOKIE) {
        for cookie in cookies.iter_mut() {
            cookie.set_sensitive(true);
        }
    }
}

/// The body up to its end or to where it broke off; the flag says whether it did.
async fn read_as_far_as_possible(mut response: reqwest::Response) -> (Bytes, bool) {
    let mut body = BytesMut::new();
    loop {
        match response.chunk().await {
            Ok(Some(chunk)) => body.extend_from_slice(&chunk),
            Ok(None) => return (body.freeze(), false),
            Err(_) => return (body.freeze(), true),
        }
    }
}
