//! Files: their parts, their progress, and what happens when they change or break off.

use std::{
    io,
    path::PathBuf,
    sync::{
        Arc, Mutex,
        atomic::{AtomicU64, Ordering},
    },
};

use bytes::Bytes;
use futures_util::stream;
use postpress::{Delivery, Upload};

use crate::server::{Reply, Server, http, problem, sent};

/// A file that is gone when the test is over.
struct Temporary(PathBuf);

impl Temporary {
    fn new(name: &str, content: &[u8]) -> Self {
        static COUNT: AtomicU64 = AtomicU64::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let folder =
            std::env::temp_dir().join(format!("postpress-{}-{number}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let path = folder.join(name);
        std::fs::write(&path, content).unwrap();
        Self(path)
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(self.0.parent().unwrap());
    }
}

#[tokio::test]
async fn files_come_from_paths_bytes_readers_and_streams() {
    let server = Server::always(sent()).await;
    let file = Temporary::new("Straße \"1\".pdf", b"path");
    let reader = io::Cursor::new(b"reader".to_vec());
    let chunks = stream::iter(["str", "eam"].map(|chunk| Ok(Bytes::from(chunk))));
    server
        .client()
        .send_message("c")
        .attach_file(&file.0)
        .attach(Upload::bytes("bytes").with_media_type("image/png"))
        .attach(Upload::reader(6, reader).with_file_name("r.csv"))
        .attach(Upload::stream(6, chunks).with_file_name("s.unknown-extension"))
        .await
        .unwrap();
    let request = server.only_request();
    let parts = request.parts().await;
    let seen: Vec<_> = parts
        .iter()
        .map(|part| {
            (
                part.file_name.as_deref().unwrap(),
                part.media_type.as_deref().unwrap(),
                &*part.content,
            )
        })
        .collect();
    let expected: [(&str, &str, &[u8]); 4] = [
        ("Straße %221%22.pdf", "application/pdf", b"path"),
        ("file.png", "image/png", b"bytes"),
        ("r.csv", "text/csv", b"reader"),
        ("s.unknown-extension", "application/octet-stream", b"stream"),
    ];
    assert_eq!(seen, expected);
    let length: usize = request.header("content-length").unwrap().parse().unwrap();
    assert_eq!(length, request.body.len());
}

#[tokio::test]
async fn progress_counts_all_files_and_starts_again_with_each_attempt() {
    let server = Server::script(vec![problem(429, "errors/too_many_requests"), sent()]).await;
    let seen: Arc<Mutex<Vec<(u64, u64)>>> = Arc::default();
    let record = Arc::clone(&seen);
    server
        .client()
        .send_message("c")
        .attach(Upload::bytes(vec![1; 3 << 20]))
        .attach(Upload::bytes(vec![2; 1000]))
        .on_progress(move |sent, total| record.lock().unwrap().push((sent, total)))
        .await
        .unwrap();
    let total = (3 << 20) + 1000;
    let seen = seen.lock().unwrap().clone();
    assert!(seen.iter().all(|(_, of)| *of == total));
    let ends: Vec<usize> = (0..seen.len()).filter(|n| seen[*n].0 == total).collect();
    assert_eq!(ends.len(), 2, "{seen:?}");
    for attempt in [&seen[..=ends[0]], &seen[ends[0] + 1..]] {
        assert!(attempt.len() >= 4 && attempt.is_sorted(), "{attempt:?}");
        assert!(
            attempt[0].0 <= 1 << 20,
            "it starts from nothing: {attempt:?}"
        );
    }
}

#[tokio::test]
async fn a_stream_is_sent_once_whole_or_not_at_all() {
    let once = || Upload::stream(5, stream::iter([Ok(Bytes::from_static(b"hello"))]));
    // It was read by the attempt that was refused, so that there can be no second.
    let server = Server::always(problem(429, "errors/too_many_requests")).await;
    let call = server.client().send_message("c").attach(once());
    let again = call.clone();
    let error = call.await.unwrap_err();
    assert_eq!((error.attempts(), server.messages()), (1, 1));
    assert_eq!(error.delivery(), Some(Delivery::Rejected));
    // A clone shares the stream, and says that it is used up.
    let error = again.await.unwrap_err();
    assert!(
        error.is_invalid_request() && error.to_string().contains("sent already"),
        "{error}"
    );
    assert_eq!(server.messages(), 1);

    // The same stream in two places is refused before anything is sent.
    let shared = once();
    let error = server
        .client()
        .send_message("c")
        .attach(shared.clone())
        .attach(shared.clone())
        .await
        .unwrap_err();
    assert!(error.is_invalid_request(), "{error}");
    assert_eq!(server.messages(), 1);
    // And is unread after that.
    let server = Server::always(sent()).await;
    server
        .client()
        .send_message("c")
        .attach(shared)
        .await
        .unwrap();
    assert_eq!(server.only_request().parts().await[0].content, b"hello");
}

#[tokio::test]
async fn a_stream_that_lies_about_its_length_or_fails_sends_nothing() {
    let faults: [Vec<io::Result<Bytes>>; 3] = [
        vec![Ok(Bytes::from_static(b"short"))],
        vec![Ok(Bytes::from(vec![0; 100]))],
        vec![
            Ok(Bytes::from_static(b"1234")),
            Err(io::Error::other("the disk is gone")),
        ],
    ];
    for chunks in faults {
        let server = Server::always(sent()).await;
        let upload = Upload::stream(50, stream::iter(chunks));
        let error = server
            .client()
            .send_message("c")
            .attach(upload)
            .await
            .unwrap_err();
        assert!(error.is_upload(), "{error}");
        assert_eq!(error.delivery(), Some(Delivery::NotSent), "{error}");
        assert_eq!((error.attempts(), server.messages()), (1, 0), "{error}");
    }
}

#[tokio::test]
async fn a_file_that_vanishes_between_attempts_is_named_and_not_sent() {
    let file = Temporary::new("a.pdf", b"content");
    let path = file.0.clone();
    let server = Server::script(vec![problem(429, "errors/too_many_requests"), sent()]).await;
    let client = server.settings().on_attempt(move |_| {
        let _ = std::fs::remove_file(&path);
    });
    let client = client.build().unwrap();
    let error = client
        .send_message("c")
        .attach_file(&file.0)
        .await
        .unwrap_err();
    assert_eq!(error.delivery(), Some(Delivery::NotSent));
    assert_eq!(error.invalid_fields()[0].field, "attachments", "{error}");
    assert_eq!((error.attempts(), server.messages()), (1, 1));
}

#[tokio::test]
async fn replayable_files_are_sent_again_from_their_beginning() {
    let busy = Reply::Bytes(http(
        "429 Too Many Requests",
        &[("connection", "close")],
        "",
    ));
    let server = Server::script(vec![busy, sent()]).await;
    let file = Temporary::new("a.bin", &[7; 100_000]);
    let replay = Upload::replay(3, || stream::iter([Ok(Bytes::from_static(b"abc"))]));
    server
        .client()
        .send_message("c")
        .attach_file(&file.0)
        .attach(replay)
        .await
        .unwrap();
    let requests = server.requests();
    let second = requests[1].parts().await;
    assert_eq!(requests[0].parts().await, second);
    assert_eq!(
        (second[0].content.len(), &*second[1].content),
        (100_000, &b"abc"[..])
    );
}
