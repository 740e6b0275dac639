//! Listings over several pages.

use futures_util::{StreamExt, TryStreamExt};
use postpress::{Chat, Error};

use tokio::time::advance;

use crate::{
    clock::{LONG, pauses, stop_clock},
    server::{Reply, Request, Server, json, meanwhile, page, problem},
};

async fn ids(server: &Server) -> Result<Vec<String>, Error> {
    let chats = server.client().list_chats().stream();
    chats
        .map_ok(|chat: Chat| chat.id().to_owned())
        .try_collect()
        .await
}

fn cursor(request: &Request) -> Option<String> {
    request.query("cursor").pop()
}

#[tokio::test]
async fn a_stream_ends_on_a_null_absent_or_empty_cursor() {
    for last in [
        r#"{"object": "ChatList", "items": [], "cursor": null}"#,
        r#"{"object": "ChatList", "items": []}"#,
        r#"{"object": "ChatList", "items": null, "cursor": ""}"#,
    ] {
        let server = Server::script(vec![page(&["a", "b"], Some("2")), json("200 OK", last)]).await;
        assert_eq!(ids(&server).await.unwrap(), ["a", "b"]);
        let asked: Vec<_> = server.requests().iter().map(cursor).collect();
        assert_eq!(asked, [None, Some("2".to_owned())]);
    }
}

#[tokio::test]
async fn an_empty_page_in_between_is_passed_over() {
    let server = Server::script(vec![
        page(&["a"], Some("2")),
        page(&[], Some("3")),
        page(&["b"], None),
    ])
    .await;
    assert_eq!(ids(&server).await.unwrap(), ["a", "b"]);
}

#[tokio::test]
async fn a_repeated_cursor_is_an_error_after_the_chats_of_its_page() {
    for cursors in [["2", "2", "2"], ["2", "3", "2"]] {
        let server = Server::script(vec![
            page(&["a"], Some(cursors[0])),
            page(&["b"], Some(cursors[1])),
            page(&["c"], Some(cursors[2])),
        ])
        .await;
        let client = server.client();
        let mut chats = client.list_chats().stream();
        let mut seen = Vec::new();
        let error = loop {
            match chats.next().await.unwrap() {
                // A circle that is not noticed has no end.
                Ok(_) if seen.len() == 10 => panic!("{seen:?}"),
                Ok(chat) => seen.push(chat.id().to_owned()),
                Err(error) => break error,
            }
        };
        assert!(error.is_endless(), "{error}");
        assert!(seen.len() >= 2 && server.requests().len() == seen.len());
        assert!(chats.next().await.is_none(), "it ends with its error");
    }
}

#[tokio::test]
async fn empty_pages_end_after_a_number_that_can_be_set() {
    // Each fourth page has a chat.
    let server = Server::start(|n, _| {
        let chats: &[&str] = if n % 4 == 3 { &["a"] } else { &[] };
        page(chats, Some(&n.to_string()))
    })
    .await;
    let client = server.client();
    let chats = client.list_chats().max_empty_pages(3).stream();
    assert_eq!(
        chats.take(5).try_collect::<Vec<_>>().await.unwrap().len(),
        5
    );

    let mut chats = client.list_chats().max_empty_pages(2).stream();
    server.take();
    let error = chats.next().await.unwrap().unwrap_err();
    assert!(error.is_endless(), "{error}");
    assert_eq!(server.requests().len(), 3);
    assert!(chats.next().await.is_none());

    let server = Server::start(|n, _| page(&[], Some(&n.to_string()))).await;
    let error = ids(&server).await.unwrap_err();
    assert!(error.is_endless(), "{error}");
    assert_eq!(server.requests().len(), 101);
}

