use postpress_client::forms::SendMessageRequest;
use postpress_client::runtime::{self, Error};
use postpress_client::types::{MessageSent, Problem};
use postpress_tests::client::client;
use postpress_tests::{Response, Server, examples};
use serde_json::json;

/// What our client makes of a response to a message.
async fn sent(response: Response) -> Result<runtime::Response<MessageSent>, Error<Problem>> {
    let server = Server::responding(response);
    let form = SendMessageRequest::default();
    client(&server).send_message("chat_1", &form).await
}

async fn error(response: Response) -> Error<Problem> {
    sent(response).await.expect_err("a success")
}

fn body(error: &Error<Problem>) -> &[u8] {
    error.body().expect("no body")
}

#[tokio::test]
async fn any_2xx_with_the_documented_body_is_a_success() {
    let body = examples::body("sendMessage");
    for status in [
        "200 OK",
        "201 Created",
        "202 Accepted",
        "203 Non-Authoritative Information",
        "299 Fine",
    ] {
        let headers = [
            ("Content-Type", "application/json"),
            ("X-Request-Id", "req_1"),
        ];
        let response = sent(Response::new(status, &headers, body.to_string()))
            .await
            .unwrap();
        assert_eq!(response.status().as_str(), &status[..3]);
        assert_eq!(response.headers()["x-request-id"], "req_1");
        assert_eq!(
            response.value().message_id.as_deref(),
            Some("msg_01HXYZ4QK3WJ8FN3M6QH7TZ8GR")
        );
    }
}

#[tokio::test]
async fn the_body_counts_not_its_media_type() {
    let body = examples::body("sendMessage").to_string();
    for media_type in [
        "text/plain",
        "application/problem+json; charset=utf-8",
        "text/html",
    ] {
        let headers = [("Content-Type", media_type)];
        assert!(
            sent(Response::new("200 OK", &headers, &body)).await.is_ok(),
            "{media_type}"
        );
    }
    assert!(sent(Response::new("200 OK", &[], &body)).await.is_ok());
}

#[tokio::test]
async fn a_body_in_chunks_or_up_to_the_end_of_the_connection_is_whole() {
    let body = examples::body("sendMessage").to_string();
    let (first, second) = body.split_at(20);
    for rest in [
        format!(
            "Transfer-Encoding: chunked\r\n\r\n14\r\n{first}\r\n{:x}\r\n{second}\r\n0\r\n\r\n",
            second.len()
        ),
        format!("Connection: close\r\n\r\n{body}"),
    ] {
        let response = sent(Response::raw(format!("HTTP/1.1 201 Created\r\n{rest}")))
            .await
            .unwrap();
        assert_eq!(
            response.value().message_id.as_deref(),
            Some("msg_01HXYZ4QK3WJ8FN3M6QH7TZ8GR")
        );
    }
}

#[tokio::test]
async fn a_success_without_the_body_that_is_needed_says_so_and_keeps_its_status() {
    for status in ["204 No Content", "200 OK", "201 Created"] {
        let error = error(Response::new(status, &[("X-Request-Id", "req_1")], "")).await;
        assert!(matches!(error, Error::InvalidBody(_)), "{error:?}");
        assert_eq!(error.status().unwrap().as_str(), &status[..3]);
        assert_eq!(error.headers().unwrap()["x-request-id"], "req_1");
        assert_eq!(body(&error), b"");
        let text = error.to_string();
        assert!(
            text.contains(&status[..3]) && text.contains("empty"),
            "{text}"
        );
    }
}

#[tokio::test]
async fn a_success_with_another_body_keeps_it_and_names_the_place() {
    let response = Response::json(
        "201 Created",
        &json!({ "object": "MessageSent", "message_id": [7] }),
    );
    let error = error(response).await;
    let Error::InvalidBody(invalid) = &error else {
        panic!("{error:?}");
    };
    let fault = invalid.decode_error().unwrap();
    assert_eq!(fault.json_path(), Some("message_id"));
    assert_eq!(invalid.status(), 201);
    assert_eq!(
        body(&error),
        br#"{"message_id":[7],"object":"MessageSent"}"#
    );
    assert!(error.to_string().contains("message_id"), "{error}");
}

