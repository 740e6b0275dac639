//! No response makes anything panic, and no text that is sent gets out of its field.

use std::sync::{Arc, Mutex, OnceLock};

use postpress::{
    Postpress, RetryPolicy, Upload,
    linkedin::{Classic, FollowUp, Recruiter, Schedule},
};
use proptest::{collection::vec, prelude::*, sample::select};
use serde_json::Value;
use tokio::runtime::Runtime;

use crate::{
    decoding::detail,
    server::{Part, Reply, Server, chat, http, sent},
};

fn runtime() -> &'static Runtime {
    static RUNTIME: OnceLock<Runtime> = OnceLock::new();
    RUNTIME.get_or_init(|| Runtime::new().unwrap())
}

/// A server and a client of it, for all cases of a test: making a client takes longer than calling with it.
struct Fixture {
    server: Server,
    client: Postpress,
    reply: Arc<Mutex<Reply>>,
}

thread_local! {
    static FIXTURE: Fixture = runtime().block_on(Fixture::new());
}

impl Fixture {
    async fn new() -> Self {
        let reply = Arc::new(Mutex::new(Reply::CloseAfterHead));
        let current = Arc::clone(&reply);
        let server = Server::start(move |_, _| current.lock().unwrap().clone()).await;
        let settings = server.settings().retry(RetryPolicy::never());
        let client = settings.build().unwrap();
        Self {
            server,
            client,
            reply,
        }
    }

    /// Runs `test` with the client of a server that always replies so.
    fn run(reply: Reply, test: impl AsyncFnOnce(&Postpress, &Server)) {
        FIXTURE.with(|fixture| {
            *fixture.reply.lock().unwrap() = reply;
            runtime().block_on(test(&fixture.client, &fixture.server));
        });
    }
}

/// Calls everything with a response, and looks at all that comes of it.
fn survive(response: Vec<u8>) {
    Fixture::run(Reply::BytesThenClose(response), async |client, _| {
        let errors = [
            client.list_chats().await.map(|page| {
                let _ = (page.has_next(), page.raw_json(), format!("{page:?}"));
                for chat in page {
                    let _ = (chat.raw_json(), chat.mute(), serde_json::to_value(&chat));
                }
            }),
            client.get_chat("c").await.map(|chat| {
                let _ = (
                    chat.raw_json(),
                    chat.mute(),
                    serde_json::to_value(&chat),
                    chat.unread_count(),
                );
                if let Some(message) = chat.last_message() {
                    let _ = (message.event(), message.seen_by(""), format!("{message:?}"));
                }
            }),
            client.send_message("c").text("t").await.map(drop),
            client.start_chat("a", "b").text("t").await.map(drop),
        ];
        for error in errors.into_iter().filter_map(Result::err) {
            let _ = (
                error.to_string(),
                format!("{error:?}"),
                error.error_type(),
                error.retry_after(),
            );
            let _ = (
                error.title(),
                error.detail(),
                error.request_id(),
                error.raw_body(),
            );
            assert!(error.to_string().len() < 2000, "{error}");
        }
    });
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,12}".prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        let name = select(vec![
            "object",
            "items",
            "id",
            "type",
            "title",
            "status",
            "lastMessage",
            "cursor",
            "x",
        ]);
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Value::from),
            vec((name, inner), 0..4).prop_map(|members| {
                Value::Object(
                    members
                        .into_iter()
                        .map(|(name, value)| (name.to_owned(), value))
                        .collect(),
                )
            }),
        ]
    })
}

/// Puts `graft` somewhere into `tree`.
fn mutate(tree: &mut Value, path: &[usize], graft: Value) {
    let Some((step, rest)) = path.split_first() else {
        *tree = graft;
        return;
    };
    let child = match tree {
        Value::Array(items) if !items.is_empty() => {
            let index = step % items.len();
            items.get_mut(index)
        }
        Value::Object(members) if !members.is_empty() => {
            let index = step % members.len();
            members.values_mut().nth(index)
        }
        _ => None,
    };
    match child {
        Some(child) => mutate(child, rest, graft),
        None => *tree = graft,
    }
}

fn good() -> impl Strategy<Value = Value> {
    let page =
        serde_json::json!({"object": "ChatList", "items": [chat("a"), chat("b")], "cursor": "2"});
    let problem = serde_json::json!({"title": "t", "type": "errors/no_handler", "status": 503, "detail": "d"});
    let sent = serde_json::json!({"object": "MessageSent", "message_id": "m"});
    select(vec![detail(), page, problem, sent])
}

fn status() -> impl Strategy<Value = &'static str> {
    select(vec![
        "200 OK",
        "201 Created",
        "204 No Content",
        "400 Bad",
        "422 Bad",
        "500 Bad",
        "503 Bad",
        "302 Found",
    ])
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn mutated_responses_never_panic(
        mut json in good(),
        path in vec(any::<usize>(), 0..5),
        graft in any_json(),
        status in status(),
    ) {
        mutate(&mut json, &path, graft);
        survive(http(status, &[("retry-after", "99999")], json.to_string()));
    }

    #[test]
    fn broken_bytes_never_panic(
        json in good(),
        changes in vec((any::<usize>(), any::<u8>()), 1..6),
        cut in any::<usize>(),
        status in status(),
    ) {
        let mut bytes = json.to_string().into_bytes();
        for (at, byte) in changes {
            let at = at % bytes.len();
            bytes[at] = byte;
        }
        bytes.truncate(cut % (2 * bytes.len()));
        survive(http(status, &[], bytes));
    }

    #[test]
    fn arbitrary_bytes_for_a_response_never_panic(response in vec(any::<u8>(), 0..200)) {
        survive(response);
    }

    #[test]
    fn arbitrary_headers_never_panic(value in "[ -~]{0,30}") {
        survive(http("429 Busy", &[("retry-after", &value), ("content-type", &value)], &value));
    }

    #[test]
    fn no_text_escapes_its_field(texts in vec(text(), 14)) {
        escapes_not(&texts);
    }
}

