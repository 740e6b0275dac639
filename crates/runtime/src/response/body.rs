//! How the body of a success is read.

use std::marker::PhantomData;

use serde::de::DeserializeOwned;

use super::incoming::{End, Incoming};
use super::receipt::receipt;
use super::{ByteStream, Response};
use crate::by_status::FromBody;
use crate::decode::without_bom;
use crate::error::Error;

/// How the body of a success is read: the first type parameter of a [`Request`](crate::Request).
pub trait Decode {
    /// What the body is read as.
    type Value;

    /// Reads the body of a 2xx response. For [`Request::send`](crate::Request::send).
    #[doc(hidden)]
    fn decode<E: FromBody>(
        incoming: Incoming,
    ) -> impl Future<Output = Result<Response<Self::Value>, Error<E>>> + Send;
}

/// Reads the body as JSON, as [`decode_json`](crate::decode_json) does, or as a `T` reads [it](FromBody) by the status. What is not JSON
/// or not a `T` is an [`Error::InvalidBody`], which names the place in the JSON.
#[derive(Debug)]
pub struct Json<T>(PhantomData<fn() -> T>);

/// Reads the body of a request that took effect if its status is 2xx, whatever the body is. One that is empty, breaks off, or is no JSON
/// of a `T` is `None`.
///
/// Two bodies are an [`Error::InvalidBody`] all the same, since something else may have responded than the service: an HTML page,
/// and an error, which is an object with an `error` or with two members of a problem (RFC 9457), where it does not decode as a
/// `T` other than the default.
#[derive(Debug)]
pub struct Receipt<T>(PhantomData<fn() -> T>);

/// Reads the body as UTF-8 text. Anything else is an [`Error::InvalidBody`].
#[derive(Debug)]
pub struct Text;

/// Reads the body to its end, and expects nothing of it: the document says that there is none.
#[derive(Debug)]
pub struct Empty;

/// Leaves the body to be read as it arrives, through a [`ByteStream`].
#[derive(Debug)]
pub struct Raw;

impl<T: FromBody + Send + 'static> Decode for Json<T> {
    type Value = T;

    async fn decode<E: FromBody>(incoming: Incoming) -> Result<Response<T>, Error<E>> {
        let arrived = incoming.read_whole().await?;
        arrived
            .decode(|response| {
                let status = response.status.as_u16();
                Ok(T::from_body(status, &response.body)?)
            })
            .await
    }
}

impl<T: DeserializeOwned + Default + PartialEq + Send + 'static> Decode for Receipt<T> {
    type Value = Option<T>;

    async fn decode<E: FromBody>(incoming: Incoming) -> Result<Response<Option<T>>, Error<E>> {
        match incoming.read().await {
            (arrived, End::Whole) => arrived.decode(|body| receipt(body, true)).await,
            (arrived, End::BrokenOff(_)) => arrived.decode(|body| receipt(body, false)).await,
            (arrived, End::TooLarge) => Err(arrived.too_large()),
        }
    }
}

impl Decode for Text {
    type Value = String;

    async fn decode<E: FromBody>(incoming: Incoming) -> Result<Response<String>, Error<E>> {
        let arrived = incoming.read_whole().await?;
        arrived
            .decode(|response| Ok(std::str::from_utf8(without_bom(&response.body))?.to_owned()))
            .await
    }
}

impl Decode for Empty {
    type Value = ();

    async fn decode<E: FromBody>(incoming: Incoming) -> Result<Response<()>, Error<E>> {
        Ok(incoming.read_whole().await?.response)
    }
}

impl Decode for Raw {
    type Value = ByteStream;

    async fn decode<E: FromBody>(incoming: Incoming) -> Result<Response<ByteStream>, Error<E>> {
        let Incoming {
            response, context, ..
        } = incoming;
        let (status, headers) = (response.status(), response.headers().clone());
        let stream = ByteStream::new(response, context);
        Ok(Response::new(status, headers, stream))
    }
}
