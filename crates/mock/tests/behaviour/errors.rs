//! Every documented error on demand.

use std::collections::BTreeMap;
use std::fs;

use postpress_mock::MockServer;
use serde_json::Value;

use crate::support::{Response, form, get, post, text};

/// The rows of the pages: operation, status, type. They are kept apart from the document, which is checked against them.
fn rows() -> Vec<(String, u16, String)> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/data/errors.txt");
    let lines = fs::read_to_string(path).expect("the tables of the pages");
    let mut rows = Vec::new();
    let mut places: Vec<&str> = Vec::new();
    let mut status = 0;
    for line in lines
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
    {
        if let Some(heading) = line.strip_prefix('[').and_then(|it| it.strip_suffix(']')) {
            places = heading.split(' ').collect();
            status = places
                .pop()
                .and_then(|it| it.parse().ok())
                .expect("a status");
        } else {
            rows.extend(
                places
                    .iter()
                    .map(|place| ((*place).to_owned(), status, line.to_owned())),
            );
        }
    }
    rows
}

/// Demands an error of an operation by the id of an account.
async fn by_account(server: &MockServer, operation: &str, id: &str) -> Response {
    let chat = "chat_01HXYZ4QK3WJ8FN3M6QH7TZ8GR";
    match operation {
        "listChats" => get(server, &format!("/chats?account_id={id}")).await,
        "getChat" => get(server, &format!("/chats/{chat}?account_id={id}")).await,
        "startChat" => {
            post(
                server,
                "/chats",
                form(&[("account_id", id), ("attendees_ids", "ACoA")]),
            )
            .await
        }
        _ => {
            post(
                server,
                &format!("/chats/{chat}/messages"),
                form(&[("account_id", id)]),
            )
            .await
        }
    }
}

fn is_problem(response: &Response, status: u16, error_type: &str) {
    let (actual, body) = response;
    assert_eq!(*actual, status, "{error_type}: {body}");
    assert_eq!(body["type"], error_type);
    assert_eq!(body["status"], status);
    for name in ["title", "detail", "instance"] {
        assert_ne!(text(body, name), "", "{error_type}");
    }
    let names: Vec<&String> = body.as_object().expect("an envelope").keys().collect();
    assert_eq!(names, ["detail", "instance", "status", "title", "type"]);
}

#[tokio::test]
async fn the_id_of_an_account_demands_any_error_of_the_pages() {
    let server = MockServer::start().await;
    let rows = rows();
    assert!(!rows.is_empty());
    for (operation, status, error_type) in rows {
        let id = error_type.replace("errors/", "err_");
        is_problem(
            &by_account(&server, &operation, &id).await,
            status,
            &error_type,
        );
    }
    assert_eq!(server.messages_sent(), 0);
}

#[tokio::test]
async fn the_id_of_a_chat_or_of_an_attendee_demands_an_error_as_well() {
    let server = MockServer::start().await;
    let error = "errors/disconnected_account";
    is_problem(
        &get(&server, "/chats/err_disconnected_account").await,
        401,
        error,
    );
    let message = form(&[("text", "Hello")]);
    let path = "/chats/err_disconnected_account/messages";
    is_problem(&post(&server, path, message).await, 401, error);
    for name in ["attendees_ids", "attendees_ids[]"] {
        let fields = [
            ("account_id", "acc_1"),
            (name, "ACoA"),
            (name, "err_disconnected_account"),
        ];
        is_problem(&post(&server, "/chats", form(&fields)).await, 401, error);
    }
    let list = get(&server, "/chats?account_id=acc_1,err_disconnected_account").await;
    is_problem(&list, 401, error);
}

#[tokio::test]
async fn a_type_that_the_operation_does_not_document_cannot_be_demanded() {
    let server = MockServer::start().await;
    for (operation, status) in [("listChats", 403), ("getChat", 404)] {
        let response = by_account(&server, operation, "err_insufficient_credits").await;
        assert_eq!(response.0, status, "{operation}");
        assert_ne!(response.1["type"], "errors/insufficient_credits");
        assert!(
            text(&response.1, "detail").contains("does not document"),
            "{}",
            response.1
        );
    }
}

#[tokio::test]
async fn a_type_with_a_meaning_of_its_own_in_each_operation_is_explained_by_that() {
    let server = MockServer::start().await;
    let mut meanings = BTreeMap::new();
    for operation in ["startChat", "sendMessage"] {
        let (_, body) = by_account(&server, operation, "err_insufficient_credits").await;
        meanings.insert(text(&body, "detail").to_owned(), operation);
    }
    assert_eq!(meanings.len(), 2, "{meanings:?}");
}

#[tokio::test]
async fn a_request_that_is_wrong_otherwise_is_refused_for_that() {
    let server = MockServer::start().await;
    let response = post(
        &server,
        "/chats",
        form(&[("account_id", "err_request_timeout")]),
    )
    .await;
    is_problem(&response, 400, "errors/missing_parameters");
}

#[tokio::test]
async fn a_missing_an_empty_and_a_wrong_key_are_told_apart() {
    let server = MockServer::builder()
        .api_key("right")
        .start()
        .await
        .expect("a server");
    let url = server.base_url() + "/chats";
    let keys = [
        (None, 401, "errors/missing_credentials"),
        (Some(""), 401, "errors/missing_credentials"),
        (Some("wrong"), 401, "errors/invalid_credentials"),
    ];
    for (key, status, error_type) in keys {
        let mut request = reqwest::Client::new().get(&url);
        if let Some(key) = key {
            request = request.header("X-API-KEY", key);
        }
        let response = request.send().await.expect("a response");
        let response = (
            response.status().as_u16(),
            response.json::<Value>().await.expect("JSON"),
        );
        is_problem(&response, status, error_type);
    }
    let right = reqwest::Client::new()
        .get(&url)
        .header("x-api-key", "right");
    assert_eq!(right.send().await.expect("a response").status(), 200);
}

#[tokio::test]
async fn what_is_not_documented_at_all_has_the_envelope_too() {
    let server = MockServer::start().await;
    is_problem(
        &get(&server, "/accounts").await,
        404,
        "errors/resource_not_found",
    );
    let delete = reqwest::Client::new().delete(server.base_url() + "/chats");
    let response = delete
        .header("X-API-KEY", "k")
        .send()
        .await
        .expect("a response");
    assert_eq!(response.headers()["allow"], "GET, POST, HEAD");
    let response = (
        response.status().as_u16(),
        response.json::<Value>().await.expect("JSON"),
    );
    is_problem(&response, 405, "about:blank");
}
