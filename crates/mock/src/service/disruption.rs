//! The responses that some faults put in the place of the operation's own.

use std::net::SocketAddr;
use std::time::{Duration, SystemTime};

use http::header::{HOST, LOCATION, RETRY_AFTER};
use http::request::Parts as Head;

use super::Shared;
use crate::fault::{Disruption, RetryAfter};
use crate::problem::Problem;
use crate::response::{Response, empty, response, with_header};

/// What a proxy says when the server behind it is gone.
const BAD_GATEWAY: &str = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n\
    <center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n";

/// The response of a fault that has one of its own, whatever the request is.
pub(super) fn disrupted(disruption: &Disruption, shared: &Shared, head: &Head) -> Option<Response> {
    Some(match disruption {
        Disruption::TooManyRequests(retry_after) => {
            let detail = "A fault was injected.";
            let problem = Problem::undocumented(429, "errors/too_many_requests", detail);
            let response = shared.refusal(&problem);
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
        Disruption::BadGateway => response(502, "text/html", BAD_GATEWAY),
        Disruption::EmptyUnauthorized => empty(401),
        Disruption::Redirect(location) => {
            let location = location.clone();
            let location = location.unwrap_or_else(|| other_origin(shared.address, head));
            with_header(empty(307), LOCATION, &location)
        }
        Disruption::ResetBeforeRead
        | Disruption::ResetAfterRead
        | Disruption::CutShort
        | Disruption::Hang => return None,
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
