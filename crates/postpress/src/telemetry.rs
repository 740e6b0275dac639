//! What can be seen of calls from outside: a span and an event for each attempt.

use std::{borrow::Cow, sync::Arc, time::Duration};

use http::StatusCode;
use postpress_client::{
    errors::ErrorType,
    runtime::{self, Request, Response},
};
use tokio::time::Instant;
use tracing::{Span, field::Empty};

use crate::{delivery::Delivery, operation::Operation, response::Problem};

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
    /// What is known of it so far.
    event: AttemptEvent<'static>,
    began: Instant,
    pub(crate) span: Span,
}

impl Telemetry {
    /// Opens a span with OpenTelemetry's names for the request of an HTTP client.
    pub(crate) fn begin<D>(
        &self,
        operation: Operation,
        request: &Request<'_, D, Problem>,
        number: u32,
        request_bytes: Option<u64>,
    ) -> Attempt<'_> {
        let (method, template) = (request.method().as_str(), request.path_template());
        let span = tracing::info_span!(
            "postpress",
            otel.kind = "client",
            otel.name = %format_args!("{method} {template}"),
            otel.status_code = Empty,
            http.request.method = method,
            http.request.body.size = request_bytes,
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
        let event = AttemptEvent {
            operation,
            attempt: number,
            elapsed: Duration::ZERO,
            succeeded: false,
            request_bytes,
            response_bytes: None,
            status: None,
            delivery: None,
            error_type: None,
            retry_in: None,
        };
        Attempt {
            telemetry: self,
            event,
            began: Instant::now(),
            span,
        }
    }
}

impl Attempt<'_> {
    pub(crate) fn succeeded<T>(self, response: &Response<T>) {
        self.end(AttemptEvent {
            succeeded: true,
            status: Some(response.status()),
            response_bytes: Some(response.body().len() as u64),
            ..self.event
        });
    }

    pub(crate) fn failed(
        self,
        error: &runtime::Error<Problem>,
        delivery: Delivery,
        retry_in: Option<Duration>,
    ) {
        let problem = error.problem();
        let event = AttemptEvent {
            status: error.status(),
            response_bytes: error.body().map(|body| body.len() as u64),
            error_type: problem.and_then(|problem| problem.error_type.as_ref()),
            delivery: self.event.operation.sends().then_some(delivery),
            retry_in,
            ..self.event
        };
        let span = &self.span;
        span.record("error.type", &*label(error));
        span.record("otel.status_code", "ERROR");
        // A type that is not in the catalogue may hold anything.
        if let Some(info) = event.error_type.and_then(ErrorType::info) {
            span.record("postpress.error_type", info.error_type());
        }
        if let Some(delivery) = event.delivery {
            span.record("postpress.delivery", tracing::field::display(delivery));
        }
        match retry_in.map(|pause| pause.as_millis() as u64) {
            Some(retry_in_ms) => {
                tracing::debug!(parent: span, retry_in_ms, "the attempt failed; there will be another");
            }
            None => tracing::debug!(parent: span, "the attempt failed"),
        }
        self.end(event);
    }

    fn end(&self, mut event: AttemptEvent<'_>) {
        event.elapsed = self.began.elapsed();
        if let Some(status) = event.status {
            self.span
                .record("http.response.status_code", status.as_u16());
        }
        if let Some(bytes) = event.response_bytes {
            self.span.record("http.response.body.size", bytes);
        }
        for hook in &self.telemetry.hooks {
            hook(&event);
        }
    }
}

/// OpenTelemetry's `error.type`, which has few values and no personal ones.
fn label(error: &runtime::Error<Problem>) -> Cow<'static, str> {
    Cow::Borrowed(match error {
        runtime::Error::ErrorResponse(response) => {
            return response.status().as_str().to_owned().into();
        }
        runtime::Error::InvalidRequest(_) => "invalid_request",
        runtime::Error::Transport(error) if error.is_connect() => "connect",
        runtime::Error::Transport(error) if error.is_timeout() => "timeout",
        runtime::Error::Transport(error) if error.is_upload() => "upload",
        runtime::Error::Transport(_) => "connection",
        _ => "invalid_body",
    })
}
