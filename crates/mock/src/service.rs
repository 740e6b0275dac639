//! Handles one request, from its head to its response.

use std::future::pending;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use http::Request;
use http::header::{ALLOW, EXPECT, HOST, HeaderValue, LOCATION, RETRY_AFTER};
use http::request::Parts as Head;
use hyper::body::Incoming;
use serde_json::Value;

use crate::api::{Api, Content, Credential, Endpoint, Place, Route};
use crate::fault::{self, ActiveFaults, FaultKind, RetryAfter};
use crate::form::{self, FormError, RequestBody};
use crate::inbox::Inbox;
use crate::problem::{Problem, Refusal};
use crate::record::{Journal, Outcome, Received, RequestRecord};
use crate::response::{Disconnect, Outgoing, Response, empty, half, response, whole, with_header};
use crate::{lock, operations};

/// What a proxy says when the server behind it is gone.
const BAD_GATEWAY: &str = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n\
    <center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n";

/// What all connections of a server share.
pub(crate) struct Shared {
    pub(crate) api: &'static Api,
    /// The document that the chats are checked against.
    pub(crate) inbox_api: &'static Api,
    pub(crate) address: SocketAddr,
    /// The only key that is accepted; `None`: any that is not empty.
    pub(crate) api_key: Option<String>,
    /// The most bytes that the files of a request may have.
    pub(crate) max_upload: u64,
    pub(crate) strict: bool,
    pub(crate) record_responses: bool,
    pub(crate) inbox: Mutex<Inbox>,
    pub(crate) faults: Mutex<ActiveFaults>,
    pub(crate) journal: Mutex<Journal>,
    pub(crate) observer: Option<Observer>,
}

/// Is called with every request when it has been handled.
pub(crate) type Observer = Box<dyn Fn(&Received) + Send + Sync>;

/// Responds to a request, or ends the connection instead.
pub(crate) async fn respond(
    shared: Arc<Shared>,
    request: Request<Incoming>,
) -> Result<Outgoing, Disconnect> {
    let (head, incoming) = request.into_parts();
    let mut record = RequestRecord::new(&head);
    let route = shared.api.route(&record.method, &record.path);
    let endpoint = match &route {
        Route::Operation(endpoint, _) => Some(*endpoint),
        _ => None,
    };
    record.operation = endpoint.map(|it| it.id.as_str());
    let plan = lock(&shared.faults).plan(record.operation);
    record.faults = plan.iter().map(FaultKind::to_string).collect();
    let mut disruption = None;
    for fault in plan {
        match fault {
            FaultKind::Latency(latency) => tokio::time::sleep(latency).await,
            other => disruption = Some(other),
        }
    }
    if disruption == Some(FaultKind::ResetBeforeRead) {
        shared.note(record, Outcome::ResetBeforeRead);
        return Err(Disconnect::Reset);
    }

    let mut body = RequestBody::new(incoming);
    let admitted = match endpoint {
        None => Ok(None),
        Some(endpoint) => admit(&shared, &head, endpoint, &mut body, &mut record).await,
    };
    record.body_size = body.taken;
    if let Err(FormError::BrokenOff) = admitted {
        shared.note(record, Outcome::BrokenOff);
        return Err(Disconnect::Closed);
    }
    // A client that waits for permission to send its body does not get it now.
    if body.unread() && (body.taken > 0 || !head.headers.contains_key(EXPECT)) {
        tokio::spawn(body.drain());
    }

    let disrupted = disruption
        .as_ref()
        .and_then(|it| disrupted(it, &shared, &head));
    let response = match (disrupted, admitted, endpoint) {
        (Some(response), ..) => response,
        (None, Err(FormError::Refused(refusal, detail)), Some(it)) => {
            shared.refusal(endpoint, &refusal.of(it, detail))
        }
        (None, admitted, _) => {
            let content = admitted.unwrap_or_default();
            carry_out(&shared, &route, content, &mut record)
        }
    };
    let response = altered(&shared, endpoint, response, &mut record);
    record.error_type = error_type(&response);
    if shared.record_responses {
        record.response = Some(response.clone());
    }

    let status = response.status().as_u16();
    match disruption {
        Some(FaultKind::ResetAfterRead) => {
            shared.note(record, Outcome::ResetAfterRead);
            Err(Disconnect::Reset)
        }
        Some(FaultKind::Hang) => {
            shared.note(record, Outcome::Hung);
            pending().await
        }
        Some(FaultKind::CutShort) => {
            shared.note(record, Outcome::CutShort(status));
            Ok(half(response))
        }
        _ => {
            shared.note(record, Outcome::Responded(status));
            Ok(whole(response))
        }
    }
}

/// Checks the key, and then reads the body, if the operation takes one. Returns the documented content that it is.
async fn admit<'d>(
    shared: &Shared,
    head: &Head,
    endpoint: &'d Endpoint,
    body: &mut RequestBody,
    record: &mut RequestRecord,
) -> Result<Option<&'d Content>, FormError> {
    let refused = |list: &'d Vec<Credential>| {
        let mut credentials = list.iter();
        credentials.find_map(|it| refused(it, record, shared.api_key.as_deref()))
    };
    let security = &endpoint.security;
    let mut refusals = security.iter().map(refused);
    // Where there are several lists, the first says what is wrong.
    if let Some(Some((refusal, detail))) = refusals.next()
        && refusals.all(|it| it.is_some())
    {
        return Err(FormError::Refused(refusal, detail));
    }
    match &endpoint.body {
        Some(documented) => form::read(head, body, documented, shared.max_upload, record).await,
        None => Ok(None),
    }
}

