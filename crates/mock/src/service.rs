//! One request, from its head to its answer.

use std::convert::Infallible;
use std::future::pending;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use http::header::{ALLOW, CONTENT_LENGTH, CONTENT_TYPE, EXPECT, HOST, LOCATION, RETRY_AFTER};
use http::request::Parts as Head;
use http::{Request, Response};
use hyper::body::Incoming;
use serde_json::Value;

use crate::answer::{Answer, AnswerBody};
use crate::connection::Ending;
use crate::document::{Document, Endpoint, Route};
use crate::fault::{End, Faults, RetryAfter, alter};
use crate::form::{self, Body, Trouble};
use crate::inbox::Inbox;
use crate::operations;
use crate::problem::{Problem, Refusal};
use crate::record::{Draft, Journal, Outcome, Received};
use crate::{API_KEY_HEADER, lock};

/// What all connections of a server share.
pub(crate) struct Shared {
    pub(crate) document: &'static Document,
    pub(crate) address: SocketAddr,
    /// The only key that is accepted; `None`: any that is not empty.
    pub(crate) api_key: Option<String>,
    /// The most bytes that the files of a request may have.
    pub(crate) max_upload: u64,
    pub(crate) refuse_unknown_fields: bool,
    pub(crate) inbox: Mutex<Inbox>,
    pub(crate) faults: Mutex<Faults>,
    pub(crate) journal: Journal,
    pub(crate) observer: Option<Observer>,
}

/// Is told of every request when it has been dealt with.
pub(crate) type Observer = Box<dyn Fn(&Received) + Send + Sync>;

/// Answers a request, or ends the connection in place of that.
pub(crate) async fn respond(
    shared: Arc<Shared>,
    ending: Arc<Ending>,
    request: Request<Incoming>,
) -> Result<Response<AnswerBody>, Infallible> {
    let (head, incoming) = request.into_parts();
    let mut draft = Draft::new(&head);
    let route = shared.document.route(draft.method(), draft.path());
    let endpoint = match &route {
        Route::Found(endpoint, _) => Some(*endpoint),
        _ => None,
    };
    let operation = endpoint.map(|it| it.operation);
    if let Some(operation) = operation {
        draft.set_operation(operation);
    }
    let plan = lock(&shared.faults).plan(operation);
    for name in plan.names {
        draft.add_fault(name);
    }
    if plan.latency > Duration::ZERO {
        tokio::time::sleep(plan.latency).await;
    }
    if plan.end == Some(End::ResetBeforeRead) {
        shared.note(draft, Outcome::ResetBeforeRead);
        ending.reset();
        return pending().await;
    }

    let mut body = Body::new(incoming);
    let refused = match endpoint {
        None => Ok(()),
        Some(endpoint) => admit(&shared, &head, endpoint, &mut body, &mut draft).await,
    };
    draft.set_body_size(body.taken());
    if refused == Err(Stop::BrokenOff) {
        shared.note(draft, Outcome::BrokenOff);
        ending.close();
        return pending().await;
    }
    // A client that was promised that it can wait with the body is not asked for it now.
    if body.unread() && (body.taken() > 0 || !head.headers.contains_key(EXPECT)) {
        tokio::spawn(body.drain());
    }

    let ready = plan
        .end
        .as_ref()
        .and_then(|end| replacement(end, &shared, &head));
    let answer = match (ready, refused) {
        (Some(answer), _) => answer,
        (None, Err(Stop::Refused(problem))) => shared.problem(&problem),
        (None, _) => carry_out(&shared, &route, &mut draft),
    };
    let answer = altered(&shared, endpoint, answer, &mut draft);
    draft.set_error_type(error_type(&answer));

    let status = answer.status;
    Ok(match plan.end {
        Some(End::ResetAfterRead) => {
            shared.note(draft, Outcome::ResetAfterRead);
            ending.reset();
            pending().await
        }
        Some(End::Hang) => {
            shared.note(draft, Outcome::Hung);
            pending().await
        }
        Some(End::CutShort) => {
            shared.note(draft, Outcome::CutShort(status));
            answer.into_half(ending)
        }
        _ => {
            shared.note(draft, Outcome::Answered(status));
            answer.into_response()
        }
    })
}

/// Why a request is not carried out.
#[derive(Debug, PartialEq, Eq)]
enum Stop {
    Refused(Problem),
    /// There is nobody to answer.
    BrokenOff,
}

/// Looks at the key, and then reads the form, if the operation takes one.
async fn admit(
    shared: &Shared,
    head: &Head,
    endpoint: &Endpoint,
    body: &mut Body,
    draft: &mut Draft,
) -> Result<(), Stop> {
    let refused = |refusal: Refusal, detail: &str| Stop::Refused(refusal.of(endpoint, detail));
    let key = head.headers.get(API_KEY_HEADER).map(|it| it.as_bytes());
    match (key, &shared.api_key) {
        (None | Some(b""), _) => {
            return Err(refused(
                Refusal::MissingCredentials,
                "X-API-KEY is required.",
            ));
        }
        (Some(given), Some(wanted)) if given != wanted.as_bytes() => {
            let detail = "X-API-KEY is not the key that this server was started with.";
            return Err(refused(Refusal::InvalidCredentials, detail));
        }
        _ => {}
    }
    if endpoint.form.is_none() {
        return Ok(());
    }
    let text = |name| head.headers.get(name).and_then(|it| it.to_str().ok());
    let length = text(CONTENT_LENGTH).and_then(|it| it.parse().ok());
    form::read(
        text(CONTENT_TYPE),
        length,
        body,
        shared.max_upload,
        draft.parts_mut(),
    )
    .await
    .map_err(|trouble| match trouble {
        Trouble::BrokenOff => Stop::BrokenOff,
        Trouble::NotAForm(detail) => refused(Refusal::NotAForm, &format!("{detail}.")),
        Trouble::Malformed(detail) => refused(
            Refusal::Malformed,
            &format!("The form cannot be read: {detail}."),
        ),
        Trouble::TooLarge { field, message } => {
            refused(Refusal::TooLarge, &format!("{field} {message}."))
        }
        Trouble::TooLong { field, message } => {
            refused(Refusal::TooLong, &format!("{field} {message}."))
        }
    })
}

