//! Bodies of nothing, of many bytes, and those that do not come to their end.

use std::io;
use std::time::Duration;

use postpress_client::Upload;
use postpress_client::forms::{SendMessageRequest, StartChatRequest};
use postpress_client::runtime;
use postpress_client::runtime::{Bytes, Error, TransportError};
use postpress_client::types::{MessageSent, Problem};
use postpress_tests::client::client;
use postpress_tests::{Part, Response, Server, examples};

const MIB: u64 = 1024 * 1024;

fn attached(upload: Upload) -> SendMessageRequest {
    SendMessageRequest {
        attachments: vec![upload],
        ..Default::default()
    }
}

/// A stream that gives so many chunks of 1 MiB.
fn mebibytes(count: u64) -> impl Iterator<Item = io::Result<Bytes>> {
    let chunk = Bytes::from(vec![b'x'; MIB as usize]);
    (0..count).map(move |_| Ok(chunk.clone()))
}

#[tokio::test]
async fn a_message_of_nothing_is_a_form_without_parts() {
    let server = Server::responding(examples::response("sendMessage"));
    let form = SendMessageRequest::default();
    client(&server).send_message("chat_1", &form).await.unwrap();
    let request = server.request();
    assert_eq!(request.body, b"--BOUNDARY--\r\n");
    assert_eq!(request.content_length(), Some(14));
}

#[tokio::test]
async fn empty_texts_and_files_are_parts_and_empty_lists_are_none() {
    let server = Server::responding(examples::response("startChat"));
    let form = StartChatRequest {
        account_id: String::new(),
        attendees_ids: vec![],
        text: Some(String::new()),
        attachments: vec![Upload::bytes("").with_file_name("empty.txt")],
        ..Default::default()
    };
    client(&server).start_chat(&form).await.unwrap();
    assert_eq!(
        server.request().parts(),
        [
            Part::text("account_id", ""),
            Part::text("text", ""),
            Part::file("attachments", "empty.txt", "text/plain", b""),
        ]
    );
}

#[tokio::test]
async fn every_byte_of_a_file_arrives() {
    let content: Vec<u8> = (0..3_000_001_u32)
        .map(|index| (index % 251) as u8)
        .collect();
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), &content).unwrap();
    let server = Server::responding(examples::response("sendMessage"));
    let upload = Upload::path(file.path()).with_file_name("a.bin");
    client(&server)
        .send_message("chat_1", &attached(upload))
        .await
        .unwrap();
    let parts = server.request().parts();
    assert_eq!(parts.len(), 1);
    assert!(parts[0].content == content);
}

/// What came of sending to a server that responds so, and the server.
async fn send(
    response: Response,
    upload: Upload,
) -> (
    Result<runtime::Response<MessageSent>, Error<Problem>>,
    Server,
) {
    let server = Server::responding(response);
    let result = client(&server)
        .send_message("chat_1", &attached(upload))
        .await;
    (result, server)
}

fn transport(result: Result<runtime::Response<MessageSent>, Error<Problem>>) -> TransportError {
    match result {
        Err(Error::Transport(error)) => error,
        other => panic!("not a failed transport: {other:?}"),
    }
}

#[tokio::test]
async fn a_stream_that_ends_early_never_looks_sent() {
    let stream = futures_util::stream::iter(mebibytes(2));
    let (result, server) = send(
        examples::response("sendMessage"),
        Upload::stream(3 * MIB, stream),
    )
    .await;
    let error = transport(result);
    let upload = error.upload_error().unwrap();
    assert!(upload.is_shrunk());
    assert_eq!(upload.field(), "attachments");
    let request = server.request();
    assert!(!request.is_whole());
    assert!(!request.body_end.ends_with(b"--BOUNDARY--\r\n"));
}

