//! Files and streams that are not what they were when the form was made.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use bytes::Bytes;
use futures_util::{StreamExt, TryStreamExt};
use postpress_multipart::{Form, FormBody, FormStream, Upload, UploadError};
use tempfile::TempDir;

use crate::support::{Paused, Received, client, fields, find, pause, serve};

const MIB: u64 = 1024 * 1024;

/// A file of so many bytes, in a directory of its own.
fn file(length: u64) -> (TempDir, PathBuf) {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("video.mp4");
    File::create(&path).unwrap().set_len(length).unwrap();
    (directory, path)
}

fn form(upload: &Upload) -> Form {
    let form = fields(|form| form.field("linkedin").member("attachments").put(&[upload]));
    form.to_form_with_boundary("XX").unwrap()
}

fn grow(path: &Path) {
    let mut file = OpenOptions::new().append(true).open(path).unwrap();
    file.write_all(b"more").unwrap();
}

fn shrink(path: &Path) {
    let file = OpenOptions::new().write(true).open(path).unwrap();
    file.set_len(file.metadata().unwrap().len() - 10).unwrap();
}

fn vanish(path: &Path) {
    fs::remove_file(path).unwrap();
}

fn become_a_directory(path: &Path) {
    fs::remove_file(path).unwrap();
    fs::create_dir(path).unwrap();
}

/// Writes in place, with another time of change and the same length.
fn rewrite(path: &Path) {
    // Time stamps are a few milliseconds apart at best.
    std::thread::sleep(Duration::from_millis(50));
    let mut file = OpenOptions::new().write(true).open(path).unwrap();
    file.write_all(b"other").unwrap();
}

/// The same with the time of writing put back.
#[cfg(unix)]
fn rewrite_unnoticed(path: &Path) {
    let modified = fs::metadata(path).unwrap().modified().unwrap();
    rewrite(path);
    let file = OpenOptions::new().write(true).open(path).unwrap();
    file.set_modified(modified).unwrap();
}

/// Puts another file of the same length in its place, as editors do.
fn replace(path: &Path) {
    let other = path.with_extension("new");
    File::create(&other)
        .unwrap()
        .set_len(fs::metadata(path).unwrap().len())
        .unwrap();
    fs::rename(other, path).unwrap();
}

async fn drain(mut stream: FormStream) -> (Vec<u8>, Option<UploadError>) {
    let mut body = Vec::new();
    while let Some(chunk) = stream.next().await {
        match chunk {
            Ok(chunk) => body.extend_from_slice(&chunk),
            Err(error) => {
                assert!(stream.next().await.is_none(), "goes on after an error");
                return (body, Some(error));
            }
        }
    }
    (body, None)
}

/// Changes the file after the form was made, before it is opened.
async fn before_opening(length: u64, change: fn(&Path)) -> UploadError {
    let (_directory, path) = file(length);
    let form = form(&Upload::path(&path));
    change(&path);
    broken_off(form.into_stream(), &path, length).await
}

/// Changes the file when its first chunk has been handed out.
async fn while_sending(length: u64, change: fn(&Path)) -> UploadError {
    let (_directory, path) = file(length);
    let mut stream = form(&Upload::path(&path)).into_stream();
    let _head = stream.try_next().await.unwrap().unwrap();
    let chunk = stream.try_next().await.unwrap().unwrap();
    assert_eq!(chunk.len() as u64, MIB);
    change(&path);
    broken_off(stream, &path, length).await
}

/// Whether the last that was sent is the closing boundary.
fn has_end(body: &[u8]) -> bool {
    let end = body.len().saturating_sub(100);
    find(&body[end..], b"--XX--").is_some()
}

async fn broken_off(stream: FormStream, path: &Path, expected: u64) -> UploadError {
    let (body, error) = drain(stream).await;
    let error = error.expect("the change went unnoticed");
    assert!(!has_end(&body));
    assert_eq!(error.field(), "linkedin[attachments]");
    assert_eq!(Path::new(error.file()), path);
    assert_eq!(error.expected(), expected);
    error
}

#[tokio::test]
async fn a_file_that_grew_before_it_was_opened_is_an_error() {
    let error = before_opening(100, grow).await;
    assert!(error.is_grown());
    assert_eq!(error.found(), Some(104));
    let text = error.to_string();
    assert!(
        text.ends_with("it is longer than declared (100 bytes expected, 104 found)"),
        "{text}"
    );
    assert!(text.contains("`linkedin[attachments]`"), "{text}");
}

#[tokio::test]
async fn a_file_that_shrank_before_it_was_opened_is_an_error() {
    let error = before_opening(100, shrink).await;
    assert!(error.is_shrunk());
    assert_eq!(error.found(), Some(90));
}

#[tokio::test]
async fn a_file_that_vanished_before_it_was_opened_is_an_error() {
    assert!(before_opening(100, vanish).await.is_vanished());
    assert!(before_opening(0, vanish).await.is_vanished());
}

#[tokio::test]
async fn a_directory_in_the_place_of_a_file_is_an_error() {
    assert!(before_opening(100, become_a_directory).await.is_changed());
    assert!(
        while_sending(8 * MIB, become_a_directory)
            .await
            .is_changed()
    );
}

#[cfg(unix)]
#[tokio::test]
async fn a_file_that_may_no_longer_be_read_is_an_error() {
    use std::os::unix::fs::PermissionsExt;
    let lock = |path: &Path| fs::set_permissions(path, fs::Permissions::from_mode(0o000)).unwrap();
    let (_directory, path) = file(1);
    lock(&path);
    if File::open(&path).is_ok() {
        println!("skipped: this user may read everything");
        return;
    }
    let error = before_opening(100, lock).await;
    assert!(error.io_error().is_some());
}

