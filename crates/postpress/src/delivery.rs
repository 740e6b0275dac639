//! What is known of a message after an error, and which errors are safe to retry: the one place that decides both.

use std::fmt;

use postpress_client::{errors::ErrorType, runtime};

use crate::{operation::Operation, response::Problem};

/// What is known of whether a message was sent, when the call that should have sent it failed.
///
/// | What happened | Delivery | Is the send retried? |
/// |---|---|---|
/// | A value or file was refused before anything was sent. | `NotSent` | no |
/// | No connection was made: refused, no such host, TLS, or not in time. | `NotSent` | yes |
/// | A file shrank, grew or vanished while it was sent, so that the request never became complete. | `NotSent` | no |
/// | 4xx | `Rejected` | only after 429 |
/// | 307, 308: redirects are not followed. | `Rejected` | no |
/// | 501 | `Rejected` | no |
/// | 503 with `errors/no_client_session`, `errors/no_channel` or `errors/no_handler`: nothing took up the request. | `Rejected` | yes |
/// | Any other 5xx, and any other 3xx; 101; 600 to 999, which do not exist. | `Unknown` | never |
/// | The connection broke after the request went out. | `Unknown` | never |
/// | A time limit ran out after that, of an attempt or of the call. | `Unknown` | never |
/// | A success whose body is an error or HTML, so that something else may have responded, or too large. | `Unknown` | never |
///
/// When in doubt, it is `Unknown`. Every other success counts as one, whatever its body is. Calls that only read are retried after
/// everything that may pass: connections that fail or break, time limits of an attempt, and the statuses 408, 429, 500, 502, 503 and 504.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Delivery {
    /// It was not sent: the request was refused here, no connection was made, or the upload broke off before its end.
    NotSent,
    /// The service answered that it did not send it.
    Rejected,
    /// It may have been sent: the request went out, and no response says otherwise. Look into the chat before sending it again.
    Unknown,
}

impl Delivery {
    /// What is known of a message if the response has this status, which is none of a success, and error type.
    pub fn after_response(status: u16, error_type: Option<&ErrorType>) -> Self {
        match status {
            503 if is_untouched(error_type) => Self::Rejected,
            501 => Self::Rejected,
            // "Ask there instead" says that nothing was done here; other redirects may follow something done.
            307 | 308 => Self::Rejected,
            400..=499 => Self::Rejected,
            // 5xx, other redirects, a change of protocol that nobody asked for, and statuses that do not exist, which a client
            // takes for 5xx (RFC 9110, section 15).
            _ => Self::Unknown,
        }
    }
}

impl Operation {
    /// Whether a call is retried if the response has this status and error type, as far as its
    /// [policy](crate::RetryPolicy) goes.
    pub fn is_retried_after(self, status: u16, error_type: Option<&ErrorType>) -> bool {
        match status {
            429 => true,
            503 => !self.sends() || is_untouched(error_type),
            408 | 500 | 502 | 504 => !self.sends(),
            _ => false,
        }
    }
}

/// Whether a 503 of this type says that nothing took up the request.
fn is_untouched(error_type: Option<&ErrorType>) -> bool {
    matches!(
        error_type,
        Some(ErrorType::NoClientSession | ErrorType::NoChannel | ErrorType::NoHandler)
    )
}

impl fmt::Display for Delivery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotSent => "not sent",
            Self::Rejected => "rejected",
            Self::Unknown => "unknown",
        })
    }
}

/// What follows from a failed attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct RetryDecision {
    pub(crate) delivery: Delivery,
    /// Another attempt may succeed, and cannot send anything twice.
    pub(crate) is_retryable: bool,
}

/// What follows from a failed attempt of an operation.
pub(crate) fn classify(error: &runtime::Error<Problem>, operation: Operation) -> RetryDecision {
    let reads = !operation.sends();
    let (delivery, is_retryable) = match error {
        runtime::Error::InvalidRequest(_) => (Delivery::NotSent, false),
        runtime::Error::Transport(error) if error.is_upload() => (Delivery::NotSent, false),
        runtime::Error::Transport(error) if error.is_connect() => (Delivery::NotSent, true),
        runtime::Error::Transport(_) => (Delivery::Unknown, reads),
        runtime::Error::ErrorResponse(response) => {
            let (status, problem) = (response.status().as_u16(), response.problem());
            let error_type = problem.and_then(|problem| problem.error_type.as_ref());
            (
                Delivery::after_response(status, error_type),
                operation.is_retried_after(status, error_type),
            )
        }
        // A success that cannot be read: whatever was to be done is done, and would be done again.
        _ => (Delivery::Unknown, false),
    };
    RetryDecision {
        delivery,
        is_retryable,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn statuses() -> impl Iterator<Item = u16> {
        [101].into_iter().chain(300..1000)
    }

    #[test]
    fn a_send_is_retried_only_where_nothing_was_sent() {
        for operation in [Operation::StartChat, Operation::SendMessage] {
            for status in statuses() {
                let is_retried = operation.is_retried_after(status, None);
                assert_eq!(is_retried, status == 429, "{status}");
                if is_retried {
                    assert_eq!(Delivery::after_response(status, None), Delivery::Rejected);
                }
            }
            let unavailable = 503;
            for (error_type, delivery) in [
                (ErrorType::NoClientSession, Delivery::Rejected),
                (ErrorType::NoChannel, Delivery::Rejected),
                (ErrorType::NoHandler, Delivery::Rejected),
                (ErrorType::NetworkDown, Delivery::Unknown),
                (ErrorType::ServiceUnavailable, Delivery::Unknown),
                (ErrorType::from("errors/new"), Delivery::Unknown),
            ] {
                let error_type = Some(&error_type);
                assert_eq!(Delivery::after_response(unavailable, error_type), delivery);
                assert_eq!(
                    operation.is_retried_after(unavailable, error_type),
                    delivery == Delivery::Rejected
                );
            }
        }
    }

    #[test]
    fn a_read_is_retried_after_what_may_pass() {
        for operation in [Operation::ListChats, Operation::GetChat] {
            let retried: Vec<u16> = statuses()
                .filter(|status| operation.is_retried_after(*status, None))
                .collect();
            assert_eq!(retried, [408, 429, 500, 502, 503, 504]);
        }
    }
}