#[tokio::test]
async fn a_stream_that_goes_on_never_looks_sent() {
    let stream = futures_util::stream::iter(mebibytes(4));
    let (result, server) = send(
        examples::response("sendMessage"),
        Upload::stream(3 * MIB, stream),
    )
    .await;
    assert!(transport(result).upload_error().unwrap().is_grown());
    assert!(!server.request().is_whole());
}

#[tokio::test]
async fn a_stream_that_fails_never_looks_sent() {
    let fault = [Err(io::Error::other("the disk is gone"))];
    let stream = futures_util::stream::iter(mebibytes(1).chain(fault));
    let (result, server) = send(
        examples::response("sendMessage"),
        Upload::stream(2 * MIB, stream),
    )
    .await;
    let error = transport(result);
    assert!(error.upload_error().unwrap().io_error().is_some());
    assert!(error.to_string().contains("the disk is gone"), "{error}");
    assert!(!server.request().is_whole());
}

#[tokio::test]
async fn a_file_that_vanishes_before_its_turn_never_looks_sent() {
    let file = tempfile::NamedTempFile::new().unwrap().into_temp_path();
    std::fs::write(&file, "soon gone").unwrap();
    let path = file.to_path_buf();
    // What is read before the file, when the form has been made already, takes the file away.
    let first = futures_util::stream::once(async move {
        std::fs::remove_file(path)?;
        Ok(Bytes::from_static(b"1"))
    });
    let form = SendMessageRequest {
        attachments: vec![Upload::stream(1, first), Upload::path(&file)],
        ..Default::default()
    };
    let server = Server::responding(examples::response("sendMessage"));
    let error = transport(client(&server).send_message("chat_1", &form).await);
    assert!(error.upload_error().unwrap().is_vanished());
    assert!(!server.request().is_whole());
}

#[tokio::test]
async fn a_server_that_hangs_up_in_the_middle_is_an_error() {
    let stream = || futures_util::stream::iter(mebibytes(64));
    let response = Response::nothing().after_bytes(MIB);
    let (result, server) = send(response, Upload::replay(64 * MIB, stream)).await;
    let error = transport(result);
    assert!(!error.is_connect());
    assert!(!error.is_upload());
    assert!(!server.request().is_whole());
}

#[tokio::test]
async fn a_response_that_comes_before_the_end_of_the_body_is_heard() {
    let stream = || futures_util::stream::iter(mebibytes(64));
    let headers = [("Content-Type", "text/plain")];
    let response = Response::new("413 Content Too Large", &headers, "no more").after_bytes(MIB);
    let (result, _server) = send(response, Upload::replay(64 * MIB, stream)).await;
    let error = result.unwrap_err();
    assert_eq!(error.status().unwrap(), 413);
    assert_eq!(error.body().unwrap().as_ref(), b"no more");
}

#[tokio::test]
async fn a_server_that_says_nothing_is_an_error() {
    let (result, server) = send(Response::nothing(), Upload::bytes("1")).await;
    let error = transport(result);
    assert!(!error.is_connect());
    assert!(server.request().is_whole());
}

#[tokio::test]
async fn a_response_that_is_not_http_is_an_error() {
    for bytes in ["SSH-2.0-OpenSSH_9.6\r\n", "{}", "HTTP/1.1 abc\r\n\r\n"] {
        let (result, _) = send(Response::raw(bytes), Upload::bytes("1")).await;
        assert!(!transport(result).is_connect(), "{bytes:?}");
    }
}

#[tokio::test]
async fn no_server_at_all_is_an_error_that_says_so() {
    // A port that was free a moment ago.
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let client = postpress_tests::client::client_at(&base);
    let error = transport(
        client
            .send_message("chat_1", &SendMessageRequest::default())
            .await,
    );
    assert!(error.is_connect());
}

#[tokio::test]
async fn a_slow_response_is_waited_for() {
    let response = examples::response("sendMessage").after(Duration::from_millis(300));
    let (result, _) = send(response, Upload::bytes("1")).await;
    assert_eq!(result.unwrap().status(), 201);
}
