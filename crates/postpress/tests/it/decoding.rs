//! Chats and messages, as programs see them.

use postpress::{AccountType, Attachment, Chat, ChatDetail, ChatType, Folder, Mute, ReadOnlyState};
use serde_json::{Value, json};

use crate::server::{Server, chat, json as reply, sent, started};

/// The chat of the page "Retrieve a chat".
pub fn detail() -> Value {
    let mut detail = chat("chat_1");
    detail["lastMessage"] = json!({
        "object": "Message",
        "id": "msg_1", "provider_id": "urn:li:msg:2", "account_id": "acc_1", "chat_id": "chat_1",
        "chat_provider_id": "2-NTRk", "sender_id": "ACoAACr", "sender_attendee_id": "att_1",
        "timestamp": "2026-05-17T09:42:11.000Z", "text": "Sounds good - let's chat tomorrow.", "is_sender": 0,
        "attachments": [
            {"id": "a1", "type": "img", "unavailable": false, "size": {"width": 1, "height": 2}, "sticker": false},
            {"id": "a2", "type": "hologram", "unavailable": false, "depth": 3},
        ],
        "reactions": [{"value": "👍", "sender_id": "x", "is_sender": true}],
        "seen": 1, "seen_by": {"att_1": true, "att_2": "2026-05-17T09:43:00.000Z", "att_3": false},
        "hidden": 0, "deleted": 0, "edited": 1, "is_event": 0, "delivered": 1, "behavior": 0,
        "original": "{...}"
    });
    detail
}

async fn get(json: &Value) -> ChatDetail {
    let server = Server::always(reply("200 OK", json.to_string())).await;
    server.client().get_chat("chat_1").await.unwrap()
}

#[tokio::test]
async fn a_chat_reads_well() {
    let chat = get(&detail()).await;
    assert_eq!((chat.id(), chat.account_id()), ("chat_1", "acc_1"));
    assert_eq!(*chat.provider(), AccountType::Linkedin);
    assert_eq!(*chat.kind(), ChatType::OneToOne);
    assert!(chat.is_one_to_one() && !chat.is_group() && !chat.is_broadcast());
    assert_eq!(chat.name(), Some("Jordan Walke"));
    assert_eq!(chat.unread_count(), 2);
    assert!(chat.is_unread() && !chat.is_archived() && !chat.is_pinned() && chat.is_writable());
    assert_eq!(*chat.read_only(), ReadOnlyState::Writable);
    assert_eq!(chat.mute(), Mute::Not);
    assert_eq!(
        *chat.folders(),
        [Folder::Inbox, Folder::InboxLinkedinClassic]
    );
    assert_eq!(
        chat.last_activity().unwrap().to_string(),
        "2026-05-17T09:42:11.000Z"
    );
    let message = chat.last_message().unwrap();
    assert_eq!(message.text(), Some("Sounds good - let's chat tomorrow."));
    assert!(
        !message.is_own() && message.is_seen() && message.is_delivered() && message.is_edited()
    );
    assert!(message.event().is_none() && message.kind().is_none());
    assert_eq!(message.reactions()[0].value, "👍");
    assert!(matches!(
        &**message.attachments(),
        [Attachment::Image(_), Attachment::Unknown(_)]
    ));
    let seen = ["att_1", "att_2", "att_3", "att_4"].map(|id| message.seen_by(id));
    assert_eq!(seen, [Some(true), Some(true), Some(false), None]);
}

#[tokio::test]
async fn muting_is_one_thing_in_four_forms() {
    for (value, expected) in [
        (json!(null), "Not"),
        (json!(-1), "Indefinitely"),
        (
            json!("2026-05-17T09:42:11Z"),
            "Until(2026-05-17T09:42:11.000Z)",
        ),
        (json!("next spring"), "Unknown(\"\\\"next spring\\\"\")"),
    ] {
        let mut chat = detail();
        chat["muted_until"] = value;
        assert_eq!(format!("{:?}", get(&chat).await.mute()), expected);
    }
}

#[tokio::test]
async fn what_came_can_be_written_back() {
    let mut came = detail();
    came["type"] = json!(7);
    came["account_type"] = json!("PIGEON");
    came["muted_until"] = json!("2026-05-17T09:42:11.000Z");
    let wrote = serde_json::to_value(get(&came).await).unwrap();
    assert_eq!(wrote, came);
    let read: Chat = serde_json::from_value(chat("c")).unwrap();
    assert_eq!(serde_json::to_value(&read).unwrap(), chat("c"));
    assert_eq!(read.raw_json(), None, "it did not come from the service");
}

fn parsed(json: Option<postpress::raw::RawJson>) -> Value {
    json.unwrap().parse().unwrap()
}

#[tokio::test]
async fn what_is_newer_than_the_crate_can_be_reached() {
    let mut newer = detail();
    newer["sentiment"] = json!({"mood": "good"});
    let found = get(&newer).await;
    assert_eq!(parsed(found.raw_json())["sentiment"]["mood"], "good");
    assert_eq!(
        found,
        get(&detail()).await,
        "it does not count in comparisons"
    );

    let chats = ["a", "b", "c"].map(|id| {
        let mut chat = chat(id);
        chat["score"] = json!(id);
        chat
    });
    let list = json!({"object": "ChatList", "items": chats, "cursor": null, "total": 3});
    let server = Server::always(reply("200 OK", list.to_string())).await;
    let found = server.client().list_chats().await.unwrap();
    assert_eq!(parsed(found.raw_json())["total"], 3);
    for chat in found {
        assert_eq!(parsed(chat.raw_json())["score"], chat.id());
    }

    let server = Server::script(vec![started(), sent()]).await;
    let started = server
        .client()
        .start_chat("a", "b")
        .text("c")
        .await
        .unwrap();
    assert_eq!(
        (started.chat_id(), started.message_id()),
        (Some("chat_1"), None)
    );
    assert_eq!(parsed(started.raw_json())["object"], "ChatStarted");
    let sent = server.client().send_message("a").text("b").await.unwrap();
    assert_eq!(parsed(sent.raw_json())["message_id"], "msg_1");
}

#[tokio::test]
async fn any_success_is_a_success() {
    let body = r#"{"object": "MessageSent", "message_id": "msg_1"}"#;
    for status in ["200 OK", "201 Created", "202 Accepted"] {
        let server = Server::always(reply(status, body)).await;
        assert!(
            server.client().send_message("a").text("b").await.is_ok(),
            "{status}"
        );
    }
}
