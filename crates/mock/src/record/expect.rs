//! What a test expects the server to have received.

use std::fmt;

use sha2::{Digest as _, Sha256};

use super::difference::{Difference, Mismatch};
use super::{Part, Received};
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

#[derive(Clone, Debug)]
enum Condition {
    Operation(Operation),
    Method(String),
    Path(String),
    Query(String, Vec<String>),
    Header(String, Option<String>),
    Texts(String, Vec<String>),
    Files(String, Vec<ExpectFile>),
    NoField(String),
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
    pub fn query(mut self, name: impl Into<String>, value: impl Into<String>) -> Expect {
        let (name, value) = (name.into(), value.into());
        for condition in &mut self.conditions {
            if let Condition::Query(known, values) = condition
                && *known == name
            {
                values.push(value);
                return self;
            }
        }
        self.and(Condition::Query(name, vec![value]))
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
    pub fn text(mut self, name: impl Into<String>, value: impl Into<String>) -> Expect {
        let (name, value) = (name.into(), value.into());
        for condition in &mut self.conditions {
            if let Condition::Texts(known, values) = condition
                && *known == name
            {
                values.push(value);
                return self;
            }
        }
        self.and(Condition::Texts(name, vec![value]))
    }

    /// The form has a file of this name and kind.
    pub fn file(mut self, name: impl Into<String>, file: ExpectFile) -> Expect {
        let name = name.into();
        for condition in &mut self.conditions {
            if let Condition::Files(known, files) = condition
                && *known == name
            {
                files.push(file);
                return self;
            }
        }
        self.and(Condition::Files(name, vec![file]))
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

    fn and(mut self, condition: Condition) -> Expect {
        self.conditions.push(condition);
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

impl Condition {
    fn difference(&self, received: &Received) -> Option<Difference> {
        let (what, expected) = (self.what(), self.expected());
        let found = match self {
            Condition::Operation(operation) => {
                if received.operation() == Some(*operation) {
                    return None;
                }
                received
                    .operation()
                    .map_or("none".to_owned(), |it| it.to_string())
            }
            Condition::Method(_) => received.method().to_owned(),
            Condition::Path(_) => received.path().to_owned(),
            Condition::Query(name, _) => list(&received.query_values(name)),
            Condition::Header(name, _) => received.header(name).map_or(absent(), quoted),
            Condition::Texts(name, wanted) => {
                if received.texts(name) == *wanted && received.files(name).is_empty() {
                    return None;
                }
                fields(received, name)
            }
            Condition::Files(name, wanted) => {
                let files = received.files(name);
                let same = files.len() == wanted.len()
                    && received.texts(name).is_empty()
                    && wanted
                        .iter()
                        .zip(&files)
                        .all(|(wanted, file)| wanted.fits(file));
                if same {
                    return None;
                }
                fields(received, name)
            }
            Condition::NoField(name) => fields(received, name),
        };
        (found != expected).then(|| Difference::new(what, expected, found))
    }

    /// What the condition is about.
    fn what(&self) -> String {
        match self {
            Condition::Operation(_) => "operation".to_owned(),
            Condition::Method(_) => "method".to_owned(),
            Condition::Path(_) => "path".to_owned(),
            Condition::Query(name, _) => format!("query {name}"),
            Condition::Header(name, _) => format!("header {name}"),
            Condition::Texts(name, _) | Condition::NoField(name) => format!("field {name}"),
            Condition::Files(name, _) => format!("file {name}"),
        }
    }

    fn expected(&self) -> String {
        match self {
            Condition::Operation(operation) => operation.to_string(),
            Condition::Method(value) | Condition::Path(value) => value.clone(),
            Condition::Query(_, values) | Condition::Texts(_, values) => list(values),
            Condition::Header(_, value) => value.as_deref().map_or(absent(), quoted),
            Condition::Files(_, files) => {
                let files: Vec<String> = files.iter().map(ToString::to_string).collect();
                files.join(", then ")
            }
            Condition::NoField(_) => absent(),
        }
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

/// A file that a request should have, for [`Expect::file`]. What is not said may be anything.
///
/// ```
/// use postpress_mock::ExpectFile;
///
/// let file = ExpectFile::named("dog.png").media_type("image/png").content(b"\x89PNG...");
/// assert_eq!(file.to_string().split(", sha256").next(), Some("file `dog.png`, image/png, 7 bytes"));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExpectFile {
    file_name: Option<String>,
    media_type: Option<String>,
    size: Option<u64>,
    sha256: Option<[u8; 32]>,
}

impl ExpectFile {
    /// Any file.
    pub fn any() -> ExpectFile {
        ExpectFile::default()
    }

    /// A file with this file name.
    pub fn named(file_name: impl Into<String>) -> ExpectFile {
        ExpectFile {
            file_name: Some(file_name.into()),
            ..ExpectFile::default()
        }
    }

    /// Its `Content-Type` is this.
    pub fn media_type(mut self, media_type: impl Into<String>) -> ExpectFile {
        self.media_type = Some(media_type.into());
        self
    }

    /// It has so many bytes.
    pub fn size(mut self, bytes: u64) -> ExpectFile {
        self.size = Some(bytes);
        self
    }

    /// It has exactly this content.
    pub fn content(mut self, content: impl AsRef<[u8]>) -> ExpectFile {
        let content = content.as_ref();
        self.sha256 = Some(Sha256::digest(content).into());
        self.size(content.len() as u64)
    }

    fn fits(&self, part: &Part) -> bool {
        fn allows<T: PartialEq>(wanted: Option<T>, found: Option<T>) -> bool {
            wanted.is_none() || wanted == found
        }
        allows(self.file_name.as_deref(), part.file_name())
            && allows(self.media_type.as_deref(), part.media_type())
            && allows(self.size, Some(part.size))
            && allows(self.sha256, Some(part.sha256))
    }
}

impl fmt::Display for ExpectFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.file_name {
            Some(name) => write!(f, "file {}", quoted(name))?,
            None => write!(f, "file of any name")?,
        }
        if let Some(media_type) = &self.media_type {
            write!(f, ", {media_type}")?;
        }
        if let Some(size) = self.size {
            write!(f, ", {size} bytes")?;
        }
        if let Some([a, b, c, d, ..]) = self.sha256 {
            write!(f, ", sha256 {a:02x}{b:02x}{c:02x}{d:02x}...")?;
        }
        Ok(())
    }
}

fn absent() -> String {
    "absent".to_owned()
}

fn list(values: &[impl AsRef<str>]) -> String {
    if values.is_empty() {
        return absent();
    }
    let values: Vec<String> = values.iter().map(|it| quoted(it.as_ref())).collect();
    values.join(", then ")
}

fn fields(received: &Received, name: &str) -> String {
    let parts = received.parts().iter().filter(|part| part.name() == name);
    let parts: Vec<String> = parts.map(describe).collect();
    if parts.is_empty() {
        absent()
    } else {
        parts.join(", then ")
    }
}

/// A part, as `Expect` would be told to expect it.
fn describe(part: &Part) -> String {
    match (part.text(), part.file_name()) {
        (Some(text), _) => quoted(text),
        (None, Some(_)) => ExpectFile {
            file_name: part.file_name.clone(),
            media_type: part.media_type.clone(),
            size: Some(part.size),
            sha256: Some(part.sha256),
        }
        .to_string(),
        (None, None) => format!("{} bytes that are not UTF-8", part.size),
    }
}

fn quoted(text: impl AsRef<str>) -> String {
    format!("`{}`", text.as_ref().escape_debug())
}
