//! A file of 1 GiB, against a bare reqwest stream and `curl -F`: time and peak memory.

use std::{
    fs::{self, File},
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use postpress::Postpress;
use reqwest::{
    Body,
    multipart::{Form, Part},
};
use tokio::runtime::Builder;
use tokio_util::io::ReaderStream;

use crate::{server, table::Table};

const LENGTH: u64 = 1 << 30;
const ROUNDS: usize = 5;
const CONTENDERS: [&str; 4] = ["postpress", "reqwest stream", "reqwest file", "curl -F"];

/// One way to send the file, in a process of its own.
pub struct Contender {
    name: String,
    base: String,
    file: PathBuf,
}

impl Contender {
    pub fn from_arguments(arguments: &[String]) -> Option<Self> {
        match arguments {
            [_, word, name, base, file] if word == "upload" => Some(Self {
                name: name.clone(),
                base: base.clone(),
                file: file.into(),
            }),
            _ => None,
        }
    }

    /// Sends the file, and prints the seconds that took and the most memory that the process had, in KiB.
    pub fn run(self) {
        let runtime = Builder::new_multi_thread().enable_all().build().unwrap();
        let began = Instant::now();
        runtime.block_on(async {
            match &*self.name {
                "postpress" => self.postpress().await,
                "reqwest stream" => {
                    let file = tokio::fs::File::open(&self.file).await.unwrap();
                    let body = Body::wrap_stream(ReaderStream::with_capacity(file, 1 << 20));
                    self.reqwest(Part::stream_with_length(body, LENGTH)).await;
                }
                _ => self.reqwest(Part::file(&self.file).await.unwrap()).await,
            }
        });
        let seconds = began.elapsed().as_secs_f64();
        println!("{seconds} {}", peak("self").unwrap());
    }

    async fn postpress(&self) {
        let client = Postpress::builder()
            .api_key("k")
            .base_url(&self.base)
            .build()
            .unwrap();
        client
            .send_message("chat_1")
            .attach_file(&self.file)
            .await
            .unwrap();
    }

    async fn reqwest(&self, part: Part) {
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        let form = Form::new().part("attachments", part.file_name("large.bin"));
        let url = format!("{}/chats/chat_1/messages", self.base);
        let request = client.post(url).header("x-api-key", "k").multipart(form);
        request.send().await.unwrap().error_for_status().unwrap();
    }
}

/// The most memory that a process has had, in KiB.
fn peak(process: &str) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

pub fn measure(table: &mut Table) {
    if peak("self").is_none() {
        return println!("the upload is only measured where /proc tells the memory of processes");
    }
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join("large.bin");
    write(&file);
    let base = server::canned("{}", r#"{"object": "MessageSent", "message_id": "msg_1"}"#);
    let mut results = [const { Vec::new() }; CONTENDERS.len()];
    // In turn, so that what else goes on strikes all of them.
    for _ in 0..ROUNDS {
        for (name, results) in CONTENDERS.iter().zip(&mut results) {
            let result = match *name {
                "curl -F" => curl(&base, &file),
                _ => Some(own(name, &base, &file)),
            };
            results.extend(result);
        }
    }
    fs::remove_file(&file).unwrap();

    let summary = results.map(|mut results: Vec<(f64, u64)>| {
        results.sort_by(|one, other| one.0.total_cmp(&other.0));
        let peak = results.iter().map(|(_, peak)| *peak).max();
        results
            .get(results.len() / 2)
            .map(|(seconds, _)| (*seconds, peak.unwrap_or_default()))
    });
    let ours = summary[0].unwrap();
    let show =
        |(seconds, peak): (f64, u64)| format!("{seconds:.2} s, {:.1} MiB", peak as f64 / 1024.0);
    for (name, theirs) in CONTENDERS.iter().zip(summary).skip(1) {
        match theirs {
            Some(theirs) => table.row(
                "upload 1 GiB, peak memory",
                (ours.0, &show(ours)),
                (theirs.0, &format!("{name}: {}", show(theirs))),
                "1.00 of the faster, under 32 MiB",
            ),
            None => println!("{name} is not installed"),
        }
    }
}

fn write(path: &Path) {
    let mut file = File::create(path).unwrap();
    let chunk: Vec<u8> = (0..1 << 20)
        .map(|n: u32| (n.wrapping_mul(2_654_435_761) >> 24) as u8)
        .collect();
    for _ in 0..LENGTH >> 20 {
        file.write_all(&chunk).unwrap();
    }
    file.sync_all().unwrap();
}

fn own(name: &str, base: &str, file: &Path) -> (f64, u64) {
    let mut command = Command::new(std::env::current_exe().unwrap());
    let output = command
        .args(["upload", name, base])
        .arg(file)
        .stderr(Stdio::inherit())
        .output()
        .unwrap();
    assert!(output.status.success(), "{name}");
    let text = String::from_utf8(output.stdout).unwrap();
    let (seconds, peak) = text.trim().split_once(' ').unwrap();
    (seconds.parse().unwrap(), peak.parse().unwrap())
}

fn curl(base: &str, file: &Path) -> Option<(f64, u64)> {
    let mut command = Command::new("curl");
    command.args([
        "-sS",
        "--fail",
        "--noproxy",
        "*",
        "-o",
        "/dev/null",
        "-H",
        "x-api-key: k",
        "-F",
    ]);
    command
        .arg(format!("attachments=@{}", file.display()))
        .arg(format!("{base}/chats/chat_1/messages"));
    let began = Instant::now();
    let mut child = command.spawn().ok()?;
    let (process, mut most) = (child.id().to_string(), 0);
    let status = loop {
        most = most.max(peak(&process).unwrap_or_default());
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        thread::sleep(Duration::from_millis(2));
    };
    assert!(status.success(), "curl failed");
    Some((began.elapsed().as_secs_f64(), most))
}
