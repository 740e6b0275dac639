//! Faults: what no documentation describes, and clients have to survive all the same.

mod active;
mod alteration;
mod notation;
mod oddity;

use std::time::Duration;

pub(crate) use self::active::ActiveFaults;
pub(crate) use self::alteration::altered;
pub use self::notation::FaultError;
pub use self::oddity::Oddity;
pub(crate) use self::oddity::written;

/// Something that goes wrong, for [`MockServer::inject`](crate::MockServer::inject) and the command line.
///
/// A fault is for the next request, unless [`times`](Fault::times), [`one_in`](Fault::one_in) or
/// [`always`](Fault::always) say something else, and for any operation, unless [`on`](Fault::on) names one.
///
/// Several faults can be in force. Latencies add up, and so do alterations of responses. Of those that decide what
/// becomes of the request, the one that was injected first is in force, and the others wait.
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
/// | [`odd_record`](Fault::odd_record) | `odd-record`, `odd-record=missing` | yes |
///
/// On the command line, `,times=3`, `,one-in=10`, `,always` and `,on=sendMessage` may follow. A fault prints itself in
/// that form, and can be parsed from it.
///
/// ```
/// use std::time::Duration;
/// use postpress_mock::Fault;
///
/// let fault = Fault::latency(Duration::from_millis(250)).one_in(3).on("getChat");
/// assert_eq!(fault.to_string(), "latency=250ms,one-in=3,on=getChat");
/// assert_eq!("latency=250ms,one-in=3,on=getChat".parse(), Ok(fault));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use = "a fault does nothing until it is given to `MockServer::inject`"]
pub struct Fault {
    pub(crate) kind: FaultKind,
    pub(crate) when: When,
    pub(crate) on: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum FaultKind {
    Latency(Duration),
    // What happens to a request instead of a proper response.
    ResetBeforeRead,
    ResetAfterRead,
    CutShort,
    Hang,
    TooManyRequests(RetryAfter),
    BadGateway,
    EmptyUnauthorized,
    /// Where to; `None`: to this server under its other name.
    Redirect(Option<String>),
    // What is done to the body of a response.
    UnknownEnumValues,
    UnknownAttachments,
    Nulls,
    ExtraFields,
    OddRecord(Oddity),
}

/// The `Retry-After` header of a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RetryAfter {
    /// There is none.
    Absent,
    /// A number of seconds. Fractions are dropped, as the header cannot have them.
    Seconds(Duration),
    /// The date at this distance from when the response is sent, rounded up to whole seconds.
    Date(Duration),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum When {
    /// For this many further requests.
    Times(u64),
    /// For every request whose number is a multiple of this.
    OneIn(u64),
}

impl Fault {
    /// The response is delayed by this much.
    pub fn latency(latency: Duration) -> Fault {
        Fault::new(FaultKind::Latency(latency))
    }

    /// The connection is reset when the head of the request has arrived, before its body is read. Nothing is carried out.
    pub fn reset_before_read() -> Fault {
        Fault::new(FaultKind::ResetBeforeRead)
    }

    /// The connection is reset when the request has been read **and carried out**: whoever sends it again sends it
    /// twice.
    pub fn reset_after_read() -> Fault {
        Fault::new(FaultKind::ResetAfterRead)
    }

    /// The request is carried out, and the connection is closed in the middle of the response's body.
    pub fn cut_short() -> Fault {
        Fault::new(FaultKind::CutShort)
    }

    /// The request is carried out and never responded to. The connection stays open until the client closes it.
    pub fn hang() -> Fault {
        Fault::new(FaultKind::Hang)
    }

    /// The response is a 429, also where the documentation has no 429.
    pub fn too_many_requests(retry_after: RetryAfter) -> Fault {
        Fault::new(FaultKind::TooManyRequests(retry_after))
    }

    /// The response is a 502 with a page of HTML, as a proxy would.
    pub fn bad_gateway() -> Fault {
        Fault::new(FaultKind::BadGateway)
    }

    /// The response is a 401 with an empty body, as a gateway would.
    pub fn empty_unauthorized() -> Fault {
        Fault::new(FaultKind::EmptyUnauthorized)
    }

    /// The response is a 307 to another origin: this very server, by another name.
    ///
    /// A server at `127.0.0.1` points to `localhost` and the other way round. Its record then shows whether the client
    /// went there, and with which headers: the [header](crate::Received::header) `host` has the name that it used.
    pub fn redirect() -> Fault {
        Fault::new(FaultKind::Redirect(None))
    }

    /// The response is a 307 to this address.
    pub fn redirect_to(location: impl Into<String>) -> Fault {
        Fault::new(FaultKind::Redirect(Some(location.into())))
    }

    /// Every value of an enumeration with several values is one that the documentation does not have.
    ///
    /// A response without such a value does not use the fault up.
    pub fn unknown_enum_values() -> Fault {
        Fault::new(FaultKind::UnknownEnumValues)
    }

    /// Every list of attachments in the response has one more, of a kind that the documentation does not have.
    ///
    /// A response without such a list does not use the fault up.
    pub fn unknown_attachments() -> Fault {
        Fault::new(FaultKind::UnknownAttachments)
    }

    /// Every optional field of the response is present and null, and so is every list and whatever else may be null.
    ///
    /// A page keeps its items and its cursor, and required objects stay, so that there is something to see.
    pub fn nulls() -> Fault {
        Fault::new(FaultKind::Nulls)
    }

    /// Every object in the response has one more field.
    pub fn extra_fields() -> Fault {
        Fault::new(FaultKind::ExtraFields)
    }

    /// One record of the response is not as documented, as real services have some: of a list of chats the one in the
    /// middle, of a chat its last message. The others stay as they are.
    ///
    /// A response without such a record, or whose record has nothing to which this can happen, does not use the fault up.
    pub fn odd_record(oddity: Oddity) -> Fault {
        Fault::new(FaultKind::OddRecord(oddity))
    }

    fn new(kind: FaultKind) -> Fault {
        Fault {
            kind,
            when: When::Times(1),
            on: None,
        }
    }

    /// For the next `requests` requests.
    pub fn times(mut self, requests: u64) -> Fault {
        self.when = When::Times(requests);
        self
    }

    /// For one in N requests: with 3, for the third from now, the sixth and so on. It stays until
    /// [`clear_faults`](crate::MockServer::clear_faults). 0 is taken for 1.
    pub fn one_in(mut self, requests: u64) -> Fault {
        self.when = When::OneIn(requests.max(1));
        self
    }

    /// For every request.
    pub fn always(self) -> Fault {
        self.one_in(1)
    }

    /// Only for requests of this operation, by its `operationId`; others are not counted.
    pub fn on(mut self, operation: impl Into<String>) -> Fault {
        self.on = Some(operation.into());
        self
    }
}
