//! Makes the attempts of a call.

use std::time::{Duration, Instant};

use http::StatusCode;
use postpress_client::{
    errors::ErrorType,
    runtime::{self, Response},
    types::Problem,
};
use tracing::{Instrument, Span, field::Empty};

use crate::{
    client::Hooks,
    delivery::{Delivery, Verdict, judge},
    error::Error,
    observe::AttemptEvent,
    operation::Operation,
    retry::{Budget, RetryPolicy, retry_after},
};

/// What holds for every call of a client.
pub(crate) struct Settings {
    pub(crate) read_timeout: Duration,
    pub(crate) send_timeout: Duration,
    pub(crate) deadline: Option<Duration>,
    pub(crate) retry: RetryPolicy,
}

/// What one call wants otherwise.
#[derive(Clone, Debug, Default)]
pub(crate) struct Overrides {
    pub(crate) timeout: Option<Duration>,
    pub(crate) deadline: Option<Duration>,
    pub(crate) retry: Option<RetryPolicy>,
}

/// A call to be made.
pub(crate) struct Call<'a> {
    pub(crate) operation: Operation,
    pub(crate) overrides: &'a Overrides,
    /// The length of the body, where there is one.
    pub(crate) body: Option<u64>,
    /// The body can be made a second time.
    pub(crate) repeatable: bool,
}

pub(crate) struct Runner {
    pub(crate) settings: Settings,
    pub(crate) budget: Budget,
    pub(crate) hooks: Hooks,
}

/// How an attempt failed.
enum Failed {
    Answer(runtime::Error<Problem>),
    TimedOut { limit: Duration, overall: bool },
}

impl Runner {
    /// Makes attempts until one succeeds, or until another would be useless, unsafe or too late.
    pub(crate) async fn run<T, F>(
        &self,
        call: Call<'_>,
        attempt: impl Fn() -> F,
    ) -> Result<Response<T>, Error>
    where
        F: Future<Output = Result<Response<T>, runtime::Error<Problem>>>,
    {
        let policy = call
            .overrides
            .retry
            .as_ref()
            .unwrap_or(&self.settings.retry);
        let deadline = call
            .overrides
            .deadline
            .or(self.settings.deadline)
            .map(|limit| (Instant::now() + limit, limit));
        let mut attempts = 0;
        loop {
            attempts += 1;
            let began = Instant::now();
            let span = span(call.operation, attempts, call.body);
            let outcome = self
                .attempt(&call, deadline, attempt())
                .instrument(span.clone())
                .await;
            let failed = match outcome {
                Ok(response) => {
                    self.budget.succeeded();
                    self.report(
                        &span,
                        &call,
                        attempts,
                        began.elapsed(),
                        Ok(response.status()),
                        None,
                    );
                    return Ok(response);
                }
                Err(failed) => failed,
            };
            let verdict = match &failed {
                Failed::Answer(error) => judge(error, call.operation.sends()),
                Failed::TimedOut { overall, .. } => Verdict {
                    delivery: Delivery::Unknown,
                    repeatable: !overall && !call.operation.sends(),
                },
            };
            let pause = self.pause(
                &call,
                policy,
                &failed,
                verdict,
                attempts,
                deadline.map(|(end, _)| end),
            );
            self.report(
                &span,
                &call,
                attempts,
                began.elapsed(),
                Err((&failed, verdict)),
                pause,
            );
            match pause {
                Some(pause) => tokio::time::sleep(pause).await,
                None => return Err(failed.into_error(&call, attempts, verdict.delivery)),
            }
        }
    }

    async fn attempt<T>(
        &self,
        call: &Call<'_>,
        deadline: Option<(Instant, Duration)>,
        attempt: impl Future<Output = Result<Response<T>, runtime::Error<Problem>>>,
    ) -> Result<Response<T>, Failed> {
        let own = self.limit(call);
        let left =
            deadline.map(|(end, limit)| (end.saturating_duration_since(Instant::now()), limit));
        let (wait, failed) = match left {
            Some((left, limit)) if left < own => (
                left,
                Failed::TimedOut {
                    limit,
                    overall: true,
                },
            ),
            _ => (
                own,
                Failed::TimedOut {
                    limit: own,
                    overall: false,
                },
            ),
        };
        match tokio::time::timeout(wait, attempt).await {
            Ok(result) => result.map_err(Failed::Answer),
            Err(_) => Err(failed),
        }
    }

