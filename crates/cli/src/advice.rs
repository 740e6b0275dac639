//! What to do about an error, and whether it is safe to try again. The documentation says what each type means; this is what
//! follows from it.

use postpress::{Delivery, ErrorType, Operation};

/// Whether to try again after an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Again {
    /// Nothing was sent, and the error passes: postpress itself tries again.
    ByItself,
    /// A read is safe, and postpress itself tries it again; a send may have gone through.
    OnlyReads,
    /// Nothing was sent, and the error passes, but not soon.
    Later,
    /// Nothing was sent, and nothing will be before something changes.
    AfterChange,
}

impl Again {
    /// After a response with this status and, if it has one, type.
    pub(crate) fn after(error_type: Option<&ErrorType>, status: u16) -> Self {
        if Operation::SendMessage.is_retried_after(status, error_type) {
            return Self::ByItself;
        }
        if Delivery::after_response(status, error_type) == Delivery::Unknown {
            return Self::OnlyReads;
        }
        match error_type.map_or("", |it| short(it.as_str())) {
            "cannot_resend_yet"
            | "cannot_resend_within_24hrs"
            | "limit_exceeded"
            | "already_invited_recently"
            | "provider_unreachable"
            | "realtime_client_not_initialized" => Self::Later,
            _ => Self::AfterChange,
        }
    }

    /// A word for tables and scripts.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::ByItself => "yes",
            Self::OnlyReads => "reads-only",
            Self::Later => "later",
            Self::AfterChange => "after-change",
        }
    }

    /// A sentence.
    pub(crate) fn sentence(self) -> &'static str {
        match self {
            Self::ByItself => {
                "Yes: nothing was sent. postpress does so itself, after a pause, up to --retries times."
            }
            Self::OnlyReads => {
                "Reads: yes, and postpress does so itself. Sends: no, the message may have been sent; look into the chat first."
            }
            Self::Later => "Later: nothing was sent, and it would be refused again for now.",
            Self::AfterChange => {
                "Not as it is: nothing was sent, and it would be refused again until something changes."
            }
        }
    }
}

/// A type without its `errors/`.
pub(crate) fn short(error_type: &str) -> &str {
    error_type.strip_prefix("errors/").unwrap_or(error_type)
}

/// What to do next.
pub(crate) fn next(error_type: Option<&ErrorType>, status: u16) -> &'static str {
    let name = error_type.map_or("", |it| short(it.as_str()));
    match (status, name) {
        (_, "missing_credentials") => {
            "set POSTPRESS_API_KEY, or name a file that holds the key with --api-key-file"
        }
        (_, "insufficient_privileges") => {
            "use a key with that scope; keys are made in the postpress dashboard"
        }
        (_, "multiple_sessions") => "connect the Recruiter account by cookie",
        (_, "invalid_proxy_credentials") => {
            "correct the proxy of the account in the postpress dashboard"
        }
        (_, "expired_link") => "make a new link",
        (_, "disconnected_account" | "expired_credentials" | "disconnected_feature") => {
            "connect the account again in the postpress dashboard"
        }
        (401, "") => "check the key; keys are made in the postpress dashboard",
        (401, _) => {
            "check the key, and that the account is still connected, in the postpress dashboard"
        }
        (_, "account_restricted") => {
            "look at the account in the provider's own app, which says what is needed"
        }
        (_, "action_required" | "unknown_authentication_context") => {
            "finish signing in, in the provider's own app"
        }
        (_, "feature_not_subscribed" | "subscription_required") => {
            "subscribe to the feature, or do without it"
        }
        (403, _) => "use an account or a key that is allowed to do this",
        (_, "content_too_large") => "send smaller files; 15 MB is what providers usually allow",
        (_, "too_many_characters") => "shorten the text",
        (_, "limit_too_high") => "ask for at most 250 chats a page",
        (400, _) => "correct the value that the detail names; --dry-run shows what goes out",
        (404, _) => {
            "check the id; a provider's id takes --account as well, and `postpress chats list` shows the ids there are"
        }
        (415, _) => {
            "send the file in another format, or set its type with `;type=MEDIA/TYPE` after its path"
        }
        (_, "no_connection_with_recipient" | "user_unreachable") => {
            "connect with the recipient first, or on LinkedIn send an InMail with --inmail"
        }
        (_, "insufficient_credits" | "payment_error") => {
            "top up the credits of the account, then send it again"
        }
        (_, "not_allowed_inmail") => "leave out --inmail, or write to somebody else",
        (_, "cannot_resend_within_24hrs") => "wait for 24 hours, then send it again",
        (
            _,
            "cannot_resend_yet"
            | "limit_exceeded"
            | "already_invited_recently"
            | "provider_unreachable",
        ) => "wait, then send it again",
        (_, "action_already_performed" | "already_connected") => {
            "nothing: it has already been done"
        }
        (_, "invalid_recipient" | "recipient_rejected") => {
            "check the recipient's id; `postpress chats start --help` says which kind each provider takes"
        }
        (422, _) => "change what the detail names, then send it again",
        (429, _) => {
            "wait a while, then send it again; --retries makes postpress wait longer by itself"
        }
        (501, _) => "do without the feature on this provider for now",
        (503, _) if Again::after(error_type, status) == Again::ByItself => {
            "wait a little, then try again: nothing was sent"
        }
        (500..=599, _) => {
            "wait a little, then try again; if that does not help, give postpress support the request id"
        }
        _ => "see what the service says",
    }
}

/// Whether any other message would have met the same error: it is about the account, the provider or the service.
pub(crate) fn concerns_account(error_type: Option<&ErrorType>, status: u16) -> bool {
    let of_account = [
        "account_configuration_error",
        "insufficient_credits",
        "insufficient_job_slot",
        "invalid_account",
        "ip_rejected_by_server",
        "limit_exceeded",
        "payment_error",
        "provider_unreachable",
        "realtime_client_not_initialized",
        "sender_rejected",
    ];
    let name = error_type.map_or("", |it| short(it.as_str()));
    of_account.contains(&name) || !matches!(status, 400 | 404 | 413 | 415 | 422)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_documented_error_has_something_to_do() {
        for info in ErrorType::all() {
            for place in info.documented() {
                let error_type = ErrorType::from(info.error_type());
                let next = next(Some(&error_type), place.status());
                assert_ne!(next, "see what the service says", "{error_type}");
            }
        }
    }

    #[test]
    fn an_unknown_error_is_judged_by_its_status() {
        let new = ErrorType::from("errors/new");
        assert_eq!(Again::after(Some(&new), 503), Again::OnlyReads);
        assert_eq!(Again::after(None, 429), Again::ByItself);
        assert_eq!(Again::after(Some(&new), 418), Again::AfterChange);
    }
}
