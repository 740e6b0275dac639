//! What `reqwest` makes of a form, read from the socket.

use std::fs;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::support::{client, fields, find, serve};
use bytes::Bytes;
use futures_util::TryStreamExt;
use postpress_multipart::{Form, FormBody, FormOptions, Upload};

async fn send(form: Form, url: &str) -> Result<reqwest::Response, reqwest::Error> {
    form.apply(client().post(url)).send().await
}

#[tokio::test]
async fn the_length_is_declared_and_the_bytes_are_exact() {
    let file = tempfile::Builder::new().suffix(".txt").tempfile().unwrap();
    fs::write(file.path(), "from disk").unwrap();
    let uploads = [
        Upload::path(file.path()).with_file_name("disk.txt"),
        Upload::reader(6, &b"reader"[..]),
        Upload::stream(
            6,
            futures_util::stream::iter(["st", "", "ream"].map(|chunk| Ok(Bytes::from(chunk)))),
        ),
    ];
    let form = fields(|form| {
        form.field("text").put("héllo");
        form.field("files").with_accept("*/*").put(&uploads);
    });
    let form = form.to_form_with_boundary("XX").unwrap();
    let (url, server) = serve(None).await;
    assert_eq!(send(form, &url).await.unwrap().status(), 200);
    let received = server.await.unwrap();
    assert!(received.is_whole());
    assert_eq!(
        received.headers("content-type"),
        ["multipart/form-data; boundary=XX"]
    );
    assert!(received.headers("transfer-encoding").is_empty());
    assert_eq!(
        String::from_utf8(received.body).unwrap(),
        "--XX\r\n\
         Content-Disposition: form-data; name=\"text\"\r\n\r\nhéllo\r\n\
         --XX\r\n\
         Content-Disposition: form-data; name=\"files\"; filename=\"disk.txt\"\r\n\
         Content-Type: text/plain\r\n\r\nfrom disk\r\n\
         --XX\r\n\
         Content-Disposition: form-data; name=\"files\"; filename=\"file\"\r\n\
         Content-Type: application/octet-stream\r\n\r\nreader\r\n\
         --XX\r\n\
         Content-Disposition: form-data; name=\"files\"; filename=\"file\"\r\n\
         Content-Type: application/octet-stream\r\n\r\nstream\r\n\
         --XX--\r\n"
    );
}

#[tokio::test]
async fn the_body_alone_also_has_its_length_declared() {
    let form = fields(|form| form.field("file").put(&Upload::bytes(vec![0; 3_000_000])));
    let form = form.to_form().unwrap();
    let length = form.content_length();
    let (url, server) = serve(None).await;
    let request = client().post(&url).body(form.into_body());
    assert_eq!(request.send().await.unwrap().status(), 200);
    let received = server.await.unwrap();
    assert_eq!(received.content_length() as u64, length);
    assert!(received.headers("transfer-encoding").is_empty());
}

#[tokio::test]
async fn an_empty_form_is_sent() {
    let form = fields(|_| {}).to_form_with_boundary("XX").unwrap();
    let (url, server) = serve(None).await;
    assert_eq!(send(form, &url).await.unwrap().status(), 200);
    assert_eq!(server.await.unwrap().body, b"--XX--\r\n");
}

#[tokio::test]
async fn files_at_and_around_the_chunk_size_arrive_whole() {
    const MIB: usize = 1024 * 1024;
    let bytes: Vec<u8> = (0..=2 * MIB).map(|index| (index % 251) as u8).collect();
    for length in [
        0,
        1,
        MIB - 1,
        MIB,
        MIB + 1,
        2 * MIB - 1,
        2 * MIB,
        2 * MIB + 1,
    ] {
        let file = tempfile::NamedTempFile::new().unwrap();
        let data = &bytes[..length];
        fs::write(file.path(), data).unwrap();
        let reader = tokio::fs::File::open(file.path()).await.unwrap();
        let form = fields(|form| form.field("f").put(&Upload::path(file.path())));
        let from_reader = Upload::reader(length as u64, reader);
        let by_reader = fields(|form| form.field("f").put(&from_reader));
        for form in [form.to_form(), by_reader.to_form()] {
            let (url, server) = serve(None).await;
            assert_eq!(send(form.unwrap(), &url).await.unwrap().status(), 200);
            let body = server.await.unwrap().body;
            let start = find(&body, b"\r\n\r\n").unwrap() + 4;
            assert!(body[start..start + length] == *data, "{length}");
            assert!(body[start + length..].starts_with(b"\r\n--"), "{length}");
        }
    }
}

#[tokio::test]
async fn a_stream_survives_a_refused_connection() {
    let upload = Upload::reader(5, &b"hello"[..]);
    let form = fields(|form| form.field("f").put(&upload));
    // A port that was free a moment ago.
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    drop(listener);
    let error = send(form.to_form().unwrap(), &url).await.unwrap_err();
    assert!(error.is_connect());
    let (url, server) = serve(None).await;
    let response = send(form.to_form().unwrap(), &url).await.unwrap();
    assert_eq!(response.status(), 200);
    assert!(server.await.unwrap().is_whole());
    assert!(form.to_form().unwrap_err().refusals()[0].is_used_stream());
}

#[tokio::test]
async fn progress_goes_to_the_length_of_the_file() {
    let seen = Arc::new(AtomicU64::new(0));
    let hook = seen.clone();
    let upload = Upload::bytes(vec![7; 5_000_000]).on_progress(move |sent, total| {
        assert!(hook.swap(sent, Ordering::Relaxed) < sent);
        assert_eq!(total, 5_000_000);
    });
    let form = fields(|form| form.field("f").put(&upload))
        .to_form()
        .unwrap();
    let (url, server) = serve(None).await;
    send(form, &url).await.unwrap();
    assert!(server.await.unwrap().is_whole());
    assert_eq!(seen.load(Ordering::Relaxed), 5_000_000);
}

#[tokio::test]
async fn progress_of_a_form_counts_its_files_together_and_starts_anew_with_another_form() {
    let file = tempfile::NamedTempFile::new().unwrap();
    fs::write(file.path(), vec![7; 2_000_000]).unwrap();
    let single = Arc::new(AtomicU64::new(0));
    let hook = single.clone();
    let small = Upload::bytes("small").on_progress(move |sent, total| {
        assert_eq!(total, 5);
        hook.fetch_add(sent, Ordering::Relaxed);
    });
    let body = fields(|form| {
        form.field("text").put(&"t".repeat(100_000));
        form.field("f").put(&small);
        form.field("f").put(&Upload::path(file.path()));
        form.field("f").put(&Upload::bytes(""));
    });
    let seen = Arc::new(std::sync::Mutex::new(Vec::new()));
    let record = seen.clone();
    let options = FormOptions::new().on_progress(move |sent, total| {
        assert_eq!(total, 2_000_005);
        record.lock().unwrap().push(sent);
    });
    for _attempt in 0..2 {
        let form = body.to_form_with(&options).unwrap();
        let _: Vec<_> = form.into_stream().try_collect().await.unwrap();
        let seen = std::mem::take(&mut *seen.lock().unwrap());
        assert_eq!((seen.first(), seen.last()), (Some(&5), Some(&2_000_005)));
        assert!(seen.is_sorted_by(|one, two| one < two), "{seen:?}");
    }
    assert_eq!(single.load(Ordering::Relaxed), 10);
}
