//! The inbox that every server starts with, and what tests add to it.

use std::collections::BTreeSet;

use postpress_mock::MockServer;
use serde_json::{Value, json};

use crate::support::{get, text};

/// Calls `visit` with every value in `value`, and where it is: `lastMessage.attachments[].type`.
fn visit(value: &Value, at: &str, see: &mut impl FnMut(&str, &Value)) {
    see(at, value);
    match value {
        Value::Array(items) => items
            .iter()
            .for_each(|it| visit(it, &format!("{at}[]"), see)),
        Value::Object(members) => members.iter().for_each(|(name, it)| {
            let at = if at.is_empty() {
                name.clone()
            } else {
                format!("{at}.{name}")
            };
            visit(it, &at, see);
        }),
        _ => {}
    }
}

/// All values of the inbox, as text, each with where it is.
async fn values() -> BTreeSet<String> {
    let mut values = BTreeSet::new();
    for chat in MockServer::start().await.chats() {
        visit(&chat, "", &mut |at, value| {
            if !value.is_object() {
                values.insert(format!("{at}={value}"));
            }
        });
    }
    values
}

#[tokio::test]
async fn the_inbox_has_some_of_everything() {
    let values = values().await;
    let providers = [
        "WHATSAPP",
        "LINKEDIN",
        "SLACK",
        "TWITTER",
        "MESSENGER",
        "INSTAGRAM",
        "TELEGRAM",
    ];
    let kinds = [
        "img",
        "video",
        "audio",
        "file",
        "linkedin_post",
        "video_meeting",
    ];
    let mut expected: Vec<String> = Vec::new();
    expected.extend(providers.map(|it| format!("account_type=\"{it}\"")));
    expected.extend(kinds.map(|it| format!("lastMessage.attachments[].type=\"{it}\"")));
    expected.extend([0, 1, 2].map(|it| format!("type={it}")));
    expected.extend([0, 1, 2].map(|it| format!("read_only={it}")));
    for more in [
        "archived=1",
        "pinned=1",
        "muted_until=-1",
        "muted_until=\"2026-12-31T23:00:00.000Z\"",
        "content_type=\"inmail\"",
        "content_type=\"sponsored\"",
        "content_type=\"linkedin_offer\"",
        "disabledFeatures[]=\"reply\"",
        "disabledFeatures[]=\"reactions\"",
        "folder[]=\"INBOX_LINKEDIN_ORGANIZATION\"",
        "folder[]=\"Family & friends\"",
        "lastMessage.is_event=1",
        "lastMessage.is_sender=1",
        "lastMessage.attachments[].gif=true",
        "lastMessage.attachments[].sticker=true",
        "lastMessage.attachments[].voice_note=true",
    ] {
        expected.push(more.to_owned());
    }
    let missing: Vec<&String> = expected.iter().filter(|it| !values.contains(*it)).collect();
    assert!(missing.is_empty(), "{missing:#?}");
}

#[tokio::test]
async fn the_inbox_has_a_null_wherever_the_pages_allow_one() {
    let values = values().await;
    for at in [
        "name",
        "timestamp",
        "muted_until",
        "lastMessage",
        "lastMessage.text",
        "lastMessage.behavior",
        "lastMessage.subject",
        "lastMessage.quoted.text",
        "lastMessage.reply_to.text",
        "lastMessage.attachments[].starts_at",
        "lastMessage.attachments[].expires_at",
        "lastMessage.attachments[].time_range",
    ] {
        assert!(values.contains(&format!("{at}=null")), "{at}");
    }
}

#[tokio::test]
async fn the_table_in_the_documentation_lists_the_inbox() {
    let documentation = include_str!("../../src/lib.rs");
    let rows = documentation
        .lines()
        .filter_map(|line| line.strip_prefix("//! | `"));
    let listed: Vec<(&str, &str)> = rows
        .filter_map(|row| {
            let mut columns = row.split(" | ").map(|column| column.trim_matches('`'));
            Some((columns.next()?, columns.next()?))
        })
        .collect();
    let chats = MockServer::start().await.chats();
    let actual: Vec<(&str, &str)> = chats
        .iter()
        .map(|it| (text(it, "id"), text(it, "account_id")))
        .collect();
    assert_eq!(listed, actual);
}

#[tokio::test]
async fn a_chat_can_be_added_with_as_little_as_matters_to_a_test() {
    let server = MockServer::start().await;
    let id = server
        .add_chat(json!({ "name": "Ada", "unread_count": 3, "lastMessage": { "text": "Hi" } }))
        .expect("a chat");
    let (status, chat) = get(&server, &format!("/chats/{id}")).await;
    assert_eq!(status, 200);
    assert_eq!(chat["name"], "Ada");
    assert_eq!(chat["lastMessage"]["text"], "Hi");
    assert_eq!(chat["lastMessage"]["chat_id"], id);
    assert_eq!(server.chat(&id), Some(chat));
}

#[tokio::test]
async fn what_is_not_a_chat_cannot_be_added() {
    let server = MockServer::start().await;
    for (chat, hint) in [
        (json!([]), "not an object"),
        (
            json!({ "account_type": "SMS" }),
            "account_type must be one of",
        ),
        (json!({ "pinned": true }), "pinned is of the wrong type"),
        (
            json!({ "timestamp": "yesterday" }),
            "timestamp fits none of its forms",
        ),
        (
            json!({ "lastMessage": { "attachments": [{ "type": "img" }] } }),
            "lastMessage",
        ),
        (json!({ "id": "9f9uio56sopa456s" }), "already"),
    ] {
        let error = server.add_chat(chat).expect_err(hint).to_string();
        assert!(error.contains(hint), "{error}");
    }
}