fn carry_out(shared: &Shared, route: &Route<'_>, draft: &mut Draft) -> Answer {
    let (endpoint, id) = match route {
        Route::Found(endpoint, id) => (*endpoint, id),
        Route::WrongMethod(methods) => {
            let methods = methods.join(", ");
            let detail = format!("There is no {} here, only {methods}.", draft.method());
            // The pages have no type for this. RFC 9457 has one that says no more than the status.
            let problem = Problem::undocumented(405, "about:blank", detail);
            return shared.problem(&problem).with(ALLOW, &methods);
        }
        Route::Unknown => {
            let bases = shared.document.base_paths.join(" and ");
            let detail = format!(
                "There is nothing at {}. Paths begin with {bases}.",
                draft.path()
            );
            return shared.problem(&Problem::undocumented(
                404,
                "errors/resource_not_found",
                detail,
            ));
        }
    };
    let mut unknown = Vec::new();
    let result = operations::carry_out(
        &shared.inbox,
        endpoint,
        id.as_deref(),
        draft.query(),
        draft.parts(),
        shared.refuse_unknown_fields,
        &mut unknown,
    );
    draft.set_ignored(unknown);
    match result {
        Ok(body) => Answer::json(endpoint.success.0, body),
        Err(problem) => shared.problem(&problem),
    }
}

/// What is answered by some faults, whatever the request is.
fn replacement(end: &End, shared: &Shared, head: &Head) -> Option<Answer> {
    Some(match end {
        End::TooManyRequests(retry_after) => {
            let detail = "A fault was injected.";
            let problem = Problem::undocumented(429, "errors/too_many_requests", detail);
            let answer = shared.problem(&problem);
            match retry_after {
                RetryAfter::Absent => answer,
                RetryAfter::Seconds(wait) => answer.with(RETRY_AFTER, &wait.as_secs().to_string()),
                RetryAfter::Date(wait) => {
                    // Dates have whole seconds: none of the wait is to be lost.
                    let date = SystemTime::now() + *wait + Duration::from_millis(999);
                    answer.with(RETRY_AFTER, &httpdate::fmt_http_date(date))
                }
            }
        }
        End::BadGateway => Answer::bad_gateway(),
        End::EmptyUnauthorized => Answer::empty(401),
        End::Redirect(location) => {
            let location = location.clone();
            let location = location.unwrap_or_else(|| other_origin(shared.address, head));
            Answer::empty(307).with(LOCATION, &location)
        }
        _ => return None,
    })
}

/// The address of the request at this server, by a name that is not the one that was used.
fn other_origin(address: SocketAddr, head: &Head) -> String {
    let host = head.headers.get(HOST).and_then(|it| it.to_str().ok());
    let name = match host {
        Some(host) if host.starts_with("localhost") => "127.0.0.1",
        _ => "localhost",
    };
    let path = head.uri.path_and_query().map_or("/", |it| it.as_str());
    format!("http://{name}:{}{path}", address.port())
}

/// The answer as the alterations that are in force leave it.
fn altered(
    shared: &Shared,
    endpoint: Option<&Endpoint>,
    mut answer: Answer,
    draft: &mut Draft,
) -> Answer {
    let mut faults = lock(&shared.faults);
    let operation = endpoint.map(|it| it.operation);
    let schema = endpoint.and_then(|it| it.answer(answer.status));
    let (Some(schema), true) = (schema, faults.alters(operation)) else {
        return answer;
    };
    let Ok(mut body) = serde_json::from_slice::<Value>(&answer.body) else {
        return answer;
    };
    faults.alter(operation, |alteration, due| {
        let mut changed = body.clone();
        let possible = alter(alteration, schema, &mut changed);
        if possible && due {
            body = changed;
            draft.add_fault(alteration.to_string());
        }
        possible
    });
    answer.body = body.to_string().into();
    answer
}

fn error_type(answer: &Answer) -> Option<String> {
    if answer.status < 400 {
        return None;
    }
    let body: Value = serde_json::from_slice(&answer.body).ok()?;
    Some(body["type"].as_str()?.to_owned())
}

impl Shared {
    fn problem(&self, problem: &Problem) -> Answer {
        let instance = lock(&self.inbox).ids.ulid("req");
        Answer::json(problem.status, problem.body(&instance))
    }

    fn note(&self, draft: Draft, outcome: Outcome) {
        let received = self.journal.add(draft, outcome);
        if let Some(observer) = &self.observer {
            observer(&received);
        }
    }
}
