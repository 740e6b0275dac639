//! A large file goes out in little memory. Alone in its file, because it looks at the whole
//! process.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, reason = "helpers outside the test functions too")]

mod common;

use std::fs::{self, File};

use common::fields;
use futures_util::TryStreamExt;
use postpress_multipart::{FormBody, Upload};

const MIB: u64 = 1024 * 1024;

/// A line of `/proc/self/status`, in bytes.
fn memory(name: &str) -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with(name)).unwrap();
    let kib: u64 = line.split_whitespace().nth(1).unwrap().parse().unwrap();
    kib * 1024
}

#[tokio::test]
async fn a_file_of_512_mib_takes_less_than_16_mib() {
    const LENGTH: u64 = 512 * MIB;
    let file = tempfile::NamedTempFile::new().unwrap();
    File::create(file.path()).unwrap().set_len(LENGTH).unwrap();
    let before = memory("VmHWM:");
    let form = fields(|form| form.field("f").put(&Upload::path(file.path())));
    let stream = form.to_form().unwrap().into_stream();
    let sent = stream
        .try_fold(0, async |sent, chunk| Ok(sent + chunk.len() as u64))
        .await
        .unwrap();
    assert!(sent > LENGTH);
    let growth = memory("VmHWM:") - before;
    assert!(growth < 16 * MIB, "{growth} bytes");
}
