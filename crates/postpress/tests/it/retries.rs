//! When calls are retried, after which pauses, and how to turn that off.

use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, SystemTime},
};

use postpress::{ErrorType, RetryPolicy};
use tokio::time::{Instant, advance};

use crate::{
    clock::{LONG, MILLISECOND, pauses, stop_clock},
    server::{Reply, Server, at_once, http, json, meanwhile, page, problem},
};

#[tokio::test]
async fn a_read_is_repeated_on_what_passes() {
    for fault in [
        problem(429, "errors/too_many_requests"),
        problem(500, "errors/unexpected_error"),
        json("502 Bad Gateway", "<html>"),
        problem(503, "errors/network_down"),
        problem(504, "errors/request_timeout"),
        Reply::CloseAfterBody,
        Reply::CloseAfterHead,
        Reply::BytesThenClose(b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{".to_vec()),
    ] {
        let server = Server::script(vec![fault.clone(), fault.clone(), page(&["a"], None)]).await;
        let found = server.client().list_chats().await.unwrap();
        assert_eq!(found.len(), 1, "{fault:?}");
        assert_eq!(server.requests().len(), 3, "{fault:?}");
    }
}

#[tokio::test]
async fn a_read_is_not_repeated_on_what_stays() {
    for fault in [
        problem(401, "errors/invalid_credentials"),
        problem(403, "errors/account_restricted"),
        problem(404, "errors/resource_not_found"),
        json("200 OK", "{}"),
        json("302 Found", ""),
    ] {
        let server = Server::always(fault.clone()).await;
        let error = server.client().get_chat("chat_1").await.unwrap_err();
        assert_eq!(
            (error.attempts(), server.requests().len()),
            (1, 1),
            "{fault:?}"
        );
        assert_eq!(error.delivery(), None, "a read delivers nothing");
    }
}

#[tokio::test]
async fn an_attempt_that_takes_too_long_is_repeated_if_it_reads() {
    let _clock = stop_clock();
    let server = Server::script(vec![Reply::Silence, page(&[], None)]).await;
    let client = server.client();
    let call = client.list_chats().timeout(Duration::from_secs(1));
    assert!(call.await.is_ok());
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn retries_can_be_turned_off_for_a_client_and_for_a_call() {
    let server = Server::always(problem(500, "errors/unexpected_error")).await;
    let never = server
        .settings()
        .retry(RetryPolicy::never())
        .build()
        .unwrap();
    assert_eq!(never.list_chats().await.unwrap_err().attempts(), 1);
    let once = at_once().max_retries(1);
    assert_eq!(
        never.list_chats().retry(once).await.unwrap_err().attempts(),
        2
    );
    let client = server.client();
    assert_eq!(client.list_chats().await.unwrap_err().attempts(), 4);
    let never = RetryPolicy::never();
    assert_eq!(
        client
            .get_chat("c")
            .retry(never)
            .await
            .unwrap_err()
            .attempts(),
        1
    );
}

#[tokio::test]
async fn retry_after_is_waited_for_in_both_forms() {
    let _clock = stop_clock();
    let date = httpdate::fmt_http_date(SystemTime::now() + Duration::from_secs(1000));
    for after in ["1000", &date] {
        let busy = http("429 Too Many Requests", &[("retry-after", after)], "");
        let server = Server::script(vec![Reply::Bytes(busy), page(&[], None)]).await;
        let patient = at_once().max_retry_after(Duration::from_secs(1000));
        let (settings, mut pauses) = pauses(server.settings().retry(patient));
        let call = settings.build().unwrap().list_chats();
        let call = tokio::spawn(call.into_future());
        let pause = pauses.recv().await.unwrap().expect("another attempt");
        // A date is told from the system's clock, which moves.
        assert!(
            (900..=1000).contains(&pause.as_secs()),
            "{after}: {pause:?}"
        );
        advance(pause - MILLISECOND).await;
        meanwhile().await;
        assert_eq!(server.requests().len(), 1, "{after}: it waits");
        advance(2 * MILLISECOND).await;
        call.await.unwrap().unwrap();
        assert_eq!(server.requests().len(), 2, "{after}");
    }
}

#[tokio::test]
async fn a_retry_after_that_is_too_long_is_told_instead() {
    for status in ["429 Too Many Requests", "503 Service Unavailable"] {
        let busy = Reply::Bytes(http(status, &[("retry-after", "3600")], ""));
        let server = Server::always(busy).await;
        let error = server.client().list_chats().await.unwrap_err();
        assert_eq!(error.retry_after(), Some(Duration::from_secs(3600)));
        assert_eq!((error.attempts(), server.requests().len()), (1, 1));
    }
}

#[tokio::test]
async fn a_retry_after_without_end_overflows_nothing() {
    let _clock = stop_clock();
    let endless = http(
        "429 Too Many Requests",
        &[("retry-after", "18446744073709551615")],
        "",
    );
    let server = Server::always(Reply::Bytes(endless)).await;
    let patient = at_once().max_retry_after(Duration::MAX);
    let (settings, mut pauses) = pauses(server.settings().retry(patient));
    let call = settings.build().unwrap().list_chats();
    let call = tokio::spawn(call.deadline(Duration::MAX).into_future());
    let pause = pauses.recv().await.unwrap();
    assert_eq!(pause, Some(Duration::from_secs(u64::MAX)));
    advance(LONG).await;
    meanwhile().await;
    assert!(!call.is_finished(), "it waits");
}

#[tokio::test]
async fn a_deadline_covers_attempts_and_pauses() {
    let _clock = stop_clock();
    let busy = http("503 Service Unavailable", &[("retry-after", "1")], "");
    let server = Server::always(Reply::Bytes(busy)).await;
    let settings = server
        .settings()
        .retry(at_once().max_retries(1000))
        .deadline(Duration::from_millis(3500));
    let (settings, mut pauses) = pauses(settings);
    let call = settings.build().unwrap().list_chats();
    let began = Instant::now();
    let call = tokio::spawn(call.into_future());
    while let Some(pause) = pauses.recv().await.unwrap() {
        advance(pause + MILLISECOND).await;
    }
    let error = call.await.unwrap().unwrap_err();
    // A fourth pause would end after the deadline.
    assert_eq!(began.elapsed().as_secs(), 3);
    assert_eq!((error.attempts(), server.requests().len()), (4, 4));
    // The error is that of the last attempt, which says more than that time is up.
    assert_eq!(error.status().unwrap(), 503);
}

#[tokio::test]
async fn the_budget_ends_retries_in_an_outage_until_successes_fill_it() {
    let _clock = stop_clock();
    let is_down = Arc::new(AtomicBool::new(true));
    let down = is_down.clone();
    let server = Server::start(move |_, _| match down.load(Ordering::SeqCst) {
        true => problem(500, "errors/unexpected_error"),
        false => page(&[], None),
    })
    .await;
    let client = server
        .settings()
        .retry(at_once().max_retries(50))
        .build()
        .unwrap();
    let mut attempts = 0;
    for _ in 0..10 {
        attempts += client.list_chats().await.unwrap_err().attempts();
    }
    // Without a budget it would be 510: the reserve is ten a second, for ten seconds.
    assert_eq!(attempts, 110);
    // Another client has a budget of its own.
    let other = server.settings().retry(at_once()).build().unwrap();
    assert_eq!(other.list_chats().await.unwrap_err().attempts(), 4);
    is_down.store(false, Ordering::SeqCst);
    for _ in 0..10 {
        client.list_chats().await.unwrap();
    }
    is_down.store(true, Ordering::SeqCst);
    // A fifth of them.
    assert_eq!(client.list_chats().await.unwrap_err().attempts(), 3);
}

#[tokio::test]
async fn every_attempt_is_told_to_the_hooks() {
    let server = Server::script(vec![
        problem(429, "errors/too_many_requests"),
        json("200 OK", "[]"),
        json(
            "201 Created",
            r#"{"object": "MessageSent", "message_id": "m"}"#,
        ),
    ])
    .await;
    let seen: Arc<Mutex<Vec<String>>> = Arc::default();
    let record = Arc::clone(&seen);
    let client = server.settings().on_attempt(move |event| {
        let line = format!(
            "{} {} {} {:?} {:?} {:?} {} {}",
            event.operation,
            event.attempt,
            event.succeeded,
            event.status,
            event.error_type.map(ErrorType::as_str),
            event.delivery,
            event.retry_in.is_some(),
            event.request_bytes.is_some(),
        );
        record.lock().unwrap().push(line);
    });
    let client = client.build().unwrap();
    client.list_chats().await.unwrap_err();
    client.send_message("c").text("Hello").await.unwrap();
    assert_eq!(
        *seen.lock().unwrap(),
        [
            r#"listChats 1 false Some(429) Some("errors/too_many_requests") None true false"#,
            "listChats 2 false Some(200) None None false false",
            "sendMessage 1 true Some(201) None None false true",
        ]
    );
}
