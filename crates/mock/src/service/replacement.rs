//! Answers that stand in for the operation's own.

use std::net::SocketAddr;
use std::time::{Duration, SystemTime};

use http::header::{HOST, LOCATION, RETRY_AFTER};
use http::request::Parts as Head;

use super::Shared;
use crate::answer::Answer;
use crate::fault::{End, RetryAfter};
use crate::problem::Problem;

/// What is answered by some faults, whatever the request is.
pub(super) fn replacement(end: &End, shared: &Shared, head: &Head) -> Option<Answer> {
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
