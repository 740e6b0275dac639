//! What a test expects the server to have received.

use std::fmt;

use super::{ExpectFile, Part, Received};

/// The most requests that are listed.
const LISTED: usize = 20;

/// What requests the server should have received, for
/// [`MockServer::assert_received`](crate::MockServer::assert_received).
///
/// Every method adds a condition; a request has to meet them all. How many requests do is [once](Expect::once) unless
/// another number is given, so that a message that is sent twice by mistake fails the test.
///
/// Names of fields are spelled as they are sent, brackets included. Values that are given for the same name one after
/// the other are the values of a list, in their order, and no further ones are allowed.
///
/// ```
/// use postpress_mock::{Expect, ExpectFile};
///
/// let sent = Expect::operation("startChat")
///     .text("attendees_ids", "33600000000@s.whatsapp.net")
///     .text("attendees_ids", "33600000001@s.whatsapp.net")
///     .text("linkedin[api]", "classic")
///     .file("attachments", ExpectFile::named("dog.png").media_type("image/png"))
///     .no_field("subject")
///     .times(2);
/// ```
#[derive(Clone, Debug)]
#[must_use = "this does nothing until it is given to `assert_received`"]
pub struct Expect {
    conditions: Vec<Condition>,
    nothing_else: bool,
    least: u64,
    /// `None`: there may be any number more.
    most: Option<u64>,
}

/// One condition: a place in the request has exactly these values, in this order.
#[derive(Clone, Debug)]
struct Condition {
    place: &'static str,
    /// The name of the parameter, header or field; empty in other places.
    name: String,
    /// None of them: there is nothing.
    values: Vec<Found>,
}

/// A value in a request, or one that is expected there.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Found {
    /// A name that stands for itself.
    Word(String),
    Text(String),
    File(ExpectFile),
    /// The size of a text that is not UTF-8.
    Bytes(u64),
}

/// The places in a request that have values.
const OPERATION: &str = "operation";
const METHOD: &str = "method";
const PATH: &str = "path";
const QUERY: &str = "query";
const HEADER: &str = "header";
const FIELD: &str = "field";
const FILE: &str = "file";

impl Expect {
    /// Any request.
    pub fn request() -> Expect {
        Expect {
            conditions: Vec::new(),
            nothing_else: false,
            least: 1,
            most: Some(1),
        }
    }

    /// A request of this operation, by its `operationId`.
    pub fn operation(operation: impl Into<String>) -> Expect {
        Expect::request().and(OPERATION, "", Some(Found::Word(operation.into())))
    }

    /// The method is this: `POST`.
    pub fn method(self, method: impl Into<String>) -> Expect {
        self.and(METHOD, "", Some(Found::Word(method.into())))
    }

    /// The path is this, without the query: `/v1/chats`.
    pub fn path(self, path: impl Into<String>) -> Expect {
        self.and(PATH, "", Some(Found::Word(path.into())))
    }

    /// The parameter `name` has this value in the query.
    pub fn query(self, name: impl Into<String>, value: impl Into<String>) -> Expect {
        self.and(QUERY, name, Some(Found::Text(value.into())))
    }

    /// The parameter `name` is not in the query.
    pub fn no_query(self, name: impl Into<String>) -> Expect {
        self.and(QUERY, name, None)
    }

    /// The header `name` is there, and has this value.
    pub fn header(self, name: impl Into<String>, value: impl Into<String>) -> Expect {
        self.and(HEADER, name, Some(Found::Text(value.into())))
    }

    /// The header `name` is not there.
    pub fn no_header(self, name: impl Into<String>) -> Expect {
        self.and(HEADER, name, None)
    }

    /// The form has a text of this name and value.
    pub fn text(self, name: impl Into<String>, value: impl Into<String>) -> Expect {
        self.and(FIELD, name, Some(Found::Text(value.into())))
    }

