//! An error whose body has not been given its type yet.

use std::fmt;

use reqwest::StatusCode;
use serde::de::DeserializeOwned;

use super::{Error, ErrorResponse, InvalidRequest, TransportError};

/// Why [`execute`](crate::execute) failed. `?` makes an [`Error`] of it, reading the body of an error answer as the type
/// that the operation documents: which one that is, only the operation knows.
#[derive(Debug)]
pub struct Failure(Error<()>);

impl Failure {
    pub(crate) fn response(response: ErrorResponse<()>) -> Self {
        Self(response.into())
    }

    /// The status of the answer, if one came.
    pub fn status(&self) -> Option<StatusCode> {
        self.0.status()
    }
}

impl From<InvalidRequest> for Failure {
    fn from(error: InvalidRequest) -> Self {
        Self(error.into())
    }
}

impl From<TransportError> for Failure {
    fn from(error: TransportError) -> Self {
        Self(error.into())
    }
}

impl<E: DeserializeOwned> From<Failure> for Error<E> {
    fn from(Failure(error): Failure) -> Self {
        match error {
            Error::InvalidRequest(error) => Self::InvalidRequest(error),
            Error::Transport(error) => Self::Transport(error),
            Error::ErrorResponse(response) => response.read_as().into(),
            Error::InvalidBody(error) => Self::InvalidBody(error),
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for Failure {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.source()
    }
}
