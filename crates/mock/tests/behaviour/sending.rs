//! What starting chats and sending messages leaves behind.

use postpress_mock::MockServer;
use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};

use crate::support::{form, get, post, text};

const CHAT: &str = "9f9uio56sopa456s";

async fn chat(server: &MockServer, id: &str) -> Value {
    let (status, chat) = get(server, &format!("/chats/{id}")).await;
    assert_eq!(status, 200, "{chat}");
    chat
}

#[tokio::test]
async fn a_chat_that_was_started_is_listed_first_and_can_be_retrieved() {
    let server = MockServer::start().await;
    let fields = [
        ("account_id", "acc_1"),
        ("attendees_ids", "ACoAAA"),
        ("text", "Hello"),
        ("subject", "Greeting"),
    ];
    let (status, started) = post(&server, "/chats", form(&fields)).await;
    assert_eq!(status, 201);
    let id = text(&started, "chat_id");
    let (_, page) = get(&server, "/chats?limit=1").await;
    assert_eq!(page["items"][0]["id"], id);
    assert!(page["items"][0]["lastMessage"].is_null());
    let chat = chat(&server, id).await;
    assert_eq!(chat["account_id"], "acc_1");
    assert_eq!(chat["account_type"], "LINKEDIN");
    assert_eq!(chat["attendee_provider_id"], "ACoAAA");
    assert_eq!(chat["subject"], "Greeting");
    assert_eq!(chat["type"], 0);
    let message = &chat["lastMessage"];
    assert_eq!(message["id"], started["message_id"]);
    assert_eq!(message["chat_id"], id);
    assert_eq!(message["text"], "Hello");
    assert_eq!(message["is_sender"], 1);
    assert_eq!(message["timestamp"], chat["timestamp"]);
}

#[tokio::test]
async fn a_second_message_to_the_same_person_goes_into_the_same_chat() {
    let server = MockServer::start().await;
    let before = server.chats().len();
    let to = |attendee| form(&[("account_id", "acc_1"), ("attendees_ids", attendee)]);
    let (_, first) = post(&server, "/chats", to("ACoAAA")).await;
    let (_, second) = post(&server, "/chats", to("ACoAAA")).await;
    assert_eq!(first["chat_id"], second["chat_id"]);
    assert_ne!(first["message_id"], second["message_id"]);
    let (_, other) = post(&server, "/chats", to("ACoAAB")).await;
    assert_ne!(first["chat_id"], other["chat_id"]);
    assert_eq!(server.chats().len(), before + 2);
    assert_eq!(server.messages(text(&first, "chat_id")).len(), 2);
    assert_eq!(server.messages_sent(), 3);
}

#[tokio::test]
async fn a_group_is_new_every_time_and_takes_its_name_from_the_subject() {
    let server = MockServer::start().await;
    let group = || {
        form(&[
            ("account_id", "k0_s8cdss9Dz8ds"),
            ("attendees_ids", "33600000000@s.whatsapp.net"),
            ("attendees_ids", "33600000001@s.whatsapp.net"),
            ("subject", "Picnic"),
        ])
    };
    let (_, first) = post(&server, "/chats", group()).await;
    let (_, second) = post(&server, "/chats", group()).await;
    assert_ne!(first["chat_id"], second["chat_id"]);
    let chat = chat(&server, text(&first, "chat_id")).await;
    assert_eq!(
        (&chat["type"], &chat["name"]),
        (&json!(1), &json!("Picnic"))
    );
    assert_eq!(chat["account_type"], "WHATSAPP");
    assert!(text(&chat, "provider_id").ends_with("@g.us"));
}

#[tokio::test]
async fn a_message_becomes_the_last_one_of_its_chat() {
    let server = MockServer::start().await;
    let old = chat(&server, CHAT).await;
    let path = format!("/chats/{CHAT}/messages");
    let (status, sent) = post(&server, &path, form(&[("text", "On my way")])).await;
    assert_eq!(status, 201);
    let new = chat(&server, CHAT).await;
    assert_eq!(new["lastMessage"]["id"], sent["message_id"]);
    assert_eq!(new["lastMessage"]["text"], "On my way");
    assert!(text(&new, "timestamp") > text(&old, "timestamp"));
    let messages = server.messages(CHAT);
    assert_eq!(
        messages,
        [old["lastMessage"].clone(), new["lastMessage"].clone()]
    );
}