    /// The form has a file of this name and kind.
    pub fn file(self, name: impl Into<String>, file: ExpectFile) -> Expect {
        self.and(FILE, name, Some(Found::File(file)))
    }

    /// The form has neither a text nor a file of this name.
    pub fn no_field(self, name: impl Into<String>) -> Expect {
        self.and(FIELD, name, None)
    }

    /// There are no fields in the form, and no parameters in the query, but those named in other conditions.
    pub fn nothing_else(mut self) -> Expect {
        self.nothing_else = true;
        self
    }

    /// There is exactly one such request, which is the default.
    pub fn once(self) -> Expect {
        self.times(1)
    }

    /// There are exactly `count` such requests.
    pub fn times(mut self, count: u64) -> Expect {
        (self.least, self.most) = (count, Some(count));
        self
    }

    /// There are at least `count` such requests.
    pub fn at_least(mut self, count: u64) -> Expect {
        (self.least, self.most) = (count, None);
        self
    }

    /// There is no such request.
    pub fn never(self) -> Expect {
        self.times(0)
    }

    fn and(mut self, place: &'static str, name: impl Into<String>, value: Option<Found>) -> Expect {
        let name = name.into();
        let mut known = self.conditions.iter_mut();
        let known = known.find(|it| it.place == place && it.name == name && !it.values.is_empty());
        match (known, value) {
            (Some(known), Some(value)) => known.values.push(value),
            (_, value) => self.conditions.push(Condition {
                place,
                name,
                values: value.into_iter().collect(),
            }),
        }
        self
    }

    /// Compares this with the requests that were received; `forgotten` more are no longer known. The error is the message
    /// of the failed assertion.
    pub(crate) fn check(&self, all: &[Received], forgotten: u64) -> Result<(), String> {
        let (matching, others): (Vec<_>, Vec<_>) = all
            .iter()
            .map(|it| (it, self.unmet(it), self.unexpected(it)))
            .partition(|(_, unmet, unexpected)| unmet.is_empty() && unexpected.is_empty());
        let count = matching.len() as u64;
        let is_known = forgotten == 0 || self.most.is_none();
        if count >= self.least && self.most.is_none_or(|most| count <= most) && is_known {
            return Ok(());
        }
        let numbers = matching.iter().map(|(it, ..)| it.number().to_string());
        let numbers = numbers.collect::<Vec<_>>().join(", ");
        let mut text = format!("expected {self}\nbut received ");
        text += &match count {
            0 => "none".to_owned(),
            1 => format!("1: number {numbers}"),
            count => format!("{count}: numbers {numbers}"),
        };
        // What lacks nothing and has too much is nearer than what lacks something.
        let nearest = others.iter().rev();
        let nearest = nearest.min_by_key(|(_, unmet, unexpected)| (unmet.len(), unexpected.len()));
        if let Some((nearest, unmet, unexpected)) = nearest.filter(|_| count < self.least) {
            let number = nearest.number();
            text += &format!("\nthe nearest other is number {number}; it differs in");
            text.extend(unmet.iter().chain(unexpected).map(String::as_str));
        }
        Err(text + &listing(all, forgotten))
    }

    /// How a request differs from the conditions that it does not meet.
    fn unmet(&self, received: &Received) -> Vec<String> {
        let conditions = self.conditions.iter();
        let unmet = conditions.map(|it| (it, it.found(received)));
        let unmet = unmet.filter(|(condition, found)| !condition.fits(found));
        unmet
            .map(|(condition, found)| difference(&condition.what(), &condition.values, &found))
            .collect()
    }

    /// The fields and parameters that no condition names, if there should be none.
    fn unexpected(&self, received: &Received) -> Vec<String> {
        let fields = received.parts().iter();
        let fields = fields.map(|part| (FIELD, part.name(), Found::from(part)));
        let query = received.query().iter();
        let query = query.map(|(name, value)| (QUERY, name.as_str(), Found::Text(value.clone())));
        let all = fields.chain(query).filter(|(place, name, _)| {
            let mut conditions = self.conditions.iter();
            let place_of = |it: &Condition| if it.place == FILE { FIELD } else { it.place };
            self.nothing_else && !conditions.any(|it| it.name == *name && place_of(it) == *place)
        });
        all.map(|(place, name, value)| difference(&format!("{place} {name}"), &[], &[value]))
            .collect()
    }
}