#[tokio::test]
async fn a_file_that_grows_while_it_is_sent_is_an_error() {
    for length in [4 * MIB - 1, 4 * MIB, 4 * MIB + 1] {
        let error = while_sending(length, grow).await;
        assert!(error.is_grown(), "{error}");
        assert_eq!(error.found(), Some(length + 4));
    }
}

#[tokio::test]
async fn a_file_that_shrinks_while_it_is_sent_is_an_error() {
    for length in [4 * MIB - 1, 4 * MIB, 4 * MIB + 1] {
        let error = while_sending(length, shrink).await;
        assert!(error.is_shrunk(), "{error}");
        assert_eq!(error.found(), Some(length - 10));
    }
}

#[tokio::test]
async fn a_file_that_vanishes_while_it_is_sent_is_an_error() {
    assert!(while_sending(4 * MIB, vanish).await.is_vanished());
}

#[tokio::test]
async fn a_file_that_is_written_to_while_it_is_sent_is_an_error() {
    assert!(while_sending(4 * MIB, rewrite).await.is_changed());
    #[cfg(unix)]
    assert!(while_sending(4 * MIB, rewrite_unnoticed).await.is_changed());
}

#[cfg(unix)]
#[tokio::test]
async fn a_file_that_is_replaced_while_it_is_sent_is_an_error() {
    assert!(while_sending(4 * MIB, replace).await.is_changed());
}

#[tokio::test]
async fn a_file_that_stays_is_sent() {
    let (_directory, path) = file(4 * MIB);
    let (body, error) = drain(form(&Upload::path(&path)).into_stream()).await;
    assert!(error.is_none());
    assert!(body.ends_with(b"\r\n--XX--\r\n"));
}

fn chunks(chunks: &[&'static str]) -> impl futures_util::Stream<Item = io::Result<Bytes>> + use<> {
    futures_util::stream::iter(
        chunks
            .iter()
            .map(|chunk| Ok(Bytes::from_static(chunk.as_bytes())))
            .collect::<Vec<_>>(),
    )
}

#[tokio::test]
async fn a_stream_longer_than_declared_is_an_error_and_never_sent_beyond() {
    for (upload, found) in [
        (Upload::stream(5, chunks(&["hello", "", "!"])), 6),
        (Upload::stream(5, chunks(&["hell", "o!"])), 6),
        (Upload::stream(0, chunks(&["x"])), 1),
        (Upload::reader(5, &b"hello!!"[..]), 6),
        (Upload::replay(5, || chunks(&["hello!"])), 6),
    ] {
        let (body, error) = drain(form(&upload).into_stream()).await;
        let error = error.unwrap();
        assert!(error.is_grown());
        assert_eq!(error.found(), Some(found));
        assert_eq!(error.file(), "file");
        let start = find(&body, b"\r\n\r\n").unwrap() + 4;
        assert!(b"hello".starts_with(&body[start..]));
    }
}

#[tokio::test]
async fn a_stream_shorter_than_declared_is_an_error() {
    for upload in [
        Upload::stream(5, chunks(&["he", "ll"])),
        Upload::reader(5, &b"hell"[..]),
        Upload::replay(5, || chunks(&["hell"])),
    ] {
        let (body, error) = drain(form(&upload).into_stream()).await;
        let error = error.unwrap();
        assert!(error.is_shrunk());
        assert_eq!(error.found(), Some(4));
        assert!(body.ends_with(b"\r\n\r\nhell"));
    }
}

#[tokio::test]
async fn a_stream_that_fails_gives_its_error() {
    let failing = futures_util::stream::once(async { Err(io::Error::other("tape torn")) });
    let (_, error) = drain(form(&Upload::stream(5, failing)).into_stream()).await;
    let error = error.unwrap();
    assert!(error.io_error().is_some());
    assert!(
        error.to_string().ends_with("cannot be read: tape torn"),
        "{error}"
    );
}

#[test]
fn without_a_runtime_a_file_is_an_error_and_not_a_panic() {
    let (_directory, path) = file(10);
    let stream = form(&Upload::path(&path)).into_stream();
    let mut stream = Box::pin(stream);
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    let mut next = || stream.as_mut().poll_next_unpin(&mut context);
    assert!(next().is_ready());
    let std::task::Poll::Ready(Some(Err(error))) = next() else {
        panic!("no error");
    };
    assert!(error.io_error().is_some());
}

/// Sends a file over a socket, changes it midway, and looks at both ends.
async fn on_the_wire(change: fn(&Path)) -> (reqwest::Error, Received) {
    // More than the buffers of both sockets can swallow.
    let (_directory, path) = file(24 * MIB);
    let (ours, Paused { reached, go_on }) = pause();
    let (url, server) = serve(Some(ours)).await;
    let request = form(&Upload::path(&path)).apply(client().post(&url));
    let sending = tokio::spawn(request.send());
    reached.await.unwrap();
    change(&path);
    go_on.send(()).unwrap();
    let error = sending.await.unwrap().expect_err("looks sent");
    (error, server.await.unwrap())
}

/// What the sender is told, once it is sure that the receiver has no whole body.
fn reason<'e>(error: &'e reqwest::Error, received: &Received) -> &'e UploadError {
    assert!(!received.is_whole() && !has_end(&received.body));
    UploadError::find(error).expect("the reason is lost")
}

#[tokio::test]
async fn the_receiver_never_gets_a_whole_body_and_the_sender_gets_the_reason() {
    let (error, received) = on_the_wire(grow).await;
    assert!(reason(&error, &received).is_grown());
    let (error, received) = on_the_wire(shrink).await;
    assert!(reason(&error, &received).is_shrunk());
    let (error, received) = on_the_wire(vanish).await;
    assert!(reason(&error, &received).is_vanished());
}
