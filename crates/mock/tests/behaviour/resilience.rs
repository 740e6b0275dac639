//! Clients that are slow, broken or greedy, and servers that come and go.

use std::io::Write as _;
use std::net::TcpStream as Blocking;
use std::sync::{Mutex, mpsc};
use std::time::Duration;

use postpress_mock::{Fault, MockServer, Outcome};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::program::Running;
use crate::support::{form, get, head, observed, post, raw};

/// The head of an upload to startChat, up to the content of its file.
fn upload(length: &str) -> String {
    let part = |name: &str, rest: &str| {
        format!("--B\r\nContent-Disposition: form-data; name=\"{name}\"{rest}\r\n\r\n")
    };
    format!(
        "POST /v1/chats HTTP/1.1\r\nHost: h\r\nX-API-KEY: k\r\n{length}\r\n\
         Content-Type: multipart/form-data; boundary=B\r\n\r\n\
         {}a\r\n{}b\r\n{}",
        part("account_id", ""),
        part("attendees_ids", ""),
        part("attachments", "; filename=\"big.bin\"")
    )
}

#[tokio::test]
async fn a_body_that_is_much_too_large_is_refused_at_once_and_not_held() {
    let server = MockServer::start().await;
    let mut stream = TcpStream::connect(server.address())
        .await
        .expect("a connection");
    let request = upload("Content-Length: 1073741824");
    stream
        .write_all(request.as_bytes())
        .await
        .expect("a request");
    // A client that reads while it sends has the response after the first kilobyte.
    let mut response = vec![0; 4096];
    let count = stream.read(&mut response).await.expect("a response");
    let response = String::from_utf8_lossy(&response[..count]).into_owned();
    assert!(response.starts_with("HTTP/1.1 400"), "{response}");
    assert!(response.contains("attachments is too large"), "{response}");
}

#[test]
fn a_client_that_sends_everything_before_it_reads_gets_the_response_too_and_nothing_is_held() {
    // A process of its own, whose memory is the server's alone.
    let program = Running::start(&[]);
    let piece = vec![0; 1024 * 1024];
    for length in ["Content-Length: 104857858", "Transfer-Encoding: chunked"] {
        let chunked = length.starts_with('T');
        let mut stream = Blocking::connect(program.address()).expect("a connection");
        let head = upload(length);
        let (head, body) = head.split_once("\r\n\r\n").expect("a head");
        write!(stream, "{head}\r\n\r\n").expect("a head");
        let mut send = |content: &[u8]| {
            if chunked {
                write!(stream, "{:x}\r\n", content.len()).expect("a chunk");
            }
            stream.write_all(content).expect("a piece");
            if chunked {
                stream.write_all(b"\r\n").expect("a chunk");
            }
        };
        send(body.as_bytes());
        (0..100).for_each(|_| send(&piece));
        let mut response = [0; 12];
        std::io::Read::read_exact(&mut stream, &mut response).expect("a response");
        assert_eq!(response.as_slice(), b"HTTP/1.1 400", "{length}");
    }
    if let Some(memory) = program.peak_memory() {
        assert!(memory < 32 * 1024 * 1024, "{memory} bytes");
    }
}

#[tokio::test]
async fn slow_clients_do_not_stop_others() {
    let server = MockServer::start().await;
    let mut slow = Vec::new();
    for request in [
        // Nothing, half a head, half a body, and clients that do not read their responses.
        String::new(),
        "GET /v1/chats HTTP/1.1\r\nHo".to_owned(),
        upload("Content-Length: 1000000"),
        head("GET", "/v1/chats"),
    ] {
        for _ in 0..25 {
            let mut stream = TcpStream::connect(server.address())
                .await
                .expect("a connection");
            stream.write_all(request.as_bytes()).await.expect("a piece");
            slow.push(stream);
        }
    }
    for _ in 0..20 {
        assert_eq!(get(&server, "/chats").await.0, 200);
    }
    // Nobody had to wait for the uploads: none of them has been handled, or given up.
    let mut received = server.received().into_iter();
    assert!(received.all(|it| it.operation() == Some("listChats")));
    drop(slow);
}

#[tokio::test]
async fn what_is_not_http_is_refused_and_does_not_stop_others() {
    let server = MockServer::start().await;
    for garbage in [
        "\r\n\r\n\r\n".to_owned(),
        "HELLO\r\n\r\n".to_owned(),
        "\u{16}\u{3}\u{1}\u{2}\0\u{1}\0\u{1}\u{fc}\u{3}\u{3}".to_owned(),
        "GET /v1/chats HTTP/9.9\r\n\r\n".to_owned(),
        format!("GET /{} HTTP/1.1\r\nHost: h\r\n\r\n", "a".repeat(100_000)),
        format!(
            "GET / HTTP/1.1\r\nHost: h\r\n{}\r\n",
            "A: b\r\n".repeat(1000)
        ),
    ] {
        let mut stream = TcpStream::connect(server.address())
            .await
            .expect("a connection");
        // A server that has read enough of it may have closed the connection.
        let _ = stream.write_all(garbage.as_bytes()).await;
        let _ = stream.shutdown().await;
        let mut response = Vec::new();
        let _ = stream.read_to_end(&mut response).await;
        let response = String::from_utf8_lossy(&response);
        assert!(!response.starts_with("HTTP/1.1 2"), "{response}");
    }
    assert_eq!(get(&server, "/chats").await.0, 200);
}

