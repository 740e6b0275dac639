//! Whether a request is let in: its key, and its form.

use http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use http::request::Parts as Head;

use super::Shared;
use crate::API_KEY_HEADER;
use crate::document::Endpoint;
use crate::form::{self, Body, Trouble};
use crate::problem::{Problem, Refusal};
use crate::record::Draft;

/// Why a request is not carried out.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Stop {
    Refused(Problem),
    /// There is nobody to answer.
    BrokenOff,
}

/// Looks at the key, and then reads the form, if the operation takes one.
pub(super) async fn admit(
    shared: &Shared,
    head: &Head,
    endpoint: &Endpoint,
    body: &mut Body,
    draft: &mut Draft,
) -> Result<(), Stop> {
    let refused = |refusal: Refusal, detail: &str| Stop::Refused(refusal.of(endpoint, detail));
    let key = head.headers.get(API_KEY_HEADER).map(|it| it.as_bytes());
    match (key, &shared.api_key) {
        (None | Some(b""), _) => {
            return Err(refused(
                Refusal::MissingCredentials,
                "X-API-KEY is required.",
            ));
        }
        (Some(given), Some(wanted)) if given != wanted.as_bytes() => {
            let detail = "X-API-KEY is not the key that this server was started with.";
            return Err(refused(Refusal::InvalidCredentials, detail));
        }
        _ => {}
    }
    if endpoint.form.is_none() {
        return Ok(());
    }
    let text = |name| head.headers.get(name).and_then(|it| it.to_str().ok());
    let length = text(CONTENT_LENGTH).and_then(|it| it.parse().ok());
    form::read(
        text(CONTENT_TYPE),
        length,
        body,
        shared.max_upload,
        draft.parts_mut(),
    )
    .await
    .map_err(|trouble| match trouble {
        Trouble::BrokenOff => Stop::BrokenOff,
        Trouble::NotAForm(detail) => refused(Refusal::NotAForm, &format!("{detail}.")),
        Trouble::Malformed(detail) => refused(
            Refusal::Malformed,
            &format!("The form cannot be read: {detail}."),
        ),
        Trouble::TooLarge { field, message } => {
            refused(Refusal::TooLarge, &format!("{field} {message}."))
        }
        Trouble::TooLong { field, message } => {
            refused(Refusal::TooLong, &format!("{field} {message}."))
        }
    })
}
