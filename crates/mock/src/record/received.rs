//! One request that the server received.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use http::request::Parts as Head;

use super::Part;
use crate::{API_KEY_HEADER, Operation};

/// A request that the server received, and what became of it.
///
/// It is cheap to clone.
#[derive(Clone)]
pub struct Received(Arc<Details>);

/// What became of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Outcome {
    /// It was answered with this status.
    Answered(u16),
    /// It was carried out, and the answer, which has this status, ends in the middle
    /// ([`Fault::cut_short`](crate::Fault::cut_short)).
    CutShort(u16),
    /// The connection was reset, nothing was carried out
    /// ([`Fault::reset_before_read`](crate::Fault::reset_before_read)).
    ResetBeforeRead,
    /// It was carried out, and the connection was reset ([`Fault::reset_after_read`](crate::Fault::reset_after_read)).
    ResetAfterRead,
    /// It was carried out, and there is no answer ([`Fault::hang`](crate::Fault::hang)).
    Hung,
    /// The client went away, or fell silent, in the middle of the body. Nothing was carried out.
    BrokenOff,
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Outcome::Answered(status) => write!(f, "{status}"),
            Outcome::CutShort(status) => write!(f, "{status}, cut short"),
            Outcome::ResetBeforeRead => write!(f, "reset before it was read"),
            Outcome::ResetAfterRead => write!(f, "reset after it was read"),
            Outcome::Hung => write!(f, "no answer"),
            Outcome::BrokenOff => write!(f, "broken off by the client"),
        }
    }
}

struct Details {
    number: u64,
    at: SystemTime,
    duration: Duration,
    operation: Option<Operation>,
    method: String,
    path: String,
    query: Vec<(String, String)>,
    target: String,
    /// Names in lower case. Copies: what hyper has are views of all that it read from the connection.
    headers: Vec<(Box<str>, Box<[u8]>)>,
    parts: Vec<Part>,
    body_size: u64,
    ignored: Vec<String>,
    outcome: Outcome,
    error_type: Option<String>,
    faults: Vec<String>,
}

impl Received {
    /// Which one it is: the first that the server received is 1.
    pub fn number(&self) -> u64 {
        self.0.number
    }

    /// When it came.
    pub fn at(&self) -> SystemTime {
        self.0.at
    }

    /// How long it took from the end of the head to the answer, or to the fault in its place.
    pub fn duration(&self) -> Duration {
        self.0.duration
    }

    /// The operation that its method and path stand for; `None` when they stand for none.
    pub fn operation(&self) -> Option<Operation> {
        self.0.operation
    }

    /// The method, such as `POST`.
    pub fn method(&self) -> &str {
        &self.0.method
    }

    /// The path as it was sent, without the query: `/v1/chats`.
    pub fn path(&self) -> &str {
        &self.0.path
    }

    /// The parameters in the query, decoded, in their order.
    pub fn query(&self) -> &[(String, String)] {
        &self.0.query
    }

    /// The values of the parameter `name` in the query.
    pub fn query_values(&self, name: &str) -> Vec<&str> {
        let all = self.0.query.iter();
        all.filter(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
            .collect()
    }

    /// The headers, with names in lower case, in no particular order. What is not UTF-8 is replaced.
    pub fn headers(&self) -> Vec<(String, String)> {
        let all = self.0.headers.iter();
        all.map(|(name, value)| {
            let value = String::from_utf8_lossy(value).into_owned();
            (name.to_string(), value)
        })
        .collect()
    }

    /// The first value of the header `name`, in any case of letters; `None` when there is none, and when it is not
    /// UTF-8.
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut all = self.0.headers.iter();
        let (_, value) = all.find(|(known, _)| known.eq_ignore_ascii_case(name))?;
        std::str::from_utf8(value).ok()
    }

    /// The parts of its form, in their order; of a form that was refused halfway, those before that.
    pub fn parts(&self) -> &[Part] {
        &self.0.parts
    }

    /// The first part of the name, spelled as it was sent.
    pub fn part(&self, name: &str) -> Option<&Part> {
        self.0.parts.iter().find(|part| part.name() == name)
    }

