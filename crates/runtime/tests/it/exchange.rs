//! Requests and responses over a real connection.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, mpsc};
use std::time::Duration;

use crate::support::{http, only_listen, respond};
use postpress_runtime::multipart::{FormBody, FormWriter, Upload};
use postpress_runtime::reqwest::StatusCode;
use postpress_runtime::{
    ByteStream, Credentials, Decode, Empty, Error, Json, Method, Raw, Receipt, Request, Response,
    Service, Text, Timestamp, http_client,
};

/// What the generator makes of a document.
struct Api {
    service: Service,
    api_key: Option<Credentials>,
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

#[derive(Default)]
struct ListChatsParams {
    account_id: Vec<String>,
    before: Option<Timestamp>,
    limit: Option<i64>,
}

impl Api {
    fn new(base_url: &str) -> Self {
        Self {
            service: service(base_url),
            api_key: Some(Credentials::api_key("X-API-KEY", "s3cret").unwrap()),
        }
    }

    fn list_chats(&self, params: &ListChatsParams) -> Request<'_, Json<ChatList>, Problem> {
        Request::new(&self.service, "listChats", Method::GET, "/chats")
            .credentials(self.api_key.as_ref())
            .accept("application/json")
            .query_joined("account_id", &params.account_id, ',')
            .query("before", &params.before)
            .query("limit", &params.limit)
    }
}

fn service(base_url: &str) -> Service {
    Service::new(base_url, http_client().build().unwrap())
}

fn private() -> ListChatsParams {
    ListChatsParams {
        account_id: vec!["private".into()],
        ..Default::default()
    }
}

/// What comes of listing chats when the server responds with these bytes.
async fn list(response: Vec<u8>) -> Result<Response<ChatList>, Error<Problem>> {
    let (base_url, _) = respond(response).await;
    Api::new(&base_url).list_chats(&Default::default()).await
}

/// What comes of a request whose response is read as `D` when the server responds with these bytes.
async fn read<D: Decode>(
    response: impl Into<Vec<u8>>,
) -> Result<Response<D::Value>, Error<Problem>> {
    let (base_url, _) = respond(response).await;
    Request::<D, Problem>::new(&service(&base_url), "read", Method::GET, "/")
        .send()
        .await
}

#[tokio::test]
async fn a_request_is_exactly_what_was_asked() {
    let (base_url, received) = respond(http("200 OK", "", br#"{"items": []}"#)).await;
    let before = "2026-05-17T09:42:11Z".parse().unwrap();
    let params = ListChatsParams {
        account_id: vec!["a,b".into(), "c".into()],
        before: Some(before),
        limit: Some(20),
    };
    let api = Api::new(&format!("{base_url}/v1/"));
    api.list_chats(&params).await.unwrap();
    let host = base_url.strip_prefix("http://").unwrap();
    // Of all crates that are built with this one, some ask for compression.
    let received = received.await.unwrap();
    let lines = received.split_inclusive("\r\n");
    let lines = lines.filter(|line| !line.starts_with("accept-encoding: "));
    assert_eq!(
        lines.collect::<String>(),
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
        assert_eq!(response.value().items, [Chat { id: "1".into() }]);
    }
}

#[tokio::test]
async fn a_byte_order_mark_and_a_broken_character_lose_nothing() {
    let body = b"\xEF\xBB\xBF{\"items\": [{\"id\": \"a\xFFb\"}]}";
    let response = list(http("200 OK", "", body)).await.unwrap();
    assert_eq!(response.value().items[0].id, "a\u{FFFD}b");
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
        "GET /chats: the service answered 201 Created, but its body did not decode: at `items[1]`: missing field `id` at line 1 column 35"
    );
    assert_eq!(error.status(), Some(StatusCode::CREATED));
    assert_eq!(error.body().unwrap(), &body[..]);
    let Error::InvalidBody(invalid) = error else {
        panic!("{error:?}")
    };
    let fault = invalid.decode_error().unwrap();
    assert_eq!(fault.json_path(), Some("items[1]"));
}

#[tokio::test]
async fn an_empty_success_is_said_to_be_empty() {
    let error = list(http("200 OK", "", b" ")).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "GET /chats: the service answered 200 OK, but its body did not decode: it is empty"
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
        "GET /chats: the service answered 401 Unauthorized: Unauthorized: The key has expired. (errors/expired_credentials)"
    );
}