/// Why a credential is not what it should be, if it is not.
fn refused(
    credential: &Credential,
    record: &RequestRecord,
    wanted: Option<&str>,
) -> Option<(Refusal, String)> {
    let name = credential.name.as_str();
    let given = match credential.place {
        Place::Query => record
            .query
            .iter()
            .find(|(it, _)| it == name)
            .map(|(_, it)| it.as_str()),
        Place::Cookie => record.cookie(name),
        _ => record.header(name),
    };
    let scheme = credential.scheme.unwrap_or_default();
    let key = given.and_then(|given| match given.get(..scheme.len()) {
        Some(word) if word.eq_ignore_ascii_case(scheme) => Some(given[scheme.len()..].trim()),
        _ => None,
    });
    let example = match scheme {
        "" => name.to_owned(),
        _ => format!("{name} with `{scheme} KEY`"),
    };
    match (key, wanted) {
        (None | Some(""), _) => Some((
            Refusal::MISSING_CREDENTIALS,
            format!("{example} is required."),
        )),
        (Some(key), Some(wanted)) if key != wanted => {
            let detail = format!("{name} is not the key that this server was started with.");
            Some((Refusal::INVALID_CREDENTIALS, detail))
        }
        _ => None,
    }
}

fn carry_out(
    shared: &Shared,
    route: &Route<'_>,
    content: Option<&Content>,
    record: &mut RequestRecord,
) -> Response {
    let problem = match route {
        Route::Operation(endpoint, path) => {
            let (inbox, strict) = (&shared.inbox, shared.strict);
            match operations::carry_out(inbox, endpoint, path, content, record, strict) {
                Ok(response) => return response,
                Err(problem) => return shared.refusal(Some(endpoint), &problem),
            }
        }
        Route::WrongMethod(methods) => {
            let methods = methods.join(", ");
            let detail = format!("There is no {} here, only {methods}.", record.method);
            // The pages have no type for this. RFC 9457 has one that says no more than the status.
            let problem = Problem::new(405, "about:blank", detail);
            return with_header(shared.refusal(None, &problem), ALLOW, &methods);
        }
        Route::Unknown => {
            let (path, bases) = (&record.path, shared.api.base_paths.join(" and "));
            let detail = format!("There is nothing at {path}. Paths begin with {bases}.");
            Problem::new(404, "errors/resource_not_found", detail)
        }
    };
    shared.refusal(None, &problem)
}

/// The response of a fault that has one of its own, whatever the request is.
fn disrupted(disruption: &FaultKind, shared: &Shared, head: &Head) -> Option<Response> {
    Some(match disruption {
        FaultKind::TooManyRequests(retry_after) => {
            let detail = "A fault was injected.";
            let problem = Problem::new(429, "errors/too_many_requests", detail);
            let response = shared.refusal(None, &problem);
            match retry_after {
                RetryAfter::Absent => response,
                RetryAfter::Seconds(wait) => {
                    with_header(response, RETRY_AFTER, &wait.as_secs().to_string())
                }
                RetryAfter::Date(wait) => {
                    // Dates have whole seconds: none of the wait is to be lost.
                    let date = SystemTime::now() + *wait + Duration::from_millis(999);
                    with_header(response, RETRY_AFTER, &httpdate::fmt_http_date(date))
                }
            }
        }
        FaultKind::BadGateway => response(502, HeaderValue::from_static("text/html"), BAD_GATEWAY),
        FaultKind::EmptyUnauthorized => empty(401),
        FaultKind::Redirect(Some(location)) => with_header(empty(307), LOCATION, location),
        FaultKind::Redirect(None) => {
            // The address of the request at this server, by a name that is not the one that was used.
            let host = head.headers.get(HOST).map(|it| it.as_bytes());
            let name = match host {
                Some(host) if host.starts_with(b"localhost") => "127.0.0.1",
                _ => "localhost",
            };
            let path = head.uri.path_and_query().map_or("/", |it| it.as_str());
            let location = format!("http://{name}:{}{path}", shared.address.port());
            with_header(empty(307), LOCATION, &location)
        }
        _ => return None,
    })
}

/// The response as the alterations leave it that are in force.
fn altered(
    shared: &Shared,
    endpoint: Option<&Endpoint>,
    response: Response,
    record: &mut RequestRecord,
) -> Response {
    let schema = endpoint.and_then(|it| it.response(response.status().as_u16())?.schema());
    let altered = schema.and_then(|schema| {
        let mut faults = lock(&shared.faults);
        fault::altered(&mut faults, record.operation, schema, response.body())
    });
    let Some((body, names)) = altered else {
        return response;
    };
    record.faults.extend(names);
    response.map(|_| fault::written(&body).into())
}

fn error_type(response: &Response) -> Option<String> {
    if response.status().as_u16() < 400 {
        return None;
    }
    let body: Value = serde_json::from_slice(response.body()).ok()?;
    Some(body["type"].as_str()?.to_owned())
}

impl Shared {
    /// The response that says why a request is refused.
    fn refusal(&self, endpoint: Option<&Endpoint>, problem: &Problem) -> Response {
        let instance = lock(&self.inbox).ids.ulid("req");
        problem.response(endpoint, &instance)
    }

    fn note(&self, record: RequestRecord, outcome: Outcome) {
        let received = lock(&self.journal).add(record, outcome);
        if let Some(observer) = &self.observer {
            observer(&received);
        }
    }
}
