//! The error type.

use std::{borrow::Cow, fmt, time::Duration};

use bytes::Bytes;
use http::HeaderMap;
use postpress_client::{errors::ErrorType, runtime};

use crate::{
    delivery::Delivery,
    operation::Operation,
    response::{Problem, request_id},
    retry,
};

/// What went wrong with a call, and what is known of the message that it should have sent.
///
/// `Display` says what happened, why, what to do about it, and the service's id of the request. There is no
/// [source](std::error::Error::source) to print after it; `Debug`, which is what `main` prints of an error, begins with the same. Neither it nor `Debug` shows the key, ids or the text of messages; they do
/// show what the service says about an error. Where that repeats a key of eight characters or more, it has `[redacted]` in its place,
/// here and in all that an error gives.
pub struct Error(Box<Inner>);

struct Inner {
    kind: Kind,
    operation: Option<Operation>,
    attempts: u32,
    delivery: Option<Delivery>,
    call_id: Option<String>,
}

enum Kind {
    Configuration(Cow<'static, str>),
    Invalid(Vec<InvalidField>),
    Attempt(runtime::Error<Problem>),
    Endless(&'static str),
    OddCursor(runtime::DecodeError),
}

/// A value that was refused before anything was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct InvalidField {
    /// The name of the field on the wire, such as `linkedin[follow_up][scheduled_time][days]`.
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

    /// The values for which a request was refused; none if it was refused for something else.
    pub(crate) fn of_request(error: &runtime::InvalidRequest) -> Vec<Self> {
        let parameter = error
            .refused_parameter()
            .map(|(name, reason)| Self::new(name.to_owned(), reason));
        let refusals = error.form_error().map(|error| error.refusals());
        let fields = refusals.unwrap_or_default().iter().map(|refusal| {
            let field = refusal.field().unwrap_or("the form").to_owned();
            Self::new(field, refusal.reason().to_string())
        });
        parameter.into_iter().chain(fields).collect()
    }
}

impl fmt::Display for InvalidField {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}`: {}", self.field, self.message)
    }
}

impl Error {
    fn new(kind: Kind, operation: Option<Operation>, attempts: u32) -> Self {
        Self(Box::new(Inner {
            kind,
            operation,
            attempts,
            delivery: None,
            call_id: None,
        }))
    }

    fn with_delivery(mut self, delivery: Delivery) -> Self {
        let sends = self.0.operation.is_some_and(Operation::sends);
        self.0.delivery = sends.then_some(delivery);
        self
    }

    pub(crate) fn configuration(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(Kind::Configuration(message.into()), None, 0)
    }

    /// The same for a call, which was not made.
    #[cfg(feature = "blocking")]
    pub(crate) fn of(mut self, operation: Operation) -> Self {
        self.0.operation = Some(operation);
        self.with_delivery(Delivery::NotSent)
    }

    /// Values were refused, after so many attempts.
    pub(crate) fn invalid(operation: Operation, fields: Vec<InvalidField>, attempts: u32) -> Self {
        Self::new(Kind::Invalid(fields), Some(operation), attempts).with_delivery(Delivery::NotSent)
    }

    /// The last of so many attempts of a call failed.
    pub(crate) fn attempt(
        operation: Operation,
        call_id: Option<String>,
        error: runtime::Error<Problem>,
        attempts: u32,
        delivery: Delivery,
    ) -> Self {
        // Refused while the request was built: nothing went out.
        let (kind, attempts) = match error {
            runtime::Error::InvalidRequest(refused) => {
                let fields = InvalidField::of_request(&refused);
                let kind = if fields.is_empty() {
                    Kind::Attempt(refused.into())
                } else {
                    Kind::Invalid(fields)
                };
                (kind, attempts - 1)
            }
            error => (Kind::Attempt(error), attempts),
        };
        let mut failed = Self::new(kind, Some(operation), attempts).with_delivery(delivery);
        failed.0.call_id = call_id;
        failed
    }

    pub(crate) fn endless(why: &'static str) -> Self {
        Self::new(Kind::Endless(why), Some(Operation::ListChats), 1)
    }

    pub(crate) fn odd_cursor(error: runtime::DecodeError) -> Self {
        Self::new(Kind::OddCursor(error), Some(Operation::ListChats), 1)
    }

    /// The operation that was called; `None` if the client could not be made.
    pub fn operation(&self) -> Option<Operation> {
        self.0.operation
    }

    /// How many attempts were made; 0 if nothing went out.
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// The id that all attempts of the call have in traces, as `postpress.call_id`; `None` if there was no attempt.
    pub fn call_id(&self) -> Option<&str> {
        self.0.call_id.as_deref()
    }

    /// What is known of the message, if the call should have sent one; `None` for reads.
    pub fn delivery(&self) -> Option<Delivery> {
        self.0.delivery
    }

    /// Whether the message may have been sent. If so, look into the chat before sending it again.
    pub fn may_have_been_sent(&self) -> bool {
        self.0.delivery == Some(Delivery::Unknown)
    }

    /// The status of the response, if one came.
    ///
    /// ```
    /// # fn example(error: postpress::Error) {
    /// match error.status() {
    ///     Some(429) => println!("slow down"),
    ///     Some(500..) => println!("it is the service's fault"),
    ///     Some(status) => println!("refused with {status}"),
    ///     None => println!("no response came"),
    /// }
    /// # }
    /// ```
    pub fn status(&self) -> Option<u16> {
        Some(self.call_error()?.status()?.as_u16())
    }

