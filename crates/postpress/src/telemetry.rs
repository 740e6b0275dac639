//! What can be seen of calls from outside: a span and an event for each attempt.

use std::{sync::Arc, time::Duration};

use http::StatusCode;
use postpress_client::{
    errors::ErrorType,
    runtime::{self, Request, Response},
    types::Problem,
};
use tokio::time::Instant;
use tracing::{Span, field::Empty};

use crate::{delivery::Delivery, error::AttemptError, operation::Operation, retry_loop::Body};

pub(crate) type Hook = Arc<dyn Fn(&AttemptEvent<'_>) + Send + Sync>;

/// One attempt of a call that has ended. It holds no key, no ids and no text of messages.
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
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct AttemptEvent<'a> {
    /// The operation that was called.
    pub operation: Operation,
    /// The number of the attempt, 1 for the first of a call.
    pub attempt: u32,
    /// How long the attempt took.
    pub elapsed: Duration,
    /// Whether the attempt succeeded.
    pub succeeded: bool,
    /// The length of the request's body in bytes, if it had one.
    pub request_bytes: Option<u64>,
    /// The length of the response's body in bytes, if it is known.
    pub response_bytes: Option<u64>,
    /// The status of the response, if one came.
    pub status: Option<StatusCode>,
    /// What is known of the message, where a send failed.
    pub delivery: Option<Delivery>,
    /// The type of the error, as [`Error::error_type`](crate::Error::error_type) gives it.
    pub error_type: Option<&'a ErrorType>,
    /// The pause before the next attempt; `None` if this was the last.
    pub retry_in: Option<Duration>,
}

/// Who is told of attempts, and what is the same in all of them.
pub(crate) struct Telemetry {
    pub(crate) hooks: Vec<Hook>,
    pub(crate) host: String,
    pub(crate) port: u16,
}

/// An attempt under way.
pub(crate) struct Attempt<'t> {
    telemetry: &'t Telemetry,
    operation: Operation,
    number: u32,
    request_bytes: Option<u64>,
    began: Instant,
    span: Span,
}

/// How an attempt ended.
#[derive(Default)]
pub(crate) struct Outcome<'a> {
    status: Option<StatusCode>,
    response_bytes: Option<u64>,
    /// OpenTelemetry's `error.type`, which has few values and no personal ones. `None` for a success.
    label: Option<String>,
    error_type: Option<&'a ErrorType>,
    delivery: Option<Delivery>,
    retry_in: Option<Duration>,
}

impl Telemetry {
    /// Opens a span with OpenTelemetry's names for the request of an HTTP client.
    pub(crate) fn begin<D>(
        &self,
        operation: Operation,
        request: &Request<'_, D, Problem>,
        number: u32,
        body: &Body,
    ) -> Attempt<'_> {
        let (method, template) = (request.method().as_str(), request.path_template());
        let span = tracing::info_span!(
            "postpress",
            otel.kind = "client",
            otel.name = %format_args!("{method} {template}"),
            otel.status_code = Empty,
            http.request.method = method,
            http.request.body.size = body.length,
            http.request.resend_count = (number > 1).then_some(number - 1),
            http.response.status_code = Empty,
            http.response.body.size = Empty,
            server.address = self.host,
            server.port = self.port,
            url.template = template,
            error.type = Empty,
            postpress.operation = request.operation_id(),
            postpress.attempt = number,
            postpress.error_type = Empty,
            postpress.delivery = Empty,
        );
        Attempt {
            telemetry: self,
            operation,
            number,
            request_bytes: body.length,
            began: Instant::now(),
            span,
        }
    }
}

impl Attempt<'_> {
    pub(crate) fn span(&self) -> &Span {
        &self.span
    }

    pub(crate) fn end(self, outcome: Outcome<'_>) {
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
            // A type that is not in the catalogue may hold anything.
            if let Some(info) = outcome.error_type.and_then(ErrorType::info) {
                span.record("postpress.error_type", info.error_type());
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
        let event = AttemptEvent {
            operation: self.operation,
            attempt: self.number,
            elapsed: self.began.elapsed(),
            succeeded: outcome.label.is_none(),
            request_bytes: self.request_bytes,
            response_bytes: outcome.response_bytes,
            status: outcome.status,
            delivery,
            error_type: outcome.error_type,
            retry_in: outcome.retry_in,
        };
        for hook in &self.telemetry.hooks {
            hook(&event);
        }
    }
}

impl<'a> Outcome<'a> {
    pub(crate) fn success<T>(response: &Response<T>) -> Self {
        Self {
            status: Some(response.status()),
            response_bytes: Some(response.body().len() as u64),
            ..Self::default()
        }
    }

    pub(crate) fn failure(
        error: &'a AttemptError,
        delivery: Delivery,
        retry_in: Option<Duration>,
    ) -> Self {
        let response = error.call_error();
        Self {
            status: response.and_then(runtime::Error::status),
            response_bytes: response
                .and_then(runtime::Error::body)
                .map(|body| body.len() as u64),
            label: Some(label(error)),
            error_type: response
                .and_then(runtime::Error::problem)
                .map(|problem| &problem.type_),
            delivery: Some(delivery),
            retry_in,
        }
    }
}

fn label(error: &AttemptError) -> String {
    let label = match error.call_error() {
        None => "timeout",
        Some(runtime::Error::ErrorResponse(response)) => {
            return response.status().as_u16().to_string();
        }
        Some(runtime::Error::InvalidRequest(_)) => "invalid_request",
        Some(runtime::Error::Transport(error)) if error.is_connect() => "connect",
        Some(runtime::Error::Transport(error)) if error.is_timeout() => "timeout",
        Some(runtime::Error::Transport(error)) if error.is_upload() => "upload",
        Some(runtime::Error::Transport(_)) => "connection",
        Some(_) => "invalid_body",
    };
    label.to_owned()
}
