//! Makes the attempts of a call.

use std::time::Duration;

use postpress_client::{
    runtime::{self, Response},
    types::Problem,
};
use tokio::time::Instant;
use tracing::Instrument;

use crate::{
    delivery::{Delivery, Verdict, judge},
    error::{Error, InvalidField},
    observe::{Observer, Outcome},
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
    /// The body can be made again after some of it was read.
    pub(crate) replayable: bool,
}

pub(crate) struct Runner {
    pub(crate) settings: Settings,
    pub(crate) budget: Budget,
    pub(crate) observer: Observer,
}

/// How an attempt failed.
pub(crate) enum Failed {
    Answer(runtime::Error<Problem>),
    TimedOut { limit: Duration, overall: bool },
}

/// When a call has to be over, and how long it was given.
#[derive(Clone, Copy)]
struct Deadline {
    /// `None` if that is beyond what the clock can count.
    end: Option<Instant>,
    limit: Duration,
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
        let policy = call.overrides.retry.as_ref();
        let policy = policy.unwrap_or(&self.settings.retry);
        let deadline = self.deadline(&call);
        let mut attempts = 0;
        loop {
            attempts += 1;
            let watch = self.observer.begin(call.operation, attempts, call.body);
            let outcome = self
                .attempt(&call, deadline, attempt())
                .instrument(watch.span().clone())
                .await;
            let failed = match outcome {
                Ok(response) => {
                    self.budget.succeeded();
                    watch.end(Outcome::success(&response));
                    return Ok(response);
                }
                Err(failed) => failed,
            };
            let verdict = verdict(&failed, call.operation.sends());
            let pause = self.pause(&call, policy, &failed, verdict, attempts, deadline);
            watch.end(Outcome::failure(&failed, verdict.delivery, pause));
            match pause {
                // A timer would take a millisecond.
                Some(Duration::ZERO) => {}
                Some(pause) => tokio::time::sleep(pause).await,
                None => return Err(failed.into_error(&call, attempts, verdict.delivery)),
            }
        }
    }

    fn deadline(&self, call: &Call<'_>) -> Option<Deadline> {
        let limit = call.overrides.deadline.or(self.settings.deadline)?;
        Some(Deadline {
            end: Instant::now().checked_add(limit),
            limit,
        })
    }

    async fn attempt<T>(
        &self,
        call: &Call<'_>,
        deadline: Option<Deadline>,
        attempt: impl Future<Output = Result<Response<T>, runtime::Error<Problem>>>,
    ) -> Result<Response<T>, Failed> {
        let own = self.limit(call);
        let (wait, failed) = match deadline.and_then(|deadline| Some((deadline.left()?, deadline)))
        {
            Some((left, Deadline { limit, .. })) if left < own => (
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
        let upload = (call.body.unwrap_or_default() >> 20).saturating_mul(10);
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
        deadline: Option<Deadline>,
    ) -> Option<Duration> {
        // A stream that can be read once is unread as long as there was no connection.
        if !verdict.repeatable || !(call.replayable || failed.before_connecting()) {
            return None;
        }
        let asked = match failed {
            Failed::Answer(error) => error.headers().and_then(retry_after),
            Failed::TimedOut { .. } => None,
        };
        let pause = policy.pause(attempts, asked)?;
        let in_time = deadline
            .and_then(Deadline::left)
            .is_none_or(|left| pause < left);
        (in_time && self.budget.allows()).then_some(pause)
    }
}

impl Deadline {
    /// What is left of it; `None` if it is too far off to be counted.
    fn left(self) -> Option<Duration> {
        let end = self.end?;
        Some(end.saturating_duration_since(Instant::now()))
    }
}

fn verdict(failed: &Failed, sends: bool) -> Verdict {
    match failed {
        Failed::Answer(error) => judge(error, sends),
        Failed::TimedOut { overall, .. } => Verdict {
            delivery: Delivery::Unknown,
            repeatable: !overall && !sends,
        },
    }
}

impl Failed {
    fn before_connecting(&self) -> bool {
        matches!(self, Self::Answer(runtime::Error::Transport(error)) if error.is_connect())
    }

    fn into_error(self, call: &Call<'_>, attempts: u32, delivery: Delivery) -> Error {
        match self {
            // Refused while the request was made: nothing went out.
            Self::Answer(runtime::Error::InvalidRequest(error)) => {
                let fields = InvalidField::of(&error);
                if fields.is_empty() {
                    return Error::call(call.operation, error.into(), attempts - 1, delivery);
                }
                Error::invalid(call.operation, fields, attempts - 1)
            }
            Self::Answer(error) => Error::call(call.operation, error, attempts, delivery),
            Self::TimedOut { limit, overall } => {
                Error::timed_out(call.operation, limit, overall, attempts, delivery)
            }
        }
    }
}
