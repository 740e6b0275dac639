//! Under each fault: how many messages the server receives, and what the error says about delivery.

use std::time::Duration;

use postpress::{Delivery, Error, Postpress, Upload};
use tokio::{net::TcpListener, time::advance};

use crate::{
    clock::{LONG, MILLISECOND, pauses, stop_clock},
    server::{KEY, Reply, Server, at_once, http, json, meanwhile, problem, sent},
};

async fn send(client: &Postpress) -> Result<(), Error> {
    let sent = client.send_message("chat_1").text("Hello").await;
    let started = client.start_chat("acc_1", "someone").text("Hello").await;
    assert_eq!(
        sent.as_ref().err().map(Error::delivery),
        started.as_ref().err().map(Error::delivery),
        "both ways to send know the same"
    );
    sent.map(drop)
}

/// Sends by both operations into a fault; gives the error of one and the number of messages that came for both.
async fn under(reply: Reply) -> (Error, usize) {
    let server = Server::always(reply).await;
    let error = send(&server.client()).await.unwrap_err();
    (error, server.messages())
}

#[tokio::test]
async fn a_fault_after_the_request_leaves_delivery_unknown_and_is_never_retried() {
    let _clock = stop_clock();
    let half = |status: &str| {
        let whole = http(status, &[], r#"{"object": "MessageSent"}"#);
        whole[..whole.len() - 9].to_vec()
    };
    let faults = [
        ("closes without an answer", Reply::CloseAfterBody),
        ("says nothing", Reply::Silence),
        (
            "breaks off in the status line",
            Reply::BytesThenClose(b"HTTP/1.1 20".to_vec()),
        ),
        (
            "breaks off in the head",
            Reply::BytesThenClose(b"HTTP/1.1 201 Created\r\ncontent-le".to_vec()),
        ),
        (
            "breaks off in the body",
            Reply::BytesThenClose(half("201 Created")),
        ),
        (
            "is not HTTP",
            Reply::Bytes(b"SSH-2.0-OpenSSH_9.6\r\n".to_vec()),
        ),
        (
            "is a success that is HTML",
            json("200 OK", "<html>Welcome to the hotel</html>"),
        ),
        ("is an empty success", json("201 Created", "")),
        ("is a success without the id", json("201 Created", "{}")),
        ("500", problem(500, "errors/unexpected_error")),
        ("500 of the provider", problem(500, "errors/provider_error")),
        (
            "502 of a proxy",
            json("502 Bad Gateway", "<html>Bad gateway</html>"),
        ),
        ("503 without a type", json("503 Service Unavailable", "")),
        (
            "503 that names the network",
            problem(503, "errors/network_down"),
        ),
        (
            "503 that says nothing more",
            problem(503, "errors/service_unavailable"),
        ),
        ("503 of a newer type", problem(503, "errors/brand_new")),
        ("504", problem(504, "errors/request_timeout")),
        ("303", json("303 See Other", "")),
        ("599", json("599 Unknown", "")),
        (
            "101",
            Reply::BytesThenClose(b"HTTP/1.1 101 Switching Protocols\r\n\r\n".to_vec()),
        ),
        ("600", json("600 Unknown", "")),
        ("700", problem(700, "errors/brand_new")),
        ("999", json("999 Unknown", "")),
    ];
    for (name, reply) in faults {
        let (error, messages) = under(reply).await;
        assert_eq!(error.delivery(), Some(Delivery::Unknown), "{name}: {error}");
        assert!(error.may_have_been_sent(), "{name}");
        assert_eq!(error.attempts(), 1, "{name}: {error}");
        assert_eq!(messages, 2, "{name}: one for each call");
    }
}

#[tokio::test]
async fn a_refusal_is_a_refusal_and_is_not_retried() {
    for (status, kind) in [
        (400, "errors/invalid_parameters"),
        (401, "errors/missing_credentials"),
        (403, "errors/account_restricted"),
        (404, "errors/resource_not_found"),
        (415, "errors/unsupported_media_type"),
        (422, "errors/no_connection_with_recipient"),
        (422, "errors/cannot_resend_yet"),
        (501, "errors/feature_not_implemented"),
        (307, "errors/none"),
        (418, "errors/none"),
    ] {
        let (error, messages) = under(problem(status, kind)).await;
        assert_eq!(
            error.delivery(),
            Some(Delivery::Rejected),
            "{status}: {error}"
        );
        assert_eq!((error.attempts(), messages), (1, 2), "{status}: {error}");
    }
}

#[tokio::test]
async fn what_says_that_nothing_was_sent_is_retried_until_it_is_sent_once() {
    for reply in [
        problem(429, "errors/too_many_requests"),
        json("429 Too Many Requests", "slow down"),
        problem(503, "errors/no_client_session"),
        problem(503, "errors/no_channel"),
        problem(503, "errors/no_handler"),
    ] {
        let server = Server::script(vec![reply.clone(), reply.clone(), sent()]).await;
        let call = server.client().send_message("chat_1").text("Hello");
        assert_eq!(call.await.unwrap().message_id(), "msg_1");
        assert_eq!(server.messages(), 3);

        let server = Server::always(reply).await;
        let call = server.client().send_message("chat_1").text("Hello");
        let error = call.await.unwrap_err();
        assert_eq!(error.delivery(), Some(Delivery::Rejected), "{error}");
        assert_eq!((error.attempts(), server.messages()), (4, 4), "{error}");
    }
}

#[tokio::test]
async fn a_request_that_breaks_off_half_way_is_not_repeated() {
    let (error, messages) = under(Reply::CloseAfterHead).await;
    assert_eq!(error.attempts(), 1, "{error}");
    assert_eq!(messages, 0);
}

#[tokio::test]
async fn an_answer_before_the_upload_is_through_is_taken() {
    let refusal = http("413 Content Too Large", &[("connection", "close")], "");
    let server = Server::always(Reply::AnswerAtHead(refusal)).await;
    let large = Upload::bytes(vec![0; 8 << 20]);
    let call = server.client().send_message("chat_1").attach(large);
    let error = call.await.unwrap_err();
    assert_eq!(server.messages(), 0);
    assert_eq!(error.attempts(), 1);
    // Whether the answer is seen before the broken pipe is a matter of luck; either way it is told truly.
    match error.status() {
        Some(status) => assert_eq!(
            (status.as_u16(), error.delivery()),
            (413, Some(Delivery::Rejected))
        ),
        None => assert_eq!(error.delivery(), Some(Delivery::Unknown), "{error}"),
    }
}

#[tokio::test]
async fn no_connection_means_not_sent() {
    let free = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = free.local_addr().unwrap();
    drop(free);
    let client = Postpress::builder()
        .api_key(KEY)
        .base_url(format!("http://{address}"))
        .retry(at_once())
        .build()
        .unwrap();
    let error = send(&client).await.unwrap_err();
    assert_eq!(error.delivery(), Some(Delivery::NotSent));
    assert!(error.is_connect() && !error.may_have_been_sent());
    assert_eq!(error.attempts(), 4);
}

#[tokio::test]
async fn a_service_that_comes_up_meanwhile_gets_the_message_once() {
    let _clock = stop_clock();
    let free = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = free.local_addr().unwrap();
    drop(free);
    let second = Duration::from_secs(1);
    let settings = Postpress::builder()
        .api_key(KEY)
        .base_url(format!("http://{address}"))
        .retry(at_once().pauses(second, second));
    let (settings, mut pauses) = pauses(settings);
    let client = settings.build().unwrap();
    // Even with a stream that can be read only once: it is unread as long as there was no connection.
    let stream = futures_util::stream::iter([Ok(bytes::Bytes::from_static(b"hello"))]);
    let call = client
        .send_message("chat_1")
        .attach(Upload::stream(5, stream));
    let call = tokio::spawn(call.into_future());
    let pause = pauses.recv().await.unwrap();
    let listener = TcpListener::bind(address).await.unwrap();
    let server = Server::on(listener, |_, _| sent());
    advance(pause.expect("another attempt") + MILLISECOND).await;
    assert!(call.await.unwrap().is_ok());
    assert_eq!(server.messages(), 1);
    assert_eq!(server.only_request().parts().await[0].content, b"hello");
}

#[tokio::test]
async fn a_connection_that_the_server_closed_while_idle_costs_no_message() {
    // The server closes after each answer, without announcing it.
    let answer = http(
        "201 Created",
        &[],
        r#"{"object": "MessageSent", "message_id": "msg_1"}"#,
    );
    let server = Server::always(Reply::BytesThenClose(answer)).await;
    let client = server.client();
    for n in 1..=20 {
        let result = client.send_message("chat_1").text("Hello").await;
        match result {
            Ok(_) => {}
            // The request crossed with the close: nobody can know, and it was not repeated.
            Err(error) => assert_eq!(error.delivery(), Some(Delivery::Unknown), "{error}"),
        }
        assert!(server.messages() <= n);
    }
}

#[tokio::test]
async fn a_deadline_ends_a_send_without_a_second() {
    let _clock = stop_clock();
    let server = Server::always(Reply::Silence).await;
    let call = server.client().send_message("chat_1").text("Hello");
    let error = call.deadline(Duration::from_secs(1)).await.unwrap_err();
    assert!(error.is_timeout() && error.may_have_been_sent(), "{error}");
    assert_eq!((error.attempts(), server.messages()), (1, 1));
}

#[tokio::test]
async fn a_call_that_is_dropped_sends_no_second_message() {
    let _clock = stop_clock();
    let server = Server::always(Reply::CloseAfterBody).await;
    let call = server.client().send_message("chat_1").text("Hello");
    tokio::select! {
        biased;
        () = server.received(1) => {}
        _ = call.into_future() => unreachable!("the server is looked at first"),
    }
    // Whatever might be left of the call has all the time it wants.
    advance(LONG).await;
    meanwhile().await;
    assert_eq!(server.requests().len(), 1);
}
