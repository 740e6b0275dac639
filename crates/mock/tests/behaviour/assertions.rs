//! The record, and what assertions say when they fail.

use std::panic::{AssertUnwindSafe, catch_unwind};

use postpress_mock::{Expect, ExpectFile, MockServer, Outcome};

use crate::support::{form, get, post};

const MESSAGES: &str = "/chats/9f9uio56sopa456s/messages";

/// A server that a list and two messages were sent to.
async fn served() -> MockServer {
    let server = MockServer::start().await;
    get(&server, "/chats?limit=10&account_id=a,b").await;
    post(
        &server,
        MESSAGES,
        form(&[("text", "Got it"), ("attachments", "@one")]),
    )
    .await;
    post(
        &server,
        MESSAGES,
        form(&[("text", "Bye"), ("text", "twice")]),
    )
    .await;
    server
}

/// What a failed assertion says.
fn failure(server: &MockServer, expected: Expect) -> String {
    let result = catch_unwind(AssertUnwindSafe(|| server.assert_received(expected)));
    *result
        .expect_err("a failure")
        .downcast::<String>()
        .expect("a message")
}

#[tokio::test]
async fn the_record_has_all_that_was_sent() {
    let server = served().await;
    let received = server.received();
    let [list, message, wrong] = received.as_slice() else {
        panic!("{received:?}");
    };
    assert_eq!(
        (list.number(), list.method(), list.path()),
        (1, "GET", "/v1/chats")
    );
    assert_eq!(list.operation(), Some("listChats"));
    assert_eq!(list.query_values("account_id"), ["a,b"]);
    assert_eq!(list.query().len(), 2);
    assert_eq!(list.header("X-Api-Key"), Some("k"));
    assert!(
        list.headers()
            .contains(&("x-api-key".to_owned(), "k".to_owned()))
    );
    assert_eq!(list.outcome(), Outcome::Responded(200));

    assert_eq!(message.text("text"), Some("Got it"));
    let [file] = message.files("attachments")[..] else {
        panic!("{message:?}");
    };
    assert_eq!(file.file_name(), Some("file.pdf"));
    assert_eq!(file.media_type(), Some("application/pdf"));
    assert_eq!(file.size(), 3);
    let digest = "7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed";
    assert_eq!(file.sha256(), digest);
    assert_eq!(file.text(), None);
    assert_eq!(message.status(), Some(201));
    assert!(message.body_size() > 200);

    assert_eq!(wrong.texts("text"), ["Bye", "twice"]);
    assert_eq!(wrong.error_type(), Some("errors/invalid_message"));
    assert_eq!(server.received_count(), 3);
    server.forget_received();
    assert!(server.received().is_empty());
    assert_eq!(server.received_count(), 3);
}

#[tokio::test]
async fn the_key_is_not_in_the_debug_output() {
    let server = MockServer::start().await;
    let request = reqwest::Client::new().get(server.base_url() + "/chats");
    request
        .header("X-API-KEY", "pp_live_secret")
        .send()
        .await
        .expect("a response");
    let debug = format!("{:?}", server.received());
    assert!(!debug.contains("pp_live_secret"), "{debug}");
}

#[tokio::test]
async fn what_was_received_as_expected_passes() {
    let server = served().await;
    server.assert_received(Expect::request().times(3));
    server.assert_received(
        Expect::request()
            .method("GET")
            .path("/v1/chats")
            .query("limit", "10")
            .query("account_id", "a,b")
            .no_query("cursor")
            .header("x-api-key", "k")
            .no_header("authorization")
            .nothing_else(),
    );
    server.assert_received(
        Expect::operation("sendMessage")
            .text("text", "Got it")
            .file("attachments", ExpectFile::any().content("one"))
            .no_field("quote_id")
            .nothing_else(),
    );
    server.assert_received(
        Expect::operation("sendMessage")
            .text("text", "Bye")
            .text("text", "twice"),
    );
    server.assert_received(Expect::operation("sendMessage").at_least(1));
    server.assert_received(Expect::operation("startChat").never());
}

#[tokio::test]
async fn a_failure_shows_how_the_nearest_request_differs() {
    let server = served().await;
    let expected = Expect::operation("sendMessage")
        .text("text", "Got it!")
        .file("attachments", ExpectFile::named("offer.pdf").size(4))
        .header("user-agent", "me")
        .no_query("dry_run");
    assert_eq!(
        failure(&server, expected),
        "\
expected exactly 1 request with
    operation: sendMessage
    field text: `Got it!`
    file attachments: file `offer.pdf`, 4 bytes
    header user-agent: `me`
    query dry_run: absent
but received none
the nearest other is number 3; it differs in
    field text
      - expected `Got it!`
      + received `Bye`, then `twice`
    file attachments
      - expected file `offer.pdf`, 4 bytes
      + received absent
    header user-agent
      - expected `me`
      + received absent
all that the server received:
    1. GET /v1/chats?limit=10&account_id=a,b -> 200
    2. POST /v1/chats/9f9uio56sopa456s/messages -> 201
    3. POST /v1/chats/9f9uio56sopa456s/messages -> 422 errors/invalid_message"
    );
}

#[tokio::test]
async fn a_failure_shows_fields_that_nobody_expected() {
    let server = served().await;
    let expected = Expect::operation("sendMessage")
        .text("text", "Got it")
        .nothing_else();
    let message = failure(&server, expected);
    let difference = "\
the nearest other is number 2; it differs in
    field attachments
      - expected absent
      + received file `file.pdf`, application/pdf, 3 bytes, sha256 7692c3ad...";
    assert!(message.contains(difference), "{message}");
}

#[tokio::test]
async fn a_message_that_was_sent_twice_fails_an_assertion_for_one() {
    let server = MockServer::start().await;
    for _ in 0..2 {
        post(&server, MESSAGES, form(&[("text", "Hello")])).await;
    }
    let expected = Expect::operation("sendMessage").text("text", "Hello");
    let message = failure(&server, expected);
    assert!(
        message.contains("but received 2: numbers 1, 2\n"),
        "{message}"
    );
}

#[tokio::test]
async fn a_failure_without_any_request_says_so() {
    let server = MockServer::start().await;
    let message = failure(&server, Expect::request().path("/v1/chats"));
    assert_eq!(
        message,
        "\
expected exactly 1 request with
    path: /v1/chats
but received none
the server received no request at all"
    );
}

#[tokio::test]
async fn a_record_that_is_too_long_forgets_its_beginning_and_assertions_say_so() {
    let server = MockServer::start().await;
    let client = reqwest::Client::new();
    // As many are remembered as take 16 MiB.
    let text = "a".repeat(65_536);
    for _ in 0..300 {
        let form = form(&[("text", text.as_str())]);
        let request = client
            .post(server.base_url() + MESSAGES)
            .header("X-API-KEY", "k");
        assert_eq!(
            request
                .multipart(form)
                .send()
                .await
                .expect("a response")
                .status(),
            201
        );
    }
    let remembered = server.received();
    assert!(
        (200..300).contains(&remembered.len()),
        "{}",
        remembered.len()
    );
    assert_eq!(remembered.last().map(|it| it.number()), Some(300));
    let message = failure(&server, Expect::operation("sendMessage").times(300));
    assert!(message.contains("are no longer remembered"), "{message}");
}