#[tokio::test]
async fn files_become_attachments_of_the_kind_that_their_media_type_says() {
    let server = MockServer::start().await;
    let file = |media_type| {
        Part::text("content")
            .file_name("name")
            .mime_str(media_type)
            .expect("a media type")
    };
    let form = Form::new()
        .part("attachments", file("image/png"))
        .part("attachments", file("video/mp4"))
        .part("attachments", file("audio/mpeg"))
        .part("attachments", file("application/pdf"))
        .part("voice_message", file("audio/mp4"))
        .part("video_message", file("video/mp4"));
    let (status, _) = post(&server, &format!("/chats/{CHAT}/messages"), form).await;
    assert_eq!(status, 201);
    let message = chat(&server, CHAT).await["lastMessage"].clone();
    assert!(message["text"].is_null());
    let attachments = message["attachments"].as_array().expect("attachments");
    let kinds: Vec<&str> = attachments.iter().map(|it| text(it, "type")).collect();
    assert_eq!(kinds, ["img", "video", "audio", "file", "audio", "video"]);
    let voice: Vec<&Value> = attachments.iter().map(|it| &it["voice_note"]).collect();
    assert_eq!((voice[2], voice[4]), (&json!(false), &json!(true)));
    assert_eq!(attachments[3]["file_name"], "name");
    assert!(attachments.iter().all(|it| it["file_size"] == 7));
}

#[tokio::test]
async fn a_message_can_quote_another_of_its_chat_only() {
    let server = MockServer::start().await;
    let last = chat(&server, CHAT).await["lastMessage"].clone();
    let path = format!("/chats/{CHAT}/messages");
    for name in ["id", "provider_id"] {
        let form = form(&[("text", "Yes"), ("quote_id", text(&last, name))]);
        assert_eq!(post(&server, &path, form).await.0, 201, "{name}");
        let quoted = chat(&server, CHAT).await["lastMessage"]["quoted"].clone();
        assert_eq!(quoted["message_id"], last["id"]);
        assert_eq!(quoted["text"], last["text"]);
    }
    let foreign = form(&[("quote_id", "msg_01HXYZ4QK3WJ8FN3M6QH7TZ8GR")]);
    let (status, problem) = post(&server, &path, foreign).await;
    assert_eq!(status, 404);
    assert!(text(&problem, "detail").contains("quote_id"));
}

#[tokio::test]
async fn a_chat_is_retrieved_by_its_provider_id_in_its_account_only() {
    let server = MockServer::start().await;
    let by_id = chat(&server, CHAT).await;
    let provider_id = "33600000000@s.whatsapp.net";
    let path = format!("/chats/{provider_id}?account_id=k0_s8cdss9Dz8ds");
    assert_eq!(get(&server, &path).await, (200, by_id));
    for (path, hint) in [
        (format!("/chats/{provider_id}"), "account_id is needed"),
        (
            format!("/chats/{provider_id}?account_id=other"),
            "has no chat",
        ),
    ] {
        let (status, problem) = get(&server, &path).await;
        assert_eq!(
            (status, text(&problem, "type")),
            (404, "errors/resource_not_found")
        );
        assert!(text(&problem, "detail").contains(hint), "{problem}");
    }
    let form = form(&[("text", "Hello")]);
    let (status, _) = post(&server, &format!("/chats/{provider_id}/messages"), form).await;
    assert_eq!(status, 404);
}

#[tokio::test]
async fn a_chat_of_another_account_is_a_mismatch() {
    let server = MockServer::start().await;
    let (status, problem) = get(&server, &format!("/chats/{CHAT}?account_id=other")).await;
    assert_eq!(
        (status, text(&problem, "type")),
        (403, "errors/account_mismatch")
    );
    let form = form(&[("account_id", "other")]);
    let (status, problem) = post(&server, &format!("/chats/{CHAT}/messages"), form).await;
    assert_eq!(
        (status, text(&problem, "type")),
        (403, "errors/account_mismatch")
    );
}

#[tokio::test]
async fn what_cannot_be_sent_is_refused() {
    let server = MockServer::start().await;
    let broadcast = server
        .chats()
        .into_iter()
        .find(|it| it["type"] == 2)
        .expect("a broadcast");
    let slack = server
        .chats()
        .into_iter()
        .find(|it| it["account_type"] == "SLACK");
    let slack = slack.expect("a chat on Slack");
    for chat in [&broadcast, &slack] {
        let path = format!("/chats/{}/messages", text(chat, "id"));
        let (status, problem) = post(&server, &path, form(&[("text", "Hello")])).await;
        assert_eq!(
            (status, text(&problem, "type")),
            (422, "errors/cant_send_message")
        );
    }
    let start = form(&[
        ("account_id", text(&slack, "account_id")),
        ("attendees_ids", "U1"),
    ]);
    let (status, problem) = post(&server, "/chats", start).await;
    assert_eq!(
        (status, text(&problem, "type")),
        (501, "errors/feature_not_implemented")
    );
    assert_eq!(server.messages_sent(), 0);
}
