//! Lists of chats: filters, pages, cursors.

use std::collections::BTreeSet;
use std::time::{Duration, SystemTime};

use postpress_mock::MockServer;
use serde_json::json;

use crate::support::{get, head, ids, raw, text};

/// A server with these chats, the first of which is the oldest.
async fn with(count: usize) -> (MockServer, Vec<String>) {
    let server = MockServer::builder()
        .empty_inbox()
        .start()
        .await
        .expect("a server");
    let chats = (0..count)
        .map(|_| server.add_chat(json!({})).expect("a chat"))
        .collect();
    (server, chats)
}

/// A cursor as it stands in a query.
fn escaped(cursor: &str) -> String {
    form_urlencoded::byte_serialize(cursor.as_bytes()).collect()
}

#[tokio::test]
async fn filters_leave_only_what_passes_all_of_them() {
    let server = MockServer::start().await;
    let all = ids(&get(&server, "/chats").await.1).len();
    assert_eq!(all, server.chats().len());
    for (query, count) in [
        ("account_id=k0_s8cdss9Dz8ds", 3),
        ("account_id=k0_s8cdss9Dz8ds,Asdq-j08dsqQS89QSD", 4),
        ("account_id=k0_s8cdss9Dz8ds%2CAsdq-j08dsqQS89QSD", 4),
        ("account_id=nobody", 0),
        ("account_type=LINKEDIN", 4),
        ("unread=true", 6),
        ("unread=false", 7),
        ("account_type=LINKEDIN&unread=true", 3),
        ("account_id=k0_s8cdss9Dz8ds&account_type=LINKEDIN", 0),
        // Strictly: the chat of the reference pages was created at this very moment.
        ("before=2026-05-17T09:00:00.000Z", 12),
        ("before=2026-05-17T09:00:00.001Z", 13),
        ("after=2026-05-17T09:00:00.000Z", 0),
        ("after=2026-05-17T08:59:59.999Z", 1),
        (
            "after=2026-04-01T00:00:00.000Z&before=2026-05-01T00:00:00.000Z",
            3,
        ),
    ] {
        let (status, page) = get(&server, &format!("/chats?{query}")).await;
        assert_eq!((status, ids(&page).len()), (200, count), "{query}");
        assert!(page["cursor"].is_null(), "{query}");
    }
}

#[tokio::test]
async fn both_base_paths_have_the_same_chats() {
    let server = MockServer::start().await;
    let client = reqwest::Client::new();
    let mut bodies = Vec::new();
    for base in ["/v1", "/api/v1"] {
        let request = client.get(format!("{}{base}/chats", server.origin()));
        let response = request
            .header("X-API-KEY", "k")
            .send()
            .await
            .expect("a response");
        bodies.push(response.text().await.expect("a body"));
    }
    assert_eq!(bodies[0], bodies[1]);
}

#[tokio::test]
async fn a_page_has_100_chats_unless_another_limit_is_given() {
    let (server, _) = with(251).await;
    for (query, count) in [("", 100), ("?limit=1", 1), ("?limit=250", 250)] {
        let (_, page) = get(&server, &format!("/chats{query}")).await;
        assert_eq!(ids(&page).len(), count, "{query}");
        assert!(page["cursor"].is_string(), "{query}");
    }
}

#[tokio::test]
async fn a_page_that_ends_with_the_last_chat_has_no_cursor() {
    let (server, _) = with(4).await;
    let (_, first) = get(&server, "/chats?limit=2").await;
    let cursor = escaped(text(&first, "cursor"));
    let (_, last) = get(&server, &format!("/chats?limit=2&cursor={cursor}")).await;
    assert_eq!(ids(&last).len(), 2);
    assert!(last["cursor"].is_null());
}

#[tokio::test]
async fn cursors_neither_skip_nor_repeat_while_chats_are_added_and_change() {
    let (server, chats) = with(23).await;
    let mut seen = Vec::new();
    let mut query = "?limit=5".to_owned();
    loop {
        let (_, page) = get(&server, &format!("/chats{query}")).await;
        seen.extend(ids(&page));
        // New chats, and activity in old ones, between any two pages.
        server.add_chat(json!({})).expect("a chat");
        let client = reqwest::Client::new();
        let path = format!("{}/chats/{}/messages", server.base_url(), chats[0]);
        let form = reqwest::multipart::Form::new().text("text", "Hello");
        let sent = client
            .post(path)
            .header("X-API-KEY", "k")
            .multipart(form)
            .send()
            .await;
        assert_eq!(sent.expect("a response").status(), 201);
        let Some(cursor) = page["cursor"].as_str() else {
            break;
        };
        query = format!("?limit=5&cursor={}", escaped(cursor));
    }
    let newest_first: Vec<&String> = chats.iter().rev().collect();
    assert_eq!(seen.iter().collect::<Vec<_>>(), newest_first);
}

