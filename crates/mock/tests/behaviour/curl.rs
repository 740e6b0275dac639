//! The real curl, with every line of the pages.

use std::fs;
use std::process::{Command, Stdio};

use postpress_mock::{Expect, ExpectFile, MockServer};
use serde_json::{Value, json};

use crate::support::{program, text};

const PAGES: &str = include_str!("pages.sh");

/// The curl line under a title of `pages.sh`.
fn line(title: &str) -> &'static str {
    let (_, rest) = PAGES
        .split_once(&format!("\n# {title}\n"))
        .unwrap_or_else(|| panic!("no {title}"));
    rest.split("\n\n").next().unwrap_or_default().trim_end()
}

/// Lets a shell run a line as it is printed, but for the address and the paths of files, and returns the status and the body.
fn run(line: &str, server: &MockServer) -> Option<(u16, Value)> {
    program("curl")?;
    let folder = tempfile::tempdir().expect("a folder");
    let (pdf, png) = (
        folder.path().join("file.pdf"),
        folder.path().join("cute_dog.png"),
    );
    fs::write(&pdf, "%PDF-1.7").expect("a file");
    fs::write(&png, b"\x89PNG").expect("a file");
    let line = line
        .replace("https://api.postpress.ai", &server.origin())
        .replace("/path/to/file.pdf", &pdf.to_string_lossy())
        .replace(r"C:\Documents\cute_dog.png", &png.to_string_lossy());
    let output = Command::new("sh")
        .args([
            "-c",
            &format!("{line} --silent --show-error --write-out '\n%{{http_code}}'"),
        ])
        .env("NO_PROXY", "*")
        .stderr(Stdio::inherit())
        .output()
        .expect("a shell");
    let output = String::from_utf8(output.stdout).expect("text");
    let (body, status) = output.rsplit_once('\n').expect("a status");
    let body = serde_json::from_str(body).unwrap_or_else(|_| panic!("no JSON: {body}"));
    Some((status.parse().expect("a status"), body))
}

/// Runs a line against a server that has just been started.
async fn fresh(title: &str) -> Option<(MockServer, u16, Value)> {
    let server = MockServer::start().await;
    let (status, body) = run(line(title), &server)?;
    Some((server, status, body))
}

#[tokio::test]
async fn list_all_chats_works_as_printed_and_finds_the_chat_of_the_page() {
    let Some((_server, status, body)) = fresh("List all chats").await else {
        return;
    };
    assert_eq!(status, 200);
    let expected = json!({
        "object": "ChatList",
        "items": [{
            "object": "Chat",
            "id": "chat_01HXYZ4QK3WJ8FN3M6QH7TZ8GR",
            "account_id": "acc_01HXYZ4QK3WJ8FN3M6QH7TZ8GR",
            "account_type": "LINKEDIN",
            "provider_id": "2-NTRkZDA4M2QtZDcxZS00YzY5LWE1MWUtZGM5...",
            "attendee_provider_id": "ACoAACr-1eYBl...",
            "name": "Jordan Walke",
            "type": 0,
            "timestamp": "2026-05-17T09:42:11.000Z",
            "unread_count": 2,
            "archived": 0,
            "muted_until": null,
            "read_only": 0,
            "folder": ["INBOX", "INBOX_LINKEDIN_CLASSIC"],
            "pinned": 0
        }],
        // The page's own has one, although its page is the last.
        "cursor": null
    });
    assert_eq!(body, expected);
}

#[tokio::test]
async fn start_a_new_chat_works_as_printed() {
    let Some((server, status, body)) = fresh("Start a new chat").await else {
        return;
    };
    assert_eq!(status, 201);
    assert_eq!(text(&body, "object"), "ChatStarted");
    // There is a chat with this attendee, so it is used again.
    assert_eq!(text(&body, "chat_id"), "chat_01HXYZ4QK3WJ8FN3M6QH7TZ8GR");
    assert!(text(&body, "message_id").starts_with("msg_"));
    server.assert_received(
        Expect::operation("startChat")
            .header("X-API-KEY", "pp_live_...")
            .text("account_id", "acc_01HXYZ4QK3WJ8FN3M6QH7TZ8GR")
            .text("attendees_ids[]", "ACoAACr-1eYBl...")
            .text("text", "Hey! Interested in chatting about your role.")
            .text("linkedin[api]", "classic")
            .text("linkedin[inmail]", "true")
            .nothing_else(),
    );
}

