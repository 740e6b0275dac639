//! Faults: what the documentation does not promise, and a client has to survive.

mod alter;
mod parse;
mod queue;

use std::fmt;
use std::time::Duration;

pub(crate) use self::alter::alter;
pub use self::parse::FaultError;
pub(crate) use self::queue::Faults;
use crate::Operation;

/// Something that goes wrong, for [`MockServer::inject`](crate::MockServer::inject) and the command line.
///
/// A fault is for the next request, unless [`times`](Fault::times), [`one_in`](Fault::one_in) or
/// [`always`](Fault::always) say something else, and for any operation, unless [`on`](Fault::on) names one.
///
/// Several faults can be in force. Latencies add up, and what alters answers comes on top of each other. Of those that
/// decide what becomes of the request, the one that was injected first is in force, and the others wait.
///
/// | Fault | On the command line | Is the request carried out? |
/// | --- | --- | --- |
/// | [`latency`](Fault::latency) | `latency=250ms` | yes |
/// | [`reset_before_read`](Fault::reset_before_read) | `reset-before-read` | no |
/// | [`reset_after_read`](Fault::reset_after_read) | `reset-after-read` | yes |
/// | [`cut_short`](Fault::cut_short) | `cut-short` | yes |
/// | [`hang`](Fault::hang) | `hang` | yes |
/// | [`too_many_requests`](Fault::too_many_requests) | `429`, `429=2s`, `429=date:2s` | no |
/// | [`bad_gateway`](Fault::bad_gateway) | `502` | no |
/// | [`empty_unauthorized`](Fault::empty_unauthorized) | `401` | no |
/// | [`redirect`](Fault::redirect), [`redirect_to`](Fault::redirect_to) | `redirect`, `redirect=http://127.0.0.1:9/` | no |
/// | [`unknown_enum_values`](Fault::unknown_enum_values) | `unknown-enum-values` | yes |
/// | [`unknown_attachments`](Fault::unknown_attachments) | `unknown-attachments` | yes |
/// | [`nulls`](Fault::nulls) | `nulls` | yes |
/// | [`extra_fields`](Fault::extra_fields) | `extra-fields` | yes |
///
/// On the command line, `,times=3`, `,one-in=10`, `,always` and `,on=sendMessage` may follow. A fault prints itself in
/// that form, and can be parsed from it.
///
/// ```
/// use std::time::Duration;
/// use postpress_mock::{Fault, Operation};
///
/// let fault = Fault::latency(Duration::from_millis(250)).one_in(3).on(Operation::GetChat);
/// assert_eq!(fault.to_string(), "latency=250ms,one-in=3,on=getChat");
/// assert_eq!("latency=250ms,one-in=3,on=getChat".parse(), Ok(fault));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use = "a fault does nothing until it is given to `MockServer::inject`"]
pub struct Fault {
    pub(crate) kind: Kind,
    pub(crate) when: When,
    pub(crate) on: Option<Operation>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Latency(Duration),
    End(End),
    Alter(Alteration),
}

/// What becomes of a request in place of an answer, or what it is answered with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum End {
    ResetBeforeRead,
    ResetAfterRead,
    CutShort,
    Hang,
    TooManyRequests(RetryAfter),
    BadGateway,
    EmptyUnauthorized,
    /// Where to; `None`: to this server under its other name.
    Redirect(Option<String>),
}

/// What is done to the body of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Alteration {
    UnknownEnumValues,
    UnknownAttachments,
    Nulls,
    ExtraFields,
}

/// The `Retry-After` header of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RetryAfter {
    /// There is none.
    Absent,
    /// A number of seconds. Fractions are dropped, as the header cannot have them.
    Seconds(Duration),
    /// The date that is so far ahead when the answer is given, in whole seconds, rounded up.
    Date(Duration),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum When {
    /// For the next so many requests.
    Times(u64),
    /// For every request whose number is a multiple of this.
    OneIn(u64),
}

impl Fault {
    /// The answer comes so much later.
    pub fn latency(latency: Duration) -> Fault {
        Fault::new(Kind::Latency(latency))
    }

    /// The connection is reset when the head of a request has come, before its body is read. Nothing is carried out.
    pub fn reset_before_read() -> Fault {
        Fault::new(Kind::End(End::ResetBeforeRead))
    }

    /// The connection is reset when the request has been read **and carried out**: whoever sends it again sends it
    /// twice.
    pub fn reset_after_read() -> Fault {
        Fault::new(Kind::End(End::ResetAfterRead))
    }

    /// The request is carried out, and the connection closed in the middle of the answer's body.
    pub fn cut_short() -> Fault {
        Fault::new(Kind::End(End::CutShort))
    }

    /// The request is carried out and never answered. The connection stays open until the client closes it.
    pub fn hang() -> Fault {
        Fault::new(Kind::End(End::Hang))
    }

