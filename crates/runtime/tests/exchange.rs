//! Requests and answers over a real connection.

// Helpers of tests are tests, too.
#![allow(clippy::unwrap_used)]

mod support;

use std::time::Duration;

use postpress_runtime::reqwest::header::{ACCEPT, HeaderMap};
use postpress_runtime::reqwest::{Client, StatusCode};
use postpress_runtime::{Credentials, Endpoint, Error, Response, Timestamp, http_client};
use support::{answer, http, only_listen};

/// What the generator makes of an operation.
struct Api {
    http: Client,
    base_url: String,
    credentials: Credentials,
}

#[derive(Debug, PartialEq, serde::Deserialize)]
struct ChatList {
    items: Vec<Chat>,
}

#[derive(Debug, PartialEq, serde::Deserialize)]
struct Chat {
    id: String,
}

#[derive(Debug, PartialEq, serde::Deserialize)]
struct Problem {
    title: String,
    detail: Option<String>,
    r#type: String,
}

impl Api {
    fn new(base_url: &str) -> Self {
        Self {
            http: http_client().build().unwrap(),
            base_url: base_url.to_owned(),
            credentials: Credentials::api_key("X-API-KEY", "s3cret").unwrap(),
        }
    }

    fn credentials(&self) -> HeaderMap {
        let mut headers = HeaderMap::new();
        self.credentials.insert(&mut headers);
        headers
    }

    async fn list_chats(
        &self,
        account_id: Option<&[String]>,
        before: Option<&Timestamp>,
        limit: Option<i64>,
    ) -> Result<Response<ChatList>, Error<Problem>> {
        let url = Endpoint::new(&self.base_url, "/chats")
            .query_joined("account_id", &account_id, ',')
            .query("before", &before)
            .query("limit", &limit)
            .finish()?;
        let request = self
            .http
            .get(url)
            .headers(self.credentials())
            .header(ACCEPT, "application/json");
        postpress_runtime::json(postpress_runtime::execute(&self.http, request).await?).await
    }
}

async fn list(answered: Vec<u8>) -> Result<Response<ChatList>, Error<Problem>> {
    let (base_url, _) = answer(answered).await;
    Api::new(&base_url).list_chats(None, None, None).await
}

#[tokio::test]
async fn a_request_is_exactly_what_was_asked() {
    let (base_url, received) = answer(http("200 OK", "", br#"{"items": []}"#)).await;
    let before = "2026-05-17T09:42:11Z".parse().unwrap();
    Api::new(&format!("{base_url}/v1/"))
        .list_chats(Some(&["a,b".into(), "c".into()]), Some(&before), Some(20))
        .await
        .unwrap();
    let host = base_url.strip_prefix("http://").unwrap();
    assert_eq!(
        received.await.unwrap(),
        format!(
            "GET /v1/chats?account_id=a%2Cb,c&before=2026-05-17T09%3A42%3A11.000Z&limit=20 HTTP/1.1\r\n\
             x-api-key: s3cret\r\naccept: application/json\r\nhost: {host}\r\n\r\n"
        )
    );
}

#[tokio::test]
async fn any_2xx_with_a_body_that_decodes_is_a_success() {
    for status in ["200 OK", "201 Created", "202 Accepted", "299 Whatever"] {
        let response = list(http(
            status,
            "X-Trace: 7\r\n",
            br#"{"items": [{"id": "1"}]}"#,
        ))
        .await
        .unwrap();
        assert_eq!(response.status().as_u16().to_string(), status[..3]);
        assert_eq!(response.headers()["x-trace"], "7");
        assert_eq!(response.items, [Chat { id: "1".into() }]);
    }
}

#[tokio::test]
async fn a_byte_order_mark_and_a_broken_character_lose_nothing() {
    let body = b"\xEF\xBB\xBF{\"items\": [{\"id\": \"a\xFFb\"}]}";
    let response = list(http("200 OK", "", body)).await.unwrap();
    assert_eq!(response.items[0].id, "a\u{FFFD}b");
}

#[tokio::test]
async fn a_success_keeps_the_body_that_it_was_decoded_from() {
    let body = br#"{"items": [{"id": "1", "newer": true}]}"#;
    let response = list(http("200 OK", "", body)).await.unwrap();
    assert_eq!(response.body(), &body[..]);
    assert_eq!(response.map(drop).body(), &body[..]);
}

#[tokio::test]
async fn a_success_that_does_not_decode_names_the_place_and_keeps_the_body() {
    let body = br#"{"items": [{"id": "1"}, {"di": "2"}]}"#;
    let error = list(http("201 Created", "", body)).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "GET /chats answered 201 Created, but its body did not decode: at `items[1]`: missing field `id` at line 1 column 35"
    );
    assert_eq!(error.status(), Some(StatusCode::CREATED));
    assert_eq!(error.body().unwrap(), &body[..]);
    let Error::InvalidBody(invalid) = error else {
        panic!("{error:?}")
    };
    assert_eq!(invalid.json_path(), Some("items[1]"));
}

#[tokio::test]
async fn an_empty_success_is_said_to_be_empty() {
    let error = list(http("200 OK", "", b" ")).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "GET /chats answered 200 OK, but its body did not decode: it is empty"
    );
}

