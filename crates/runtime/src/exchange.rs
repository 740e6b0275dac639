//! A request out, an answer in.

use bytes::{Bytes, BytesMut};
use reqwest::header::{Entry, HeaderMap, SET_COOKIE};
use reqwest::{Client, RequestBuilder, StatusCode};
use serde::de::DeserializeOwned;

use crate::decode::{decode_json, without_bom};
use crate::error::{
    Asked, BodyFault, Error, ErrorResponse, Failure, InvalidBody, InvalidRequest, TransportError,
};
use crate::response::Response;
use crate::stream::ByteStream;

/// Sends a request and waits for the head of the answer. Any status other than 2xx is an error, with the body read.
///
/// The error has no type for the documented body yet; `?` gives it one in a function that returns [`Error`].
///
/// # Errors
/// As [`Error`] says, except [`Error::InvalidBody`]: the body of a success is still unread.
pub async fn execute(http: &Client, request: RequestBuilder) -> Result<reqwest::Response, Failure> {
    let request = request.build().map_err(InvalidRequest::build)?;
    let asked = Asked::of_request(&request);
    let mut response = match http.execute(request).await {
        Ok(response) => response,
        Err(error) if error.is_builder() => return Err(InvalidRequest::build(error).into()),
        Err(error) => return Err(TransportError::unanswered(asked, error).into()),
    };
    if response.status().is_success() {
        asked.remember(&mut response);
        return Ok(response);
    }
    let (status, headers) = (response.status(), take_headers(&mut response));
    let (body, broke_off) = read_what_comes(response).await;
    Err(Failure::response(ErrorResponse::unread(
        asked, status, headers, body, broke_off,
    )))
}

/// Decodes the body of an answer as JSON, as [`decode_json`] does.
///
/// # Errors
/// [`Error::InvalidBody`] if the body is not JSON or not a `T`: it names the place in the JSON.
/// [`Error::Transport`] if the connection breaks.
pub async fn json<T: DeserializeOwned, E>(
    response: reqwest::Response,
) -> Result<Response<T>, Error<E>> {
    let whole = Whole::read(response).await?;
    match decode_json(&whole.body) {
        Ok(value) => Ok(whole.response(value)),
        Err(error) => Err(whole.invalid(error)),
    }
}

/// Reads an answer to its end and drops the body: nothing is documented to be in it.
///
/// # Errors
/// [`Error::Transport`] if the connection breaks.
pub async fn empty<E>(response: reqwest::Response) -> Result<Response<()>, Error<E>> {
    Ok(Whole::read(response).await?.response(()))
}

/// Reads the body of an answer as UTF-8 text.
///
/// # Errors
/// [`Error::InvalidBody`] if it is not UTF-8. [`Error::Transport`] if the connection breaks.
pub async fn text<E>(response: reqwest::Response) -> Result<Response<String>, Error<E>> {
    let whole = Whole::read(response).await?;
    match std::str::from_utf8(without_bom(&whole.body)) {
        Ok(text) => {
            let text = text.to_owned();
            Ok(whole.response(text))
        }
        Err(error) => Err(whole.invalid(error)),
    }
}

/// Leaves the body of an answer to be read as it comes.
///
/// # Errors
/// None yet: those of reading come from the [`ByteStream`].
pub async fn raw<E>(response: reqwest::Response) -> Result<Response<ByteStream>, Error<E>> {
    Ok(Response::new(
        response.status(),
        response.headers().clone(),
        ByteStream::new(response),
    ))
}

/// An answer read to its end.
struct Whole {
    asked: Asked,
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
}

impl Whole {
    async fn read(mut response: reqwest::Response) -> Result<Self, TransportError> {
        let asked = Asked::of_response(&response);
        let (status, headers) = (response.status(), take_headers(&mut response));
        match response.bytes().await {
            Ok(body) => Ok(Self {
                asked,
                status,
                headers,
                body,
            }),
            Err(error) => Err(TransportError::broken_off(asked, status, headers, error)),
        }
    }

    fn response<T>(self, value: T) -> Response<T> {
        Response::new(self.status, self.headers, value).with_body(self.body)
    }

    fn invalid<E>(self, fault: impl Into<BodyFault>) -> Error<E> {
        InvalidBody {
            asked: self.asked,
            status: self.status,
            headers: self.headers,
            body: self.body,
            fault: fault.into(),
        }
        .into()
    }
}

/// The headers of an answer, with cookies marked so that they do not print.
fn take_headers(response: &mut reqwest::Response) -> HeaderMap {
    let mut headers = std::mem::take(response.headers_mut());
    if let Entry::Occupied(mut cookies) = headers.entry(SET_COOKIE) {
        for cookie in cookies.iter_mut() {
            cookie.set_sensitive(true);
        }
    }
    headers
}

/// Reads a body as far as it can be read; the flag says whether it broke off.
async fn read_what_comes(mut response: reqwest::Response) -> (Bytes, bool) {
    let mut body = BytesMut::new();
    loop {
        match response.chunk().await {
            Ok(Some(chunk)) => body.extend_from_slice(&chunk),
            Ok(None) => return (body.freeze(), false),
            Err(_) => return (body.freeze(), true),
        }
    }
}
