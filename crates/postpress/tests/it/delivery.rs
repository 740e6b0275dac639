//! Under each fault: how many messages the server receives, and what the error says about delivery.

use std::time::Duration;

use postpress::{Delivery, Error, Postpress, Upload};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
    time::advance,
};

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
    let faults = [
        ("closes without a response", Reply::CloseAfterBody),
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
            "is not HTTP",
            Reply::Bytes(b"SSH-2.0-OpenSSH_9.6\r\n".to_vec()),
        ),
        (
            "is a success that is HTML",
            json("200 OK", "<html>Welcome to the hotel</html>"),
        ),
        (
            "is HTML by its name",
            Reply::Bytes(http("200 OK", &[("content-type", "text/html")], "Log in!")),
        ),
        (
            "is HTML that breaks off",
            Reply::BytesThenClose(
                b"HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n<html><bo".to_vec(),
            ),
        ),
        (
            "is a success with a list of errors",
            json("200 OK", r#"{"errors": ["No such chat."]}"#),
        ),
        (
            "is a success that is an error",
            json(
                "200 OK",
                r#"{"title": "No", "type": "errors/no_handler", "status": 503}"#,
            ),
        ),
        (
            "is a success with an error in it",
            json("201 Created", r#"{"error": {"code": 7}}"#),
        ),
        (
            "is an error that breaks off",
            Reply::BytesThenClose(
                b"HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{\"title\": \"No".to_vec(),
            ),
        ),
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
async fn any_other_success_is_a_message_that_was_sent() {
    let _clock = stop_clock();
    let broken_off = |body: &str| {
        let head = "HTTP/1.1 201 Created\r\ncontent-length: 99\r\n\r\n";
        Reply::BytesThenClose(format!("{head}{body}").into_bytes())
    };
    for (reply, id) in [
        (sent(), Some("msg_1")),
        (json("202 Accepted", r#"{"message_id": 7}"#), Some("7")),
        (
            json(
                "200 OK",
                r#"{"object": 1, "chat_id": [], "message_id": "m", "title": "T", "type": "x"}"#,
            ),
            Some("m"),
        ),
        (broken_off(r#"{"message_id": "m", "obj"#), Some("m")),
        (
            json(
                "201 Created",
                r#"{"object": "MessageSent", "message_id": null}"#,
            ),
            None,
        ),
        (
            json("201 Created", r#"{"message_id": "", "error": null}"#),
            None,
        ),
        (json("201 Created", "{}"), None),
        (json("200 OK", r#"{"errors": []}"#), None),
        (json("200 OK", "[1e400]"), None),
        (json("200 OK", "OK"), None),
        (json("204 No Content", ""), None),
        (
            Reply::Bytes(http("200 OK", &[("content-type", "text/html")], "")),
            None,
        ),
        (
            Reply::Bytes(http("200 OK", &[("content-type", "text/html")], "{}")),
            None,
        ),
        (broken_off(""), None),
        (broken_off(r#"{"message_id": "m"#), None),
    ] {
        let server = Server::always(reply.clone()).await;
        let client = server.client();
        let sent = client.send_message("chat_1").text("Hello").await;
        let started = client.start_chat("acc_1", "someone").text("Hello").await;
        assert_eq!(sent.unwrap().message_id(), id, "{reply:?}");
        assert_eq!(started.unwrap().message_id(), id, "{reply:?}");
        assert_eq!(server.messages(), 2, "{reply:?}");
    }
}

#[tokio::test]
async fn a_time_limit_that_ends_before_there_is_a_connection_means_not_sent() {
    let _clock = stop_clock();
    // Nobody accepts, so that neither TLS nor a proxy's CONNECT ever begins.
    let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = silent.local_addr().unwrap();
    let in_tls = Postpress::builder().base_url(format!("https://{address}"));
    let in_connect = Postpress::builder()
        .base_url("https://api.example")
        .proxy(format!("http://{address}"));
    for settings in [in_tls, in_connect] {
        let http = reqwest::Client::builder().connect_timeout(LONG);
        let settings = settings
            .http_client_builder(http)
            .api_key(KEY)
            .retry(at_once());
        let (settings, mut attempts) = pauses(settings);
        let client = settings
            .send_timeout(Duration::from_secs(60))
            .build()
            .unwrap();
        let call = tokio::spawn(async move { send(&client).await });
        let time = async {
            for _ in 0..8 {
                meanwhile().await;
                advance(Duration::from_secs(61)).await;
                attempts.recv().await.unwrap();
            }
        };
        let (result, ()) = tokio::join!(call, time);
        let error = result.unwrap().unwrap_err();
        assert_eq!(error.delivery(), Some(Delivery::NotSent), "{error}");
        assert!(error.is_timeout() && error.is_connect(), "{error}");
        assert_eq!(error.attempts(), 4, "it may be tried again: {error}");
    }
}

#[tokio::test]
async fn a_status_counts_even_if_its_body_never_ends() {
    let _clock = stop_clock();
    let listener = |status: &'static str| async move {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let server = tokio::spawn(async move {
            let (mut connection, _) = listener.accept().await.unwrap();
            let mut request = vec![0; 1 << 16];
            assert!(connection.read(&mut request).await.unwrap() > 0);
            let head = format!("HTTP/1.1 {status}\r\ncontent-length: 99\r\n\r\n");
            connection.write_all(head.as_bytes()).await.unwrap();
            for _ in 0..9 {
                advance(Duration::from_secs(10)).await;
                if connection.write_all(b" ").await.is_err() {
                    break;
                }
            }
            std::future::pending::<()>().await
        });
        let settings = Postpress::builder()
            .api_key(KEY)
            .base_url(format!("http://{address}"));
        let call = settings
            .build()
            .unwrap()
            .send_message("chat_1")
            .text("Hello");
        let result = call.timeout(Duration::from_secs(60)).await;
        server.abort();
        result
    };
    let error = listener("400 Bad Request").await.unwrap_err();
    assert_eq!(error.status().unwrap(), 400);
    assert_eq!(error.delivery(), Some(Delivery::Rejected));
    assert_eq!(listener("201 Created").await.unwrap().message_id(), None);
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
        assert_eq!(call.await.unwrap().message_id(), Some("msg_1"));
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
async fn a_response_before_the_upload_is_through_is_taken() {
    let refusal = http("413 Content Too Large", &[("connection", "close")], "");
    let server = Server::always(Reply::RespondAtHead(refusal)).await;
    let large = Upload::bytes(vec![0; 8 << 20]);
    let call = server.client().send_message("chat_1").attach(large);
    let error = call.await.unwrap_err();
    assert_eq!(server.messages(), 0);
    assert_eq!(error.attempts(), 1);
    // Whether the response is seen before the broken pipe is a matter of luck; either way it is told truly.
    match error.status() {
        Some(status) => assert_eq!((status, error.delivery()), (413, Some(Delivery::Rejected))),
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
    // The server closes after each response, without announcing it.
    let response = http(
        "201 Created",
        &[],
        r#"{"object": "MessageSent", "message_id": "msg_1"}"#,
    );
    let server = Server::always(Reply::BytesThenClose(response)).await;
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
