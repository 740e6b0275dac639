//! A response whose head has arrived, and the reading of its body.

use std::mem::take;
use std::panic::resume_unwind;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use tokio::task::spawn_blocking;
use tokio::time::{Instant, timeout_at};

use super::Response;
use crate::by_status::FromBody;
use crate::error::{BodyFault, Cause, Error, ErrorResponse, TransportError};
use crate::request::RequestContext;
use crate::secrets::Secrets;

/// How much is read of the body of an error, in bytes.
const ERROR_LIMIT: usize = 1 << 20;

/// Larger bodies, in bytes, are decoded on a thread where that holds up nothing else.
const SMALL: usize = 64 << 10;

/// A response whose head has arrived.
pub struct Incoming {
    pub(crate) context: RequestContext,
    pub(crate) response: reqwest::Response,
    pub(crate) limits: Limits,
    pub(crate) secrets: Secrets,
}

/// How long an exchange may take, and how large the body of its response may be.
#[derive(Clone, Copy)]
pub(crate) struct Limits {
    deadline: Option<Instant>,
    bytes: usize,
}

/// Where the reading of a body ended.
pub(super) enum End {
    Whole,
    TooLarge,
    BrokenOff(Cause),
}

/// A response that was read.
pub(super) struct Arrived {
    context: RequestContext,
    limits: Limits,
    secrets: Secrets,
    pub(super) response: Response<()>,
}

impl Limits {
    /// Starts the time limit.
    pub(crate) fn begin(timeout: Option<Duration>, bytes: usize) -> Self {
        Self {
            deadline: timeout.and_then(|timeout| Instant::now().checked_add(timeout)),
            bytes,
        }
    }

    pub(crate) async fn within<T>(self, future: impl Future<Output = T>) -> Result<T, Cause> {
        match self.deadline {
            Some(deadline) => timeout_at(deadline, future)
                .await
                .map_err(|_| Cause::TimedOut),
            None => Ok(future.await),
        }
    }
}

impl Incoming {
    /// The body up to its end, or as much of it as arrived.
    pub(super) async fn read(mut self) -> (Arrived, End) {
        let (status, headers) = (self.response.status(), take(self.response.headers_mut()));
        let mut body = BytesMut::new();
        let end = loop {
            match self.limits.within(self.response.chunk()).await {
                Ok(Ok(Some(chunk))) if chunk.len() > self.limits.bytes - body.len() => {
                    body.extend_from_slice(&chunk[..self.limits.bytes - body.len()]);
                    break End::TooLarge;
                }
                Ok(Ok(Some(chunk))) => body.extend_from_slice(&chunk),
                Ok(Ok(None)) => break End::Whole,
                Ok(Err(error)) => break End::BrokenOff(error.into()),
                Err(cause) => break End::BrokenOff(cause),
            }
        };
        let mut response = Response::new(status, headers, ());
        response.body = body.freeze();
        let arrived = Arrived {
            context: self.context,
            limits: self.limits,
            secrets: self.secrets,
            response,
        };
        (arrived, end)
    }

    /// The whole body.
    pub(super) async fn read_whole<E: FromBody>(self) -> Result<Arrived, Error<E>> {
        match self.read().await {
            (arrived, End::Whole) => Ok(arrived),
            (arrived, End::TooLarge) => Err(arrived.too_large()),
            (arrived, End::BrokenOff(cause)) => Err(arrived.broken_off(cause).into()),
        }
    }

    /// The error that a status other than 2xx is.
    pub(crate) async fn into_error<E: FromBody>(mut self) -> Error<E> {
        self.limits.bytes = self.limits.bytes.min(ERROR_LIMIT);
        let (arrived, end) = self.read().await;
        let broke_off = !matches!(end, End::Whole);
        Error::ErrorResponse(Box::new(arrived.into_response(broke_off, None)))
    }
}

impl Arrived {
    pub(super) async fn decode<T: Send + 'static, E: FromBody>(
        self,
        decode: fn(&Response<()>) -> Result<T, BodyFault>,
    ) -> Result<Response<T>, Error<E>> {
        let decoded = if self.response.body.len() <= SMALL {
            decode(&self.response)
        } else {
            let response = self.response.clone();
            let decoding = spawn_blocking(move || decode(&response));
            match self.limits.within(decoding).await {
                Err(cause) => return Err(self.broken_off(cause).into()),
                Ok(Ok(decoded)) => decoded,
                Ok(Err(error)) => match error.try_into_panic() {
                    Ok(panic) => resume_unwind(panic),
                    // The runtime is being shut down.
                    Err(_) => decode(&self.response),
                },
            }
        };
        match decoded {
            Ok(value) => Ok(self.response.map(|()| value)),
            Err(fault) => Err(self.invalid(fault)),
        }
    }

    fn broken_off(self, cause: Cause) -> TransportError {
        let head = (self.response.status, self.response.headers);
        TransportError::new(self.context, Some(head), false, cause)
    }

    /// The error for a body that is too large, without its beginning, which does not decode.
    pub(super) fn too_large<E: FromBody>(mut self) -> Error<E> {
        self.response.body = Bytes::new();
        let limit = self.limits.bytes;
        self.invalid(BodyFault::TooLarge(limit))
    }

    fn invalid<E: FromBody>(self, fault: BodyFault) -> Error<E> {
        Error::InvalidBody(Box::new(self.into_response(false, Some(fault))))
    }

    fn into_response<E: FromBody>(
        mut self,
        broke_off: bool,
        fault: Option<BodyFault>,
    ) -> ErrorResponse<E> {
        self.secrets.redact(&mut self.response.body);
        ErrorResponse::new(self.context, self.response, broke_off, fault)
    }
}
