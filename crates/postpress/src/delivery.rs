//! What is known of a message after an error.

use std::fmt;

use postpress_client::{errors::ErrorType, runtime, types::Problem};

/// What is known of whether a message was sent, when the call that should have sent it failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Delivery {
    /// It was not sent: the request was refused here, no connection was made, or the upload broke off before its end.
    NotSent,
    /// The service answered that it did not send it.
    Rejected,
    /// It may have been sent: the request went out, and no answer came that says otherwise. Look into the chat before sending
    /// again.
    Unknown,
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

/// Whether a call may be repeated, and why not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Verdict {
    pub(crate) delivery: Delivery,
    /// A repetition may succeed and cannot send anything twice.
    pub(crate) repeatable: bool,
}

/// Judges a failed attempt; `sends` if the operation sends a message.
pub(crate) fn judge(error: &runtime::Error<Problem>, sends: bool) -> Verdict {
    match error {
        runtime::Error::InvalidRequest(_) => Verdict {
            delivery: Delivery::NotSent,
            repeatable: false,
        },
        runtime::Error::Transport(error) if error.is_upload() => Verdict {
            delivery: Delivery::NotSent,
            repeatable: false,
        },
        runtime::Error::Transport(error) if error.is_connect() => Verdict {
            delivery: Delivery::NotSent,
            repeatable: true,
        },
        runtime::Error::Transport(_) => Verdict {
            delivery: Delivery::Unknown,
            repeatable: !sends,
        },
        runtime::Error::ErrorResponse(response) => answered(
            response.status().as_u16(),
            response.problem().map(|problem| &problem.type_),
            sends,
        ),
        // A success that cannot be read: whatever was to be done is done, and would be done again.
        _ => Verdict {
            delivery: Delivery::Unknown,
            repeatable: false,
        },
    }
}

/// After an answer other than a success.
fn answered(status: u16, kind: Option<&ErrorType>, sends: bool) -> Verdict {
    // Nobody has taken the request up, say these.
    let untouched = matches!(
        kind,
        Some(ErrorType::NoClientSession | ErrorType::NoChannel | ErrorType::NoHandler)
    );
    let delivery = match status {
        503 if untouched => Delivery::Rejected,
        501 => Delivery::Rejected,
        500..=599 => Delivery::Unknown,
        // "Ask there instead" says that nothing was done here; other redirects may follow something done.
        307 | 308 => Delivery::Rejected,
        300..=399 => Delivery::Unknown,
        _ => Delivery::Rejected,
    };
    let repeatable = match status {
        429 => true,
        503 => untouched || !sends,
        408 | 500 | 502 | 504 => !sends,
        _ => false,
    };
    Verdict {
        delivery,
        repeatable,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_send_is_repeated_only_where_nothing_was_sent() {
        for status in 300..600 {
            let verdict = answered(status, None, true);
            assert_eq!(verdict.repeatable, status == 429, "{status}");
            assert!(
                !verdict.repeatable || verdict.delivery == Delivery::Rejected,
                "{status}"
            );
        }
        for kind in [
            ErrorType::NoClientSession,
            ErrorType::NoChannel,
            ErrorType::NoHandler,
        ] {
            assert!(answered(503, Some(&kind), true).repeatable, "{kind}");
        }
        for kind in [
            ErrorType::NetworkDown,
            ErrorType::ServiceUnavailable,
            ErrorType::from("errors/new"),
        ] {
            let expected = Verdict {
                delivery: Delivery::Unknown,
                repeatable: false,
            };
            assert_eq!(answered(503, Some(&kind), true), expected, "{kind}");
        }
    }

    #[test]
    fn a_read_is_repeated_on_what_passes() {
        let repeated: Vec<u16> = (300..600)
            .filter(|status| answered(*status, None, false).repeatable)
            .collect();
        assert_eq!(repeated, [408, 429, 500, 502, 503, 504]);
    }
}
