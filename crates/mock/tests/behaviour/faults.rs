//! Faults, as a client sees them.

use std::io::ErrorKind;
use std::pin::pin;
use std::time::{Duration, SystemTime};

use postpress_mock::{Expect, Fault, MockServer, Oddity, Outcome, RetryAfter};
use reqwest::redirect;
use serde_json::{Value, json};

use crate::support::{form, get, head, observed, post, raw};

const CHAT: &str = "/chats/9f9uio56sopa456s";

async fn with(fault: Fault) -> MockServer {
    let server = MockServer::start().await;
    server.inject(fault);
    server
}

/// Sends a message over a socket of its own, and returns all that comes back.
async fn send(server: &MockServer) -> std::io::Result<String> {
    let body = "--B\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\nHello\r\n--B--\r\n";
    let request = format!(
        "POST /v1{CHAT}/messages HTTP/1.1\r\nHost: h\r\nX-API-KEY: k\r\nConnection: close\r\n\
         Content-Type: multipart/form-data; boundary=B\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    raw(server, request).await
}

fn outcomes(server: &MockServer) -> Vec<Outcome> {
    server.received().iter().map(|it| it.outcome()).collect()
}

#[tokio::test]
async fn latency_lets_later_requests_overtake_and_ends() {
    let server = with(Fault::latency(Duration::from_secs(3600))).await;
    let request = reqwest::Client::new().get(server.base_url() + CHAT);
    let delayed = tokio::spawn(request.header("X-API-KEY", "k").send());
    // The fault is used up when its request has arrived.
    while !server.pending_faults().is_empty() {
        tokio::task::yield_now().await;
    }
    assert_eq!(get(&server, "/chats").await.0, 200);
    assert!(!delayed.is_finished());
    assert_eq!(server.received_count(), 1);

    server.inject(Fault::latency(Duration::from_millis(1)));
    assert_eq!(get(&server, "/chats").await.0, 200);
    assert_eq!(server.received()[1].faults(), ["latency=1ms"]);
}

#[tokio::test]
async fn a_connection_that_is_reset_before_the_request_is_read_delivers_nothing() {
    let server = with(Fault::reset_before_read()).await;
    let error = send(&server).await.expect_err("a reset");
    assert_eq!(error.kind(), ErrorKind::ConnectionReset);
    assert_eq!(outcomes(&server), [Outcome::ResetBeforeRead]);
    assert!(server.received()[0].parts().is_empty());
    assert_eq!(server.messages_sent(), 0);
    assert!(
        send(&server)
            .await
            .expect("a response")
            .starts_with("HTTP/1.1 201")
    );
}

#[tokio::test]
async fn a_connection_that_is_reset_after_the_request_was_read_delivers_the_message() {
    let server = with(Fault::reset_after_read()).await;
    let error = send(&server).await.expect_err("a reset");
    assert_eq!(error.kind(), ErrorKind::ConnectionReset);
    assert_eq!(outcomes(&server), [Outcome::ResetAfterRead]);
    server.assert_received(Expect::operation("sendMessage").text("text", "Hello"));
    assert_eq!(server.messages_sent(), 1);
}

#[tokio::test]
async fn a_response_that_is_cut_short_has_half_of_the_length_that_it_declares() {
    let server = with(Fault::cut_short().times(2)).await;
    for request in [head("GET", "/v1/chats"), head("GET", &format!("/v1{CHAT}"))] {
        let response = raw(&server, request).await.expect("half a response");
        let (head, body) = response.split_once("\r\n\r\n").expect("a whole head");
        let length = head
            .lines()
            .find_map(|line| line.strip_prefix("content-length: "));
        let length: usize = length.and_then(|it| it.parse().ok()).expect("a length");
        assert_eq!(body.len(), length / 2);
    }
    assert_eq!(
        outcomes(&server),
        [Outcome::CutShort(200), Outcome::CutShort(200)]
    );
}

#[tokio::test]
async fn a_large_response_is_cut_in_the_middle_as_well() {
    let server = MockServer::builder()
        .empty_inbox()
        .start()
        .await
        .expect("a server");
    let name = "A name of some length. ".repeat(100);
    for _ in 0..250 {
        server.add_chat(json!({ "name": name })).expect("a chat");
    }
    server.inject(Fault::cut_short());
    let response = raw(&server, head("GET", "/v1/chats?limit=250"))
        .await
        .expect("half a response");
    assert!(response.len() > 300_000, "{}", response.len());
}

#[tokio::test]
async fn a_request_that_hangs_is_carried_out_and_never_gets_a_response() {
    let (server, mut handled) = observed(Fault::hang()).await;
    let mut sending = pin!(send(&server));
    let received = tokio::select! {
        _ = &mut sending => panic!("there is a response"),
        received = handled.recv() => received.expect("a request"),
    };
    assert_eq!(received.outcome(), Outcome::Hung);
    assert_eq!(server.messages_sent(), 1);
    // Whatever comes later gets its response first.
    tokio::select! {
        biased;
        _ = &mut sending => panic!("there is a response"),
        (status, _) = get(&server, "/chats") => assert_eq!(status, 200),
    }
}

#[tokio::test]
async fn too_many_requests_come_with_either_kind_of_retry_after_or_none() {
    let two = Duration::from_secs(2);
    let server = MockServer::start().await;
    for retry_after in [
        RetryAfter::Absent,
        RetryAfter::Seconds(two),
        RetryAfter::Date(two),
    ] {
        server.inject(Fault::too_many_requests(retry_after));
        let request = reqwest::Client::new().get(server.base_url() + "/chats");
        let now = SystemTime::now();
        let response = request
            .header("X-API-KEY", "k")
            .send()
            .await
            .expect("a response");
        assert_eq!(response.status(), 429);
        let header = response.headers().get("retry-after").cloned();
        let header = header.as_ref().map(|it| it.to_str().expect("text"));
        match retry_after {
            RetryAfter::Absent => assert_eq!(header, None),
            RetryAfter::Seconds(_) => assert_eq!(header, Some("2")),
            RetryAfter::Date(_) => {
                let date = httpdate::parse_http_date(header.expect("a date")).expect("a date");
                let wait = date.duration_since(now).expect("a date to come");
                assert!((2.0..4.0).contains(&wait.as_secs_f64()), "{wait:?}");
            }
        }
        let body: Value = response.json().await.expect("JSON");
        assert_eq!(body["type"], "errors/too_many_requests");
    }
}

#[tokio::test]
async fn a_bad_gateway_is_html_and_an_unauthorized_one_is_empty() {
    let server = MockServer::start().await;
    for (fault, status, media_type) in [
        (Fault::bad_gateway(), 502, Some("text/html")),
        (Fault::empty_unauthorized(), 401, None),
    ] {
        server.inject(fault);
        let request = reqwest::Client::new().get(server.base_url() + "/chats");
        let response = request
            .header("X-API-KEY", "k")
            .send()
            .await
            .expect("a response");
        assert_eq!(response.status(), status);
        let given = response.headers().get("content-type").cloned();
        assert_eq!(
            given.as_ref().map(|it| it.to_str().expect("text")),
            media_type
        );
        let body = response.text().await.expect("a body");
        assert_eq!(body.is_empty(), media_type.is_none());
    }
    assert_eq!(server.messages_sent(), 0);
}

#[tokio::test]
async fn a_redirect_leads_to_the_same_server_by_another_name() {
    let server = with(Fault::redirect()).await;
    let port = server.address().port();
    let client = reqwest::Client::builder()
        .redirect(redirect::Policy::none())
        .build();
    let request = client
        .expect("a client")
        .get(server.base_url() + "/chats?limit=3");
    let response = request
        .header("X-API-KEY", "k")
        .send()
        .await
        .expect("a response");
    assert_eq!(response.status(), 307);
    let location = response.headers()["location"].to_str().expect("text");
    assert_eq!(
        location,
        format!("http://localhost:{port}/v1/chats?limit=3")
    );

    // A client that follows it is seen by its Host, and by the key that it took along.
    server.inject(Fault::redirect());
    server.forget_received();
    assert_eq!(get(&server, "/chats").await.0, 200);
    server.assert_received(
        Expect::operation("listChats")
            .header("host", format!("localhost:{port}"))
            .header("x-api-key", "k"),
    );
}

#[tokio::test]
async fn a_redirect_can_lead_anywhere() {
    let server = with(Fault::redirect_to("http://elsewhere.example/")).await;
    let response = raw(&server, head("GET", "/v1/chats"))
        .await
        .expect("a response");
    assert!(
        response.contains("\r\nlocation: http://elsewhere.example/\r\n"),
        "{response}"
    );
}

#[tokio::test]
async fn unknown_enum_values_stand_wherever_the_document_lists_several() {
    let server = with(Fault::unknown_enum_values().times(3)).await;
    let (_, page) = get(&server, "/chats?limit=1").await;
    let chat = &page["items"][0];
    assert_eq!(
        (&page["object"], &chat["object"]),
        (&json!("ChatList"), &json!("Chat"))
    );
    assert_eq!(chat["account_type"], "UNHEARD_OF");
    assert_eq!(chat["folder"][0], "UNHEARD_OF");
    for name in ["type", "archived", "read_only", "pinned"] {
        assert_eq!(chat[name], 99, "{name}");
    }
    assert_eq!(chat["unread_count"], 2);
    let (_, chat) = get(&server, CHAT).await;
    assert_eq!(chat["lastMessage"]["is_sender"], 99);
    let (_, problem) = get(&server, "/chats/nowhere").await;
    assert_eq!(problem["type"], "errors/unheard_of");
    assert_eq!(problem["status"], 404);
    assert_eq!(get(&server, CHAT).await.1["type"], 0, "used up");
}

#[tokio::test]
async fn unknown_attachments_are_added_to_every_list_and_kept_for_a_response_that_has_one() {
    let server = with(Fault::unknown_attachments()).await;
    let (_, page) = get(&server, "/chats?limit=1").await;
    assert!(
        page["items"][0]["lastMessage"].is_null(),
        "a list has no attachments"
    );
    assert_eq!(server.pending_faults(), [Fault::unknown_attachments()]);
    let (_, chat) = get(&server, CHAT).await;
    assert_eq!(chat["lastMessage"]["attachments"][0]["type"], "hologram");
    assert_eq!(server.pending_faults(), []);

    server.inject(Fault::unknown_attachments());
    let messenger = server
        .chats()
        .into_iter()
        .find(|it| it["account_type"] == "MESSENGER");
    let id = messenger.expect("a chat that quotes")["id"].clone();
    let (_, chat) = get(&server, &format!("/chats/{}", id.as_str().expect("an id"))).await;
    let message = &chat["lastMessage"];
    let kinds = [
        &message["attachments"][1]["type"],
        &message["quoted"]["attachments"][1]["type"],
    ];
    assert_eq!(kinds, ["hologram", "hologram"]);
}

#[tokio::test]
async fn nulls_stand_for_all_that_is_optional_or_a_list_or_may_be_null() {
    let server = with(Fault::nulls().times(3)).await;
    let (_, page) = get(&server, "/chats?limit=1").await;
    assert!(page["cursor"].is_string(), "paging goes on");
    let chat = &page["items"][0];
    for name in [
        "name",
        "timestamp",
        "folder",
        "subject",
        "attendee_provider_id",
        "content_type",
    ] {
        assert!(chat.get(name).is_some_and(Value::is_null), "{name}");
    }
    for name in ["id", "account_id", "account_type", "type", "unread_count"] {
        assert!(!chat[name].is_null(), "{name}");
    }
    let (_, chat) = get(&server, CHAT).await;
    let message = &chat["lastMessage"];
    for name in [
        "text",
        "attachments",
        "reactions",
        "behavior",
        "quoted",
        "reply_by",
    ] {
        assert!(message.get(name).is_some_and(Value::is_null), "{name}");
    }
    assert_eq!(message["is_sender"], 1);
    let (status, sent) = post(
        &server,
        "/chats",
        form(&[("account_id", "acc_1"), ("attendees_ids", "ACoA")]),
    )
    .await;
    assert_eq!(status, 201);
    assert_eq!(
        sent,
        json!({ "object": "ChatStarted", "chat_id": null, "message_id": null })
    );
}

#[tokio::test]
async fn extra_fields_stand_in_every_object() {
    let server = with(Fault::extra_fields().times(2)).await;
    let (_, page) = get(&server, "/chats?limit=1").await;
    assert!(page["unheard_of"].is_object());
    assert!(page["items"][0]["unheard_of"].is_object());
    let (_, chat) = get(&server, "/chats/chat_01HXYZ4QK3WJ8FN3M6QH7TZ8GR").await;
    assert!(chat["lastMessage"]["unheard_of"].is_object());
    let receipts = chat["lastMessage"]["seen_by"].as_object().expect("a map");
    assert_eq!(receipts.len(), 1, "a map has entries, not fields");
}

/// The chats of a list, and the last message of a chat with an attachment of each kind, as they are without a fault.
async fn records(server: &MockServer) -> (Value, Value) {
    let (_, page) = get(server, "/chats").await;
    let (_, chat) = get(server, GROUP).await;
    (page, chat)
}

/// A group whose last message has an attachment of each kind.
const GROUP: &str = "/chats/chat_01HYMHC8T2R5M9E4K7D1W6N3P0";

#[tokio::test]
async fn one_chat_of_a_list_is_odd_and_the_others_are_as_they_were() {
    let server = MockServer::start().await;
    let (page, _) = records(&server).await;
    let whole = page["items"].as_array().expect("a list");
    let middle = whole.len() / 2;
    for oddity in Oddity::ALL {
        server.clear_faults();
        server.inject(Fault::odd_record(*oddity));
        let (status, odd) = get(&server, "/chats").await;
        assert_eq!((status, &odd["cursor"]), (200, &page["cursor"]));
        let items = odd["items"].as_array().expect("a list");
        assert_eq!(items.len(), whole.len(), "{oddity:?}");
        for (index, (item, before)) in items.iter().zip(whole).enumerate() {
            // Chats in lists have no attachments, nor flags that are booleans.
            let changes = index == middle && server.pending_faults().is_empty();
            assert_eq!(item != before, changes, "{oddity:?}, {index}");
        }
    }
}

#[tokio::test]
async fn each_oddity_shows_in_the_chat_of_a_list_or_in_the_last_message() {
    let server = MockServer::start().await;
    let (page, chat) = records(&server).await;
    let middle = page["items"].as_array().expect("a list").len() / 2;
    let (listed, message) = (&page["items"][middle], &chat["lastMessage"]);
    assert!(
        listed["folder"].is_array() && listed["timestamp"].is_string(),
        "{listed}"
    );
    let folder = listed["folder"].as_array().expect("a list");
    let mut with_null = folder.clone();
    with_null.push(Value::Null);
    let number = json!(33_600_111_222_u64);
    for (oddity, field, in_list, in_message) in [
        (Oddity::Missing, "account_id", None, None),
        (
            Oddity::Null,
            "account_id",
            Some(Value::Null),
            Some(Value::Null),
        ),
        (
            Oddity::WrongType,
            "account_id",
            Some(json!({ "unheard_of": true })),
            Some(json!({ "unheard_of": true })),
        ),
        (
            Oddity::IdAsNumber,
            "account_id",
            Some(number.clone()),
            Some(number),
        ),
        (
            Oddity::EmptyTime,
            "timestamp",
            Some(json!("")),
            Some(json!("")),
        ),
    ] {
        server.inject(Fault::odd_record(oddity).times(2));
        let (page, chat) = records(&server).await;
        let (listed, message) = (&page["items"][middle], &chat["lastMessage"]);
        assert_eq!(listed.get(field), in_list.as_ref(), "{oddity:?}");
        assert_eq!(message.get(field), in_message.as_ref(), "{oddity:?}");
        assert!(
            listed["id"].is_string() && message["id"].is_string(),
            "{oddity:?}"
        );
        assert_eq!(server.pending_faults(), []);
    }
    for (oddity, field, odd) in [
        (
            Oddity::NumberAsText,
            "type",
            json!(listed["type"].to_string()),
        ),
        (Oddity::Fraction, "type", json!(listed["type"].as_f64())),
        (Oddity::Flag, "archived", json!(listed["archived"] == 1)),
        (Oddity::NullList, "folder", Value::Null),
        (Oddity::NullInList, "folder", json!(with_null)),
    ] {
        server.inject(Fault::odd_record(oddity));
        let (page, _) = records(&server).await;
        assert_eq!(page["items"][middle][field], odd, "{oddity:?}");
        assert_eq!(server.pending_faults(), []);
    }
    server.inject(Fault::odd_record(Oddity::NotARecord).times(2));
    let (page, chat) = records(&server).await;
    assert!(page["items"][middle].is_string() && chat["lastMessage"].is_string());
    server.inject(Fault::odd_record(Oddity::Flag).on("getChat"));
    let (_, chat) = records(&server).await;
    let attachments = message["attachments"].as_array().expect("a list");
    for (odd, before) in chat["lastMessage"]["attachments"]
        .as_array()
        .expect("a list")
        .iter()
        .zip(attachments)
    {
        let flag = before["unavailable"].as_bool().expect("a flag");
        assert_eq!(odd["unavailable"], u8::from(flag));
    }
    assert_eq!(chat["lastMessage"]["is_sender"], message["is_sender"] == 1);
}

#[tokio::test]
async fn odd_attachments_have_json_that_few_can_read() {
    let server = MockServer::start().await;
    for (oddity, content) in [
        (Oddity::HugeNumber, "1e400".to_owned()),
        (Oddity::LongInteger, "7".repeat(400)),
        (Oddity::DeepNesting, "[".repeat(130) + &"]".repeat(130)),
    ] {
        server.inject(Fault::odd_record(oddity));
        let list = raw(&server, head("GET", "/v1/chats"))
            .await
            .expect("a response");
        assert!(
            !list.contains("hologram"),
            "chats in lists have no attachments"
        );
        let response = raw(&server, head("GET", &format!("/v1{GROUP}"))).await;
        let response = response.expect("a response");
        let depth = format!("\"depth\":{content}");
        assert!(response.contains(&depth), "{oddity:?}: {response}");
        assert!(response.contains("\"hologram\""), "{oddity:?}: {response}");
        assert_eq!(server.pending_faults(), []);
    }
}

#[tokio::test]
async fn alterations_come_on_top_of_each_other() {
    let server = MockServer::start().await;
    server.inject(Fault::unknown_attachments());
    server.inject(Fault::unknown_enum_values());
    server.inject(Fault::extra_fields());
    let (_, chat) = get(&server, CHAT).await;
    assert_eq!(chat["account_type"], "UNHEARD_OF");
    assert_eq!(chat["lastMessage"]["attachments"][0]["type"], "hologram");
    assert!(chat["lastMessage"]["unheard_of"].is_object());
    assert_eq!(
        server.received()[0].faults(),
        ["unknown-attachments", "unknown-enum-values", "extra-fields"]
    );
}

#[tokio::test]
async fn a_fault_is_for_one_in_so_many_requests_of_its_operation() {
    let server = with(Fault::bad_gateway().one_in(3).on("getChat")).await;
    let mut statuses = Vec::new();
    for _ in 0..6 {
        assert_eq!(get(&server, "/chats").await.0, 200);
        let request = reqwest::Client::new().get(server.base_url() + CHAT);
        let response = request
            .header("X-API-KEY", "k")
            .send()
            .await
            .expect("a response");
        statuses.push(response.status().as_u16());
    }
    assert_eq!(statuses, [200, 200, 502, 200, 200, 502]);
    server.clear_faults();
    assert_eq!(server.pending_faults(), []);
}

#[tokio::test]
async fn a_pooled_client_survives_every_fault() {
    let (server, mut handled) = observed(Fault::reset_before_read()).await;
    let client = reqwest::Client::new();
    let status = async || {
        let request = client.get(server.base_url() + "/chats");
        let response = request.header("X-API-KEY", "k").send().await.ok()?;
        let status = response.status().as_u16();
        response.bytes().await.ok().map(|_| status)
    };
    for (fault, expected) in [
        (Fault::reset_before_read(), None),
        (Fault::reset_after_read(), None),
        (Fault::cut_short(), None),
        (Fault::hang(), None),
        (Fault::bad_gateway(), Some(502)),
        (Fault::empty_unauthorized(), Some(401)),
    ] {
        server.clear_faults();
        server.inject(fault.clone());
        let given_up =
            async { while handled.recv().await.expect("a request").outcome() != Outcome::Hung {} };
        tokio::select! {
            biased;
            status = status() => assert_eq!(status, expected, "{fault}"),
            // Nobody waits for a response that does not come.
            () = given_up => assert_eq!(fault, Fault::hang()),
        }
        assert_eq!(status().await, Some(200), "{fault}");
    }
}
