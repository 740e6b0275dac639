//! Error responses: which type stands for what, and the envelope around it.

use serde_json::{Value, json};

use crate::api::Endpoint;
use crate::check;
use crate::response::{JSON, Response, response};

/// Why a request is refused.
///
/// The pages do not say which error type stands for which mistake, and some operations lack the type that others have
/// for it: 400 is documented for `startChat` alone. So each reason has a list of types, of which the response has the
/// first that the operation documents, with the status that it has there; and a list of statuses, for operations that
/// document none of the types.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Refusal(&'static [&'static str], &'static [u16]);

impl Refusal {
    /// There is no key, or it is empty.
    pub(crate) const MISSING_CREDENTIALS: Refusal = Refusal(&["missing_credentials"], &[401, 403]);
    /// The key is not the one that the server was started with.
    pub(crate) const INVALID_CREDENTIALS: Refusal = Refusal(&["invalid_credentials"], &[401, 403]);
    /// The body is of another media type than the documented ones.
    pub(crate) const NOT_A_FORM: Refusal = Refusal(&["unsupported_media_type"], &[415, 400, 422]);
    /// The body is declared as a form or as JSON, and cannot be read as that.
    pub(crate) const MALFORMED: Refusal =
        Refusal(&["malformed_request", "invalid_message"], &[400, 422]);
    /// The files are too large, or the texts.
    pub(crate) const TOO_LARGE: Refusal =
        Refusal(&["content_too_large", "invalid_message"], &[413, 400, 422]);
    /// A text has too many characters.
    pub(crate) const TOO_LONG: Refusal =
        Refusal(&["too_many_characters", "invalid_message"], &[400, 422]);
    /// A parameter or a field is absent.
    pub(crate) const MISSING: Refusal = Refusal(
        &[
            "missing_parameters",
            "invalid_message",
            "insufficient_permissions",
        ],
        &[400, 422],
    );
    /// A parameter or a field is wrong.
    pub(crate) const INVALID: Refusal = Refusal(
        &[
            "invalid_parameters",
            "invalid_message",
            "insufficient_permissions",
        ],
        &[400, 422],
    );
    /// `limit` is too high.
    pub(crate) const LIMIT_TOO_HIGH: Refusal =
        Refusal(&["limit_too_high", "insufficient_permissions"], &[400, 422]);
    /// What is given as the id of an attendee cannot be an id.
    pub(crate) const INVALID_RECIPIENT: Refusal = Refusal(&["invalid_recipient"], &[422, 400]);
    /// Nothing has this id.
    pub(crate) const NOT_FOUND: Refusal =
        Refusal(&["resource_not_found", "insufficient_permissions"], &[404]);
    /// What is given in the path cannot be that.
    pub(crate) const INVALID_ID: Refusal =
        Refusal(&["invalid_resource_identifier"], &[404, 400, 422]);
    /// The chat belongs to another account.
    pub(crate) const OTHER_ACCOUNT: Refusal = Refusal(&["account_mismatch"], &[403]);
    /// The chat is read-only, or locked.
    pub(crate) const NOT_WRITABLE: Refusal = Refusal(&["cant_send_message"], &[422]);
    /// Messages cannot be sent by way of this provider.
    pub(crate) const NOT_OFFERED: Refusal =
        Refusal(&["feature_not_implemented", "cant_send_message"], &[501]);

    /// The error of an operation that refuses a request.
    pub(crate) fn of(self, endpoint: &Endpoint, detail: impl Into<String>) -> Problem {
        let mut types = self.0.iter().map(|name| format!("errors/{name}"));
        if let Some(row) = types.find_map(|name| endpoint.error(&name)) {
            return Problem::new(row.status, &row.name, detail);
        }
        let mut statuses = self.1.iter().copied();
        let documented = statuses.clone().find(|it| endpoint.documents(*it));
        let status = documented.or_else(|| statuses.next()).unwrap_or(400);
        Problem::of_status(endpoint, status, detail)
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

    /// An error with the first type that the operation documents for a status; RFC 9457 has one for where it documents none.
    pub(crate) fn of_status(
        endpoint: &Endpoint,
        status: u16,
        detail: impl Into<String>,
    ) -> Problem {
        let row = endpoint.errors.iter().find(|row| row.status == status);
        Problem::new(status, row.map_or("about:blank", |row| &row.name), detail)
    }

    /// The response, in the form that the operation documents. `instance` is the id of the request.
    pub(crate) fn response(&self, endpoint: Option<&Endpoint>, instance: &str) -> Response {
        let body = self.body(instance);
        let documented = endpoint.and_then(|it| it.response(self.status));
        match documented.map(|it| (it, it.schema())) {
            Some((_, Some(schema))) if check::mistakes(schema, &body).is_empty() => {}
            Some((documented, _)) => return documented.sample(self.status, Some(&self.detail)),
            None => {}
        }
        response(self.status, JSON, body.to_string())
    }

    fn body(&self, instance: &str) -> Value {
        json!({
            "title": title(&self.error_type),
            "detail": self.detail,
            "instance": instance,
            "type": self.error_type,
            "status": self.status,
        })
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
    use crate::api::Api;

    const OPERATIONS: [&str; 4] = ["listChats", "startChat", "getChat", "sendMessage"];

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
            for (operation, status) in OPERATIONS.iter().zip(statuses) {
                let endpoint = api.endpoint(operation).expect("the operation");
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
            let mut endpoints = OPERATIONS.iter().filter_map(|it| api.endpoint(it));
            let documented = endpoints.any(|it| it.error(&name).is_some());
            assert!(documented, "{name}");
        }
    }

    #[test]
    fn a_title_is_the_type_in_words() {
        assert_eq!(title("errors/resource_not_found"), "Resource not found");
    }
}
