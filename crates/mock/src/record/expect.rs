//! What a test expects the server to have received.

mod condition;
mod file;

use std::fmt;

use self::condition::{Condition, describe, quoted};
pub use self::file::ExpectFile;
use super::Received;
use super::mismatch::{Difference, Mismatch};
use crate::Operation;

/// What requests the server should have received, for
/// [`MockServer::assert_received`](crate::MockServer::assert_received).
///
/// Every method adds a condition; a request has to meet them all. How many requests do is [once](Expect::once) unless
/// something else is said, so that what was sent twice by mistake is noticed.
///
/// Names of fields are spelled as they are sent, brackets included. Values that are given for the same name one after
/// the other are the values of a list, in their order, and no further ones are allowed.
///
/// ```
/// use postpress_mock::{Expect, ExpectFile, Operation};
///
/// let sent = Expect::operation(Operation::StartChat)
///     .text("attendees_ids", "33600000000@s.whatsapp.net")
///     .text("attendees_ids", "33600000001@s.whatsapp.net")
///     .text("linkedin[api]", "classic")
///     .file("attachments", ExpectFile::named("dog.png").media_type("image/png"))
///     .no_field("subject")
///     .times(2);
/// ```
#[derive(Clone, Debug, Default)]
#[must_use = "this does nothing until it is given to `assert_received`"]
pub struct Expect {
    conditions: Vec<Condition>,
    nothing_else: bool,
    count: Count,
}

#[derive(Clone, Copy, Debug)]
enum Count {
    Exactly(u64),
    AtLeast(u64),
}

impl Default for Count {
    fn default() -> Count {
        Count::Exactly(1)
    }
}

impl Expect {
    /// Any request.
    pub fn request() -> Expect {
        Expect::default()
    }

    /// A request of this operation.
    pub fn operation(operation: Operation) -> Expect {
        Expect::request().and(Condition::Operation(operation))
    }

    /// The method is this: `POST`.
    pub fn method(self, method: impl Into<String>) -> Expect {
        self.and(Condition::Method(method.into()))
    }

    /// The path is this, without the query: `/v1/chats`.
    pub fn path(self, path: impl Into<String>) -> Expect {
        self.and(Condition::Path(path.into()))
    }

    /// The parameter `name` has this value in the query.
    pub fn query(self, name: impl Into<String>, value: impl Into<String>) -> Expect {
        self.and(Condition::Query(name.into(), vec![value.into()]))
    }

    /// The parameter `name` is not in the query.
    pub fn no_query(self, name: impl Into<String>) -> Expect {
        self.and(Condition::Query(name.into(), Vec::new()))
    }

    /// The header `name` is there, and has this value.
    pub fn header(self, name: impl Into<String>, value: impl Into<String>) -> Expect {
        self.and(Condition::Header(name.into(), Some(value.into())))
    }

    /// The header `name` is not there.
    pub fn no_header(self, name: impl Into<String>) -> Expect {
        self.and(Condition::Header(name.into(), None))
    }

    /// The form has a text of this name and value.
    pub fn text(self, name: impl Into<String>, value: impl Into<String>) -> Expect {
        self.and(Condition::Texts(name.into(), vec![value.into()]))
    }

    /// The form has a file of this name and kind.
    pub fn file(self, name: impl Into<String>, file: ExpectFile) -> Expect {
        self.and(Condition::Files(name.into(), vec![file]))
    }

    /// The form has neither a text nor a file of this name.
    pub fn no_field(self, name: impl Into<String>) -> Expect {
        self.and(Condition::NoField(name.into()))
    }

    /// There are no fields in the form, and no parameters in the query, but those named in other conditions.
    pub fn nothing_else(mut self) -> Expect {
        self.nothing_else = true;
        self
    }

    /// There is exactly one such request. This is so anyway.
    pub fn once(self) -> Expect {
        self.times(1)
    }

    /// There are exactly so many such requests.
    pub fn times(mut self, count: u64) -> Expect {
        self.count = Count::Exactly(count);
        self
    }

    /// There are so many such requests, or more.
    pub fn at_least(mut self, count: u64) -> Expect {
        self.count = Count::AtLeast(count);
        self
    }

    /// There is no such request.
    pub fn never(self) -> Expect {
        self.times(0)
    }

    fn and(mut self, mut condition: Condition) -> Expect {
        let mut known = self.conditions.iter_mut();
        if !known.any(|known| known.absorb(&mut condition)) {
            self.conditions.push(condition);
        }
        self
    }

    /// Compares this with all that was received; `forgotten` more are no longer known.
    pub(crate) fn check(&self, all: &[Received], forgotten: u64) -> Result<(), Mismatch> {
        let matching = all.iter().filter(|it| self.differences(it).is_empty());
        let matching: Vec<u64> = matching.map(Received::number).collect();
        let count = matching.len() as u64;
        let enough = match self.count {
            Count::Exactly(wanted) => count == wanted && forgotten == 0,
            Count::AtLeast(wanted) => count >= wanted,
        };
        if enough {
            return Ok(());
        }
        let nearest = all
            .iter()
            .rev()
            .filter(|it| !self.differences(it).is_empty())
            // What lacks nothing and has too much is nearer than what lacks something.
            .min_by_key(|it| (self.unmet(it).len(), self.differences(it).len()))
            .map(|it| (it, self.differences(it)));
        let too_few = match self.count {
            Count::Exactly(wanted) | Count::AtLeast(wanted) => count < wanted,
        };
        Err(Mismatch::new(
            self.to_string(),
            &matching,
            nearest.filter(|_| too_few),
            all,
            forgotten,
        ))
    }

    /// The conditions that a request does not meet.
    fn unmet(&self, received: &Received) -> Vec<Difference> {
        let conditions = self.conditions.iter();
        conditions
            .filter_map(|condition| condition.difference(received))
            .collect()
    }

    /// All that keeps a request from being what is expected.
    fn differences(&self, received: &Received) -> Vec<Difference> {
        let mut differences = self.unmet(received);
        if self.nothing_else {
            differences.extend(self.others(received));
        }
        differences
    }

    /// Fields and parameters that no condition names.
    fn others(&self, received: &Received) -> Vec<Difference> {
        let named = |name: &str, in_query: bool| {
            self.conditions.iter().any(|condition| match condition {
                Condition::Query(known, _) => in_query && known == name,
                Condition::Texts(known, _) | Condition::Files(known, _) => {
                    !in_query && known == name
                }
                _ => false,
            })
        };
        let fields = received
            .parts()
            .iter()
            .filter(|part| !named(part.name(), false));
        let fields = fields.map(|part| {
            Difference::new(format!("field {}", part.name()), "absent", describe(part))
        });
        let query = received
            .query()
            .iter()
            .filter(|(name, _)| !named(name, true));
        let query = query
            .map(|(name, value)| Difference::new(format!("query {name}"), "absent", quoted(value)));
        fields.chain(query).collect()
    }
}

impl fmt::Display for Expect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.count {
            Count::Exactly(0) => write!(f, "no request")?,
            Count::Exactly(1) => write!(f, "exactly 1 request")?,
            Count::Exactly(count) => write!(f, "exactly {count} requests")?,
            Count::AtLeast(count) => write!(f, "at least {count} requests")?,
        }
        let mut conditions = self.conditions.iter().peekable();
        if conditions.peek().is_some() || self.nothing_else {
            write!(f, " with")?;
        }
        for condition in conditions {
            write!(f, "\n    {}: {}", condition.what(), condition.expected())?;
        }
        if self.nothing_else {
            write!(f, "\n    nothing else in the form and the query")?;
        }
        Ok(())
    }
}
