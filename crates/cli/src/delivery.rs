//! What is known of a message while it is being sent, for whoever interrupts it.

use std::sync::{Arc, Mutex, PoisonError};

use postpress::{AttemptEvent, Delivery};
use tokio::time::Instant;

pub(crate) const UNKNOWN: &str = "unknown: the message may have been sent";
pub(crate) const REJECTED: &str = "not sent: the service said that it did not send it";
pub(crate) const NOTHING_WENT_OUT: &str = "not sent: nothing went out";
pub(crate) const BROKEN_OFF: &str = "not sent: the upload broke off";
pub(crate) const NOT_REACHED: &str = "not sent: the service was not reached";

/// How far the call that sends a message has come. Clones share it.
#[derive(Clone, Default)]
pub(crate) struct Sending(Arc<Mutex<State>>);

#[derive(Clone, Copy, Default)]
enum State {
    /// The call has not begun.
    #[default]
    Preparing,
    /// An attempt is under way, and all of the request may have gone out.
    UnderWay,
    /// An attempt is under way, and some of its files have not gone out, so that the request is not complete.
    Uploading,
    /// An attempt failed, and the next begins at this time at the earliest.
    Pausing(Delivery, Instant),
}

impl Sending {
    /// The call begins.
    pub(crate) fn begin(&self) {
        self.set(State::UnderWay);
    }

    /// So many bytes of the files have gone out, of so many in all.
    pub(crate) fn progress(&self, sent: u64, total: u64) {
        self.set(if sent < total {
            State::Uploading
        } else {
            State::UnderWay
        });
    }

    /// An attempt ended.
    pub(crate) fn attempt(&self, event: &AttemptEvent<'_>) {
        self.set(match (event.delivery, event.retry_in) {
            (Some(delivery), Some(pause)) => match Instant::now().checked_add(pause) {
                Some(end) => State::Pausing(delivery, end),
                None => State::UnderWay,
            },
            _ => State::UnderWay,
        });
    }

    /// What becomes of the message if the program ends now.
    pub(crate) fn described(&self) -> &'static str {
        match *self.0.lock().unwrap_or_else(PoisonError::into_inner) {
            State::Preparing => NOTHING_WENT_OUT,
            State::Uploading => BROKEN_OFF,
            State::Pausing(delivery, end) if Instant::now() < end => match delivery {
                Delivery::Rejected => REJECTED,
                Delivery::NotSent => NOT_REACHED,
                Delivery::Unknown => UNKNOWN,
            },
            State::Pausing(..) | State::UnderWay => UNKNOWN,
        }
    }

    fn set(&self, state: State) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = state;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_cannot_have_gone_out_whole_is_not_sent() {
        let sending = Sending::default();
        assert_eq!(sending.described(), NOTHING_WENT_OUT);
        sending.begin();
        assert_eq!(sending.described(), UNKNOWN);
        sending.progress(1, 2);
        assert_eq!(sending.described(), BROKEN_OFF);
        // The end of the form may have followed.
        sending.progress(2, 2);
        assert_eq!(sending.described(), UNKNOWN);
    }

    #[test]
    fn a_pause_is_over_when_the_next_attempt_may_have_begun() {
        let sending = Sending::default();
        let later = Instant::now() + std::time::Duration::from_secs(3600);
        sending.set(State::Pausing(Delivery::Rejected, later));
        assert_eq!(sending.described(), REJECTED);
        sending.set(State::Pausing(Delivery::NotSent, later));
        assert_eq!(sending.described(), NOT_REACHED);
        sending.set(State::Pausing(Delivery::Rejected, Instant::now()));
        assert_eq!(sending.described(), UNKNOWN);
    }
}
