//! What can be seen of calls from outside: a span and an event for each attempt. They hold no key, no ids and no text.

use std::{
    fmt,
    sync::Arc,
    time::{Duration, Instant},
};

use http::StatusCode;
use postpress_client::{
    errors::ErrorType,
    runtime::{self, Response},
};
use tracing::{Span, field::Empty};

use crate::{delivery::Delivery, operation::Operation, runner::Failed};

pub(crate) type Hook = Arc<dyn Fn(&AttemptEvent<'_>) + Send + Sync>;

/// One attempt of a call, when it has ended. It holds no key, no ids and no text.
///
/// ```
/// use std::sync::{Arc, atomic::{AtomicU32, Ordering}};
///
/// let failures = Arc::new(AtomicU32::new(0));
/// let count = Arc::clone(&failures);
/// let postpress = postpress::Postpress::builder()
///     .api_key("pp_live_...")
///     .on_attempt(move |attempt| {
///         if !attempt.succeeded {
///             count.fetch_add(1, Ordering::Relaxed);
///         }
///     })
///     .build()?;
/// # Ok::<(), postpress::Error>(())
/// ```
#[derive(Clone, Copy)]
#[non_exhaustive]
pub struct AttemptEvent<'a> {
    /// What was called.
    pub operation: Operation,
    /// 1 for the first attempt of a call.
    pub attempt: u32,
    /// How long it took.
    pub elapsed: Duration,
    /// It did what it was to do.
    pub succeeded: bool,
    /// The length of the request's body in bytes, if it had one.
    pub request_bytes: Option<u64>,
    /// The length of the answer's body in bytes, if it is known.
    pub response_bytes: Option<u64>,
    /// The status of the answer, if one came.
    pub status: Option<StatusCode>,
    /// What is known of the message, where a send failed.
    pub delivery: Option<Delivery>,
    /// The type of the error, if it is a documented one.
    pub error_type: Option<&'a str>,
    /// The pause before the next attempt; `None` if this was the last.
    pub retry_in: Option<Duration>,
}

impl fmt::Debug for AttemptEvent<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AttemptEvent")
            .field("operation", &self.operation)
            .field("attempt", &self.attempt)
            .field("elapsed", &self.elapsed)
            .field("succeeded", &self.succeeded)
            .field("request_bytes", &self.request_bytes)
            .field("response_bytes", &self.response_bytes)
            .field("status", &self.status)
            .field("delivery", &self.delivery)
            .field("error_type", &self.error_type)
            .field("retry_in", &self.retry_in)
            .finish()
    }
}

/// Who is told of attempts, and what is the same in all of them.
pub(crate) struct Observer {
    pub(crate) hooks: Vec<Hook>,
    pub(crate) host: String,
    pub(crate) port: u16,
}

/// An attempt under way.
pub(crate) struct Watch<'o> {
    observer: &'o Observer,
    operation: Operation,
    attempt: u32,
    body: Option<u64>,
    began: Instant,
    span: Span,
}

/// How an attempt ended.
#[derive(Default)]
pub(crate) struct Outcome {
    status: Option<StatusCode>,
    response_bytes: Option<u64>,
    /// OpenTelemetry's `error.type`: few values, no personal ones. `None` for a success.
    label: Option<String>,
    error_type: Option<&'static str>,
    delivery: Option<Delivery>,
    retry_in: Option<Duration>,
}

impl Observer {
    /// Opens a span with OpenTelemetry's names for the request of an HTTP client.
    pub(crate) fn begin(&self, operation: Operation, attempt: u32, body: Option<u64>) -> Watch<'_> {
        let span = tracing::info_span!(
            "postpress",
            otel.kind = "client",
            otel.name = %format_args!("{} {}", operation.method(), operation.path()),
            otel.status_code = Empty,
            http.request.method = operation.method(),
            http.request.body.size = body,
            http.request.resend_count = (attempt > 1).then_some(attempt - 1),
            http.response.status_code = Empty,
            http.response.body.size = Empty,
            server.address = self.host,
            server.port = self.port,
            url.template = operation.path(),
            error.type = Empty,
            postpress.operation = operation.id(),
            postpress.attempt = attempt,
            postpress.error_type = Empty,
            postpress.delivery = Empty,
        );
        let began = Instant::now();
        Watch {
            observer: self,
            operation,
            attempt,
            body,
            began,
            span,
        }
    }
}

impl Watch<'_> {
    pub(crate) fn span(&self) -> &Span {
        &self.span
    }

    pub(crate) fn end(self, outcome: Outcome) {
        let delivery = outcome.delivery.filter(|_| self.operation.sends());
        let span = &self.span;
        if let Some(status) = outcome.status {
            span.record("http.response.status_code", status.as_u16());
        }
        if let Some(bytes) = outcome.response_bytes {
            span.record("http.response.body.size", bytes);
        }
        if let Some(label) = &outcome.label {
            span.record("error.type", label);
            span.record("otel.status_code", "ERROR");
            if let Some(kind) = outcome.error_type {
                span.record("postpress.error_type", kind);
            }
            if let Some(delivery) = delivery {
                span.record("postpress.delivery", tracing::field::display(delivery));
            }
            match outcome.retry_in.map(|pause| pause.as_millis() as u64) {
                Some(retry_in_ms) => {
                    tracing::debug!(parent: span, retry_in_ms, "the attempt failed; there will be another");
                }
                None => tracing::debug!(parent: span, "the attempt failed"),
            }
        }
        if self.observer.hooks.is_empty() {
            return;
        }
        let event = AttemptEvent {
            operation: self.operation,
            attempt: self.attempt,
            elapsed: self.began.elapsed(),
            succeeded: outcome.label.is_none(),
            request_bytes: self.body,
            response_bytes: outcome.response_bytes,
            status: outcome.status,
            delivery,
            error_type: outcome.error_type,
            retry_in: outcome.retry_in,
        };
        for hook in &self.observer.hooks {
            hook(&event);
        }
    }
}

impl Outcome {
    pub(crate) fn success<T>(response: &Response<T>) -> Self {
        Self {
            status: Some(response.status()),
            response_bytes: Some(response.body().len() as u64),
            ..Self::default()
        }
    }

    pub(crate) fn failure(failed: &Failed, delivery: Delivery, retry_in: Option<Duration>) -> Self {
        let label = Some(label(failed));
        let Failed::Answer(error) = failed else {
            return Self {
                label,
                delivery: Some(delivery),
                retry_in,
                ..Self::default()
            };
        };
        Self {
            status: error.status(),
            response_bytes: error.body().map(|body| body.len() as u64),
            label,
            // Only from the catalogue: a type made up by whoever answered may hold anything.
            error_type: error
                .problem()
                .and_then(|problem| ErrorType::info(&problem.type_))
                .map(|info| info.error_type()),
            delivery: Some(delivery),
            retry_in,
        }
    }
}

fn label(failed: &Failed) -> String {
    let name = match failed {
        Failed::TimedOut { .. } => "timeout",
        Failed::Answer(runtime::Error::ErrorResponse(response)) => {
            return response.status().as_u16().to_string();
        }
        Failed::Answer(runtime::Error::InvalidRequest(_)) => "invalid_request",
        Failed::Answer(runtime::Error::Transport(error)) if error.is_connect() => "connect",
        Failed::Answer(runtime::Error::Transport(error)) if error.is_timeout() => "timeout",
        Failed::Answer(runtime::Error::Transport(error)) if error.is_upload() => "upload",
        Failed::Answer(runtime::Error::Transport(_)) => "connection",
        Failed::Answer(_) => "invalid_body",
    };
    name.to_owned()
}