#[tokio::test]
async fn a_documented_error_is_decoded() {
    let body = br#"{"title": "Unauthorized", "detail": "The key has expired.", "type": "errors/expired_credentials", "status": 401}"#;
    let error = list(http("401 Unauthorized", "Retry-After: 3\r\n", body))
        .await
        .unwrap_err();
    assert_eq!(
        error.problem().unwrap().r#type,
        "errors/expired_credentials"
    );
    assert_eq!(error.headers().unwrap()["retry-after"], "3");
    assert_eq!(
        error.to_string(),
        "GET /chats answered 401 Unauthorized: Unauthorized: The key has expired. (errors/expired_credentials)"
    );
}

#[tokio::test]
async fn an_error_keeps_its_status_and_body_whatever_the_body_is() {
    let long = "x".repeat(10_000);
    let cases: [(&[u8], &str); 7] = [
        (b"", "GET /chats answered 502 Bad Gateway"),
        (
            b"<html><h1>Bad gateway</h1></html>",
            "GET /chats answered 502 Bad Gateway: an HTML page instead of JSON",
        ),
        (
            b"<Error><Code>Slow</Code></Error>",
            "GET /chats answered 502 Bad Gateway: <Error><Code>Slow</Code></Error>",
        ),
        (
            b"upstream\r\nis \x1B[31mdown",
            "GET /chats answered 502 Bad Gateway: upstream is \u{FFFD}[31mdown",
        ),
        (
            b"\xFF\xFE\x00",
            "GET /chats answered 502 Bad Gateway: 3 bytes that are not text",
        ),
        (
            br#"{"message": "no"}"#,
            "GET /chats answered 502 Bad Gateway: no",
        ),
        (
            long.as_bytes(),
            &format!("GET /chats answered 502 Bad Gateway: {}…", "x".repeat(200)),
        ),
    ];
    for (body, says) in cases {
        let error = list(http("502 Bad Gateway", "", body)).await.unwrap_err();
        assert_eq!(error.status(), Some(StatusCode::BAD_GATEWAY));
        assert_eq!(error.body().unwrap(), body);
        assert_eq!(error.problem(), None);
        assert_eq!(error.to_string(), says);
    }
}

#[tokio::test]
async fn an_error_whose_body_breaks_off_keeps_what_came() {
    let error = list(b"HTTP/1.1 500 Oops\r\nContent-Length: 100\r\n\r\n{\"title\"".to_vec())
        .await
        .unwrap_err();
    let Error::ErrorResponse(response) = error else {
        panic!("{error:?}")
    };
    assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
    assert_eq!(response.body(), &b"{\"title\""[..]);
    assert!(response.body_broke_off());
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let error = list(http(
        "307 Temporary Redirect",
        "Location: http://127.0.0.1:1/\r\n",
        b"",
    ))
    .await
    .unwrap_err();
    assert_eq!(error.status(), Some(StatusCode::TEMPORARY_REDIRECT));
    assert_eq!(error.headers().unwrap()["location"], "http://127.0.0.1:1/");
}