    /// The first text of the name, spelled as it was sent: `linkedin[api]`.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.part(name)?.text()
    }

    /// All texts of the name, in their order.
    pub fn texts(&self, name: &str) -> Vec<&str> {
        let parts = self.0.parts.iter().filter(|part| part.name() == name);
        parts.filter_map(Part::text).collect()
    }

    /// All files of the name, in their order.
    pub fn files(&self, name: &str) -> Vec<&Part> {
        let parts = self.0.parts.iter().filter(|part| part.name() == name);
        parts.filter(|part| part.file_name().is_some()).collect()
    }

    /// How many bytes of its body were read.
    pub fn body_size(&self) -> u64 {
        self.0.body_size
    }

    /// Fields and parameters that the document does not know. The server ignores them, as the document permits, unless
    /// it was told to [refuse](crate::MockServerBuilder::refuse_unknown_fields) them.
    pub fn ignored(&self) -> &[String] {
        &self.0.ignored
    }

    /// What became of it.
    pub fn outcome(&self) -> Outcome {
        self.0.outcome
    }

    /// The status of the answer, if there was one.
    pub fn status(&self) -> Option<u16> {
        match self.0.outcome {
            Outcome::Answered(status) | Outcome::CutShort(status) => Some(status),
            _ => None,
        }
    }

    /// The error type that it was answered with, such as `errors/missing_parameters`.
    pub fn error_type(&self) -> Option<&str> {
        self.0.error_type.as_deref()
    }

    /// The names of the faults that it met, as [`Fault`](crate::Fault) prints them.
    pub fn faults(&self) -> &[String] {
        &self.0.faults
    }

    /// About how many bytes of memory this takes.
    pub(super) fn weight(&self) -> usize {
        let details = &self.0;
        let headers = details.headers.iter();
        let headers: usize = headers
            .map(|(name, value)| name.len() + value.len() + 64)
            .sum();
        let query = details.query.iter();
        let query: usize = query.map(|(key, value)| key.len() + value.len() + 48).sum();
        let parts: usize = details.parts.iter().map(Part::weight).sum();
        let ignored: usize = details.ignored.iter().map(|it| it.len() + 24).sum();
        size_of::<Details>() + 2 * details.target.len() + headers + query + parts + ignored
    }
}

/// The line that the program logs.
impl fmt::Display for Received {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let details = &self.0;
        write!(
            f,
            "{} {} -> {}",
            details.method, details.target, details.outcome
        )?;
        if let Some(error_type) = &details.error_type {
            write!(f, " {error_type}")?;
        }
        match details.parts.len() {
            0 => {}
            1 => write!(f, ", 1 part of {} bytes", details.body_size)?,
            parts => write!(f, ", {parts} parts of {} bytes", details.body_size)?,
        }
        write!(f, ", {:.1} ms", details.duration.as_secs_f64() * 1000.0)?;
        if !details.ignored.is_empty() {
            write!(f, ", unknown and ignored: {}", details.ignored.join(" "))?;
        }
        if !details.faults.is_empty() {
            write!(f, ", fault: {}", details.faults.join(" "))?;
        }
        Ok(())
    }
}

impl fmt::Debug for Received {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let details = &self.0;
        f.debug_struct("Received")
            .field("number", &details.number)
            .field("method", &details.method)
            .field("path", &details.path)
            .field("query", &details.query)
            .field("headers", &Headers(&details.headers))
            .field("parts", &details.parts)
            .field("outcome", &details.outcome)
            .field("error_type", &details.error_type)
            .finish_non_exhaustive()
    }
}

/// Headers, without the key: records end up in logs.
struct Headers<'r>(&'r [(Box<str>, Box<[u8]>)]);

impl fmt::Debug for Headers<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let headers = self.0.iter().map(|(name, value)| {
            let value = match &**name {
                API_KEY_HEADER => "...".into(),
                _ => String::from_utf8_lossy(value),
            };
            (name, value)
        });
        f.debug_map().entries(headers).finish()
    }
}

/// A request that is being answered.
pub(crate) struct Draft {
    started: Instant,
    details: Details,
}

impl Draft {
    pub(crate) fn new(head: &Head) -> Draft {
        let headers = head.headers.iter();
        let headers = headers.map(|(name, value)| (name.as_str().into(), value.as_bytes().into()));
        let query = head.uri.query().unwrap_or_default();
        let query = form_urlencoded::parse(query.as_bytes());
        Draft {
            started: Instant::now(),
            details: Details {
                number: 0,
                at: SystemTime::now(),
                duration: Duration::ZERO,
                operation: None,
                method: head.method.to_string(),
                path: head.uri.path().to_owned(),
                query: query.into_owned().collect(),
                target: head.uri.to_string(),
                headers: headers.collect(),
                parts: Vec::new(),
                body_size: 0,
                ignored: Vec::new(),
                outcome: Outcome::BrokenOff,
                error_type: None,
                faults: Vec::new(),
            },
        }
    }

    pub(crate) fn method(&self) -> &str {
        &self.details.method
    }

    pub(crate) fn path(&self) -> &str {
        &self.details.path
    }

    pub(crate) fn query(&self) -> &[(String, String)] {
        &self.details.query
    }

    pub(crate) fn parts(&self) -> &[Part] {
        &self.details.parts
    }

    pub(crate) fn parts_mut(&mut self) -> &mut Vec<Part> {
        &mut self.details.parts
    }

    pub(crate) fn set_operation(&mut self, operation: Operation) {
        self.details.operation = Some(operation);
    }

    pub(crate) fn set_body_size(&mut self, size: u64) {
        self.details.body_size = size;
    }

    pub(crate) fn set_ignored(&mut self, ignored: Vec<String>) {
        self.details.ignored = ignored;
    }

    pub(crate) fn set_error_type(&mut self, error_type: Option<String>) {
        self.details.error_type = error_type;
    }

    pub(crate) fn add_fault(&mut self, fault: String) {
        self.details.faults.push(fault);
    }

    pub(super) fn finish(mut self, number: u64, outcome: Outcome) -> Received {
        self.details.number = number;
        self.details.duration = self.started.elapsed();
        self.details.outcome = outcome;
        Received(Arc::new(self.details))
    }
}