#[tokio::test]
async fn a_client_that_goes_away_in_the_middle_of_a_body_is_noted_and_starts_nothing() {
    let (server, mut handled) = observed(Fault::latency(Duration::ZERO)).await;
    let before = server.chats().len();
    let mut stream = TcpStream::connect(server.address())
        .await
        .expect("a connection");
    stream
        .write_all(upload("Content-Length: 1000000").as_bytes())
        .await
        .expect("a piece");
    drop(stream);
    let received = handled.recv().await.expect("a request");
    assert_eq!(received.outcome(), Outcome::BrokenOff);
    assert_eq!(received.text("account_id"), Some("a"));
    assert_eq!(server.chats().len(), before);
    assert_eq!(server.messages_sent(), 0);
}

#[tokio::test]
async fn part_headers_without_an_end_are_refused_before_they_take_memory() {
    let server = MockServer::start().await;
    let body = format!(
        "--B\r\nContent-Disposition: form-data; name=\"{}",
        "a".repeat(2_000_000)
    );
    let request = format!(
        "POST /v1/chats HTTP/1.1\r\nHost: h\r\nX-API-KEY: k\r\nConnection: close\r\n\
         Content-Type: multipart/form-data; boundary=B\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    let response = raw(&server, request).await.expect("a response");
    assert!(response.starts_with("HTTP/1.1 400"), "{response}");
    assert!(
        response.contains("the headers of a part have no end"),
        "{response}"
    );
}

#[tokio::test]
async fn a_client_that_waits_for_permission_to_send_is_refused_without_it() {
    let server = MockServer::builder()
        .api_key("other")
        .start()
        .await
        .expect("a server");
    let request = "POST /v1/chats HTTP/1.1\r\nHost: h\r\nX-API-KEY: k\r\nExpect: 100-continue\r\n\
        Content-Type: multipart/form-data; boundary=B\r\nContent-Length: 1073741824\r\n\r\n";
    let response = raw(&server, request).await.expect("a response");
    assert!(response.starts_with("HTTP/1.1 401"), "{response}");
}

#[tokio::test]
async fn a_connection_is_used_again_after_a_form_was_read_and_after_one_was_refused() {
    let server = MockServer::start().await;
    let mut stream = TcpStream::connect(server.address())
        .await
        .expect("a connection");
    let message = |name: &str| {
        let body = format!(
            "--B\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\nHello\r\n--B--\r\nepilogue"
        );
        format!(
            "POST /v1/chats/9f9uio56sopa456s/messages HTTP/1.1\r\nHost: h\r\nX-API-KEY: k\r\n\
             Content-Type: multipart/form-data; boundary=B\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        )
    };
    for (name, status) in [("text", 201), ("attachments", 422), ("text", 201)] {
        stream
            .write_all(message(name).as_bytes())
            .await
            .expect("a request");
        let mut response = vec![0; 4096];
        let count = stream.read(&mut response).await.expect("a response");
        let response = String::from_utf8_lossy(&response[..count]).into_owned();
        assert!(
            response.starts_with(&format!("HTTP/1.1 {status}")),
            "{response}"
        );
    }
}

#[tokio::test]
async fn many_servers_at_once_share_nothing() {
    let mut servers = Vec::new();
    for _ in 0..20 {
        servers.push(MockServer::start().await);
    }
    for (index, server) in servers.iter().enumerate() {
        for _ in 0..index {
            let message = form(&[("text", "Hello")]);
            assert_eq!(
                post(server, "/chats/9f9uio56sopa456s/messages", message)
                    .await
                    .0,
                201
            );
        }
    }
    for (index, server) in servers.iter().enumerate() {
        assert_eq!(server.messages_sent(), index as u64);
    }
}

#[tokio::test]
async fn a_server_that_is_dropped_has_stopped() {
    let server = MockServer::start().await;
    let address = server.address();
    let mut open = TcpStream::connect(address).await.expect("a connection");
    drop(server);
    assert!(TcpStream::connect(address).await.is_err());
    // While the connection is open, this waits.
    let _ = open.read_to_end(&mut Vec::new()).await;
    let again = MockServer::builder().port(address.port()).start().await;
    assert_eq!(again.expect("the same port").address(), address);
}

#[tokio::test]
async fn a_server_that_is_stopped_finishes_the_requests_that_it_is_handling() {
    let (arrive, mut arrived) = tokio::sync::mpsc::unbounded_channel();
    let (finish, finished) = mpsc::channel();
    let finished = Mutex::new(finished);
    // Holds the only request, and with it the thread of the server, until it is told to go on.
    let server = MockServer::builder().on_request(move |_| {
        arrive.send(()).expect("the test");
        let finished = finished.lock().expect("one request");
        finished.recv().expect("the test");
    });
    let server = server.start().await.expect("a server");
    let request = reqwest::Client::new().get(server.base_url() + "/chats");
    let sent = tokio::spawn(request.header("X-API-KEY", "k").send());
    arrived.recv().await.expect("a request");
    let go_on = async { finish.send(()).expect("the server") };
    // In this order: the server is told to stop before the request goes on.
    let ((), ()) = tokio::join!(biased; server.stop(), go_on);
    let response = sent.await.expect("the task").expect("a response");
    assert_eq!(response.status(), 200);
}

#[test]
fn a_server_serves_code_that_is_not_async_and_blocks() {
    let server = MockServer::builder().start_blocking().expect("a server");
    let mut stream = Blocking::connect(server.address()).expect("a connection");
    stream
        .write_all(head("GET", "/v1/chats").as_bytes())
        .expect("a request");
    let mut response = String::new();
    std::io::Read::read_to_string(&mut stream, &mut response).expect("a response");
    assert!(response.starts_with("HTTP/1.1 200"), "{response}");
}
