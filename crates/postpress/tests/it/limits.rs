//! How large a response may be, and how long a file.

use std::io::Write;

use flate2::{Compression, write::GzEncoder};
use postpress::{Delivery, Upload};
use serde_json::json;

use crate::server::{Reply, Server, http, json, page, sent};

fn gzip(body: &[u8]) -> Reply {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(body).unwrap();
    let encoded = encoder.finish().unwrap();
    Reply::Bytes(http("200 OK", &[("content-encoding", "gzip")], encoded))
}

#[tokio::test]
async fn gzip_is_asked_for_and_read() {
    let listing = json!({"items": [crate::server::chat("a")], "object": "ChatList"});
    let server = Server::always(gzip(listing.to_string().as_bytes())).await;
    assert_eq!(server.client().list_chats().await.unwrap().len(), 1);
    let asked = server.only_request();
    assert!(asked.header("accept-encoding").unwrap().contains("gzip"));
}

#[tokio::test]
async fn a_response_that_is_too_large_is_an_error_and_a_send_unknown() {
    let large = vec![b' '; (32 << 20) + 1];
    for reply in [json("200 OK", &large), gzip(&large)] {
        let server = Server::always(reply).await;
        let error = server.client().list_chats().await.unwrap_err();
        assert!(error.is_invalid_body(), "{error}");
        let says = "its body is larger than 33554432 bytes";
        assert!(error.to_string().contains(says), "{error}");
        assert_eq!(server.requests().len(), 1, "it is not asked for again");
        let call = server.client().send_message("chat_1").text("Hello");
        let error = call.await.unwrap_err();
        assert_eq!(error.delivery(), Some(Delivery::Unknown), "{error}");
        assert_eq!(error.attempts(), 1);
    }
}

#[tokio::test]
async fn the_limit_can_be_set() {
    let server = Server::always(page(&["a"], None)).await;
    let length = match page(&["a"], None) {
        Reply::Bytes(bytes) => {
            bytes.len() - bytes.windows(4).position(|end| end == b"\r\n\r\n").unwrap() - 4
        }
        other => unreachable!("{other:?}"),
    };
    let client = |limit| server.settings().response_limit(limit).build().unwrap();
    assert!(client(length).list_chats().await.is_ok());
    let error = client(length - 1).list_chats().await.unwrap_err();
    assert!(error.is_invalid_body(), "{error}");
}

#[tokio::test]
async fn an_error_that_is_too_large_is_that_error() {
    let mut body = vec![b'x'; 2 << 20];
    body[..9].copy_from_slice(b"<!doctype");
    let server = Server::always(json("422 Unprocessable Entity", body)).await;
    let call = server.client().send_message("chat_1").text("Hello");
    let error = call.await.unwrap_err();
    assert_eq!(error.delivery(), Some(Delivery::Rejected));
    assert_eq!(error.raw_body().unwrap().len(), 1 << 20);
    assert!(error.to_string().len() < 500, "{error}");
}

#[tokio::test]
async fn lengths_near_64_bits_are_an_error() {
    let server = Server::always(sent()).await;
    let client = server.client();
    for less in (0..700).step_by(7) {
        let file = Upload::replay(u64::MAX - less, futures_util::stream::empty);
        let call = client.send_message("chat_1").attach(file);
        let error = call.await.unwrap_err();
        assert_eq!(error.delivery(), Some(Delivery::NotSent), "{less}: {error}");
    }
    assert_eq!(server.messages(), 0);
}