#[tokio::test]
async fn many_readers_and_a_writer_at_once_see_every_chat_once() {
    let (server, chats) = with(300).await;
    let before: BTreeSet<String> = chats.into_iter().collect();
    let read = || async {
        let mut seen = Vec::new();
        let mut query = "?limit=7".to_owned();
        loop {
            let (_, page) = get(&server, &format!("/chats{query}")).await;
            seen.extend(ids(&page));
            match page["cursor"].as_str() {
                Some(cursor) => query = format!("?limit=7&cursor={}", escaped(cursor)),
                None => return seen,
            }
        }
    };
    let write = async {
        for _ in 0..100 {
            server.add_chat(json!({})).expect("a chat");
            tokio::task::yield_now().await;
        }
    };
    let (one, two, three, ()) = tokio::join!(read(), read(), read(), write);
    for seen in [one, two, three] {
        let unique: BTreeSet<String> = seen.iter().cloned().collect();
        assert_eq!(unique.len(), seen.len(), "none twice");
        assert!(unique.is_superset(&before), "none left out");
    }
}

#[tokio::test]
async fn a_cursor_remembers_its_filters_and_holds_for_no_others() {
    let server = MockServer::start().await;
    let (_, first) = get(&server, "/chats?account_type=LINKEDIN&limit=1").await;
    let cursor = escaped(text(&first, "cursor"));
    let (_, alone) = get(&server, &format!("/chats?cursor={cursor}")).await;
    let (_, repeated) = get(
        &server,
        &format!("/chats?account_type=LINKEDIN&cursor={cursor}"),
    )
    .await;
    assert_eq!(ids(&alone), ids(&repeated));
    assert_eq!(ids(&alone).len(), 3);
    let (status, body) = get(
        &server,
        &format!("/chats?account_type=TELEGRAM&cursor={cursor}"),
    )
    .await;
    assert_eq!(status, 403);
    assert!(text(&body, "detail").contains("cursor belongs to a list with other filters"));
}

#[tokio::test]
async fn every_cursor_is_padded_base64_and_refused_unless_it_is_escaped() {
    let server = MockServer::start().await;
    let mut filter = String::new();
    // Filters of every length, so that the padding would be absent of one in three.
    for letter in "account".chars() {
        filter.push(letter);
        let chat = json!({ "account_id": filter });
        server.add_chat(chat.clone()).expect("a chat");
        server.add_chat(chat).expect("a chat");
        let list = format!("/chats?account_id={filter}&limit=1");
        let (_, page) = get(&server, &list).await;
        let cursor = text(&page, "cursor");
        assert!(cursor.contains('+') && cursor.ends_with('='), "{cursor}");
        let (status, body) = get(&server, &format!("{list}&cursor={cursor}")).await;
        assert_eq!(status, 403);
        assert!(text(&body, "detail").contains("cursor is not one that this server gave"));
        let (status, page) = get(&server, &format!("{list}&cursor={}", escaped(cursor))).await;
        assert_eq!((status, ids(&page).len()), (200, 1));
    }
}

#[tokio::test]
async fn head_gets_the_head_of_the_response_to_get() {
    let server = MockServer::start().await;
    for (path, status) in [
        ("/v1/chats?limit=2", 200),
        ("/v1/chats/9f9uio56sopa456s", 200),
        ("/v1/chats?limit=0", 403),
        ("/v1/nothing", 404),
    ] {
        let response = raw(&server, head("HEAD", path)).await.expect("a response");
        assert!(
            response.starts_with(&format!("HTTP/1.1 {status} ")),
            "{response}"
        );
        assert!(response.ends_with("\r\n\r\n"), "{response}");
        assert_eq!(response.matches("\r\n\r\n").count(), 1, "{response}");
        if status != 200 {
            continue;
        }
        let whole = raw(&server, head("GET", path)).await.expect("a response");
        let (whole, _) = whole.split_once("\r\n\r\n").expect("a whole head");
        let fields = |head: &str| {
            let lines = head.trim_end().lines().map(str::to_owned);
            let lines = lines.filter(|line| !line.starts_with("date:"));
            lines.collect::<Vec<_>>()
        };
        assert_eq!(fields(&response), fields(whole));
        assert!(whole.contains("content-length: "), "{whole}");
    }
}

#[tokio::test]
async fn a_cursor_of_another_server_is_refused() {
    let (one, two) = tokio::join!(MockServer::start(), MockServer::start());
    let (_, page) = get(&one, "/chats?limit=1").await;
    let cursor = escaped(text(&page, "cursor"));
    assert_eq!(get(&one, &format!("/chats?cursor={cursor}")).await.0, 200);
    assert_eq!(get(&two, &format!("/chats?cursor={cursor}")).await.0, 403);
}

#[tokio::test]
async fn a_chat_can_be_added_as_if_it_were_old() {
    let server = MockServer::builder()
        .empty_inbox()
        .start()
        .await
        .expect("a server");
    let old = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
    let id = server
        .add_chat_created_at(json!({ "name": "Old" }), old)
        .expect("a chat");
    let (_, page) = get(&server, "/chats?before=2001-09-09T01:46:40.001Z").await;
    assert_eq!(ids(&page), [id]);
    let (_, page) = get(&server, "/chats?after=2001-09-09T01:46:40.000Z").await;
    assert!(ids(&page).is_empty());
}