#[tokio::test]
async fn a_success_whose_body_is_a_problem_is_one_from_status_400_on() {
    for (status, is_problem) in [(399, false), (400, true), (503, true)] {
        let body = format!(r#"{{"title": "Title", "status": {status}}}"#);
        let read = read::<Receipt<i64>>(http("200 OK", "", body.as_bytes())).await;
        assert_eq!(read.is_err(), is_problem, "{status}");
    }
}

#[tokio::test]
async fn credentials_that_the_service_repeats_are_redacted() {
    let body = br#"{"title": "No", "detail": "tok-0123456789 has expired", "type": "errors/no"}"#;
    let (base_url, server) = respond(http("401 Unauthorized", "", body)).await;
    let mut api = Api::new(&base_url);
    api.api_key = Some(Credentials::bearer("tok-0123456789").unwrap());
    let error = api.list_chats(&private()).await.unwrap_err();
    assert!(server.await.unwrap().contains("Bearer tok-0123456789"));
    assert_eq!(
        error.problem().unwrap().detail.as_deref(),
        Some("[redacted] has expired")
    );
}

#[tokio::test]
async fn an_error_keeps_its_status_and_body_whatever_the_body_is() {
    let long = "x".repeat(10_000);
    let cases: [(&[u8], &str); 7] = [
        (
            b"",
            "GET /chats: the service answered 502 Bad Gateway, with an empty body",
        ),
        (
            b"<html><h1>Bad gateway</h1></html>",
            "GET /chats: the service answered 502 Bad Gateway: an HTML page instead of JSON: <html><h1>Bad gateway</h1></html>",
        ),
        (
            b"<Error><Code>Slow</Code></Error>",
            "GET /chats: the service answered 502 Bad Gateway: <Error><Code>Slow</Code></Error>",
        ),
        (
            b"upstream\r\nis \x1B[31mdown",
            "GET /chats: the service answered 502 Bad Gateway: upstream is \u{FFFD}[31mdown",
        ),
        (
            b"\xFF\xFE\x00",
            "GET /chats: the service answered 502 Bad Gateway: 3 bytes that are not text",
        ),
        (
            br#"{"message": "no"}"#,
            "GET /chats: the service answered 502 Bad Gateway: no",
        ),
        (
            long.as_bytes(),
            &format!(
                "GET /chats: the service answered 502 Bad Gateway: {}…",
                "x".repeat(200)
            ),
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
        .list_chats(&private())
        .await
        .unwrap_err();
    let Error::Transport(transport) = &error else {
        panic!("{error:?}")
    };
    assert!(transport.is_connect() && !transport.is_timeout() && !transport.is_upload());
    assert!(
        error.to_string().starts_with(
            "GET /chats: the request was not sent: could not connect: Connection refused"
        ),
        "{error}"
    );
}

#[tokio::test]
async fn a_response_that_does_not_come_is_a_timeout() {
    let mut api = Api::new(&only_listen().await);
    let http = http_client().timeout(Duration::from_millis(50));
    api.service = Service::new(api.service.base_url(), http.build().unwrap());
    let error = api.list_chats(&private()).await.unwrap_err();
    let Error::Transport(transport) = &error else {
        panic!("{error:?}")
    };
    assert!(transport.is_timeout() && !transport.is_connect());
    assert_eq!(
        error.to_string(),
        "GET /chats: the request got no response in time: operation timed out"
    );
}

#[tokio::test]
async fn a_success_whose_body_breaks_off_keeps_its_status() {
    let error = list(b"HTTP/1.1 201 Created\r\nContent-Length: 100\r\n\r\n{".to_vec())
        .await
        .unwrap_err();
    // The request was sent, or there would be no response.
    assert!(
        matches!(&error, Error::Transport(error) if !error.is_connect()),
        "{error:?}"
    );
    assert_eq!(error.status(), Some(StatusCode::CREATED));
    assert!(
        error
            .to_string()
            .starts_with("GET /chats: the service answered 201 Created, but its body broke off: "),
        "{error}"
    );
}

#[tokio::test]
async fn a_connection_that_closes_without_a_response_leaves_the_effect_unknown() {
    let error = list(Vec::new()).await.unwrap_err();
    let Error::Transport(transport) = &error else {
        panic!("{error:?}")
    };
    assert!(!transport.is_connect());
    assert_eq!(transport.status(), None);
    assert!(
        error
            .to_string()
            .starts_with("GET /chats: the request got no response: the exchange broke off"),
        "{error}"
    );
}

#[tokio::test]
async fn no_error_prints_secrets_query_values_cookies_or_whole_bodies() {
    let mut errors = Vec::new();
    for response in [
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
        let (base_url, _) = respond(response).await;
        let base_url = base_url.replace("http://", "http://user:passw0rd@");
        errors.push(
            Api::new(&base_url)
                .list_chats(&private())
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
    let api = Api::new("http://127.0.0.1:1");
    let params = ListChatsParams {
        account_id: vec!["x".repeat(70_000)],
        ..Default::default()
    };
    let error = api.list_chats(&params).await.unwrap_err();
    assert!(matches!(error, Error::InvalidRequest(_)), "{error:?}");
    assert!(error.context().is_none());
    assert!(
        error
            .to_string()
            .starts_with("the request could not be built: "),
        "{error}"
    );
}

#[tokio::test]
async fn every_error_after_the_request_knows_its_operation() {
    for response in [
        Vec::new(),
        http("500 Oops", "", b""),
        http("200 OK", "", b"{}"),
        b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n12".to_vec(),
    ] {
        let (base_url, _) = respond(response).await;
        let api = Api::new(&format!("{base_url}/v1"));
        let error = api.list_chats(&private()).await.unwrap_err();
        let context = error.context().unwrap();
        assert_eq!(context.operation_id(), "listChats");
        assert_eq!(context.method(), Method::GET);
        assert_eq!(context.path_template(), "/chats");
        assert_eq!(context.path(), "/v1/chats");
        assert_eq!(context.to_string(), "GET /v1/chats");
    }
}

#[tokio::test]
async fn an_empty_response_decodes_as_nothing() {
    let response = b"HTTP/1.1 204 No Content\r\n\r\n";
    let empty: Response<()> = read::<Empty>(response).await.unwrap();
    assert_eq!(empty.status(), StatusCode::NO_CONTENT);
    let _: Response<()> = read::<Json<()>>(response).await.unwrap();
}

#[tokio::test]
async fn text_is_read_as_utf_8() {
    let text = read::<Text>(http("200 OK", "", "\u{FEFF}grüezi".as_bytes())).await;
    assert_eq!(text.unwrap().into_value(), "grüezi");
    let error = read::<Text>(http("200 OK", "", b"gr\xFCezi")).await;
    assert_eq!(error.unwrap_err().body().unwrap(), &b"gr\xFCezi"[..]);
}

/// A response whose body breaks off.
const BROKEN: &[u8] = b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n12";

#[tokio::test]
async fn a_raw_body_is_read_as_it_comes() {
    let body = vec![7; 100_000];
    let response = read::<Raw>(http("200 OK", "Set-Cookie: session=c00kie\r\n", &body))
        .await
        .unwrap();
    assert!(!format!("{response:?}").contains("c00kie"));
    let mut stream: ByteStream = response.into_value();
    assert_eq!(stream.content_length(), Some(100_000));
    let mut read_so_far = stream.chunk().await.unwrap().unwrap().to_vec();
    read_so_far.extend(stream.bytes().await.unwrap());
    assert_eq!(read_so_far, body);

    let stream = read::<Raw>(BROKEN).await.unwrap().into_value();
    let error = stream.bytes().await.unwrap_err();
    assert_eq!(error.status(), Some(StatusCode::OK));
    assert_eq!(error.context().operation_id(), "read");
}

#[tokio::test]
async fn a_stream_ends_after_its_first_error() {
    use futures_util::StreamExt;

    let stream = read::<Raw>(BROKEN).await.unwrap().into_value();
    let items: Vec<_> = stream.into_stream().collect().await;
    assert!(items.last().unwrap().is_err());
    assert_eq!(items.iter().filter(|item| item.is_err()).count(), 1);
}

/// A value that takes until it is told to be done.
#[derive(Debug)]
struct WhenTold;

static BEGUN: AtomicUsize = AtomicUsize::new(0);
static TOLD: Mutex<Option<mpsc::Receiver<()>>> = Mutex::new(None);

impl<'de> serde::Deserialize<'de> for WhenTold {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        serde::de::IgnoredAny::deserialize(deserializer)?;
        BEGUN.fetch_add(1, Ordering::SeqCst);
        let told = TOLD.lock().unwrap();
        let told = told.as_ref().unwrap().recv_timeout(Duration::from_secs(60));
        told.map(|()| Self).map_err(serde::de::Error::custom)
    }
}

#[tokio::test]
async fn a_large_body_holds_up_nothing_while_it_is_decoded_not_even_its_time_limit() {
    let (tell, told) = mpsc::channel();
    *TOLD.lock().unwrap() = Some(told);
    let large = http("200 OK", "", &[&[b' '; 1 << 20][..], b"{}"].concat());
    let other_task = async {
        while BEGUN.load(Ordering::SeqCst) == 0 {
            tokio::task::yield_now().await;
        }
        tell.send(()).unwrap();
    };
    let (decoded, ()) = tokio::join!(read::<Json<WhenTold>>(large.clone()), other_task);
    decoded.unwrap();

    let (base_url, _) = respond(large).await;
    let service = service(&base_url);
    let request: Request<'_, Json<WhenTold>> = Request::new(&service, "read", Method::GET, "/");
    let error = request.timeout(Duration::from_secs(2)).await.unwrap_err();
    assert!(matches!(&error, Error::Transport(error) if error.is_timeout()));
    assert_eq!(error.status(), Some(StatusCode::OK), "{error}");
    tell.send(()).unwrap();
}

struct File(Upload);

impl FormBody for File {
    fn write(&self, form: &mut FormWriter) {
        form.field("file").put(&self.0);
    }
}

#[tokio::test]
async fn an_upload_that_fails_is_told_from_a_connection_that_breaks() {
    let pieces = futures_util::stream::iter([Ok(postpress_runtime::Bytes::from_static(b"short"))]);
    let longer_than_it_is = File(Upload::stream(1000, pieces));
    let service = service(&only_listen().await);
    let request: Request<'_, Empty> = Request::new(&service, "upload", Method::POST, "/");
    let error = request.form(&longer_than_it_is).await.unwrap_err();
    let Error::Transport(transport) = &error else {
        panic!("{error:?}")
    };
    assert!(transport.is_upload(), "{error:?}");
    assert!(
        error
            .to_string()
            .starts_with("POST /: the request was not sent whole: "),
        "{error}"
    );
}

#[tokio::test]
async fn the_form_that_was_looked_at_is_the_one_that_is_sent() {
    let (base_url, received) = respond(http("200 OK", "", b"")).await;
    let service = service(&base_url);
    let file = File(Upload::bytes("12345").with_file_name("a.txt"));
    let request: Request<'_, Empty> = Request::new(&service, "upload", Method::POST, "/");
    let mut request = request.form(&file);
    let form = request.prepare_form().unwrap().unwrap();
    assert_eq!(form.parts()[0].length(), 5);
    let (boundary, length) = (form.boundary().to_owned(), form.content_length());
    request.await.unwrap();
    let received = received.await.unwrap();
    assert!(received.contains(&format!("boundary={boundary}\r\n")));
    assert!(received.contains(&format!("content-length: {length}\r\n")));
}

#[test]
fn requests_can_be_sent_from_any_thread() {
    fn goes_anywhere<T: Send>(_: &T) {}
    let service = service("http://h");
    let file = File(Upload::bytes("1"));
    let request: Request<'_, Raw> = Request::new(&service, "upload", Method::POST, "/");
    let request = request.form(&file);
    goes_anywhere(&request);
    goes_anywhere(&request.into_future());
}

#[test]
fn errors_are_small_and_go_anywhere() {
    fn goes_anywhere<T: std::error::Error + Send + Sync + 'static>() {}
    goes_anywhere::<Error>();
    assert_eq!(size_of::<Error>(), 16);
}

/// A resolver that never finds anything.
struct Never;

impl postpress_runtime::reqwest::dns::Resolve for Never {
    fn resolve(
        &self,
        _: postpress_runtime::reqwest::dns::Name,
    ) -> postpress_runtime::reqwest::dns::Resolving {
        Box::pin(std::future::pending())
    }
}

#[tokio::test(start_paused = true)]
async fn connecting_takes_ten_seconds_at_most() {
    let http = http_client()
        .no_proxy()
        .dns_resolver(std::sync::Arc::new(Never));
    let call = http.build().unwrap().get("http://name.example").send();
    // The clock stands still until everybody waits, and then goes on by itself.
    let result = tokio::time::timeout(Duration::from_secs(11), call).await;
    let error = result.expect("there is a limit").unwrap_err();
    assert!(error.is_connect() && error.is_timeout(), "{error:?}");
}