impl Condition {
    /// What the condition is about.
    fn what(&self) -> String {
        format!("{} {}", self.place, self.name)
            .trim_end()
            .to_owned()
    }

    /// What a request has there.
    fn found(&self, received: &Received) -> Vec<Found> {
        let text = |text: &str| Found::Text(text.to_owned());
        let word = |word: &str| vec![Found::Word(word.to_owned())];
        match self.place {
            OPERATION => received.operation().map_or(Vec::new(), word),
            METHOD => word(received.method()),
            PATH => word(received.path()),
            QUERY => received
                .query_values(&self.name)
                .into_iter()
                .map(text)
                .collect(),
            HEADER => received.header(&self.name).map(text).into_iter().collect(),
            _ => {
                let parts = received.parts().iter().filter(|it| it.name() == self.name);
                parts.map(Found::from).collect()
            }
        }
    }

    fn fits(&self, found: &[Found]) -> bool {
        let mut pairs = self.values.iter().zip(found);
        self.values.len() == found.len()
            && pairs.all(|pair| match pair {
                (Found::File(wanted), Found::File(found)) => wanted.fits(found),
                (wanted, found) => wanted == found,
            })
    }
}

impl From<&Part> for Found {
    fn from(part: &Part) -> Found {
        match (part.text(), ExpectFile::exactly(part)) {
            (Some(text), _) => Found::Text(text.to_owned()),
            (None, Some(file)) => Found::File(file),
            (None, None) => Found::Bytes(part.size),
        }
    }
}

impl fmt::Display for Found {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Found::Word(word) => f.write_str(word),
            Found::Text(text) => write!(f, "`{}`", text.escape_debug()),
            Found::File(file) => file.fmt(f),
            Found::Bytes(size) => write!(f, "{size} bytes that are not UTF-8"),
        }
    }
}

fn list(values: &[Found]) -> String {
    let values: Vec<String> = values.iter().map(Found::to_string).collect();
    match values.is_empty() {
        true => "absent".to_owned(),
        false => values.join(", then "),
    }
}

fn difference(what: &str, expected: &[Found], found: &[Found]) -> String {
    let (expected, found) = (list(expected), list(found));
    format!("\n    {what}\n      - expected {expected}\n      + received {found}")
}

fn listing(all: &[Received], forgotten: u64) -> String {
    if all.is_empty() && forgotten == 0 {
        return "\nthe server received no request at all".to_owned();
    }
    let mut text = "\nall that the server received:".to_owned();
    let hidden = forgotten + all.len().saturating_sub(LISTED) as u64;
    if hidden > 0 {
        text += &format!("\n    ... {hidden} before these");
    }
    if forgotten > 0 {
        text += &format!(" ({forgotten} are no longer remembered and cannot be compared)");
    }
    for received in all.iter().skip(all.len().saturating_sub(LISTED)) {
        text += &format!("\n    {}. {}", received.number(), received.summary());
    }
    text
}

impl fmt::Display for Expect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.least, self.most) {
            (least, None) => write!(f, "at least {least} requests")?,
            (0, _) => write!(f, "no request")?,
            (1, _) => write!(f, "exactly 1 request")?,
            (count, _) => write!(f, "exactly {count} requests")?,
        }
        if !self.conditions.is_empty() || self.nothing_else {
            write!(f, " with")?;
        }
        for condition in &self.conditions {
            write!(f, "\n    {}: {}", condition.what(), list(&condition.values))?;
        }
        if self.nothing_else {
            write!(f, "\n    nothing else in the form and the query")?;
        }
        Ok(())
    }
}
