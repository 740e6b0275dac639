//! The one error type.

use std::{borrow::Cow, fmt, time::Duration};

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use postpress_client::{errors::ErrorType, runtime, types::Problem};

use crate::{delivery::Delivery, operation::Operation, retry, wording};

/// What went wrong with a call, and what is known of the message that it should have sent.
///
/// Its insides are its own business; the methods say what there is to know. `Display` says what happened and what to do; it
/// and `Debug` hold no key, no ids and no text of messages, but what the service says about its refusal.
pub struct Error(Box<Inner>);

struct Inner {
    kind: Kind,
    operation: Option<Operation>,
    attempts: u32,
    delivery: Option<Delivery>,
}

enum Kind {
    Configuration(Cow<'static, str>),
    Invalid(Vec<InvalidField>),
    Call(runtime::Error<Problem>),
    TimedOut { limit: Duration, overall: bool },
    RepeatedCursor,
}

/// A value that was refused before anything was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct InvalidField {
    /// The field, as the wire spells it: `linkedin[follow_up][scheduled_time][days]`.
    pub field: Cow<'static, str>,
    /// What is wrong with it, and what would be right.
    pub message: String,
}

impl InvalidField {
    pub(crate) fn new(field: impl Into<Cow<'static, str>>, message: impl Into<String>) -> Self {
        Self {
            field: field.into(),
            message: message.into(),
        }
    }

    /// What is wrong with the id of a chat, which becomes a segment of a path.
    pub(crate) fn of_chat_id(id: &str) -> Option<Self> {
        let why = match id {
            "." | ".." => "it would change the path",
            _ if id.trim().is_empty() => "it is empty",
            _ => return None,
        };
        Some(Self::new("chat_id", why))
    }

    /// What the layer below refuses, as far as it says which values those are.
    pub(crate) fn of(error: &runtime::InvalidRequest) -> Vec<Self> {
        if let Some(form) = error.form_error() {
            return Self::of_form(form).collect();
        }
        let Some(name) = error.parameter_name() else {
            return Vec::new();
        };
        let message = error.to_string();
        let why = message.split_once(": ").map_or(&*message, |(_, why)| why);
        vec![Self::new(name.to_owned(), why)]
    }

    pub(crate) fn of_form(
        error: &runtime::multipart::FormError,
    ) -> impl Iterator<Item = Self> + '_ {
        error.refusals().iter().map(|refusal| {
            let field = refusal.field().unwrap_or("the form").to_owned();
            Self::new(field, refusal.reason().to_string())
        })
    }
}

