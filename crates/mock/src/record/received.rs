//! One request that the server received.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, Instant};

use http::request::Parts as Head;
use serde_json::Value;

use super::Part;
use crate::response::Response;

/// A request that the server received, and what became of it.
///
/// It is cheap to clone.
#[derive(Clone)]
pub struct Received(Arc<RequestRecord>);

/// What became of a request.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Outcome {
    /// A response with this status was sent.
    Responded(u16),
    /// It was carried out, and the response, which has this status, ends in the middle
    /// ([`Fault::cut_short`](crate::Fault::cut_short)).
    CutShort(u16),
    /// The connection was reset, nothing was carried out
    /// ([`Fault::reset_before_read`](crate::Fault::reset_before_read)).
    ResetBeforeRead,
    /// It was carried out, and the connection was reset ([`Fault::reset_after_read`](crate::Fault::reset_after_read)).
    ResetAfterRead,
    /// It was carried out, and there is no response ([`Fault::hang`](crate::Fault::hang)).
    Hung,
    /// The client went away, or fell silent, in the middle of the body. Nothing was carried out.
    #[default]
    BrokenOff,
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Outcome::Responded(status) => write!(f, "{status}"),
            Outcome::CutShort(status) => write!(f, "{status}, cut short"),
            Outcome::ResetBeforeRead => write!(f, "reset before it was read"),
            Outcome::ResetAfterRead => write!(f, "reset after it was read"),
            Outcome::Hung => write!(f, "no response"),
            Outcome::BrokenOff => write!(f, "broken off by the client"),
        }
    }
}

/// What there is to know about a request. It is filled in while the request is being handled.
#[derive(Default)]
pub(crate) struct RequestRecord {
    started: Option<Instant>,
    number: u64,
    duration: Duration,
    pub(crate) operation: Option<&'static str>,
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) query: Vec<(String, String)>,
    target: String,
    /// Names in lower case. They are copies, since hyper's are slices of everything that it read from the connection.
    headers: Vec<(Box<str>, Box<[u8]>)>,
    pub(crate) parts: Vec<Part>,
    pub(crate) json: Option<Value>,
    pub(crate) body_size: u64,
    pub(crate) ignored: Vec<String>,
    outcome: Outcome,
    pub(crate) error_type: Option<String>,
    pub(crate) faults: Vec<String>,
    /// Only if the server records responses, which are large.
    pub(crate) response: Option<Response>,
}

impl RequestRecord {
    pub(crate) fn new(head: &Head) -> RequestRecord {
        let headers = head.headers.iter();
        let headers = headers.map(|(name, value)| (name.as_str().into(), value.as_bytes().into()));
        let query = form_urlencoded::parse(head.uri.query().unwrap_or_default().as_bytes());
        RequestRecord {
            started: Some(Instant::now()),
            method: head.method.to_string(),
            path: head.uri.path().to_owned(),
            query: query.into_owned().collect(),
            target: head.uri.to_string(),
            headers: headers.collect(),
            ..RequestRecord::default()
        }
    }

    /// The first value of a header, in any case of letters.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut all = self.headers.iter();
        let (_, value) = all.find(|(known, _)| known.eq_ignore_ascii_case(name))?;
        std::str::from_utf8(value).ok()
    }

    /// The value of a cookie.
    pub(crate) fn cookie(&self, name: &str) -> Option<&str> {
        let mut cookies = self
            .header("cookie")?
            .split(';')
            .filter_map(|it| it.split_once('='));
        let (_, value) = cookies.find(|(known, _)| known.trim() == name)?;
        Some(value.trim())
    }

    pub(super) fn finish(mut self, number: u64, outcome: Outcome) -> Received {
        self.number = number;
        self.duration = self.started.map_or(Duration::ZERO, |it| it.elapsed());
        self.outcome = outcome;
        Received(Arc::new(self))
    }
}

impl Received {
    /// The number of the request: the first that the server received is 1.
    pub fn number(&self) -> u64 {
        self.0.number
    }

    /// The `operationId` of the operation that its method and path stand for, if they stand for one; `get /chats` where the
    /// document names none.
    pub fn operation(&self) -> Option<&str> {
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

    /// The path with the query, as both were sent.
    pub fn target(&self) -> &str {
        &self.0.target
    }

    /// The parameters in the query, decoded, in their order.
    pub fn query(&self) -> &[(String, String)] {
        &self.0.query
    }

    /// The values of the parameter `name` in the query.
    pub fn query_values(&self, name: &str) -> Vec<&str> {
        let values = self.0.query.iter().filter(|(key, _)| key == name);
        values.map(|(_, value)| value.as_str()).collect()
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
        self.0.header(name)
    }

    /// The parts of its form, in their order; of a form that was refused halfway, those that were read before.
    pub fn parts(&self) -> &[Part] {
        &self.0.parts
    }

    /// The first part of this name, spelled as it was sent.
    pub fn part(&self, name: &str) -> Option<&Part> {
        self.0.parts.iter().find(|part| part.name() == name)
    }

    /// The first text of this name, spelled as it was sent: `linkedin[api]`.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.part(name)?.text()
    }

