//! Handles one request, from its head to its response.

mod admission;
mod disruption;

use std::convert::Infallible;
use std::future::pending;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use http::Request;
use http::header::{ALLOW, EXPECT};
use hyper::body::Incoming;
use serde_json::Value;

use self::admission::{Rejection, admit};
use self::disruption::disrupted;
use crate::api::{Api, Endpoint, Route};
use crate::connection_end::ConnectionEnd;
use crate::fault::{self, ActiveFaults, Disruption};
use crate::form::RequestBody;
use crate::inbox::Inbox;
use crate::lock;
use crate::operations;
use crate::problem::Problem;
use crate::record::{Journal, Outcome, Received, RequestRecord};
use crate::response::{Response, ResponseBody, response, with_header};

/// What all connections of a server share.
pub(crate) struct Shared {
    pub(crate) api: &'static Api,
    pub(crate) address: SocketAddr,
    /// The only key that is accepted; `None`: any that is not empty.
    pub(crate) api_key: Option<String>,
    /// The most bytes that the files of a request may have.
    pub(crate) max_upload: u64,
    pub(crate) strict: bool,
    pub(crate) record_responses: bool,
    pub(crate) inbox: Mutex<Inbox>,
    pub(crate) faults: Mutex<ActiveFaults>,
    pub(crate) journal: Journal,
    pub(crate) observer: Option<Observer>,
}

/// Is called with every request when it has been handled.
pub(crate) type Observer = Box<dyn Fn(&Received) + Send + Sync>;

/// Responds to a request, or ends the connection instead.
pub(crate) async fn respond(
    shared: Arc<Shared>,
    end: Arc<ConnectionEnd>,
    request: Request<Incoming>,
) -> Result<http::Response<ResponseBody>, Infallible> {
    let (head, incoming) = request.into_parts();
    let mut record = RequestRecord::new(&head);
    let route = shared.api.route(&record.method, &record.path);
    let endpoint = match &route {
        Route::Operation(endpoint, _) => Some(*endpoint),
        _ => None,
    };
    record.operation = endpoint.map(|it| it.operation);
    let plan = lock(&shared.faults).plan(record.operation);
    record.faults = plan.names;
    if plan.latency > Duration::ZERO {
        tokio::time::sleep(plan.latency).await;
    }
    if plan.disruption == Some(Disruption::ResetBeforeRead) {
        shared.note(record, Outcome::ResetBeforeRead);
        end.reset();
        return pending().await;
    }

    let mut body = RequestBody::new(incoming);
    let admitted = match endpoint {
        None => Ok(()),
        Some(endpoint) => admit(&shared, &head, endpoint, &mut body, &mut record).await,
    };
    record.body_size = body.taken();
    if admitted == Err(Rejection::BrokenOff) {
        shared.note(record, Outcome::BrokenOff);
        end.close();
        return pending().await;
    }
    // A client that waits for permission to send its body does not get it now.
    if body.unread() && (body.taken() > 0 || !head.headers.contains_key(EXPECT)) {
        tokio::spawn(body.drain());
    }

    let disruption = plan.disruption.as_ref();
    let disrupted = disruption.and_then(|it| disrupted(it, &shared, &head));
    let response = match (disrupted, admitted) {
        (Some(response), _) => response,
        (None, Err(Rejection::Refused(problem))) => shared.refusal(&problem),
        (None, _) => carry_out(&shared, &route, &mut record),
    };
    let response = altered(&shared, endpoint, response, &mut record);
    record.error_type = error_type(&response);
    if shared.record_responses {
        record.response = Some(response.clone());
    }

    let status = response.status().as_u16();
    Ok(match plan.disruption {
        Some(Disruption::ResetAfterRead) => {
            shared.note(record, Outcome::ResetAfterRead);
            end.reset();
            pending().await
        }
        Some(Disruption::Hang) => {
            shared.note(record, Outcome::Hung);
            pending().await
        }
        Some(Disruption::CutShort) => {
            shared.note(record, Outcome::CutShort(status));
            response.map(|body| ResponseBody::half(&body, end))
        }
        _ => {
            shared.note(record, Outcome::Responded(status));
            response.map(ResponseBody::whole)
        }
    })
}

fn carry_out(shared: &Shared, route: &Route<'_>, record: &mut RequestRecord) -> Response {
    let problem = match route {
        Route::Operation(endpoint, id) => {
            let (inbox, strict) = (&shared.inbox, shared.strict);
            match operations::carry_out(inbox, endpoint, id.as_deref(), record, strict) {
                Ok(body) => return response(endpoint.success, "application/json", body),
                Err(problem) => problem,
            }
        }
        Route::WrongMethod(methods) => {
            let methods = methods.join(", ");
            let detail = format!("There is no {} here, only {methods}.", record.method);
            // The pages have no type for this. RFC 9457 has one that says no more than the status.
            let problem = Problem::undocumented(405, "about:blank", detail);
            return with_header(shared.refusal(&problem), ALLOW, &methods);
        }
        Route::Unknown => {
            let (path, bases) = (&record.path, shared.api.base_paths.join(" and "));
            let detail = format!("There is nothing at {path}. Paths begin with {bases}.");
            Problem::undocumented(404, "errors/resource_not_found", detail)
        }
    };
    shared.refusal(&problem)
}

/// The response as the alterations that are in force leave it.
fn altered(
    shared: &Shared,
    endpoint: Option<&Endpoint>,
    response: Response,
    record: &mut RequestRecord,
) -> Response {
    let mut faults = lock(&shared.faults);
    let operation = record.operation;
    let schema = endpoint.and_then(|it| it.response(response.status().as_u16()));
    let (Some(schema), true) = (schema, faults.alters(operation)) else {
        return response;
    };
    let Ok(mut body) = serde_json::from_slice::<Value>(response.body()) else {
        return response;
    };
    faults.alter(operation, |alteration, name, is_next| {
        let mut changed = body.clone();
        let possible = alteration.apply(schema, &mut changed);
        if possible && is_next {
            body = changed;
            record.faults.push(name.to_string());
        }
        possible
    });
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
    fn refusal(&self, problem: &Problem) -> Response {
        let instance = lock(&self.inbox).ids.ulid("req");
        let body = problem.body(&instance);
        response(problem.status, "application/json", body)
    }

    fn note(&self, record: RequestRecord, outcome: Outcome) {
        let received = self.journal.add(record, outcome);
        if let Some(observer) = &self.observer {
            observer(&received);
        }
    }
}
