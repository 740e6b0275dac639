//! Admits requests: checks the key, and then reads the form.

use http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use http::request::Parts as Head;

use super::Shared;
use crate::API_KEY_HEADER;
use crate::api::Endpoint;
use crate::form::{self, FormError, RequestBody};
use crate::problem::{Problem, Refusal};
use crate::record::RequestRecord;

/// Why a request is not carried out.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Rejection {
    Refused(Problem),
    /// The client has gone: there is nobody to respond to.
    BrokenOff,
}

/// Checks the key, and then reads the form, if the operation takes one.
pub(super) async fn admit(
    shared: &Shared,
    head: &Head,
    endpoint: &Endpoint,
    body: &mut RequestBody,
    record: &mut RequestRecord,
) -> Result<(), Rejection> {
    let refused =
        |refusal: Refusal, detail: String| Err(Rejection::Refused(refusal.of(endpoint, detail)));
    let key = head.headers.get(API_KEY_HEADER).map(|it| it.as_bytes());
    match (key, &shared.api_key) {
        (None | Some(b""), _) => {
            let detail = "X-API-KEY is required.";
            return refused(Refusal::MissingCredentials, detail.to_owned());
        }
        (Some(given), Some(wanted)) if given != wanted.as_bytes() => {
            let detail = "X-API-KEY is not the key that this server was started with.";
            return refused(Refusal::InvalidCredentials, detail.to_owned());
        }
        _ => {}
    }
    if endpoint.form.is_none() {
        return Ok(());
    }
    let text = |name| head.headers.get(name).and_then(|it| it.to_str().ok());
    let length = text(CONTENT_LENGTH).and_then(|it| it.parse().ok());
    let read = form::read(
        text(CONTENT_TYPE),
        length,
        body,
        shared.max_upload,
        &mut record.parts,
    );
    match read.await {
        Ok(()) => Ok(()),
        Err(FormError::BrokenOff) => Err(Rejection::BrokenOff),
        Err(FormError::NotAForm(given)) => refused(
            Refusal::NotAForm,
            format!("Content-Type must be multipart/form-data, and is {given}."),
        ),
        Err(FormError::Malformed(detail)) => refused(
            Refusal::Malformed,
            format!("The form cannot be read: {detail}."),
        ),
        Err(FormError::TooLarge(detail)) => refused(Refusal::TooLarge, detail + "."),
        Err(FormError::TooLong(detail)) => refused(Refusal::TooLong, detail + "."),
    }
}
