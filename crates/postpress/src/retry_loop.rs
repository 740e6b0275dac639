//! Makes the attempts of a call.

use std::{
    hash::{BuildHasher, RandomState},
    time::Duration,
};

use http::StatusCode;
use postpress_client::runtime::{self, Decode, Request, Response};
use tokio::time::Instant;
use tower::retry::budget::{Budget as _, TpsBudget};
use tracing::Instrument;

use crate::{
    call::CallOptions,
    delivery::classify,
    error::{Error, InvalidField},
    operation::Operation,
    response::Problem,
    retry::{RetryPolicy, retry_after},
    telemetry::Telemetry,
};

/// What holds for every call of a client, unless the call sets it.
#[derive(Debug)]
pub(crate) struct Settings {
    pub(crate) read_timeout: Duration,
    pub(crate) send_timeout: Duration,
    pub(crate) deadline: Option<Duration>,
    /// In bytes.
    pub(crate) response_limit: usize,
    pub(crate) retry: RetryPolicy,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            read_timeout: Duration::from_secs(30),
            send_timeout: Duration::from_secs(60),
            deadline: None,
            response_limit: runtime::RESPONSE_LIMIT,
            retry: RetryPolicy::default(),
        }
    }
}

pub(crate) struct RetryLoop {
    pub(crate) settings: Settings,
    pub(crate) budget: TpsBudget,
    pub(crate) telemetry: Telemetry,
}

/// The body of a request.
pub(crate) struct Body {
    /// In bytes.
    pub(crate) length: Option<u64>,
    /// Whether it can be made again after some of it was read.
    is_replayable: bool,
}

impl RetryLoop {
    /// Makes attempts until one succeeds, or until another would be useless, unsafe or too late. Nothing is sent if there are
    /// `invalid` fields, or if the first request has any.
    pub(crate) async fn run<'r, D: Decode>(
        &self,
        operation: Operation,
        options: &CallOptions,
        invalid: Vec<InvalidField>,
        new_request: impl Fn() -> Request<'r, D, Problem>,
    ) -> Result<Response<D::Value>, Error> {
        let policy = options.retry.as_ref().unwrap_or(&self.settings.retry);
        let deadline = options.deadline.or(self.settings.deadline);
        // None if it is beyond what the clock can count.
        let deadline = deadline.and_then(|limit| Instant::now().checked_add(limit));
        let mut request = new_request();
        let mut body = Body::prepare(&mut request, invalid)
            .map_err(|fields| Error::invalid(operation, fields, 0))?;
        // Random, and good enough to tell calls apart.
        let call_id = format!("{:016x}", RandomState::new().hash_one(operation));
        let mut attempts = 0;
        loop {
            attempts += 1;
            let attempt =
                self.telemetry
                    .begin(operation, &call_id, &request, attempts, body.length);
            let limit = self.attempt_limit(operation, options, &body);
            let left = deadline.map(time_left);
            let result = request
                .timeout(left.map_or(limit, |left| left.min(limit)))
                .response_limit(self.settings.response_limit)
                .send()
                .instrument(attempt.span.clone())
                .await;
            let error = match result {
                Ok(response) => {
                    self.budget.deposit();
                    attempt.succeeded(&response);
                    return Ok(response);
                }
                Err(error) => error,
            };
            let decision = classify(&error, operation);
            // A stream that can be read only once is still unread if there was no connection.
            let is_unread =
                matches!(&error, runtime::Error::Transport(error) if error.is_connect());
            let can_repeat = body.is_replayable || is_unread;
            let pause = if decision.is_retryable && can_repeat {
                self.pause(policy, &error, attempts, deadline)
            } else {
                None
            };
            attempt.failed(&error, decision.delivery, pause);
            match pause {
                None => {
                    return Err(Error::attempt(
                        operation,
                        Some(call_id),
                        error,
                        attempts,
                        decision.delivery,
                    ));
                }
                // A timer would take a millisecond.
                Some(Duration::ZERO) => {}
                Some(pause) => tokio::time::sleep(pause).await,
            }
            request = new_request();
            body = Body::prepare(&mut request, Vec::new())
                .map_err(|fields| Error::invalid(operation, fields, attempts))?;
        }
    }

    /// How long one attempt may take: bodies get ten seconds for each mebibyte.
    fn attempt_limit(&self, operation: Operation, options: &CallOptions, body: &Body) -> Duration {
        let base = if operation.sends() {
            self.settings.send_timeout
        } else {
            self.settings.read_timeout
        };
        let upload = (body.length.unwrap_or_default() >> 20).saturating_mul(10);
        options
            .timeout
            .unwrap_or_else(|| base.saturating_add(Duration::from_secs(upload)))
    }

    /// The pause before the next attempt; `None` if there is to be none.
    fn pause(
        &self,
        policy: &RetryPolicy,
        error: &runtime::Error<Problem>,
        attempts: u32,
        deadline: Option<Instant>,
    ) -> Option<Duration> {
        let asked = error.headers().and_then(retry_after);
        let is_rate_limited = error.status() == Some(StatusCode::TOO_MANY_REQUESTS);
        let pause = policy.pause(attempts, asked, is_rate_limited)?;
        let is_in_time = deadline.map(time_left).is_none_or(|left| pause < left);
        (is_in_time && self.budget.withdraw()).then_some(pause)
    }
}

impl Body {
    /// Makes the form of a request, if it has one, which checks its files; adds what is wrong with it to the `invalid` fields, and
    /// gives them all back as the error.
    pub(crate) fn prepare<D>(
        request: &mut Request<'_, D, Problem>,
        mut invalid: Vec<InvalidField>,
    ) -> Result<Self, Vec<InvalidField>> {
        let form = match request.prepare_form() {
            Ok(form) => form,
            Err(error) => {
                invalid.extend(InvalidField::of_request(&error));
                None
            }
        };
        if !invalid.is_empty() {
            return Err(invalid);
        }
        Ok(Self {
            length: form.as_ref().map(|form| form.content_length()),
            is_replayable: form.is_none_or(|form| form.is_replayable()),
        })
    }
}

fn time_left(deadline: Instant) -> Duration {
    deadline.saturating_duration_since(Instant::now())
}
