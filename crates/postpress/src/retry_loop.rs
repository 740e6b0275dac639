//! Makes the attempts of a call.

use std::time::Duration;

use http::StatusCode;
use postpress_client::{
    runtime::{self, Decode, Request, Response},
    types::Problem,
};
use tokio::time::Instant;
use tower::retry::budget::{Budget as _, TpsBudget};
use tracing::Instrument;

use crate::{
    call::CallOptions,
    delivery::classify,
    error::{AttemptError, Error, InvalidField},
    operation::Operation,
    retry::{RetryPolicy, retry_after},
    telemetry::Telemetry,
};

/// What holds for every call of a client, unless the call sets it.
#[derive(Debug)]
pub(crate) struct Settings {
    pub(crate) read_timeout: Duration,
    pub(crate) send_timeout: Duration,
    pub(crate) deadline: Option<Duration>,
    pub(crate) retry: RetryPolicy,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            read_timeout: Duration::from_secs(30),
            send_timeout: Duration::from_secs(60),
            deadline: None,
            retry: RetryPolicy::default(),
        }
    }
}

pub(crate) struct RetryLoop {
    pub(crate) settings: Settings,
    pub(crate) budget: TpsBudget,
    pub(crate) telemetry: Telemetry,
}

/// When a call has to be over.
#[derive(Clone, Copy)]
struct Deadline {
    /// `None` if that is beyond what the clock can count.
    end: Option<Instant>,
    /// How long the call was given.
    limit: Duration,
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
        let deadline = deadline.map(Deadline::after);
        let mut request = new_request();
        let mut body = Body::prepare(&mut request, invalid)
            .map_err(|fields| Error::invalid(operation, fields, 0))?;
        let mut attempts = 0;
        loop {
            attempts += 1;
            let attempt = self
                .telemetry
                .begin(operation, &request, attempts, body.length);
            let limit = self.attempt_limit(operation, options, &body);
            let result = attempt_within(request, limit, deadline)
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
            let can_repeat = body.is_replayable || error.is_connect();
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
        error: &AttemptError,
        attempts: u32,
        deadline: Option<Deadline>,
    ) -> Option<Duration> {
        let asked = error.headers().and_then(retry_after);
        let status = error.call_error().and_then(runtime::Error::status);
        let is_rate_limited = status == Some(StatusCode::TOO_MANY_REQUESTS);
        let pause = policy.pause(attempts, asked, is_rate_limited)?;
        let is_in_time = deadline
            .and_then(Deadline::left)
            .is_none_or(|left| pause < left);
        (is_in_time && self.budget.withdraw()).then_some(pause)
    }
}

/// Sends a request, and gives up when its own time limit or that of the call runs out.
async fn attempt_within<D: Decode>(
    request: Request<'_, D, Problem>,
    limit: Duration,
    deadline: Option<Deadline>,
) -> Result<Response<D::Value>, AttemptError> {
    let left = deadline.and_then(|deadline| Some((deadline.left()?, deadline.limit)));
    let (wait, limit, overall) = match left {
        Some((left, overall_limit)) if left < limit => (left, overall_limit, true),
        _ => (limit, limit, false),
    };
    match tokio::time::timeout(wait, request.send()).await {
        Ok(result) => result.map_err(AttemptError::Call),
        Err(_) => Err(AttemptError::TimedOut { limit, overall }),
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

impl Deadline {
    fn after(limit: Duration) -> Self {
        Self {
            end: Instant::now().checked_add(limit),
            limit,
        }
    }

    /// The time that is left; `None` if it is too long to be counted.
    fn left(self) -> Option<Duration> {
        let end = self.end?;
        Some(end.saturating_duration_since(Instant::now()))
    }
}
