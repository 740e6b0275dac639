//! What errors say.

use std::time::Duration;

use postpress::{Error, ErrorType, Operation, RetryPolicy};

use crate::{
    clock::stop_clock,
    server::{Reply, Server, at_once, http, json, problem},
};

async fn send_into(reply: Reply) -> Error {
    let server = Server::always(reply).await;
    let limit = Duration::from_millis(200);
    let call = server
        .client()
        .send_message("chat_1")
        .text("Hello")
        .timeout(limit);
    call.await.unwrap_err()
}

#[tokio::test]
async fn an_error_tells_all_that_the_service_said() {
    let error = send_into(Reply::Bytes(http(
        "422 Unprocessable Entity",
        &[("x-request-id", "42")],
        r#"{"title": "Not connected", "detail": "Connect first.", "instance": "req_1",
            "type": "errors/no_connection_with_recipient", "status": 422, "newer": true}"#,
    )))
    .await;
    assert_eq!(error.operation(), Some(Operation::SendMessage));
    assert_eq!(error.status().unwrap(), 422);
    assert_eq!(
        error.error_type(),
        Some(&ErrorType::NoConnectionWithRecipient)
    );
    assert_eq!(error.title(), Some("Not connected"));
    assert_eq!(error.detail(), Some("Connect first."));
    assert_eq!(error.request_id(), Some("req_1"));
    assert_eq!(error.headers().unwrap()["x-request-id"], "42");
    // What `main` prints of it.
    let debug = format!("{error:?}");
    for part in [&*error.to_string(), "[request req_1]", "status: Some(422)"] {
        assert!(debug.contains(part), "{part} is not in {debug}");
    }
    assert!(error.raw_body().unwrap().ends_with(br#""newer": true}"#));
    assert_eq!(error.attempts(), 1);
}

#[tokio::test]
async fn what_is_odd_in_an_error_costs_nothing_else_of_it() {
    let server = Server::always(json(
        "503 Service Unavailable",
        r#"{"detail": ["a", "b"], "type": "errors/no_handler", "status": "503", "instance": 7}"#,
    ))
    .await;
    let error = server
        .client()
        .send_message("c")
        .text("Hello")
        .await
        .unwrap_err();
    assert_eq!(error.error_type(), Some(&ErrorType::NoHandler));
    assert_eq!((error.title(), error.detail()), (None, None));
    assert_eq!(error.request_id(), Some("7"));
    assert_eq!(error.attempts(), 4, "it may be tried again: {error}");

    for odd in ["null", "{}", "[1]", "7", r#""""#] {
        let body = format!(
            r#"{{"title": {odd}, "detail": "D", "type": "errors/newer", "status": {odd}}}"#
        );
        let error = send_into(json("422 Unprocessable", body)).await;
        assert_eq!(error.detail(), Some("D"), "{odd}");
        assert_eq!(
            error.error_type().map(ErrorType::as_str),
            Some("errors/newer"),
            "{odd}"
        );
    }
}

#[tokio::test]
async fn errors_that_are_no_json_keep_an_excerpt() {
    for (body, excerpt) in [
        (
            "<html><h1>Bad gateway</h1>",
            "an HTML page instead of JSON: <html><h1>Bad gateway</h1>; ",
        ),
        ("", ", with an empty body; "),
        ("upstream is down", ": upstream is down; "),
    ] {
        let error = send_into(json("502 Bad Gateway", body)).await.to_string();
        assert!(error.contains(excerpt), "{error}");
    }
    let cut = b"HTTP/1.1 502 Bad Gateway\r\ncontent-length: 99\r\n\r\n{\"title\": \"Too";
    let error = send_into(Reply::BytesThenClose(cut.to_vec()))
        .await
        .to_string();
    assert!(
        error.contains(r#": {"title": "Too (the body broke off); "#),
        "{error}"
    );
}

#[tokio::test]
async fn errors_read_well() {
    let _clock = stop_clock();
    let not_connected = json(
        "422 Unprocessable Entity",
        r#"{"title": "Not connected", "type": "errors/no_connection_with_recipient", "status": 422}"#,
    );
    assert_eq!(
        send_into(not_connected).await.to_string(),
        "sendMessage: the service answered 422 Unprocessable Entity: Not connected \
         (errors/no_connection_with_recipient); the message was not sent. The account needs a connection with the recipient first."
    );
    assert_eq!(
        send_into(json("502 Bad Gateway", "<html>"))
            .await
            .to_string(),
        "sendMessage: the service answered 502 Bad Gateway: an HTML page instead of JSON: <html>; the message may have been sent: \
         look into the chat before sending it again"
    );
    assert_eq!(
        send_into(Reply::Silence).await.to_string(),
        "sendMessage: the request got no response in time; the message may have been sent: look into the chat before sending it \
         again"
    );
    let server = Server::always(Reply::Bytes(http(
        "429 Too Many Requests",
        &[("retry-after", "90")],
        "",
    )))
    .await;
    let error = server
        .client()
        .send_message("c")
        .text("Hello")
        .await
        .unwrap_err();
    assert!(error.is_rate_limited());
    assert_eq!(
        error.to_string(),
        "sendMessage: the service answered 429 Too Many Requests, with an empty body; the message was not sent; wait 90 s and try \
         again"
    );
    let server = Server::always(json("200 OK", r#"{"object": "Chat"}"#)).await;
    let error = server.client().get_chat("c").await.unwrap_err();
    assert!(error.is_invalid_body());
    assert_eq!(
        error.to_string(),
        "getChat: the service answered 200 OK, but its body did not decode: missing field `id` at line 1 column 18"
    );
    let error = server.client().list_chats().limit(0).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "listChats: the request was not sent, because of `limit`: 0 is out of range; 1 to 250 are possible"
    );
    let server = Server::always(problem(500, "errors/unexpected_error")).await;
    let twice = at_once().max_retries(1);
    let error = server
        .client()
        .get_chat("c")
        .retry(twice)
        .await
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "getChat: the service answered 500 Internal Server Error: A title: A detail. (errors/unexpected_error) (after 2 \
         attempts). An unexpected failure. [request req_1]"
    );
}

#[tokio::test]
async fn an_error_says_nothing_twice() {
    let meaning = ErrorType::InsufficientCredits.info().unwrap().description();
    for (title, detail) in [
        ("Too few credits", "Too few credits"),
        ("Too few credits", meaning),
        (meaning.trim_end_matches('.'), ""),
    ] {
        let body = format!(
            r#"{{"title": "{title}", "detail": "{detail}", "type": "errors/insufficient_credits"}}"#
        );
        let text = send_into(json("422 Unprocessable", body)).await.to_string();
        assert_eq!(text.matches("Too few credits").count(), 1, "{text}");
    }
}

#[tokio::test]
async fn the_id_of_a_request_is_no_sentence_or_path() {
    for (instance, header, id) in [
        ("req_1", "42", Some("req_1")),
        ("/chats/chat_1", "42", Some("42")),
        ("Dear Anna", "a@b", None),
        ("", "", None),
    ] {
        let body = format!(r#"{{"title": "A title", "instance": "{instance}"}}"#);
        let error = send_into(Reply::Bytes(http(
            "422 Unprocessable",
            &[("x-request-id", header)],
            body,
        )));
        let error = error.await;
        assert_eq!(error.request_id(), id);
        let shown = format!("{error} {error:?}");
        let both = id.map(|id| format!("[request {id}]"));
        assert_eq!(shown.contains("[request "), id.is_some(), "{shown}");
        assert!(both.is_none_or(|id| shown.contains(&id)), "{shown}");
    }
}

#[tokio::test]
async fn errors_of_connections_read_well() {
    let free = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = free.local_addr().unwrap();
    drop(free);
    let client = postpress::Postpress::builder()
        .api_key("k")
        .base_url(format!("http://{address}"));
    let client = client.retry(RetryPolicy::never()).build().unwrap();
    let error = client.send_message("c").text("Hello").await.unwrap_err();
    let text = error.to_string();
    assert!(
        text.starts_with("sendMessage: the request was not sent: could not connect: "),
        "{text}"
    );
    assert_eq!(text.matches("not sent").count(), 1, "{text}");
    let cause = error.http_error().unwrap();
    assert!(cause.is::<reqwest::Error>() && cause.source().is_some());

    let text = send_into(Reply::CloseAfterBody).await.to_string();
    assert!(
        text.starts_with("sendMessage: the request got no response: "),
        "{text}"
    );
    assert!(
        text.ends_with("look into the chat before sending it again"),
        "{text}"
    );
}

#[tokio::test]
async fn every_documented_type_of_error_is_known_by_its_name() {
    let newer = ErrorType::from("errors/brand_new");
    let kinds: Vec<_> = ErrorType::VALUES.iter().chain([&newer]).collect();
    let status = |kind: &ErrorType| {
        ErrorType::info(kind)
            .and_then(|info| info.status())
            .unwrap_or(422)
    };
    let replies = kinds
        .iter()
        .map(|kind| problem(status(kind), kind.as_str()));
    let server = Server::script(replies.collect()).await;
    let client = server
        .settings()
        .retry(RetryPolicy::never())
        .build()
        .unwrap();
    for kind in kinds {
        let error = client
            .send_message("chat_1")
            .text("Hello")
            .await
            .unwrap_err();
        assert_eq!(error.error_type(), Some(kind), "{error}");
        assert!(!error.to_string().contains("  "), "{error}");
    }
    assert!(newer.is_unknown());
}

#[test]
fn an_error_is_small_and_goes_anywhere() {
    fn anywhere<T: std::error::Error + Send + Sync + 'static>() {}
    anywhere::<Error>();
    assert_eq!(size_of::<Error>(), size_of::<usize>());
}

#[tokio::test]
async fn what_the_service_says_is_no_fault_of_the_configuration() {
    let error = send_into(problem(404, "errors/resource_not_found")).await;
    assert!(!error.is_configuration(), "{error}");
    let error = Server::always(problem(404, "errors/resource_not_found")).await;
    let error = error
        .client()
        .send_message("")
        .text("Hello")
        .await
        .unwrap_err();
    assert!(!error.is_configuration(), "{error}");
}
