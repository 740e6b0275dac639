//! A body of 256 MiB is sent with a few MiB of memory. In a program of its own, so that no other test takes any meanwhile.

#![allow(clippy::unwrap_used, reason = "helpers outside the test functions too")]

use std::fs::{self, File};
use std::sync::Mutex;

use postpress_client::Upload;
use postpress_client::forms::SendMessageRequest;
use postpress_client::runtime::Bytes;
use postpress_tests::client::client;
use postpress_tests::{Server, examples};

const MIB: u64 = 1024 * 1024;
const HUGE: u64 = 256 * MIB;

/// What the program may take beside what it had, in KiB: an eighth of the body.
const LIMIT: u64 = 32 * 1024;

/// One upload at a time.
static TURN: Mutex<()> = Mutex::new(());

/// The most memory that Linux saw this program take, in KiB.
fn peak() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

async fn send(upload: Upload) {
    let server = Server::counting(examples::response("sendMessage"));
    let form = SendMessageRequest {
        attachments: vec![upload],
        ..Default::default()
    };
    let before = peak();
    client(&server).send_message("chat_1", &form).await.unwrap();
    let request = server.request();
    assert!(request.is_whole());
    assert!(request.body_length > HUGE && request.body_length < HUGE + 1024);
    assert!(request.body_end.ends_with(b"\r\n--BOUNDARY--\r\n"));
    match (before, peak()) {
        (Some(before), Some(after)) => {
            println!("{before} KiB before, {after} KiB at most");
            assert!(after - before < LIMIT, "the body was held in memory");
        }
        _ => println!("not measured: there is no /proc/self/status"),
    }
}

#[tokio::test]
async fn a_stream_of_256_mib_takes_little_memory() {
    let _turn = TURN.lock();
    let chunk = Bytes::from(vec![b'x'; MIB as usize]);
    let stream = move || {
        let chunk = chunk.clone();
        futures_util::stream::iter((0..HUGE / MIB).map(move |_| Ok(chunk.clone())))
    };
    send(Upload::replay(HUGE, stream)).await;
}

#[tokio::test]
async fn a_file_of_256_mib_takes_little_memory() {
    let _turn = TURN.lock();
    let file = tempfile::NamedTempFile::new().unwrap();
    // A hole: it takes no room on the disk.
    File::set_len(file.as_file(), HUGE).unwrap();
    send(Upload::path(file.path())).await;
}