    /// The request is answered with 429, also where the documentation has no 429.
    pub fn too_many_requests(retry_after: RetryAfter) -> Fault {
        Fault::new(Kind::End(End::TooManyRequests(retry_after)))
    }

    /// The request is answered with 502 and a page of HTML, as a proxy would.
    pub fn bad_gateway() -> Fault {
        Fault::new(Kind::End(End::BadGateway))
    }

    /// The request is answered with 401 and an empty body, as a gateway would.
    pub fn empty_unauthorized() -> Fault {
        Fault::new(Kind::End(End::EmptyUnauthorized))
    }

    /// The request is answered with 307 to another origin: this very server, by another name.
    ///
    /// A server at `127.0.0.1` points to `localhost` and the other way round. Its record then shows whether the client
    /// went there, and with which headers: the [header](crate::Received::header) `host` has the name that it used.
    pub fn redirect() -> Fault {
        Fault::new(Kind::End(End::Redirect(None)))
    }

    /// The request is answered with 307 to this address.
    pub fn redirect_to(location: impl Into<String>) -> Fault {
        Fault::new(Kind::End(End::Redirect(Some(location.into()))))
    }

    /// In the answer, every value of an enumeration with several values is one that the documentation does not have.
    ///
    /// An answer in which there is none does not use the fault up.
    pub fn unknown_enum_values() -> Fault {
        Fault::new(Kind::Alter(Alteration::UnknownEnumValues))
    }

    /// In the answer, every list of attachments has one more, of a kind that the documentation does not have.
    ///
    /// An answer without such a list does not use the fault up.
    pub fn unknown_attachments() -> Fault {
        Fault::new(Kind::Alter(Alteration::UnknownAttachments))
    }

    /// In the answer, every optional field is there and null, and so is every list and whatever else may be null.
    ///
    /// What holds the rest stays, so that there is something to see: the items of a page with its cursor, and required
    /// objects.
    pub fn nulls() -> Fault {
        Fault::new(Kind::Alter(Alteration::Nulls))
    }

    /// In the answer, every object has one more field.
    pub fn extra_fields() -> Fault {
        Fault::new(Kind::Alter(Alteration::ExtraFields))
    }

    fn new(kind: Kind) -> Fault {
        Fault {
            kind,
            when: When::Times(1),
            on: None,
        }
    }

    /// For the next so many requests.
    pub fn times(mut self, requests: u64) -> Fault {
        self.when = When::Times(requests);
        self
    }

    /// For one in so many requests: with 3, for the third from now, the sixth and so on. It stays until
    /// [`clear_faults`](crate::MockServer::clear_faults). 0 is taken for 1.
    pub fn one_in(mut self, requests: u64) -> Fault {
        self.when = When::OneIn(requests.max(1));
        self
    }

    /// For every request.
    pub fn always(self) -> Fault {
        self.one_in(1)
    }

    /// Only for requests of this operation; others are not counted.
    pub fn on(mut self, operation: Operation) -> Fault {
        self.on = Some(operation);
        self
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.kind)?;
        match self.when {
            When::Times(1) => {}
            When::Times(times) => write!(f, ",times={times}")?,
            When::OneIn(1) => write!(f, ",always")?,
            When::OneIn(requests) => write!(f, ",one-in={requests}")?,
        }
        match self.on {
            Some(operation) => write!(f, ",on={operation}"),
            None => Ok(()),
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Kind::Latency(latency) => write!(f, "latency={}", Span(*latency)),
            Kind::End(end) => write!(f, "{end}"),
            Kind::Alter(alteration) => write!(f, "{alteration}"),
        }
    }
}

impl fmt::Display for End {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            End::ResetBeforeRead => write!(f, "reset-before-read"),
            End::ResetAfterRead => write!(f, "reset-after-read"),
            End::CutShort => write!(f, "cut-short"),
            End::Hang => write!(f, "hang"),
            End::TooManyRequests(RetryAfter::Absent) => write!(f, "429"),
            End::TooManyRequests(RetryAfter::Seconds(wait)) => write!(f, "429={}", Span(*wait)),
            End::TooManyRequests(RetryAfter::Date(wait)) => write!(f, "429=date:{}", Span(*wait)),
            End::BadGateway => write!(f, "502"),
            End::EmptyUnauthorized => write!(f, "401"),
            End::Redirect(None) => write!(f, "redirect"),
            End::Redirect(Some(location)) => write!(f, "redirect={location}"),
        }
    }
}

impl fmt::Display for Alteration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Alteration::UnknownEnumValues => "unknown-enum-values",
            Alteration::UnknownAttachments => "unknown-attachments",
            Alteration::Nulls => "nulls",
            Alteration::ExtraFields => "extra-fields",
        })
    }
}

/// A length of time: `2s`, `250ms`.
struct Span(Duration);

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.as_millis() {
            millis if millis % 1000 == 0 => write!(f, "{}s", millis / 1000),
            millis => write!(f, "{millis}ms"),
        }
    }
}
