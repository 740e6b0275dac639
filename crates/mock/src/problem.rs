//! Error responses: which type stands for what, and the envelope around it.

use serde_json::json;

use crate::api::{Endpoint, ErrorType};

/// Why a request is refused.
///
/// The pages do not say which error type stands for which mistake, and some operations lack the type that others have
/// for it: 400 is documented for `startChat` alone. So each reason has a list of types, of which the response has the
/// first that the operation documents, with the status that it has there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// There is no key, or it is empty.
    MissingCredentials,
    /// The key is not the one that the server was started with.
    InvalidCredentials,
    /// The body is of another media type than a form.
    NotAForm,
    /// The body is declared as a form, and cannot be read as one.
    Malformed,
    /// The files are too large, or the texts.
    TooLarge,
    /// A text has too many characters.
    TooLong,
    /// A parameter or a field is absent.
    Missing,
    /// A parameter or a field is wrong.
    Invalid,
    /// `limit` is too high.
    LimitTooHigh,
    /// What is given as the id of an attendee cannot be an id.
    InvalidRecipient,
    /// Nothing has this id.
    NotFound,
    /// What is given as the id in the path cannot be an id.
    InvalidId,
    /// The chat belongs to another account.
    OtherAccount,
    /// The chat is read-only, or locked.
    NotWritable,
    /// Messages cannot be sent by way of this provider.
    NotOffered,
}

impl Refusal {
    fn types(self) -> &'static [&'static str] {
        match self {
            Refusal::MissingCredentials => &["errors/missing_credentials"],
            Refusal::InvalidCredentials => &["errors/invalid_credentials"],
            Refusal::NotAForm => &["errors/unsupported_media_type"],
            Refusal::Malformed => &["errors/malformed_request", "errors/invalid_message"],
            Refusal::TooLarge => &["errors/content_too_large", "errors/invalid_message"],
            Refusal::TooLong => &["errors/too_many_characters", "errors/invalid_message"],
            Refusal::Missing => &[
                "errors/missing_parameters",
                "errors/invalid_message",
                "errors/insufficient_permissions",
            ],
            Refusal::Invalid => &[
                "errors/invalid_parameters",
                "errors/invalid_message",
                "errors/insufficient_permissions",
            ],
            Refusal::LimitTooHigh => &["errors/limit_too_high", "errors/insufficient_permissions"],
            Refusal::InvalidRecipient => &["errors/invalid_recipient"],
            Refusal::NotFound => &[
                "errors/resource_not_found",
                "errors/insufficient_permissions",
            ],
            Refusal::InvalidId => &["errors/invalid_resource_identifier"],
            Refusal::OtherAccount => &["errors/account_mismatch"],
            Refusal::NotWritable => &["errors/cant_send_message"],
            Refusal::NotOffered => &["errors/feature_not_implemented", "errors/cant_send_message"],
        }
    }

    /// The error of an operation that refuses a request.
    pub(crate) fn of(self, endpoint: &Endpoint, detail: impl Into<String>) -> Problem {
        let row = self.types().iter().find_map(|name| endpoint.error(name));
        match row {
            Some(row) => Problem::documented(row, detail),
            // A test makes sure that this does not occur.
            None => Problem::undocumented(500, "errors/unexpected_error", detail),
        }
    }
}

/// An error of the API, without the id of the request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Problem {
    pub(crate) status: u16,
    pub(crate) error_type: String,
    detail: String,
}

impl Problem {
    /// A problem that the operation documents.
    pub(crate) fn documented(row: &ErrorType, detail: impl Into<String>) -> Problem {
        Problem::undocumented(row.status, &row.name, detail)
    }

    /// A problem that the operation does not document.
    pub(crate) fn undocumented(
        status: u16,
        error_type: &str,
        detail: impl Into<String>,
    ) -> Problem {
        Problem {
            status,
            error_type: error_type.to_owned(),
            detail: detail.into(),
        }
    }

    /// The body of the response. `instance` is the id of the request.
    pub(crate) fn body(&self, instance: &str) -> String {
        json!({
            "title": title(&self.error_type),
            "detail": self.detail,
            "instance": instance,
            "type": self.error_type,
            "status": self.status,
        })
        .to_string()
    }
}

/// `errors/resource_not_found` is titled "Resource not found", as in the document's samples.
fn title(error_type: &str) -> String {
    let name = error_type.rsplit(['/', ':']).next().unwrap_or_default();
    let words = name.replace('_', " ");
    let mut letters = words.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => words,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Operation;
    use crate::api::Api;

    /// The statuses that the reasons lead to; 0 where an operation does not have them.
    const STATUSES: &[(Refusal, [u16; 4])] = &[
        // listChats, startChat, getChat, sendMessage
        (Refusal::MissingCredentials, [401, 401, 401, 401]),
        (Refusal::InvalidCredentials, [401, 401, 401, 401]),
        (Refusal::NotAForm, [0, 415, 0, 415]),
        (Refusal::Malformed, [0, 400, 0, 422]),
        (Refusal::TooLarge, [0, 400, 0, 422]),
        (Refusal::TooLong, [0, 400, 0, 422]),
        (Refusal::Missing, [403, 400, 403, 422]),
        (Refusal::Invalid, [403, 400, 403, 422]),
        (Refusal::LimitTooHigh, [403, 400, 403, 403]),
        (Refusal::InvalidRecipient, [0, 422, 0, 422]),
        (Refusal::NotFound, [403, 404, 404, 404]),
        (Refusal::InvalidId, [0, 404, 404, 404]),
        (Refusal::OtherAccount, [403, 403, 403, 403]),
        (Refusal::NotWritable, [0, 422, 0, 422]),
        (Refusal::NotOffered, [0, 501, 0, 422]),
    ];

    #[test]
    fn every_refusal_has_a_documented_type_and_status_wherever_it_occurs() {
        let api = Api::embedded().expect("the document can be served");
        for (refusal, statuses) in STATUSES {
            for (operation, status) in Operation::ALL.iter().zip(statuses) {
                let endpoint = api.endpoint(*operation);
                let problem = refusal.of(endpoint, "");
                if *status != 0 {
                    assert_eq!(problem.status, *status, "{refusal:?} in {operation}");
                    assert!(endpoint.error(&problem.error_type).is_some());
                }
            }
        }
    }

    #[test]
    fn every_type_that_is_named_here_is_in_the_document() {
        let api = Api::embedded().expect("the document can be served");
        for name in STATUSES.iter().flat_map(|(refusal, _)| refusal.types()) {
            let documented = Operation::ALL
                .iter()
                .any(|operation| api.endpoint(*operation).error(name).is_some());
            assert!(documented, "{name}");
        }
    }

    #[test]
    fn a_title_is_the_type_in_words() {
        assert_eq!(title("errors/resource_not_found"), "Resource not found");
    }
}
