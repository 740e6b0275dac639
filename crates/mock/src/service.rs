//! One request, from its head to its answer.

mod admission;
mod replacement;

use std::convert::Infallible;
use std::future::pending;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use http::header::{ALLOW, EXPECT};
use http::{Request, Response};
use hyper::body::Incoming;
use serde_json::Value;

use self::admission::{Stop, admit};
use self::replacement::replacement;
use crate::answer::{Answer, AnswerBody};
use crate::connection::Ending;
use crate::document::{Document, Endpoint, Route};
use crate::fault::{End, Faults, alter};
use crate::form::Body;
use crate::inbox::Inbox;
use crate::lock;
use crate::operations;
use crate::problem::Problem;
use crate::record::{Draft, Journal, Outcome, Received};

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