#[tokio::test]
async fn a_success_that_is_html_keeps_it() {
    let page = "<html><body>Log in to the network</body></html>";
    let error = error(Response::new(
        "200 OK",
        &[("Content-Type", "text/html")],
        page,
    ))
    .await;
    assert!(matches!(error, Error::InvalidBody(_)));
    assert_eq!(body(&error), page.as_bytes());
    assert_eq!(error.headers().unwrap()["content-type"], "text/html");
}

#[tokio::test]
async fn a_problem_is_read_with_all_its_members() {
    let problem = json!({
        "title": "Unauthorized",
        "detail": "Connect the account anew.",
        "instance": "req_1",
        "type": "errors/expired_credentials",
        "status": 401,
    });
    let error = error(Response::json("401 Unauthorized", &problem)).await;
    let read = error.problem().unwrap();
    assert_eq!(read.title, "Unauthorized");
    assert_eq!(read.detail.as_deref(), Some("Connect the account anew."));
    assert_eq!(read.instance.as_deref(), Some("req_1"));
    assert_eq!(read.type_.as_str(), "errors/expired_credentials");
    assert_eq!(read.status, 401);
    assert_eq!(serde_json::to_value(read).unwrap(), problem);
    assert_eq!(body(&error), problem.to_string().as_bytes());
}

#[tokio::test]
async fn a_problem_of_a_type_and_status_that_no_page_has_is_read_too() {
    let problem =
        json!({ "title": "Short and stout", "type": "errors/teapot", "status": 418, "new": [1] });
    let error = error(Response::json("418 I'm a teapot", &problem)).await;
    let read = error.problem().unwrap();
    assert!(read.type_.is_unknown());
    assert_eq!(read.type_.as_str(), "errors/teapot");
    assert_eq!(error.status().unwrap(), 418);
}

/// An error response whose body is no problem keeps everything.
async fn keeps(status: &str, content: &[u8]) {
    let headers = [("Content-Type", "text/html"), ("Retry-After", "7")];
    let error = error(Response::new(status, &headers, content)).await;
    assert!(matches!(error, Error::ErrorResponse(_)), "{error:?}");
    assert!(error.problem().is_none());
    assert_eq!(error.status().unwrap().as_str(), &status[..3]);
    assert_eq!(error.headers().unwrap()["retry-after"], "7");
    assert_eq!(body(&error), content);
    assert!(error.to_string().contains(&status[..3]), "{error}");
}

#[tokio::test]
async fn an_error_keeps_its_status_headers_and_body_whatever_the_body_is() {
    keeps(
        "502 Bad Gateway",
        b"<html><head><title>502</title></head></html>",
    )
    .await;
    keeps("401 Unauthorized", b"").await;
    keeps("500 Internal Server Error", b"\xff\xfe\0").await;
    keeps("503 Service Unavailable", br#"{"title": "cut off"#).await;
    keeps("400 Bad Request", b"null").await;
    keeps(
        "400 Bad Request",
        br#"{"error": {"message": "another service"}}"#,
    )
    .await;
    keeps("404 Not Found", br#"["title", "type"]"#).await;
    keeps("599 Whatever", b"upstream connect error").await;
}

#[tokio::test]
async fn an_error_whose_body_breaks_off_keeps_what_came() {
    let headers = [("Content-Type", "text/html"), ("Retry-After", "7")];
    let response = Response::new("502 Bad Gateway", &headers, "<html>broken").cut_at(-6);
    let error = error(response).await;
    let Error::ErrorResponse(response) = &error else {
        panic!("{error:?}");
    };
    assert!(response.body_broke_off());
    assert_eq!(response.status(), 502);
    assert_eq!(response.headers()["retry-after"], "7");
    assert_eq!(body(&error), b"<html>");
}

#[tokio::test]
async fn a_success_whose_body_breaks_off_keeps_its_status_and_headers() {
    let body = examples::body("sendMessage").to_string();
    let response = Response::new("201 Created", &[("X-Request-Id", "req_1")], body).cut_at(-10);
    let error = error(response).await;
    assert!(matches!(error, Error::Transport(_)), "{error:?}");
    assert_eq!(error.status().unwrap(), 201);
    assert_eq!(error.headers().unwrap()["x-request-id"], "req_1");
    assert!(error.to_string().contains("201"), "{error}");
}

#[tokio::test]
async fn a_response_whose_head_breaks_off_is_no_response() {
    let error = error(examples::response("sendMessage").cut_at(20)).await;
    assert!(matches!(error, Error::Transport(_)), "{error:?}");
    assert_eq!(error.status(), None);
}