impl fmt::Display for InvalidField {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}`: {}", self.field, self.message)
    }
}

impl Error {
    fn new(
        kind: Kind,
        operation: Option<Operation>,
        attempts: u32,
        delivery: Option<Delivery>,
    ) -> Self {
        let delivery = delivery.filter(|_| operation.is_some_and(Operation::sends));
        Self(Box::new(Inner {
            kind,
            operation,
            attempts,
            delivery,
        }))
    }

    pub(crate) fn configuration(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(Kind::Configuration(message.into()), None, 0, None)
    }

    /// Values that were refused; `attempts` were made before.
    pub(crate) fn invalid(operation: Operation, fields: Vec<InvalidField>, attempts: u32) -> Self {
        Self::new(
            Kind::Invalid(fields),
            Some(operation),
            attempts,
            Some(Delivery::NotSent),
        )
    }

    pub(crate) fn call(
        operation: Operation,
        error: runtime::Error<Problem>,
        attempts: u32,
        delivery: Delivery,
    ) -> Self {
        Self::new(Kind::Call(error), Some(operation), attempts, Some(delivery))
    }

    pub(crate) fn timed_out(
        operation: Operation,
        limit: Duration,
        overall: bool,
        attempts: u32,
        delivery: Delivery,
    ) -> Self {
        Self::new(
            Kind::TimedOut { limit, overall },
            Some(operation),
            attempts,
            Some(delivery),
        )
    }

    pub(crate) fn repeated_cursor() -> Self {
        Self::new(Kind::RepeatedCursor, Some(Operation::ListChats), 1, None)
    }

    /// What was called; `None` if the client could not be made.
    pub fn operation(&self) -> Option<Operation> {
        self.0.operation
    }

    /// How many attempts were made; 0 if nothing went out.
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// What is known of the message, where the call was to send one; `None` for reads.
    pub fn delivery(&self) -> Option<Delivery> {
        self.0.delivery
    }

    /// The message may have been sent. Look before sending it again.
    pub fn may_have_been_sent(&self) -> bool {
        self.0.delivery == Some(Delivery::Unknown)
    }

    /// The status of the answer, if one came.
    pub fn status(&self) -> Option<StatusCode> {
        self.inner_call()?.status()
    }

    /// The documented type of the error, or one that is newer than this crate.
    pub fn error_type(&self) -> Option<&ErrorType> {
        self.problem().map(|problem| &problem.type_)
    }

    /// The error in a few words, as the service says it.
    pub fn title(&self) -> Option<&str> {
        self.problem().map(|problem| problem.title.as_str())
    }

    /// The error at length, as the service says it.
    pub fn detail(&self) -> Option<&str> {
        self.problem()?.detail.as_deref()
    }

    /// What support will want to know of the request.
    pub fn instance(&self) -> Option<&str> {
        self.problem()?.instance.as_deref()
    }

    /// The headers of the answer, if one came.
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.inner_call()?.headers()
    }

    /// The body of the answer as it came, JSON or not.
    pub fn raw_body(&self) -> Option<&Bytes> {
        self.inner_call()?.body()
    }

    /// How long the service asks to be left alone.
    pub fn retry_after(&self) -> Option<Duration> {
        retry::retry_after(self.headers()?)
    }

    /// The values that were refused before anything was sent, all of them.
    pub fn invalid_fields(&self) -> &[InvalidField] {
        match &self.0.kind {
            Kind::Invalid(fields) => fields,
            _ => &[],
        }
    }

    /// The client could not be made: no key, an unusable URL.
    pub fn is_configuration(&self) -> bool {
        match &self.0.kind {
            Kind::Configuration(_) => true,
            Kind::Call(runtime::Error::InvalidRequest(error)) => error.is_configuration(),
            _ => false,
        }
    }

    /// The request was refused before anything was sent: see [`invalid_fields`](Self::invalid_fields).
    pub fn is_invalid_request(&self) -> bool {
        matches!(
            self.0.kind,
            Kind::Invalid(_) | Kind::Call(runtime::Error::InvalidRequest(_))
        )
    }

    /// No connection could be made.
    pub fn is_connect(&self) -> bool {
        self.transport()
            .is_some_and(runtime::TransportError::is_connect)
    }

    /// A time limit was reached: that of an attempt, that of the call, or one of the HTTP client.
    pub fn is_timeout(&self) -> bool {
        matches!(self.0.kind, Kind::TimedOut { .. })
            || self
                .transport()
                .is_some_and(runtime::TransportError::is_timeout)
    }

    /// A file changed, vanished or could not be read on while it was sent. The request broke off, so nothing was sent.
    pub fn is_upload(&self) -> bool {
        self.transport()
            .is_some_and(runtime::TransportError::is_upload)
    }

    /// The service asks to slow down (429).
    pub fn is_rate_limited(&self) -> bool {
        self.status() == Some(StatusCode::TOO_MANY_REQUESTS)
    }

    /// The key or the account's credentials are not accepted (401).
    pub fn is_unauthorized(&self) -> bool {
        self.status() == Some(StatusCode::UNAUTHORIZED)
    }

    /// There is no such chat, account or attendee (404).
    pub fn is_not_found(&self) -> bool {
        self.status() == Some(StatusCode::NOT_FOUND)
    }

    /// The service answered with success, but not with what is documented.
    pub fn is_invalid_body(&self) -> bool {
        matches!(self.0.kind, Kind::Call(runtime::Error::InvalidBody(_)))
    }

    /// The pages of a listing go round in a circle: a cursor came a second time.
    pub fn is_repeated_cursor(&self) -> bool {
        matches!(self.0.kind, Kind::RepeatedCursor)
    }

    fn inner_call(&self) -> Option<&runtime::Error<Problem>> {
        match &self.0.kind {
            Kind::Call(error) => Some(error),
            _ => None,
        }
    }

    fn transport(&self) -> Option<&runtime::TransportError> {
        match self.inner_call()? {
            runtime::Error::Transport(error) => Some(error),
            _ => None,
        }
    }

    fn problem(&self) -> Option<&Problem> {
        self.inner_call()?.problem()
    }

    /// What is known of the message, where the rest does not say so already.
    fn fate(&self) -> Option<&'static str> {
        match self.0.delivery? {
            Delivery::NotSent if matches!(self.0.kind, Kind::Invalid(_)) || self.is_connect() => {
                None
            }
            Delivery::NotSent | Delivery::Rejected => Some("the message was not sent"),
            Delivery::Unknown => {
                Some("the message may have been sent: look into the chat before sending it again")
            }
        }
    }

    /// What the error means, as the description of this operation says it; a sentence.
    fn meaning(&self) -> Option<&'static str> {
        let info = self.error_type()?.info()?;
        let (status, operation) = (self.status()?, self.0.operation?);
        let here = info.documented().iter().find(|documented| {
            documented.operation() == operation.id() && documented.status() == status.as_u16()
        });
        Some(here.map_or(info.description(), |here| here.description()))
    }

    /// What to do about it.
    fn advice(&self) -> Option<Cow<'static, str>> {
        if self.is_rate_limited() {
            let wait = match self.retry_after() {
                Some(pause) if !pause.is_zero() => format!("{} s", pause.as_secs().max(1)),
                _ => "a while".to_owned(),
            };
            return Some(format!("; wait {wait} and try again").into());
        }
        match (self.meaning(), self.status()?.as_u16()) {
            (Some(meaning), _) => Some(format!(". {meaning}").into()),
            (None, 401) => Some("; check the API key".into()),
            (None, 300..=399) => {
                Some("; check the base URL: redirects are not followed, for the key's sake".into())
            }
            _ => None,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(operation) = self.0.operation {
            write!(f, "{operation}: ")?;
        }
        match &self.0.kind {
            Kind::Configuration(message) => f.write_str(message)?,
            Kind::Invalid(fields) => {
                f.write_str("the request was not sent, because of ")?;
                for (index, field) in fields.iter().enumerate() {
                    write!(f, "{}{field}", if index > 0 { "; " } else { "" })?;
                }
            }
            Kind::Call(error) => f.write_str(&wording::of_call(error))?,
            Kind::TimedOut { limit, overall } => {
                let what = if *overall { "the call" } else { "the attempt" };
                write!(f, "{what} was given up after {limit:?} without an answer")?;
            }
            Kind::RepeatedCursor => f.write_str(
                "the service gave a cursor a second time, so its pages would never end: start the listing anew",
            )?,
        }
        if self.0.attempts > 1 {
            write!(f, " (after {} attempts)", self.0.attempts)?;
        }
        if let Some(fate) = self.fate() {
            write!(f, "; {fate}")?;
        }
        match self.advice() {
            Some(advice) => f.write_str(&advice),
            None => Ok(()),
        }
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Error")
            .field("operation", &self.0.operation)
            .field("attempts", &self.0.attempts)
            .field("delivery", &self.0.delivery)
            .field("status", &self.status())
            .field("error_type", &self.error_type().map(ErrorType::as_str))
            .field("message", &self.to_string())
            .finish()
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        // The call's own message is part of this one. What did not decode may quote a message.
        self.transport()?.source()
    }
}