#[tokio::test]
async fn retrieve_a_chat_works_as_printed_and_finds_what_the_page_shows() {
    let Some((_server, status, body)) = fresh("Retrieve a chat").await else {
        return;
    };
    assert_eq!(status, 200);
    let mut expected: Value = json!({
        "object": "Chat",
        "id": "chat_01HXYZ4QK3WJ8FN3M6QH7TZ8GR",
        "account_id": "acc_01HXYZ4QK3WJ8FN3M6QH7TZ8GR",
        "account_type": "LINKEDIN",
        "provider_id": "2-NTRkZDA4M2QtZDcxZS00YzY5...",
        "attendee_provider_id": "ACoAACr-1eYBl...",
        "name": "Jordan Walke",
        "type": 0,
        "timestamp": "2026-05-17T09:42:11.000Z",
        "unread_count": 2,
        "archived": 0,
        "muted_until": null,
        "read_only": 0,
        "folder": ["INBOX", "INBOX_LINKEDIN_CLASSIC"],
        "pinned": 0,
        "lastMessage": {
            "object": "Message",
            "id": "msg_01HXYZ4QK3WJ8FN3M6QH7TZ8GR",
            "provider_id": "urn:li:msg:2-NTRkZDA4...",
            "account_id": "acc_01HXYZ4QK3WJ8FN3M6QH7TZ8GR",
            "chat_id": "chat_01HXYZ4QK3WJ8FN3M6QH7TZ8GR",
            "chat_provider_id": "2-NTRkZDA4M2QtZDcxZS00YzY5...",
            "sender_id": "ACoAACr-1eYBl...",
            "sender_attendee_id": "att_01HXYZ4QK3WJ8FN3M6QH7TZ8GR",
            "timestamp": "2026-05-17T09:42:11.000Z",
            "text": "Sounds good - let's chat tomorrow.",
            "is_sender": 0,
            "attachments": [],
            "reactions": [],
            "seen": 1,
            "seen_by": { "att_01HXYZ4QK3WJ8FN3M6QH7TZ8GR": true },
            "hidden": 0,
            "deleted": 0,
            "edited": 0,
            "is_event": 0,
            "delivered": 1,
            "behavior": 0,
            "original": "{...raw provider payload...}"
        }
    });
    // The two pages cut the id of the same chat short at different places; a server can have only one.
    expected["provider_id"] = "2-NTRkZDA4M2QtZDcxZS00YzY5LWE1MWUtZGM5...".into();
    assert_eq!(body, expected);
}

#[tokio::test]
async fn send_a_message_in_a_chat_works_as_printed() {
    let Some((server, status, body)) = fresh("Send a message in a chat").await else {
        return;
    };
    assert_eq!(status, 201);
    assert_eq!(text(&body, "object"), "MessageSent");
    assert!(text(&body, "message_id").starts_with("msg_"));
    server.assert_received(
        Expect::operation("sendMessage")
            .text("text", "Got it - thanks!")
            .file(
                "attachments",
                ExpectFile::named("file.pdf")
                    .media_type("application/pdf")
                    .content("%PDF-1.7"),
            )
            .nothing_else(),
    );
}

#[tokio::test]
async fn the_guides_message_to_a_chat_works_as_printed() {
    let Some((server, status, body)) = fresh("Send Messages: in an existing chat").await else {
        return;
    };
    assert_eq!(status, 201);
    assert_eq!(text(&body, "object"), "MessageSent");
    let chat = server.chat("9f9uio56sopa456s").expect("the chat");
    assert_eq!(chat["lastMessage"]["id"], body["message_id"]);
    assert_eq!(chat["lastMessage"]["text"], "Hello world!");
}

#[tokio::test]
async fn the_guides_lines_that_start_chats_work_as_printed() {
    for (title, provider, kind) in [
        ("Send Messages: to a user", "LINKEDIN", 0),
        ("Send Messages: an InMail", "LINKEDIN", 0),
        ("Send Messages: an attachment", "LINKEDIN", 0),
        ("Send Messages: a group", "WHATSAPP", 1),
    ] {
        let Some((server, status, body)) = fresh(title).await else {
            return;
        };
        assert_eq!(status, 201, "{title}");
        assert_eq!(text(&body, "object"), "ChatStarted", "{title}");
        let chat = server.chat(text(&body, "chat_id")).expect("a new chat");
        assert_eq!(chat["account_type"], provider, "{title}");
        assert_eq!(chat["type"], kind, "{title}");
        assert_eq!(chat["lastMessage"]["id"], body["message_id"], "{title}");
        assert_eq!(chat["lastMessage"]["text"], "Hello world!", "{title}");
    }
}

#[test]
fn no_curl_line_is_left_out() {
    let tests = include_str!("curl.rs");
    let titles: Vec<&str> = PAGES
        .split("\n\n# ")
        .skip(1)
        .filter_map(|rest| rest.lines().next())
        .collect();
    assert_eq!(titles.len(), PAGES.matches("\ncurl ").count());
    for title in titles {
        assert!(tests.contains(&format!("\"{title}\"")), "{title}");
    }
}
