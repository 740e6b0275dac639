//! A large file is sent in little memory. In a program of its own, because it looks at the whole
//! process.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, reason = "helpers outside the test functions too")]

use std::fs::{self, File};

use futures_util::TryStreamExt;
use postpress_multipart::{FormOptions, FormWriter, Upload};

const MIB: u64 = 1024 * 1024;

/// A line of `/proc/self/status`, in bytes.
fn memory(name: &str) -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with(name)).unwrap();
    let kib: u64 = line.split_whitespace().nth(1).unwrap().parse().unwrap();
    kib * 1024
}

#[tokio::test]
async fn a_file_of_128_mib_takes_less_than_16_mib() {
    const LENGTH: u64 = 128 * MIB;
    let file = tempfile::NamedTempFile::new().unwrap();
    File::create(file.path()).unwrap().set_len(LENGTH).unwrap();
    let before = memory("VmHWM:");
    let mut form = FormWriter::new(&FormOptions::new());
    form.field("f").put(&Upload::path(file.path()));
    let stream = form.finish().unwrap().into_stream();
    let sent = stream
        .try_fold(0, async |sent, chunk| Ok(sent + chunk.len() as u64))
        .await
        .unwrap();
    assert!(sent > LENGTH);
    let growth = memory("VmHWM:") - before;
    assert!(growth < 16 * MIB, "{growth} bytes");
}