#[tokio::test]
async fn the_next_page_comes_while_this_one_is_used() {
    let server = Server::script(vec![
        page(&["a", "b"], Some("2")),
        page(&["c"], Some("3")),
        page(&["d"], None),
    ])
    .await;
    let client = server.client();
    let mut chats = client.list_chats().stream();
    assert_eq!(
        server.requests().len(),
        0,
        "nothing is asked before it is polled"
    );
    assert_eq!(chats.try_next().await.unwrap().unwrap().id(), "a");
    server.received(2).await;
    meanwhile().await;
    assert_eq!(server.requests().len(), 2, "one page ahead, no more");
    assert_eq!(
        chats
            .map_ok(|chat| chat.id().to_owned())
            .try_collect::<Vec<_>>()
            .await
            .unwrap(),
        ["b", "c", "d"]
    );
}

#[tokio::test]
async fn a_reader_that_is_slower_than_the_time_limit_loses_nothing() {
    let _clock = stop_clock();
    let server = Server::script(vec![page(&["a", "b"], Some("2")), page(&["c"], None)]).await;
    let (settings, mut attempts) = pauses(server.settings());
    let client = settings.build().unwrap();
    let mut chats = client.list_chats().stream();
    assert!(chats.try_next().await.unwrap().is_some());
    // Both pages are there before time passes.
    for _ in 0..2 {
        assert_eq!(attempts.recv().await.unwrap(), None);
    }
    let mut seen = 1;
    advance(LONG).await;
    while chats.try_next().await.unwrap().is_some() {
        seen += 1;
        advance(LONG).await;
    }
    assert_eq!((seen, server.requests().len()), (3, 2));
}

#[tokio::test]
async fn a_listing_resumes_where_another_failed() {
    let server = Server::start(|_, request| match cursor(request).as_deref() {
        None => page(&["a", "b"], Some("2")),
        Some("2") => problem(404, "errors/resource_not_found"),
        _ => page(&["d"], None),
    })
    .await;
    let client = server.client();
    let mut chats = client.list_chats().stream();
    assert_eq!(chats.cursor(), None);
    assert_eq!(chats.try_next().await.unwrap().unwrap().id(), "a");
    assert_eq!(chats.cursor(), None, "`b` is on the first page");
    assert_eq!(chats.try_next().await.unwrap().unwrap().id(), "b");
    assert!(chats.try_next().await.is_err());
    assert_eq!(chats.cursor(), Some("2"), "the page that could not be had");
    assert!(chats.try_next().await.unwrap().is_none());

    let resumed = client.list_chats().cursor("3").stream();
    assert_eq!(
        resumed
            .map_ok(|chat| chat.id().to_owned())
            .try_collect::<Vec<_>>()
            .await
            .unwrap(),
        ["d"]
    );
}

#[tokio::test]
async fn filters_are_sent_for_every_page() {
    let server = Server::script(vec![page(&["a"], Some("2")), page(&[], None)]).await;
    let listing = server
        .client()
        .list_chats()
        .unread(true)
        .limit(1)
        .account("acc_1");
    let chats: Vec<Chat> = listing.stream().try_collect().await.unwrap();
    assert_eq!(chats.len(), 1);
    for request in server.requests() {
        assert_eq!(request.query("unread"), ["true"]);
        assert_eq!(request.query("limit"), ["1"]);
        assert_eq!(request.query("account_id"), ["acc_1"]);
    }
}

#[tokio::test]
async fn a_page_that_fails_for_a_moment_is_asked_for_again() {
    let server = Server::script(vec![
        page(&["a"], Some("2")),
        problem(500, "errors/unexpected_error"),
        Reply::CloseAfterBody,
        page(&["b"], None),
    ])
    .await;
    assert_eq!(ids(&server).await.unwrap(), ["a", "b"]);
}

#[tokio::test]
async fn a_stream_can_be_read_by_another_task_and_dropped_at_any_time() {
    let _clock = stop_clock();
    fn send<T: Send + 'static>(value: T) -> T {
        value
    }
    let server = Server::script(vec![page(&["a"], Some("2")), Reply::Silence]).await;
    let mut chats = send(server.client().list_chats().stream());
    assert!(chats.try_next().await.unwrap().is_some());
    drop(chats);
}
