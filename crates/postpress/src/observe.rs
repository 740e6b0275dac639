//! What can be seen of calls from outside: an event for each attempt. Tracing spans are opened by the runner.

use std::{fmt, sync::Arc, time::Duration};

use http::StatusCode;

use crate::{delivery::Delivery, operation::Operation};

pub(crate) type Hook = Arc<dyn Fn(&AttemptEvent<'_>) + Send + Sync>;

/// One attempt of a call, when it has ended. It holds no key, no ids and no text.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub struct AttemptEvent<'a> {
    /// What was called.
    pub operation: Operation,
    /// 1 for the first attempt of a call.
    pub attempt: u32,
    /// How long it took.
    pub elapsed: Duration,
    /// The status of the answer, if one came.
    pub status: Option<StatusCode>,
    /// What is known of the message, where a send failed.
    pub delivery: Option<Delivery>,
    /// The documented type of the error, if it was one.
    pub error_type: Option<&'a str>,
    /// The pause before the next attempt; `None` if this was the last.
    pub retry_in: Option<Duration>,
}

impl AttemptEvent<'_> {
    /// The attempt did what it was to do.
    pub fn is_success(&self) -> bool {
        self.status.is_some_and(|status| status.is_success())
            && self.delivery.is_none()
            && self.error_type.is_none()
    }
}

impl fmt::Debug for AttemptEvent<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AttemptEvent")
            .field("operation", &self.operation)
            .field("attempt", &self.attempt)
            .field("elapsed", &self.elapsed)
            .field("status", &self.status)
            .field("delivery", &self.delivery)
            .field("error_type", &self.error_type)
            .field("retry_in", &self.retry_in)
            .finish()
    }
}