    /// How long one attempt may take: bodies get ten seconds for each mebibyte.
    fn limit(&self, call: &Call<'_>) -> Duration {
        let base = if call.operation.sends() {
            self.settings.send_timeout
        } else {
            self.settings.read_timeout
        };
        let upload = call.body.unwrap_or_default() / (1 << 20) * 10;
        call.overrides
            .timeout
            .unwrap_or_else(|| base.saturating_add(Duration::from_secs(upload)))
    }

    fn pause(
        &self,
        call: &Call<'_>,
        policy: &RetryPolicy,
        failed: &Failed,
        verdict: Verdict,
        attempts: u32,
        end: Option<Instant>,
    ) -> Option<Duration> {
        if !verdict.repeatable || !call.repeatable {
            return None;
        }
        let asked = match failed {
            Failed::Answer(error) => error.headers().and_then(retry_after),
            Failed::TimedOut { .. } => None,
        };
        let pause = policy.pause(attempts, asked)?;
        let in_time = end.is_none_or(|end| Instant::now() + pause < end);
        (in_time && self.budget.allows()).then_some(pause)
    }

    fn report(
        &self,
        span: &Span,
        call: &Call<'_>,
        attempt: u32,
        elapsed: Duration,
        outcome: Result<StatusCode, (&Failed, Verdict)>,
        retry_in: Option<Duration>,
    ) {
        let error = match &outcome {
            Err((Failed::Answer(error), _)) => Some(error),
            _ => None,
        };
        let status = outcome
            .as_ref()
            .ok()
            .copied()
            .or_else(|| error.and_then(|error| error.status()));
        let error_type = error
            .and_then(|error| error.problem())
            .map(|problem| problem.type_.as_str());
        let delivery = outcome
            .err()
            .filter(|_| call.operation.sends())
            .map(|(_, verdict)| verdict.delivery);
        if let Some(status) = status {
            span.record("http.response.status_code", status.as_u16());
        }
        if let Err((failed, verdict)) = outcome {
            span.record("error.type", failed.label());
            let in_catalogue = error
                .and_then(|error| error.problem())
                .and_then(|problem| ErrorType::info(&problem.type_));
            if let Some(known) = in_catalogue {
                span.record("postpress.error_type", known.error_type());
            }
            if call.operation.sends() {
                span.record(
                    "postpress.delivery",
                    tracing::field::display(verdict.delivery),
                );
            }
            let pause = retry_in.map(|pause| pause.as_millis() as u64);
            tracing::debug!(parent: span, retry_in_ms = pause, "the attempt failed");
        }
        for hook in &self.hooks {
            hook(&AttemptEvent {
                operation: call.operation,
                attempt,
                elapsed,
                status,
                delivery,
                error_type,
                retry_in,
            });
        }
    }
}

impl Failed {
    /// OpenTelemetry's `error.type`: few values, no personal ones.
    fn label(&self) -> String {
        match self {
            Self::TimedOut { .. } => "timeout".to_owned(),
            Self::Answer(error) => match error {
                runtime::Error::InvalidRequest(_) => "invalid_request".to_owned(),
                runtime::Error::Transport(error) if error.is_connect() => "connect".to_owned(),
                runtime::Error::Transport(error) if error.is_timeout() => "timeout".to_owned(),
                runtime::Error::Transport(error) if error.is_upload() => "upload".to_owned(),
                runtime::Error::Transport(_) => "connection".to_owned(),
                runtime::Error::ErrorResponse(response) => response.status().as_u16().to_string(),
                _ => "invalid_body".to_owned(),
            },
        }
    }

    fn into_error(self, call: &Call<'_>, attempts: u32, delivery: Delivery) -> Error {
        match self {
            // Refused while the request was made: nothing went out.
            Self::Answer(error @ runtime::Error::InvalidRequest(_)) => {
                Error::call(call.operation, error, attempts - 1, delivery)
            }
            Self::Answer(error) => Error::call(call.operation, error, attempts, delivery),
            Self::TimedOut { limit, overall } => {
                Error::timed_out(call.operation, limit, overall, attempts, delivery)
            }
        }
    }
}

/// A span with OpenTelemetry's names for an HTTP client's request.
fn span(operation: Operation, attempt: u32, body: Option<u64>) -> Span {
    tracing::info_span!(
        "postpress",
        otel.kind = "client",
        otel.name = %format_args!("{} {}", operation.method(), operation.path()),
        http.request.method = operation.method(),
        http.request.body.size = body,
        http.request.resend_count = (attempt > 1).then_some(attempt - 1),
        http.response.status_code = Empty,
        url.template = operation.path(),
        error.type = Empty,
        postpress.operation = operation.id(),
        postpress.attempt = attempt,
        postpress.error_type = Empty,
        postpress.delivery = Empty,
    )
}
