//! Every documented error on demand.

use std::collections::BTreeMap;

use postpress_mock::MockServer;
use serde_json::Value;

use crate::facts::Facts;
use crate::support::{Response, form, get, post, response, text};

/// Demands an error of an operation by an id: of an account, of the chat in the path, or of whatever else the path has. `None`
/// for an operation that takes a form which is not known here.
async fn by_id(server: &MockServer, facts: &Facts, id: &str) -> Option<Response> {
    let (place, account) = (
        facts.place(),
        [("account_id", id), ("attendees_ids", "ACoA")],
    );
    let fill = |path: &str| {
        let parts = path
            .split('/')
            .map(|it| if it.starts_with('{') { id } else { it });
        parts.collect::<Vec<_>>().join("/")
    };
    Some(match facts.operation.as_str() {
        "startChat" => post(server, "/chats", form(&account)).await,
        "sendMessage" => post(server, "/chats/chat_1/messages", form(&account[..1])).await,
        _ if place.media_type != "-" => return None,
        _ => {
            let url = server.base_url() + &fill(&place.path) + "?account_id=" + id;
            let method = place.method.to_uppercase().parse().expect("a method");
            let request = reqwest::Client::new().request(method, url);
            response(request.header("X-API-KEY", "k")).await
        }
    })
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
async fn an_id_demands_any_error_of_the_pages() {
    let server = MockServer::start().await;
    for facts in Facts::all() {
        for (status, error_type) in facts.errors() {
            let id = error_type.replace("errors/", "err_");
            if let Some(response) = by_id(&server, &facts, &id).await {
                is_problem(&response, status, &error_type);
            }
        }
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
        let facts = Facts::of(operation);
        let response = by_id(&server, &facts, "err_insufficient_credits").await;
        let response = response.expect("it takes no form");
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
        let facts = Facts::of(operation);
        let response = by_id(&server, &facts, "err_insufficient_credits").await;
        let (_, body) = response.expect("its form is known");
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
