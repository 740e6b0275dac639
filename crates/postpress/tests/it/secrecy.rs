//! The key, ids and texts are in no error, log or span, and the key goes to no other origin.

use std::{
    fmt::{self, Debug, Write},
    sync::{Arc, Mutex, OnceLock},
};

use postpress::{Postpress, Recipient, Upload, linkedin::Classic};
use serde_json::{Value, json};
use tracing::{
    Event, Metadata, Subscriber,
    field::{Field, Visit},
    span::{Attributes, Id, Record},
};

use crate::clock::stop_clock;
use crate::server::{KEY, Reply, Server, http, json as reply, page, problem, sent, started};

const TEXT: &str = "Dear Anna, this is between us";
const CHAT: &str = "chat_anna_33600000000";
const RECIPIENT: &str = "ACoAAanna_personal";

/// Everything that was traced or logged in this process, a line for each span and event.
pub(crate) fn heard() -> &'static Mutex<String> {
    static HEARD: OnceLock<Mutex<String>> = OnceLock::new();
    HEARD.get_or_init(|| {
        tracing::subscriber::set_global_default(Ear).unwrap();
        log::set_logger(&Ear).unwrap();
        log::set_max_level(log::LevelFilter::Trace);
        Mutex::default()
    })
}

struct Ear;

impl Visit for Ear {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        let mut heard = heard().lock().unwrap();
        write!(heard, " {}={value:?}", field.name()).unwrap();
    }
}

impl Subscriber for Ear {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        write!(heard().lock().unwrap(), "\nspan {}", span.metadata().name()).unwrap();
        span.record(&mut Ear);
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        values.record(&mut Ear);
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        write!(heard().lock().unwrap(), "\n{}", event.metadata().level()).unwrap();
        event.record(&mut Ear);
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

impl log::Log for Ear {
    fn enabled(&self, _: &log::Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &log::Record<'_>) {
        write!(heard().lock().unwrap(), "\nlog {}", record.args()).unwrap();
    }