    /// All texts of this name, in their order.
    pub fn texts(&self, name: &str) -> Vec<&str> {
        let parts = self.0.parts.iter().filter(|part| part.name() == name);
        parts.filter_map(Part::text).collect()
    }

    /// All files of this name, in their order.
    pub fn files(&self, name: &str) -> Vec<&Part> {
        let parts = self.0.parts.iter().filter(|part| part.name() == name);
        parts.filter(|part| part.file_name().is_some()).collect()
    }

    /// Its body, where that is JSON.
    pub fn json(&self) -> Option<&Value> {
        self.0.json.as_ref()
    }

    /// How many bytes of its body were read.
    pub fn body_size(&self) -> u64 {
        self.0.body_size
    }

    /// Fields and parameters that the document does not know. The server ignores them, as the document permits, unless
    /// it was [strict](crate::MockServerBuilder::strict).
    pub fn ignored(&self) -> &[String] {
        &self.0.ignored
    }

    /// What became of it.
    pub fn outcome(&self) -> Outcome {
        self.0.outcome
    }

    /// The status of the response, if there was one.
    pub fn status(&self) -> Option<u16> {
        match self.0.outcome {
            Outcome::Responded(status) | Outcome::CutShort(status) => Some(status),
            _ => None,
        }
    }

    /// The error type in the response, such as `errors/missing_parameters`.
    pub fn error_type(&self) -> Option<&str> {
        self.0.error_type.as_deref()
    }

    /// The names of the faults that it met, as [`Fault`](crate::Fault) prints them.
    pub fn faults(&self) -> &[String] {
        &self.0.faults
    }

    /// The value of the header `name` in the response; `None` when there is none, and unless the server
    /// [records responses](crate::MockServerBuilder::record_responses).
    pub fn response_header(&self, name: &str) -> Option<&str> {
        let value = self.0.response.as_ref()?.headers().get(name)?;
        value.to_str().ok()
    }

    /// The body of the response, all of it even where less was sent; empty unless the server
    /// [records responses](crate::MockServerBuilder::record_responses).
    pub fn response_body(&self) -> &[u8] {
        let response = self.0.response.as_ref();
        response.map_or(&[], |response| response.body())
    }

    /// The request and its outcome, without what differs from run to run.
    pub(super) fn summary(&self) -> String {
        let record = &self.0;
        let mut summary = format!("{} {} -> {}", record.method, record.target, record.outcome);
        if let Some(error_type) = &record.error_type {
            summary += &format!(" {error_type}");
        }
        summary
    }

    /// About how many bytes of memory this takes.
    pub(super) fn weight(&self) -> usize {
        let record = &self.0;
        let headers = record
            .headers
            .iter()
            .map(|(name, value)| name.len() + value.len() + 64);
        let query = record
            .query
            .iter()
            .map(|(key, value)| key.len() + value.len() + 48);
        let parts = record.parts.iter().map(Part::weight);
        let ignored = record.ignored.iter().map(|it| it.len() + 24);
        let json = record
            .json
            .as_ref()
            .map_or(0, |_| record.body_size as usize);
        let texts = 2 * record.target.len() + self.response_body().len() + json;
        let lists = headers.chain(query).chain(parts).chain(ignored);
        size_of::<RequestRecord>() + texts + lists.sum::<usize>()
    }
}

/// The line that the program logs.
impl fmt::Display for Received {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let record = &self.0;
        write!(f, "{}", self.summary())?;
        match record.parts.len() {
            0 => {}
            1 => write!(f, ", 1 part of {} bytes", record.body_size)?,
            parts => write!(f, ", {parts} parts of {} bytes", record.body_size)?,
        }
        write!(f, ", {:.1} ms", record.duration.as_secs_f64() * 1000.0)?;
        if !record.ignored.is_empty() {
            write!(f, ", unknown and ignored: {}", record.ignored.join(" "))?;
        }
        if !record.faults.is_empty() {
            write!(f, ", fault: {}", record.faults.join(" "))?;
        }
        Ok(())
    }
}

impl fmt::Debug for Received {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let record = &self.0;
        // Without what may be a key: records end up in logs.
        let headers = self.headers().into_iter();
        let headers = headers.filter(|(name, _)| {
            !name.contains("key") && !matches!(name.as_str(), "authorization" | "cookie")
        });
        let headers: Vec<_> = headers.collect();
        f.debug_struct("Received")
            .field("number", &record.number)
            .field("method", &record.method)
            .field("path", &record.path)
            .field("query", &record.query)
            .field("headers", &headers)
            .field("parts", &record.parts)
            .field("outcome", &record.outcome)
            .field("error_type", &record.error_type)
            .finish_non_exhaustive()
    }
}
