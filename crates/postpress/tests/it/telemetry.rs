//! What an engineer on call sees of calls, and what a caller learns of a response.

use std::sync::{Arc, Mutex};

use postpress::{Builder, Delivery};

use crate::{
    secrecy::heard,
    server::{Reply, Server, http, page, problem, sent},
};

/// The status, request id and delivery of an attempt.
type Seen = (Option<u16>, Option<String>, Option<Delivery>);

/// The call id of each attempt, and what a hook is told of it.
type Attempts = Arc<Mutex<Vec<(String, Seen)>>>;

fn recorded(settings: Builder) -> (Builder, Attempts) {
    let attempts = Attempts::default();
    let record = Arc::clone(&attempts);
    let settings = settings.on_attempt(move |event| {
        let request_id = event.request_id.map(str::to_owned);
        let seen = (event.status, request_id, event.delivery);
        record
            .lock()
            .unwrap()
            .push((event.call_id.to_owned(), seen));
    });
    (settings, attempts)
}

/// What was traced of a call.
fn lines(call_id: &str) -> Vec<String> {
    let heard = heard().lock().unwrap();
    let of_call = heard.lines().filter(|line| line.contains(call_id));
    of_call.map(str::to_owned).collect()
}

#[tokio::test]
async fn a_retry_is_a_warning_and_an_unknown_delivery_an_error_of_the_same_call() {
    heard();
    let limited = problem(429, "errors/too_many_requests");
    let server = Server::script(vec![limited, Reply::CloseAfterBody]).await;
    let (settings, attempts) = recorded(server.settings());
    let client = settings.build().unwrap();
    let call = client.send_message("chat_1").text("Hello");
    let error = call.await.unwrap_err();

    let attempts = attempts.lock().unwrap().clone();
    let [(first, limited), (second, broken)] = &attempts[..] else {
        panic!("{attempts:?}");
    };
    assert_eq!(first, second);
    assert_eq!(error.call_id(), Some(&**first));
    let id = Some("req_1".to_owned());
    assert_eq!(*limited, (Some(429), id, Some(Delivery::Rejected)));
    assert_eq!(*broken, (None, None, Some(Delivery::Unknown)));

    let events: Vec<String> = lines(first)
        .into_iter()
        .filter(|line| !line.starts_with("span"))
        .collect();
    let [warning, error] = &events[..] else {
        panic!("{events:?}");
    };
    for (event, parts) in [
        (
            warning,
            [
                "WARN",
                "postpress.operation=\"sendMessage\"",
                "postpress.attempt=1",
                "error.type=\"429\"",
                "postpress.request_id=\"req_1\"",
                "postpress.delivery=rejected",
                "retry_in_ms=0",
            ],
        ),
        (
            error,
            [
                "ERROR",
                "postpress.operation=\"sendMessage\"",
                "postpress.attempt=2",
                "error.type=\"connection\"",
                "may have been sent",
                "postpress.delivery=unknown",
                first,
            ],
        ),
    ] {
        for part in parts {
            assert!(event.contains(part), "{part} is not in {event}");
        }
    }
}

#[tokio::test]
async fn a_call_that_fails_without_danger_is_for_information() {
    heard();
    let server = Server::always(problem(422, "errors/blocked_recipient")).await;
    let (settings, attempts) = recorded(server.settings());
    let client = settings.build().unwrap();
    client.send_message("c").text("Hello").await.unwrap_err();
    client.get_chat("c").await.unwrap_err();
    let attempts = attempts.lock().unwrap().clone();
    assert_eq!(attempts.len(), 2);
    assert_ne!(attempts[0].0, attempts[1].0);
    for (call_id, _) in attempts {
        let lines = lines(&call_id);
        assert!(
            lines.iter().any(|line| line.starts_with("INFO")),
            "{lines:?}"
        );
    }
}

#[tokio::test]
async fn a_success_gives_its_status_headers_and_request_id() {
    heard();
    let identified = |reply: Reply| match reply {
        Reply::Bytes(bytes) => {
            let text = String::from_utf8(bytes).unwrap();
            let head = "\r\nx-request-id: req_7\r\nset-cookie: c00kie\r\n";
            Reply::Bytes(text.replacen("\r\n", head, 1).into_bytes())
        }
        reply => reply,
    };
    let server = Server::start(move |n, _| match n {
        0 => identified(sent()),
        1 => identified(page(&["a"], None)),
        _ => identified(Reply::Bytes(http(
            "200 OK",
            &[],
            crate::decoding::detail().to_string(),
        ))),
    })
    .await;
    let (settings, attempts) = recorded(server.settings());
    let client = settings.build().unwrap();
    let sent = client.send_message("c").text("Hello").await.unwrap();
    let page = client.list_chats().await.unwrap();
    let chat = client.get_chat("a").await.unwrap();
    let heads = [sent.response(), page.response(), chat.response().unwrap()];
    for (head, status) in heads.into_iter().zip([201, 200, 200]) {
        assert_eq!((head.status(), head.request_id()), (status, Some("req_7")));
        assert_eq!(head.headers()["x-request-id"], "req_7");
        assert!(!format!("{:?} {head:?}", head.headers()).contains("c00kie"));
    }
    for (_, (_, request_id, _)) in attempts.lock().unwrap().iter() {
        assert_eq!(request_id.as_deref(), Some("req_7"));
    }
    assert!(
        heard()
            .lock()
            .unwrap()
            .contains(" postpress.request_id=\"req_7\"")
    );
    let own = postpress::ChatDetail::from(chat.as_raw().clone());
    assert!(own.response().is_none());
}
