//! What Ctrl-C says of the message that was being sent.

use std::{
    fs::File,
    io::{BufRead, BufReader, Read},
    net::TcpListener,
    process::{Child, Command, Stdio},
    sync::mpsc,
    time::Duration,
};

use postpress_mock::{Fault, RetryAfter};

use crate::support::{KEY, at, postpress, server_with};

const UNKNOWN: &str = "unknown: the message may have been sent";

fn start(command: &mut Command) -> Child {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts")
}

/// Interrupts the program, as Ctrl-C does, and returns the rest of what it prints on standard error.
fn interrupted(mut child: Child, mut stderr: impl Read) -> String {
    let id = child.id().to_string();
    let killed = Command::new("kill").args(["-INT", &id]).status();
    assert!(killed.expect("kill runs").success());
    let mut printed = String::new();
    stderr.read_to_string(&mut printed).expect("UTF-8");
    let status = child.wait().expect("it ends");
    assert_eq!(status.code(), Some(130), "{printed}");
    printed
}

#[test]
fn in_the_pause_after_a_429_the_message_was_rejected() {
    let wait = RetryAfter::Seconds(Duration::from_secs(30));
    let server = server_with(|mock| mock.fault(Fault::too_many_requests(wait)));
    let mut child = start(&mut at(&server, ["messages", "send", "chat_1", "Hi", "-v"]));
    let mut stderr = BufReader::new(child.stderr.take().expect("it is piped"));
    let mut line = String::new();
    while !line.contains("there will be another") {
        line.clear();
        let read = stderr.read_line(&mut line).expect("UTF-8");
        assert_ne!(read, 0, "the program says that it pauses");
    }
    let printed = interrupted(child, stderr);
    assert!(
        printed.contains("delivery  not sent: the service said that it did not send it"),
        "{printed}"
    );
    assert!(!printed.contains("look into the chat"), "{printed}");
    assert_eq!(server.messages_sent(), 0);
}

#[test]
fn in_the_middle_of_an_upload_the_message_was_broken_off() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    let dir = tempfile::tempdir().expect("a directory");
    let path = dir.path().join("large.bin");
    // More than the buffers of both sockets can hold.
    let file = File::create(&path).expect("a file");
    file.set_len(256 << 20).expect("a sparse file");
    let url = format!("http://{address}/v1");
    let path = path.to_str().expect("UTF-8");
    let mut child = start(
        postpress([
            "messages",
            "send",
            "chat_1",
            "--attach",
            path,
            "--base-url",
            &url,
        ])
        .env("POSTPRESS_API_KEY", KEY),
    );
    let stderr = child.stderr.take().expect("it is piped");
    let (mut stream, _) = listener.accept().expect("a connection");
    // Some of the file has come, and the rest is never read.
    let mut beginning = vec![0; 1 << 20];
    stream.read_exact(&mut beginning).expect("a beginning");
    let printed = interrupted(child, stderr);
    assert!(
        printed.contains("delivery  not sent: the upload broke off"),
        "{printed}"
    );
    assert!(!printed.contains("look into the chat"), "{printed}");
}

#[test]
fn after_the_whole_request_went_out_nobody_knows() {
    let (handled, requests) = mpsc::channel();
    let server = server_with(|mock| {
        mock.fault(Fault::hang()).on_request(move |_| {
            // The test may be over.
            let _ = handled.send(());
        })
    });
    let mut child = start(&mut at(&server, ["messages", "send", "chat_1", "Hi"]));
    let stderr = child.stderr.take().expect("it is piped");
    requests.recv().expect("a request");
    let printed = interrupted(child, stderr);
    assert!(
        printed.contains(&format!("delivery  {UNKNOWN}")),
        "{printed}"
    );
    assert!(
        printed.contains("look into the chat before you send it again"),
        "{printed}"
    );
    assert_eq!(server.messages_sent(), 1);
}

#[test]
fn of_a_read_nothing_is_said_of_delivery() {
    let (handled, requests) = mpsc::channel();
    let server = server_with(|mock| {
        mock.fault(Fault::hang()).on_request(move |_| {
            // The test may be over.
            let _ = handled.send(());
        })
    });
    let mut child = start(&mut at(&server, ["chats", "list"]));
    let stderr = child.stderr.take().expect("it is piped");
    requests.recv().expect("a request");
    let printed = interrupted(child, stderr);
    assert_eq!(printed.trim_end(), "error: interrupted");
}
