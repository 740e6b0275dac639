//! How the body of a success is read.

use std::marker::PhantomData;
use std::mem::take;

use serde::de::DeserializeOwned;

use super::{ByteStream, Response};
use crate::decode::{decode_json, without_bom};
use crate::error::{BodyFault, Error, InvalidBody, TransportError};
use crate::request::RequestContext;

/// How the body of a success is read: the first type parameter of a [`Request`](crate::Request).
pub trait Decode {
    /// What the body is read as.
    type Value;

    /// Reads the body of a 2xx response. For [`Request::send`](crate::Request::send).
    #[doc(hidden)]
    fn decode<E>(
        response: reqwest::Response,
        context: RequestContext,
    ) -> impl Future<Output = Result<Response<Self::Value>, Error<E>>> + Send;
}

/// Reads the body as JSON, as [`decode_json`] does. What is not JSON or not a `T` is an [`Error::InvalidBody`], which names the
/// place in the JSON.
#[derive(Debug)]
pub struct Json<T>(PhantomData<fn() -> T>);

/// Reads the body as UTF-8 text. What is none is an [`Error::InvalidBody`].
#[derive(Debug)]
pub struct Text;

/// Reads the body to its end, and expects nothing of it: the document says that there is none.
#[derive(Debug)]
pub struct Empty;

/// Leaves the body to be read as it comes, through a [`ByteStream`].
#[derive(Debug)]
pub struct Raw;

impl<T: DeserializeOwned> Decode for Json<T> {
    type Value = T;

    async fn decode<E>(
        response: reqwest::Response,
        context: RequestContext,
    ) -> Result<Response<T>, Error<E>> {
        let whole = Whole::read(response, context).await?;
        whole.decode(|body| Ok(decode_json(body)?))
    }
}

impl Decode for Text {
    type Value = String;

    async fn decode<E>(
        response: reqwest::Response,
        context: RequestContext,
    ) -> Result<Response<String>, Error<E>> {
        let whole = Whole::read(response, context).await?;
        whole.decode(|body| Ok(std::str::from_utf8(without_bom(body))?.to_owned()))
    }
}

impl Decode for Empty {
    type Value = ();

    async fn decode<E>(
        response: reqwest::Response,
        context: RequestContext,
    ) -> Result<Response<()>, Error<E>> {
        Ok(Whole::read(response, context).await?.response)
    }
}

impl Decode for Raw {
    type Value = ByteStream;

    async fn decode<E>(
        response: reqwest::Response,
        context: RequestContext,
    ) -> Result<Response<ByteStream>, Error<E>> {
        let (status, headers) = (response.status(), response.headers().clone());
        Ok(Response::new(
            status,
            headers,
            ByteStream::new(response, context),
        ))
    }
}

/// A response that was read to its end.
struct Whole {
    context: RequestContext,
    response: Response<()>,
}

impl Whole {
    async fn read(
        mut response: reqwest::Response,
        context: RequestContext,
    ) -> Result<Self, TransportError> {
        let (status, headers) = (response.status(), take(response.headers_mut()));
        match response.bytes().await {
            Ok(body) => {
                let mut response = Response::new(status, headers, ());
                response.body = body;
                Ok(Self { context, response })
            }
            Err(error) => Err(TransportError::broken_off(context, status, headers, error)),
        }
    }

    fn decode<T, E>(
        self,
        decode: impl FnOnce(&[u8]) -> Result<T, BodyFault>,
    ) -> Result<Response<T>, Error<E>> {
        let Self { context, response } = self;
        match decode(&response.body) {
            Ok(value) => Ok(response.map(|()| value)),
            Err(fault) => Err(InvalidBody {
                context,
                response,
                fault,
            }
            .into()),
        }
    }
}