    fn flush(&self) {}
}

/// A value as it prints in both ways, with all that it says it came from.
fn shown(error: &(dyn std::error::Error + 'static)) -> String {
    let mut text = String::new();
    let mut next = Some(error);
    while let Some(error) = next {
        write!(text, "{error} {error:?} {error:#?} ").unwrap();
        next = error.source();
        assert!(next.is_none_or(|source| !error.to_string().contains(&source.to_string())));
    }
    text
}

fn assert_secret(text: &str, secrets: &[&str]) {
    for secret in secrets {
        assert!(!text.contains(secret), "{secret} is in {text}");
    }
}

#[tokio::test]
async fn no_error_or_log_holds_the_key_or_what_is_personal() {
    heard();
    let _clock = stop_clock();
    let faults = [
        problem(422, "errors/blocked_recipient"),
        problem(500, "errors/unexpected_error"),
        problem(429, "errors/too_many_requests"),
        reply("200 OK", format!(r#"{{"message_id": "{TEXT}"}}"#)),
        reply("200 OK", format!(r#""{TEXT}""#)),
        reply("502 Bad Gateway", "<html>"),
        Reply::CloseAfterBody,
        Reply::CloseAfterHead,
        Reply::Silence,
        sent(),
        started(),
    ];
    for fault in faults {
        let server = Server::always(fault).await;
        let verbose = reqwest::Client::builder().connection_verbose(true);
        let client = server.settings().http_client_builder(verbose);
        let client = client.build().unwrap();
        let upload = Upload::bytes(TEXT).with_file_name("anna.txt");
        let calls = [
            client
                .send_message(CHAT)
                .text(TEXT)
                .attach(upload)
                .await
                .err(),
            client
                .start_chat(RECIPIENT, Recipient::linkedin(RECIPIENT))
                .text(TEXT)
                .await
                .err(),
            client.get_chat(CHAT).account(RECIPIENT).await.err(),
            client
                .list_chats()
                .account(RECIPIENT)
                .cursor(TEXT)
                .await
                .err(),
        ];
        for error in calls.iter().flatten() {
            assert_secret(&shown(error), &[KEY, TEXT, CHAT, RECIPIENT, "anna"]);
        }
    }
    let free = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = free.local_addr().unwrap();
    drop(free);
    let client = Postpress::builder()
        .api_key(KEY)
        .base_url(format!("http://{address}"));
    let client = client.retry(crate::server::at_once()).build().unwrap();
    let error = client.send_message(CHAT).text(TEXT).await.unwrap_err();
    assert_secret(&shown(&error), &[KEY, TEXT, CHAT]);

    let heard = heard().lock().unwrap().clone();
    assert_secret(&heard, &[KEY, TEXT, CHAT, RECIPIENT, "anna.txt"]);
    for name in [
        "span postpress",
        "otel.kind=\"client\"",
        "http.request.method=\"POST\"",
        "http.response.status_code=422",
        "http.request.body.size=",
        "http.request.resend_count=1",
        "http.response.body.size=",
        "server.address=\"127.0.0.1\"",
        "server.port=",
        "url.template=\"/chats/{chat_id}/messages\"",
        "error.type=\"timeout\"",
        "postpress.operation=\"sendMessage\"",
        "postpress.attempt=1",
        "postpress.error_type=\"errors/blocked_recipient\"",
        "postpress.delivery=unknown",
    ] {
        assert!(heard.contains(name), "{name} is not in what was traced");
    }
}

#[tokio::test]
async fn a_service_that_repeats_the_key_does_not_make_it_show() {
    heard();
    // JSON may escape any character of it.
    let escaped: String = KEY.bytes().map(|byte| format!("\\u{byte:04x}")).collect();
    for said in [KEY, &escaped] {
        let problem = format!(
            r#"{{"title": "{said}", "detail": ["{said}"], "instance": "{said}", "type": "errors/{said}", "{KEY}": 1}}"#
        );
        let bodies = [
            ("401 Unauthorized", problem.clone()),
            ("200 OK", problem),
            ("502 Bad Gateway", format!("<html>X-API-KEY: {KEY}</html>")),
            ("400 Bad Request", format!("{{\"title\": \"{KEY}")),
            ("302 Found", String::new()),
        ];
        for (status, body) in bodies {
            let reply = http(
                status,
                &[("x-was", KEY), ("location", &format!("/?key={KEY}"))],
                body,
            );
            let server = Server::always(Reply::Bytes(reply)).await;
            let client = server.client();
            let sent = client.send_message(CHAT).text(TEXT).await.unwrap_err();
            let got = client.get_chat(CHAT).await.unwrap_err();
            for error in [sent, got] {
                let parts = (
                    error.title(),
                    error.detail(),
                    error.request_id(),
                    error.error_type(),
                );
                let body = String::from_utf8_lossy(error.raw_body().unwrap());
                let text = format!("{} {parts:?} {body} {:?}", shown(&error), error.headers());
                assert_secret(&text, &[KEY, &escaped]);
            }
        }
    }
    let error = {
        let reply = reply(
            "401 Unauthorized",
            format!(r#"{{"title": "The key {KEY} has expired"}}"#),
        );
        Server::always(reply)
            .await
            .client()
            .list_chats()
            .await
            .unwrap_err()
    };
    assert_eq!(error.title(), Some("The key [redacted] has expired"));
    assert_secret(&heard().lock().unwrap().clone(), &[KEY]);
}

#[tokio::test]
async fn a_success_that_repeats_the_key_does_not_make_it_show() {
    heard();
    let body = r#"{"message_id": "msg_1"}"#;
    let reply = http(
        "201 Created",
        &[("x-request-id", KEY), ("x-was", KEY)],
        body,
    );
    let server = Server::always(Reply::Bytes(reply)).await;
    let sent = server.client().send_message(CHAT).text(TEXT).await.unwrap();
    assert_eq!(sent.response().request_id(), None);
    let shown = format!(
        "{sent:?} {:?} {:?}",
        sent.response(),
        sent.response().headers()
    );
    assert_secret(&shown, &[KEY]);
    assert_secret(&heard().lock().unwrap().clone(), &[KEY]);
}

/// Replaces each value in turn by what does not fit there; gives the JSON of each.
fn mutations(json: &Value, odd: &[Value]) -> Vec<Value> {
    let within = |put: &dyn Fn(Value) -> Value, member: &Value| -> Vec<Value> {
        mutations(member, odd).into_iter().map(put).collect()
    };
    let mut all: Vec<Value> = odd.to_vec();
    match json {
        Value::Object(members) => {
            for (name, member) in members {
                let put = |new: Value| {
                    let mut json = json.clone();
                    json[name] = new;
                    json
                };
                all.extend(within(&put, member));
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                let put = |new: Value| {
                    let mut json = json.clone();
                    json[index] = new;
                    json
                };
                all.extend(within(&put, item));
            }
        }
        _ => {}
    }
    all
}

#[tokio::test]
async fn no_error_of_decoding_holds_what_is_personal() {
    heard();
    // Texts with quotes and other words of the parser in them, numbers that are ids, and ids as keys.
    let odd = [
        json!(format!("\", expected `{TEXT}` at line 1\"")),
        json!(33600000000_u64),
        json!({ RECIPIENT: { CHAT: TEXT } }),
        json!([TEXT, [33600000000_u64]]),
    ];
    let mut page =
        json!({"object": "ChatList", "items": [crate::server::chat(CHAT)], "cursor": null});
    page["items"][0]["name"] = json!(TEXT);
    let mut detail = crate::decoding::detail();
    detail["lastMessage"]["text"] = json!(TEXT);
    detail["lastMessage"]["seen_by"] = json!({ RECIPIENT: true });
    let pages = mutations(&page, &odd);
    let details = mutations(&detail, &odd);
    let current = Arc::new(Mutex::new(Vec::new()));
    let body = Arc::clone(&current);
    let server = Server::start(move |_, _| reply("200 OK", body.lock().unwrap().clone())).await;
    let client = server.client();
    let (mut failed, mut all) = (0, 0);
    let mut look = |error: Option<postpress::Error>| {
        all += 1;
        let Some(error) = error else { return };
        failed += 1;
        assert_secret(
            &shown(&error),
            &[TEXT, CHAT, RECIPIENT, "33600000000", "Anna"],
        );
    };
    for json in &pages {
        *current.lock().unwrap() = json.to_string().into_bytes();
        look(client.list_chats().await.err());
    }
    for json in &details {
        *current.lock().unwrap() = json.to_string().into_bytes();
        look(client.get_chat(CHAT).await.err());
    }
    assert!(failed > 0 && all > 300, "{failed} of {all}");
    let heard = heard().lock().unwrap().clone();
    assert_secret(&heard, &[TEXT, CHAT, RECIPIENT, "33600000000"]);
}

#[tokio::test]
async fn an_odd_chat_is_traced_without_its_contents() {
    heard();
    let odd = json!({"id": CHAT, "name": [TEXT], TEXT: 33600000000_u64});
    let list = json!({"items": [odd], "cursor": null});
    let server = Server::always(reply("200 OK", list.to_string())).await;
    let page = server.client().list_chats().await.unwrap();
    assert_eq!(page.odd().len(), 1);
    let heard = heard().lock().unwrap();
    assert!(heard.contains("a chat of a page does not decode"));
    assert_secret(&heard, &[KEY, TEXT, CHAT]);
    assert_secret(&format!("{page:?}"), &[KEY, TEXT, CHAT, "33600000000"]);
}

#[tokio::test]
async fn a_body_that_does_not_decode_is_not_quoted() {
    // An id is the key of a map, and the JSON breaks off in its value.
    let detail = crate::decoding::detail().to_string();
    let (start, _) = detail.split_once(r#""seen_by":{"#).unwrap();
    let key = format!(r#"{start}"seen_by":{{"{CHAT}":tru"#);
    let own_words = format!(r#"{{"id": ["\"{TEXT}\", expected \"{TEXT}"]}}"#);
    let number = r#"{"object": "Chat", "type": {"33600000000": 1}}"#.to_owned();
    for (body, expected) in [
        (own_words, "at `id`: expected a string, found an array"),
        (number, "at `type`: "),
        (key, "at `lastMessage`: EOF while parsing a value"),
    ] {
        let server = Server::always(reply("200 OK", &body)).await;
        let error = server.client().get_chat(CHAT).await.unwrap_err();
        let shown = shown(&error);
        assert!(shown.contains(expected), "{shown}");
        assert_secret(&shown, &[KEY, TEXT, "Anna", CHAT, "33600000000"]);
    }
}

#[test]
fn refused_values_are_named_without_being_shown() {
    let client = Postpress::new(KEY).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let call = client
        .start_chat(
            " ",
            [Recipient::linkedin(CHAT), Recipient::whatsapp("anna")],
        )
        .text(TEXT);
    let error = runtime.block_on(call.into_future()).unwrap_err();
    assert!(error.invalid_fields().len() >= 3, "{error}");
    assert_secret(&shown(&error), &[KEY, TEXT, CHAT, "anna"]);
}

#[test]
fn nothing_shows_the_key_or_texts_in_debug() {
    let settings = Postpress::builder()
        .api_key(KEY)
        .proxy("http://user:pa55word@127.0.0.1:1");
    assert_secret(&format!("{settings:?} {settings:#?}"), &[KEY, "pa55word"]);
    let client = settings.build().unwrap();
    let recipient = Recipient::linkedin(RECIPIENT);
    let message = client.send_message(CHAT).text(TEXT).account(RECIPIENT);
    let shown: [&dyn fmt::Debug; 7] = [
        &client,
        &client.list_chats().account(RECIPIENT).cursor(CHAT),
        &client.get_chat(CHAT).account(RECIPIENT),
        &message,
        &message.clone().build_request().unwrap(),
        &client
            .start_chat(RECIPIENT, recipient.clone())
            .text(TEXT)
            .linkedin(Classic::new().applicant(CHAT)),
        &recipient,
    ];
    for value in shown {
        assert_secret(
            &format!("{value:?} {value:#?}"),
            &[KEY, TEXT, CHAT, RECIPIENT, "pa55word"],
        );
    }
}

#[tokio::test]
async fn a_redirect_does_not_take_the_key_elsewhere() {
    let other = Server::always(page(&[], None)).await;
    for status in [
        "301 Moved",
        "302 Found",
        "303 See Other",
        "307 Temporary",
        "308 Permanent",
    ] {
        let location = format!("{}/chats", other.url());
        let away = Reply::Bytes(http(status, &[("location", &location)], ""));
        let server = Server::always(away).await;
        let follows = reqwest::Client::builder().redirect(reqwest::redirect::Policy::limited(5));
        for client in [
            server.client(),
            server
                .settings()
                .http_client_builder(follows)
                .build()
                .unwrap(),
        ] {
            let error = client.list_chats().await.unwrap_err();
            assert!((300..400).contains(&error.status().unwrap()), "{error}");
            assert!(client.send_message("c").text("Hello").await.is_err());
        }
    }
    assert!(other.requests().is_empty());
}
