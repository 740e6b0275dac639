//! Error responses: which type stands for what, and the envelope around it.

use serde_json::json;

use crate::api::Endpoint;

/// Why a request is refused.
///
/// The pages do not say which error type stands for which mistake, and some operations lack the type that others have
/// for it: 400 is documented for `startChat` alone. So each reason has a list of types, of which the response has the
/// first that the operation documents, with the status that it has there.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Refusal(&'static [&'static str]);

impl Refusal {
    /// There is no key, or it is empty.
    pub(crate) const MISSING_CREDENTIALS: Refusal = Refusal(&["missing_credentials"]);
    /// The key is not the one that the server was started with.
    pub(crate) const INVALID_CREDENTIALS: Refusal = Refusal(&["invalid_credentials"]);
    /// The body is of another media type than a form.
    pub(crate) const NOT_A_FORM: Refusal = Refusal(&["unsupported_media_type"]);
    /// The body is declared as a form, and cannot be read as one.
    pub(crate) const MALFORMED: Refusal = Refusal(&["malformed_request", "invalid_message"]);
    /// The files are too large, or the texts.
    pub(crate) const TOO_LARGE: Refusal = Refusal(&["content_too_large", "invalid_message"]);
    /// A text has too many characters.
    pub(crate) const TOO_LONG: Refusal = Refusal(&["too_many_characters", "invalid_message"]);
    /// A parameter or a field is absent.
    pub(crate) const MISSING: Refusal = Refusal(&[
        "missing_parameters",
        "invalid_message",
        "insufficient_permissions",
    ]);
    /// A parameter or a field is wrong.
    pub(crate) const INVALID: Refusal = Refusal(&[
        "invalid_parameters",
        "invalid_message",
        "insufficient_permissions",
    ]);
    /// `limit` is too high.
    pub(crate) const LIMIT_TOO_HIGH: Refusal =
        Refusal(&["limit_too_high", "insufficient_permissions"]);
    /// What is given as the id of an attendee cannot be an id.
    pub(crate) const INVALID_RECIPIENT: Refusal = Refusal(&["invalid_recipient"]);
    /// Nothing has this id.
    pub(crate) const NOT_FOUND: Refusal =
        Refusal(&["resource_not_found", "insufficient_permissions"]);
    /// What is given as the id in the path cannot be an id.
    pub(crate) const INVALID_ID: Refusal = Refusal(&["invalid_resource_identifier"]);
    /// The chat belongs to another account.
    pub(crate) const OTHER_ACCOUNT: Refusal = Refusal(&["account_mismatch"]);
    /// The chat is read-only, or locked.
    pub(crate) const NOT_WRITABLE: Refusal = Refusal(&["cant_send_message"]);
    /// Messages cannot be sent by way of this provider.
    pub(crate) const NOT_OFFERED: Refusal =
        Refusal(&["feature_not_implemented", "cant_send_message"]);

    /// The error of an operation that refuses a request.
    pub(crate) fn of(self, endpoint: &Endpoint, detail: impl Into<String>) -> Problem {
        let mut types = self.0.iter().map(|name| format!("errors/{name}"));
        match types.find_map(|name| endpoint.error(&name)) {
            Some(row) => Problem::new(row.status, &row.name, detail),
            // A test makes sure that this does not occur.
            None => Problem::new(500, "errors/unexpected_error", detail),
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
    pub(crate) fn new(status: u16, error_type: &str, detail: impl Into<String>) -> Problem {
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
        (Refusal::MISSING_CREDENTIALS, [401, 401, 401, 401]),
        (Refusal::INVALID_CREDENTIALS, [401, 401, 401, 401]),
        (Refusal::NOT_A_FORM, [0, 415, 0, 415]),
        (Refusal::MALFORMED, [0, 400, 0, 422]),
        (Refusal::TOO_LARGE, [0, 400, 0, 422]),
        (Refusal::TOO_LONG, [0, 400, 0, 422]),
        (Refusal::MISSING, [403, 400, 403, 422]),
        (Refusal::INVALID, [403, 400, 403, 422]),
        (Refusal::LIMIT_TOO_HIGH, [403, 400, 403, 403]),
        (Refusal::INVALID_RECIPIENT, [0, 422, 0, 422]),
        (Refusal::NOT_FOUND, [403, 404, 404, 404]),
        (Refusal::INVALID_ID, [0, 404, 404, 404]),
        (Refusal::OTHER_ACCOUNT, [403, 403, 403, 403]),
        (Refusal::NOT_WRITABLE, [0, 422, 0, 422]),
        (Refusal::NOT_OFFERED, [0, 501, 0, 422]),
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
        for name in STATUSES.iter().flat_map(|(refusal, _)| refusal.0) {
            let name = format!("errors/{name}");
            let mut operations = Operation::ALL.iter();
            let documented = operations.any(|it| api.endpoint(*it).error(&name).is_some());
            assert!(documented, "{name}");
        }
    }

    #[test]
    fn a_title_is_the_type_in_words() {
        assert_eq!(title("errors/resource_not_found"), "Resource not found");
    }
}