#[tokio::test]
async fn nothing_is_sent_when_nobody_listens() {
    let error = Api::new("http://127.0.0.1:1")
        .list_chats(Some(&["private".into()]), None, None)
        .await
        .unwrap_err();
    let Error::Transport(transport) = &error else {
        panic!("{error:?}")
    };
    assert!(transport.is_connect() && !transport.is_timeout() && !transport.is_upload());
    assert!(
        error
            .to_string()
            .starts_with("GET /chats was not sent: could not connect: Connection refused"),
        "{error}"
    );
}

#[tokio::test]
async fn an_answer_that_does_not_come_is_a_timeout() {
    let mut api = Api::new(&only_listen().await);
    api.http = http_client()
        .timeout(Duration::from_millis(50))
        .build()
        .unwrap();
    let error = api.list_chats(None, None, None).await.unwrap_err();
    let Error::Transport(transport) = &error else {
        panic!("{error:?}")
    };
    assert!(transport.is_timeout() && !transport.is_connect());
    assert_eq!(
        error.to_string(),
        "GET /chats got no answer in time: operation timed out"
    );
}

#[tokio::test]
async fn a_success_whose_body_breaks_off_keeps_its_status() {
    let error = list(b"HTTP/1.1 201 Created\r\nContent-Length: 100\r\n\r\n{".to_vec())
        .await
        .unwrap_err();
    assert!(matches!(error, Error::Transport(_)), "{error:?}");
    assert_eq!(error.status(), Some(StatusCode::CREATED));
    assert!(
        error
            .to_string()
            .starts_with("GET /chats answered 201 Created, but its body broke off: "),
        "{error}"
    );
}

#[tokio::test]
async fn a_connection_that_closes_without_an_answer_leaves_the_effect_unknown() {
    let error = list(Vec::new()).await.unwrap_err();
    let Error::Transport(transport) = &error else {
        panic!("{error:?}")
    };
    assert!(!transport.is_connect());
    assert_eq!(transport.status(), None);
    assert!(
        error
            .to_string()
            .starts_with("GET /chats got no answer: the exchange broke off"),
        "{error}"
    );
}