    /// The type of the error: a documented one, or one that is newer than this crate.
    pub fn error_type(&self) -> Option<&ErrorType> {
        self.problem()?.error_type.as_ref()
    }

    /// What the service says about the error in a few words.
    pub fn title(&self) -> Option<&str> {
        self.problem()?.title.as_deref()
    }

    /// What the service says about the error in detail.
    pub fn detail(&self) -> Option<&str> {
        self.problem()?.detail.as_deref()
    }

    /// The service's id of the request, which its support asks for: the `instance` of the error, or the header `x-request-id`. `None` if
    /// neither is there, or neither is an id.
    pub fn request_id(&self) -> Option<&str> {
        attempt_request_id(self.call_error()?)
    }

    /// The headers of the response, if one came.
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.call_error()?.headers()
    }

    /// The body of the response, be it JSON or not: byte for byte, unless it repeated the key.
    pub fn raw_body(&self) -> Option<&Bytes> {
        self.call_error()?.body()
    }

    /// How long the service asks to wait before another request.
    pub fn retry_after(&self) -> Option<Duration> {
        retry::retry_after(self.headers()?)
    }

    /// All values that were refused before anything was sent.
    pub fn invalid_fields(&self) -> &[InvalidField] {
        match &self.0.kind {
            Kind::Invalid(fields) => fields,
            _ => &[],
        }
    }

    /// Whether the client could not be made, for want of a key or a usable URL for instance.
    pub fn is_configuration(&self) -> bool {
        match &self.0.kind {
            Kind::Configuration(_) => true,
            Kind::Attempt(runtime::Error::InvalidRequest(error)) => error.is_configuration(),
            _ => false,
        }
    }

    /// Whether the request was refused before anything was sent: see [`invalid_fields`](Self::invalid_fields).
    pub fn is_invalid_request(&self) -> bool {
        matches!(self.0.kind, Kind::Invalid(_))
            || matches!(self.call_error(), Some(runtime::Error::InvalidRequest(_)))
    }

    /// Whether no connection could be made, or none in time, so that nothing was sent.
    pub fn is_connect(&self) -> bool {
        self.transport()
            .is_some_and(runtime::TransportError::is_connect)
    }

    /// Whether a time limit ran out: that of an attempt, that of the call, or one of the HTTP client.
    pub fn is_timeout(&self) -> bool {
        self.transport()
            .is_some_and(runtime::TransportError::is_timeout)
    }

    /// Whether a file changed, vanished or could not be read any further while it was sent. The request broke off, so no message
    /// was sent.
    pub fn is_upload(&self) -> bool {
        self.transport()
            .is_some_and(runtime::TransportError::is_upload)
    }

    /// Whether the service asks to slow down (429).
    pub fn is_rate_limited(&self) -> bool {
        self.status() == Some(429)
    }

    /// Whether the key or the credentials of the account were not accepted (401).
    pub fn is_unauthorized(&self) -> bool {
        self.status() == Some(401)
    }

    /// Whether there is no such chat, account or attendee (404).
    pub fn is_not_found(&self) -> bool {
        self.status() == Some(404)
    }

    /// Whether the service answered with success, but with another body than what is documented, or with one that is too large. To a
    /// call that sends, only HTML, errors and what is too large are such bodies.
    pub fn is_invalid_body(&self) -> bool {
        matches!(self.0.kind, Kind::OddCursor(_))
            || matches!(self.call_error(), Some(runtime::Error::InvalidBody(_)))
    }

    /// Whether the pages of a listing would never end: the service gave a cursor a second time, or too many
    /// [empty pages](crate::ListChats::max_empty_pages).
    pub fn is_endless(&self) -> bool {
        matches!(self.0.kind, Kind::Endless(_))
    }

    /// The error of the HTTP client below this one, if no response came or it broke off. What there is to say of it is part of this
    /// error's text.
    pub fn http_error(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(self.transport()?.http_error()?)
    }

    /// What happened, without the operation, what is known of the message, and what to do.
    pub fn reason(&self) -> impl fmt::Display + '_ {
        &self.0.kind
    }

    fn call_error(&self) -> Option<&runtime::Error<Problem>> {
        match &self.0.kind {
            Kind::Attempt(error) => Some(error),
            _ => None,
        }
    }

    fn transport(&self) -> Option<&runtime::TransportError> {
        match self.call_error()? {
            runtime::Error::Transport(error) => Some(error),
            _ => None,
        }
    }

    fn problem(&self) -> Option<&Problem> {
        self.call_error()?.problem()
    }

    /// What is known of the message, if the reason does not say so already.
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

    /// The sentence of the API's description that says what the error means for this operation.
    fn meaning(&self) -> Option<&'static str> {
        let info = self.error_type()?.info()?;
        let (status, operation) = (self.status()?, self.0.operation?);
        let here = info.documented().iter().find(|documented| {
            documented.operation() == operation.id() && documented.status() == status
        });
        Some(here.map_or(info.description(), |here| here.description()))
    }

    /// Whether the service has said the same, if in fewer or more words.
    fn is_said(&self, sentence: &str) -> bool {
        let plain = |text: &str| text.trim().trim_end_matches('.').to_lowercase();
        let sentence = plain(sentence);
        let mut said = [self.title(), self.detail()]
            .into_iter()
            .flatten()
            .map(plain);
        said.any(|said| said.contains(&sentence) || sentence.contains(&said))
    }

    /// What to do about the error.
    fn advice(&self) -> Option<Cow<'static, str>> {
        if self.is_rate_limited() {
            let wait = match self.retry_after() {
                Some(pause) if !pause.is_zero() => format!("{} s", pause.as_secs().max(1)),
                _ => "a while".to_owned(),
            };
            return Some(format!("; wait {wait} and try again").into());
        }
        match (self.meaning(), self.status()?) {
            (Some(meaning), _) if self.is_said(meaning) => None,
            (Some(meaning), _) => Some(format!(". {meaning}").into()),
            (None, 401) => Some("; check the API key".into()),
            (None, 300..=399) => {
                Some("; check the base URL: redirects are not followed, for the key's sake".into())
            }
            _ => None,
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Configuration(message) => f.write_str(message),
            Self::Invalid(fields) => {
                f.write_str("the request was not sent, because of ")?;
                for (index, field) in fields.iter().enumerate() {
                    write!(f, "{}{field}", if index > 0 { "; " } else { "" })?;
                }
                Ok(())
            }
            Self::Attempt(error) => error.message().fmt(f),
            Self::OddCursor(error) => {
                write!(f, "the cursor of the next page does not decode: {error}")
            }
            Self::Endless(why) => write!(
                f,
                "{why}, so its pages would never end: start the listing anew"
            ),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(operation) = self.0.operation {
            write!(f, "{operation}: ")?;
        }
        self.0.kind.fmt(f)?;
        if self.0.attempts > 1 {
            write!(f, " (after {} attempts)", self.0.attempts)?;
        }
        if let Some(fate) = self.fate() {
            write!(f, "; {fate}")?;
        }
        f.write_str(self.advice().as_deref().unwrap_or_default())?;
        match self.request_id() {
            Some(id) => write!(f, " [request {id}]"),
            None => Ok(()),
        }
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Error")
            .field("message", &format_args!("{self}"))
            .field("operation", &self.0.operation)
            .field("attempts", &self.0.attempts)
            .field("delivery", &self.0.delivery)
            .field("status", &self.status())
            .field("error_type", &self.error_type().map(ErrorType::as_str))
            .field("request_id", &self.request_id())
            .field("call_id", &self.0.call_id)
            .finish()
    }
}

impl std::error::Error for Error {}

/// The service's id of a request that failed.
pub(crate) fn attempt_request_id(error: &runtime::Error<Problem>) -> Option<&str> {
    let said = error.problem().and_then(Problem::request_id);
    said.or_else(|| request_id(error.headers()?))
}
