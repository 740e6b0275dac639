//! Documents of other APIs.

use postpress_mock::{Expect, Fault, MockServer, StartError};
use reqwest::multipart::{Form, Part};
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};

const SHOP: &str = include_str!("../documents/shop.yaml");
const TRACE: &str = "6f9619ff-8b86-4d01-b42d-00cf4fc964ff";

async fn shop() -> MockServer {
    let server = MockServer::builder().document("shop.yaml", SHOP);
    server.start().await.expect("a server")
}

fn request(server: &MockServer, method: Method, path: &str) -> RequestBuilder {
    let request = reqwest::Client::new().request(method, server.base_url() + path);
    request.bearer_auth("key").header("X-Trace", TRACE)
}

/// The status and the body, which is JSON unless it is empty.
async fn sent(request: RequestBuilder) -> (u16, Value) {
    let response = request.send().await.expect("a response");
    let status = response.status().as_u16();
    let body = response.text().await.expect("a body");
    (status, serde_json::from_str(&body).unwrap_or(body.into()))
}

#[tokio::test]
async fn a_response_is_made_from_its_schema_with_its_headers() {
    let server = shop().await;
    assert!(server.base_url().ends_with("/v2"));
    let response = request(&server, Method::GET, "/items/4").send().await;
    let response = response.expect("a response");
    assert_eq!(response.headers()["x-left"], "5");
    let item: Value = response.json().await.expect("JSON");
    let part = json!({ "id": 3, "name": "string" });
    let expected = json!({
        "id": 3, "name": "string", "price": 1, "kind": "lamp", "at": "2026-05-17T09:42:11.000Z", "maker": {},
    });
    for (name, value) in expected.as_object().expect("members") {
        assert_eq!(&item[name], value, "{name}");
    }
    assert_eq!(item["parts"][0]["id"], part["id"]);
    server.assert_received(Expect::operation("getItem"));
}

#[tokio::test]
async fn an_example_of_the_document_is_the_response_and_204_has_no_body() {
    let server = shop().await;
    let add = request(&server, Method::POST, "/items").json(&json!({ "name": "Lamp" }));
    assert_eq!(sent(add).await, (201, json!({ "id": 7, "name": "Lamp" })));
    let received = server.received().pop().expect("the request");
    assert_eq!(received.json(), Some(&json!({ "name": "Lamp" })));
    let response = request(&server, Method::DELETE, "/items/4").send().await;
    let response = response.expect("a response");
    assert_eq!(response.status(), 204);
    assert!(response.headers().get("content-type").is_none());
    assert_eq!(response.text().await.expect("no body"), "");
}

#[tokio::test]
async fn what_is_wrong_with_a_parameter_is_said_in_the_envelope_of_the_document() {
    let server = shop().await;
    for (path, detail) in [
        ("/items/none", "id must be a whole number"),
        ("/items/0", "id must be at least 1"),
        (
            "/items/1?fields=name,color",
            "fields must be one of `name`, `price`",
        ),
        (
            "/items/1?where[in]=maybe",
            "where[in] must be `true` or `false`",
        ),
        ("/items/1?size={}", "size.w is required."),
    ] {
        let (status, body) = sent(request(&server, Method::GET, path)).await;
        // The operation documents 404 alone; a 400 is nearer to what is wrong with a query.
        let said = body["error"]["message"]
            .as_str()
            .or(body["detail"].as_str());
        assert!(matches!(status, 400 | 404), "{body}");
        assert!(
            said.is_some_and(|it| it.starts_with(detail)),
            "{path}: {body}"
        );
    }
    let right = "/items/1?fields=name,price&where[in]=true&size={\"w\":3}";
    assert_eq!(sent(request(&server, Method::GET, right)).await.0, 200);
    let client = reqwest::Client::new().get(server.base_url() + "/items/1");
    let (_, body) = sent(client.bearer_auth("key")).await;
    assert_eq!(body["detail"], "X-Trace is required.");
}