#[tokio::test]
async fn no_error_prints_secrets_query_values_cookies_or_whole_bodies() {
    let mut errors = Vec::new();
    for answered in [
        http(
            "500 Oops",
            "Set-Cookie: session=c00kie\r\n",
            "body".repeat(1000).as_bytes(),
        ),
        http(
            "200 OK",
            "Set-Cookie: session=c00kie\r\n",
            format!(r#"{{"items": "{}"}}"#, "body".repeat(1000)).as_bytes(),
        ),
        Vec::new(),
    ] {
        let (base_url, _) = answer(answered).await;
        let base_url = base_url.replace("http://", "http://user:passw0rd@");
        errors.push(
            Api::new(&base_url)
                .list_chats(Some(&["private".into()]), None, None)
                .await
                .unwrap_err(),
        );
    }
    for error in errors {
        let mut printed = format!("{error} {error:?} {error:#?}");
        let mut source = std::error::Error::source(&error);
        while let Some(error) = source {
            printed += &format!("{error} {error:?}");
            source = error.source();
        }
        for secret in ["s3cret", "private", "c00kie", "passw0rd"] {
            assert!(!printed.contains(secret), "{secret} in {printed}");
        }
        assert!(printed.matches("body").count() < 300, "{printed}");
    }
}

#[tokio::test]
async fn an_unsendable_request_is_refused_before_anything_is_sent() {
    let http = http_client().build().unwrap();
    let request = http.get("http://127.0.0.1:1/").header("X-Bad", "a\nb");
    let failure = postpress_runtime::execute(&http, request)
        .await
        .unwrap_err();
    let error: Error = failure.into();
    assert!(matches!(error, Error::InvalidRequest(_)), "{error:?}");
    assert_eq!(
        error.to_string(),
        "the request could not be built: failed to parse header value"
    );
}

#[tokio::test]
async fn an_empty_answer_decodes_as_nothing() {
    let http = http_client().build().unwrap();
    let (base_url, _) = answer(b"HTTP/1.1 204 No Content\r\n\r\n".to_vec()).await;
    let response = postpress_runtime::execute(&http, http.delete(&base_url))
        .await
        .unwrap();
    let response: Response<()> = postpress_runtime::empty::<Problem>(response).await.unwrap();
    assert_eq!(response.status(), StatusCode::NO_CONTENT);

    let (base_url, _) = answer(b"HTTP/1.1 204 No Content\r\n\r\n".to_vec()).await;
    let response = postpress_runtime::execute(&http, http.delete(&base_url))
        .await
        .unwrap();
    postpress_runtime::json::<(), Problem>(response)
        .await
        .unwrap();
}

#[tokio::test]
async fn text_is_read_as_utf_8() {
    let http_client = http_client().build().unwrap();
    let (base_url, _) = answer(http("200 OK", "", "\u{FEFF}grüezi".as_bytes())).await;
    let response = postpress_runtime::execute(&http_client, http_client.get(&base_url))
        .await
        .unwrap();
    let text = postpress_runtime::text::<Problem>(response).await.unwrap();
    assert_eq!(*text, "grüezi");

    let (base_url, _) = answer(http("200 OK", "", b"gr\xFCezi")).await;
    let response = postpress_runtime::execute(&http_client, http_client.get(&base_url))
        .await
        .unwrap();
    let error = postpress_runtime::text::<Problem>(response)
        .await
        .unwrap_err();
    assert_eq!(error.body().unwrap(), &b"gr\xFCezi"[..]);
}

#[tokio::test]
async fn a_raw_body_is_read_as_it_comes() {
    let http_client = http_client().build().unwrap();
    let body = vec![7; 100_000];
    let (base_url, _) = answer(http("200 OK", "", &body)).await;
    let response = postpress_runtime::execute(&http_client, http_client.get(&base_url))
        .await
        .unwrap();
    let mut stream = postpress_runtime::raw::<Problem>(response)
        .await
        .unwrap()
        .into_inner();
    assert_eq!(stream.content_length(), Some(100_000));
    let mut read = stream.chunk().await.unwrap().unwrap().to_vec();
    read.extend(stream.bytes().await.unwrap());
    assert_eq!(read, body);

    let broken = b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n12".to_vec();
    let (base_url, _) = answer(broken).await;
    let response = postpress_runtime::execute(&http_client, http_client.get(&base_url))
        .await
        .unwrap();
    let stream = postpress_runtime::raw::<Problem>(response)
        .await
        .unwrap()
        .into_inner();
    let error = stream.bytes().await.unwrap_err();
    assert_eq!(error.status(), Some(StatusCode::OK));
}

#[tokio::test]
async fn a_stream_ends_after_its_first_error() {
    use futures_util::StreamExt;

    let http_client = http_client().build().unwrap();
    let (base_url, _) = answer(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n12".to_vec()).await;
    let response = postpress_runtime::execute(&http_client, http_client.get(&base_url))
        .await
        .unwrap();
    let stream = postpress_runtime::raw::<Problem>(response)
        .await
        .unwrap()
        .into_inner();
    let items: Vec<_> = stream.into_stream().collect().await;
    assert!(items.last().unwrap().is_err());
    assert_eq!(items.iter().filter(|item| item.is_err()).count(), 1);
}

#[tokio::test]
async fn an_upload_that_fails_is_told_from_a_connection_that_breaks() {
    use postpress_runtime::multipart::{FormBody, FormWriter, Upload};

    struct Body(Upload);
    impl FormBody for Body {
        fn write(&self, form: &mut FormWriter) {
            form.field("file").put(&self.0);
        }
    }

    let pieces = futures_util::stream::iter([Ok(postpress_runtime::Bytes::from_static(b"short"))]);
    let longer_than_it_is = Upload::stream(1000, pieces);
    let http = http_client().build().unwrap();
    let request = http.post(only_listen().await);
    let request = Body(longer_than_it_is).to_form().unwrap().apply(request);
    let error: Error = postpress_runtime::execute(&http, request)
        .await
        .unwrap_err()
        .into();
    let Error::Transport(transport) = &error else {
        panic!("{error:?}")
    };
    assert!(transport.is_upload(), "{error:?}");
    assert!(
        error.to_string().starts_with("POST / was not sent whole: "),
        "{error}"
    );
}

#[test]
fn errors_are_small_and_go_anywhere() {
    fn goes_anywhere<T: std::error::Error + Send + Sync + 'static>() {}
    goes_anywhere::<Error>();
    goes_anywhere::<postpress_runtime::Failure>();
    assert_eq!(size_of::<Error>(), 16);
}