/// Texts that are likely to break something.
fn text() -> impl Strategy<Value = String> {
    let nasty = select(vec![
        "\r\n--boundary--\r\n",
        "\r\nContent-Disposition: form-data; name=\"x\"\r\n\r\n",
        "\"",
        "\"; name=\"text",
        "%22",
        "\0",
        "linkedin[api]",
        "../..",
        "?a=b&c=d#e",
        "\u{202e}",
        "💬",
        "-----",
        "&",
        "a\nb",
        "\\",
        "%2e%2e",
    ]);
    prop_oneof![
        any::<String>(),
        nasty.clone().prop_map(str::to_owned),
        (any::<String>(), nasty).prop_map(|(a, b)| a + b)
    ]
}

fn escapes_not(texts: &[String]) {
    Fixture::run(sent(), async |client, server| {
        let [a, b, c, d, e, f, g, h, i, j, k, l, m, n] = texts else {
            unreachable!()
        };
        let file = |name: &str| Upload::bytes("x").with_file_name(name);

        let _ = client
            .send_message(a)
            .text(b)
            .account(c)
            .thread(d)
            .quote(e)
            .typing_duration(f)
            .attach(file(g))
            .await;
        check(
            server,
            &format!("/v1/chats/{a}/messages"),
            &[b, c, d, e, "x", f],
            &[
                "text",
                "account_id",
                "thread_id",
                "quote_id",
                "attachments",
                "typing_duration",
            ],
        )
        .await;

        let options = Classic::new().applicant(e).invitation(f);
        let _ = client
            .start_chat(a, b)
            .text(c)
            .subject(d)
            .linkedin(options)
            .await;
        check(
            server,
            "/v1/chats",
            &[a, b, c, d, "classic", e, f],
            &[
                "account_id",
                "attendees_ids",
                "text",
                "subject",
                "linkedin[api]",
                "linkedin[applicant_id]",
                "linkedin[invitation_id]",
            ],
        )
        .await;

        let follow_up = FollowUp::new(k, l, Schedule::days(3, "UTC"));
        let options = Recruiter::new()
            .signature(g)
            .hiring_project(h)
            .job_posting(i)
            .email_address(j)
            .follow_up(follow_up);
        let _ = client
            .start_chat("a", "b")
            .text("t")
            .linkedin(options)
            .await;
        check(
            server,
            "/v1/chats",
            &["a", "b", "t", "recruiter", g, h, i, j, k, l, "3", "UTC"],
            &[
                "account_id",
                "attendees_ids",
                "text",
                "linkedin[api]",
                "linkedin[signature]",
                "linkedin[hiring_project_id]",
                "linkedin[job_posting_id]",
                "linkedin[email_address]",
                "linkedin[follow_up][subject]",
                "linkedin[follow_up][text]",
                "linkedin[follow_up][scheduled_time][days]",
                "linkedin[follow_up][scheduled_time][timezone]",
            ],
        )
        .await;

        let _ = client.list_chats().account(m).cursor(n).await;
        if let Some(request) = take(server) {
            assert_eq!(request.query("account_id"), [m.as_str()]);
            assert_eq!(request.query("cursor"), [n.as_str()]);
            assert!(request.target.starts_with("/v1/chats?account_id="));
            assert_eq!(request.target.matches('&').count(), 1);
        }
        let _ = client.get_chat(m).account(n).await;
        if let Some(request) = take(server) {
            assert_eq!(request.query("account_id"), [n.as_str()]);
            let url = url::Url::parse(&format!("http://server{}", request.target)).unwrap();
            let path: Vec<&str> = url.path_segments().unwrap().collect();
            assert_eq!(path.len(), 3, "{}", request.target);
            assert_eq!(decode(path[2]), *m);
        }
    });
}

/// The newest request, if there is one that was not looked at; refusing is as good as sending truly.
fn take(server: &Server) -> Option<crate::server::Request> {
    server.take().pop()
}

async fn check(server: &Server, path: &str, values: &[&str], names: &[&str]) {
    let Some(request) = take(server) else { return };
    let target = &request.target;
    assert_eq!(decode(target), path);
    let slashes = if path == "/v1/chats" { 2 } else { 4 };
    assert_eq!(target.matches('/').count(), slashes, "{target}");
    assert!(!target.contains(['?', '#', ' ']), "{target}");
    let parts: Vec<Part> = request.parts().await;
    let found: Vec<&str> = parts.iter().map(|part| &*part.name).collect();
    assert_eq!(found, names);
    for (part, value) in parts.iter().zip(values) {
        assert_eq!(part.content, value.as_bytes(), "{}", part.name);
    }
}

fn decode(text: &str) -> String {
    percent_encoding::percent_decode_str(text)
        .decode_utf8()
        .unwrap()
        .into_owned()
}

#[test]
fn a_client_survives_nothing_at_all() {
    survive(Vec::new());
    let client = Postpress::new("k").unwrap();
    assert!(
        runtime()
            .block_on(client.get_chat("").into_future())
            .is_err()
    );
}