#[tokio::test]
async fn json_and_both_kinds_of_forms_are_checked() {
    let server = shop().await;
    let add = || request(&server, Method::POST, "/items");
    let form = |text: &'static str| {
        add()
            .body(text)
            .header("content-type", "application/x-www-form-urlencoded")
    };
    for (body, detail) in [
        (add().json(&json!({})), "name is required."),
        (
            add().json(&json!({ "name": "L" })),
            "name must have at least 2 characters.",
        ),
        (
            add().json(&json!({ "name": null, "price": 0 })),
            "price must be greater than 0, and is 0.",
        ),
        (
            add().json(&json!({ "name": null, "price": 0.3 })),
            "price must be a multiple of 0.25, and is 0.3.",
        ),
        (
            add().json(&json!({ "name": null, "parts": [{ "name": 1 }] })),
            "parts[0].name is of the wrong type: 1.",
        ),
        (
            add().body("{").header("content-type", "application/json"),
            "The body is not JSON",
        ),
        (form("tags=a"), "name is required."),
        (
            form("name=a&tags=long"),
            "tags must have at most 3 characters",
        ),
        (
            add().body("a").header("content-type", "text/plain"),
            "Content-Type must be application/json or application/x-www-form-urlencoded, and is `text/plain`.",
        ),
    ] {
        let (status, body) = sent(body).await;
        assert!(matches!(status, 400 | 415), "{body}");
        let said = body["error"]["message"].as_str().unwrap_or_default();
        assert!(said.starts_with(detail), "{body}");
    }
    assert_eq!(sent(form("name=a&tags=b&tags=c")).await.0, 201);

    let file = || Part::bytes(b"\x89PNG\xff".as_slice()).file_name("a.png");
    let picture = |about: &'static str| {
        let form = Form::new().part("file", file()).text("about", about);
        request(&server, Method::POST, "/items/1/pictures").multipart(form.text("place[x]", "3"))
    };
    assert_eq!(
        sent(picture("{\"title\":\"A\"}")).await,
        (200, "string".into())
    );
    let (status, body) = sent(picture("{}")).await;
    assert_eq!((status, body), (400, "about.title is required.".into()));
    let (_, body) = sent(picture("a lamp")).await;
    assert!(body.to_string().contains("about is not JSON"), "{body}");
}

#[tokio::test]
async fn the_key_is_where_the_document_says_and_only_there() {
    let server = MockServer::builder()
        .document("shop.yaml", SHOP)
        .api_key("right");
    let server = server.start().await.expect("a server");
    let delete = || reqwest::Client::new().delete(server.base_url() + "/items/1");
    for (request, status) in [
        (delete(), 401),
        (delete().header("X-API-KEY", "right"), 401),
        (delete().bearer_auth("wrong"), 401),
        (delete().bearer_auth("right"), 204),
    ] {
        assert_eq!(sent(request).await.0, status);
    }
    let open = reqwest::Client::new().post(server.base_url() + "/items");
    assert_eq!(sent(open.json(&json!({ "name": "Lamp" }))).await.0, 201);
}

#[tokio::test]
async fn errors_are_demanded_by_status_and_faults_are_for_any_operation() {
    let server = shop().await;
    let conflict = request(&server, Method::DELETE, "/items/1").header("Prefer", "code=409");
    assert_eq!(sent(conflict).await, (409, "".into()));
    let missing = request(&server, Method::GET, "/items/1").header("Prefer", "code=404");
    let (status, body) = sent(missing).await;
    assert_eq!((status, &body["error"]["code"]), (404, &json!(1)));
    server.inject(Fault::extra_fields().on("getItem"));
    let (_, item) = sent(request(&server, Method::GET, "/items/1")).await;
    assert!(item.get("unheard_of").is_some(), "{item}");
    server.inject(Fault::bad_gateway().on("deleteItem"));
    assert_eq!(sent(request(&server, Method::GET, "/items/1")).await.0, 200);
    assert_eq!(
        sent(request(&server, Method::DELETE, "/items/1")).await.0,
        502
    );
}

#[tokio::test]
async fn what_is_not_served_is_named_with_its_place() {
    let server = shop().await;
    let [finding] = server.not_served() else {
        panic!("{:?}", server.not_served());
    };
    assert!(
        finding.starts_with(
            "shop.yaml:78:18: warning[not-served]: #/components/schemas/Item/properties/maker/not:"
        ),
        "{finding}"
    );
    let document = MockServer::builder()
        .document("old.yaml", "swagger: '2.0'")
        .start()
        .await;
    assert!(
        matches!(document, Err(StartError::Document(message)) if message.starts_with("old.yaml:1:1: error"))
    );
    let fault = MockServer::builder()
        .fault(Fault::hang().on("paintChat"))
        .start()
        .await;
    let error = fault.expect_err("no such operation").to_string();
    assert!(error.contains("listChats"), "{error}");
}
