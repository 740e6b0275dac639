//! What can be seen of calls from outside: a span for each attempt, and an event for each that failed.

use std::{borrow::Cow, sync::Arc, time::Duration};

use postpress_client::{
    errors::ErrorType,
    runtime::{self, Request, Response},
};
use tokio::time::Instant;
use tracing::{
    Span,
    field::{Empty, display},
};

use crate::{
    delivery::Delivery,
    error::attempt_request_id,
    operation::Operation,
    response::{Problem, request_id},
};

pub(crate) type Hook = Arc<dyn Fn(&AttemptEvent<'_>) + Send + Sync>;

/// One attempt of a call that has ended. It has no key, no id of a person, a chat or a message, and no text.
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
    /// The same for all attempts of a call, and for no other call: 16 hexadecimal digits, chosen at random. Traces have it as
    /// `postpress.call_id`.
    pub call_id: &'a str,
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
    pub status: Option<u16>,
    /// The service's id of the request, as [`Error::request_id`](crate::Error::request_id) and
    /// [`ResponseHead::request_id`](crate::ResponseHead::request_id) give it.
    pub request_id: Option<&'a str>,
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
    event: AttemptEvent<'t>,
    began: Instant,
    pub(crate) span: Span,
}

impl Telemetry {
    /// Opens a span with OpenTelemetry's names for the request of an HTTP client.
    pub(crate) fn begin<'t, D>(
        &'t self,
        operation: Operation,
        call_id: &'t str,
        request: &Request<'_, D, Problem>,
        number: u32,
        request_bytes: Option<u64>,
    ) -> Attempt<'t> {
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
            postpress.call_id = call_id,
            postpress.attempt = number,
            postpress.request_id = Empty,
            postpress.error_type = Empty,
            postpress.delivery = Empty,
        );
        let event = AttemptEvent {
            operation,
            call_id,
            attempt: number,
            elapsed: Duration::ZERO,
            succeeded: false,
            request_bytes,
            response_bytes: None,
            status: None,
            request_id: None,
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
            status: Some(response.status().as_u16()),
            request_id: request_id(response.headers()),
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
            status: error.status().map(|status| status.as_u16()),
            request_id: attempt_request_id(error),
            response_bytes: error.body().map(|body| body.len() as u64),
            error_type: problem.and_then(|problem| problem.error_type.as_ref()),
            delivery: self.event.operation.sends().then_some(delivery),
            retry_in,
            ..self.event
        };
        let label = label(error);
        // A type that is not in the catalogue may hold anything.
        let known_type = event.error_type.and_then(ErrorType::info);
        let known_type = known_type.map(|info| info.error_type());
        let span = &self.span;
        span.record("error.type", &*label);
        span.record("otel.status_code", "ERROR");
        span.record("postpress.error_type", known_type);
        span.record("postpress.delivery", event.delivery.map(display));
        // The span may be filtered out, so that the event says all that matters.
        macro_rules! say {
            ($level:ident, $what:literal) => {
                tracing::$level!(
                    parent: span,
                    postpress.operation = event.operation.id(),
                    postpress.call_id = event.call_id,
                    postpress.attempt = event.attempt,
                    error.type = &*label,
                    postpress.error_type = known_type,
                    postpress.request_id = event.request_id,
                    postpress.delivery = event.delivery.map(display),
                    retry_in_ms = retry_in.map(|pause| pause.as_millis() as u64),
                    $what
                )
            };
        }
        match event.delivery {
            _ if retry_in.is_some() => say!(warn, "an attempt failed, and there will be another"),
            Some(Delivery::Unknown) => {
                say!(error, "a call failed, and its message may have been sent")
            }
            _ => say!(info, "a call failed"),
        }
        self.end(event);
    }

    fn end(&self, mut event: AttemptEvent<'_>) {
        event.elapsed = self.began.elapsed();
        let span = &self.span;
        span.record("http.response.status_code", event.status);
        span.record("http.response.body.size", event.response_bytes);
        span.record("postpress.request_id", event.request_id);
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
