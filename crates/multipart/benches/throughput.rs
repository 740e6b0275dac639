//! How fast a file goes out, and in how much memory: this crate against `reqwest` by itself and
//! `curl`.
//!
//! ```text
//! cargo bench -p postpress-multipart --bench throughput -- [MiB] [rounds]
//! ```
//!
//! Every sender posts the same file to a server on the loopback interface that throws the bytes
//! away. The rounds are interleaved. On a busy machine the best time of each sender says more than
//! its median; the ratio is that of the best times. Each send has a process of its own, whose peak
//! of resident memory is shown (Linux only).

use std::error::Error;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use postpress_multipart::{FormBody, FormWriter, Upload};
use reqwest::header::CONTENT_LENGTH;
use tokio_util::io::ReaderStream;

const MIB: usize = 1024 * 1024;

type Outcome = Result<(), Box<dyn Error>>;

struct Message {
    file: Upload,
}

impl FormBody for Message {
    fn write(&self, form: &mut FormWriter) {
        form.field("attachments").put(&self.file);
    }
}

const SENDERS: [&str; 5] = [
    "this crate, Upload::path",
    "reqwest, bare 1 MiB ReaderStream",
    "reqwest, form of a 1 MiB ReaderStream",
    "reqwest, form of Part::file",
    "curl -F",
];

async fn send(sender: usize, path: &Path, url: &str) -> Outcome {
    let client = reqwest::Client::builder().no_proxy().build()?;
    let request = client.post(url);
    let length = fs::metadata(path)?.len();
    let stream = async || {
        let file = tokio::fs::File::open(path).await?;
        Ok::<_, std::io::Error>(reqwest::Body::wrap_stream(ReaderStream::with_capacity(
            file, MIB,
        )))
    };
    let request = match sender {
        0 => Message {
            file: Upload::path(path),
        }
        .to_form()?
        .apply(request),
        1 => request.header(CONTENT_LENGTH, length).body(stream().await?),
        2 => {
            let part = reqwest::multipart::Part::stream_with_length(stream().await?, length);
            request.multipart(reqwest::multipart::Form::new().part("attachments", part))
        }
        3 => {
            let part = reqwest::multipart::Part::file(path).await?;
            request.multipart(reqwest::multipart::Form::new().part("attachments", part))
        }
        _ => return curl(path.to_owned(), url.to_owned()).await,
    };
    request.send().await?.error_for_status()?;
    Ok(())
}

async fn curl(path: PathBuf, url: String) -> Outcome {
    let file = format!("attachments=@{}", path.display());
    let status = tokio::task::spawn_blocking(move || {
        Command::new("curl")
            .args([
                "--silent",
                "--fail",
                "--noproxy",
                "*",
                "--form",
                &file,
                &url,
            ])
            .status()
    })
    .await??;
    if status.success() {
        Ok(())
    } else {
        Err(format!("curl: {status}").into())
    }
}

/// Reads requests to their end and answers 200, on a thread of its own.
fn sink() -> std::io::Result<String> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let url = format!("http://{}/", listener.local_addr()?);
    std::thread::spawn(move || {
        for connection in listener.incoming().flatten() {
            if let Err(error) = swallow(&connection) {
                eprintln!("sink: {error}");
            }
        }
    });
    Ok(url)
}

fn swallow(connection: &TcpStream) -> std::io::Result<()> {
    let mut reader = BufReader::with_capacity(MIB, connection);
    let mut length = 0;
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        let line = line.trim_end().to_ascii_lowercase();
        if line.is_empty() {
            break;
        }
        if let Some(value) = line.strip_prefix("content-length: ") {
            length = value.parse().map_err(std::io::Error::other)?;
        }
        if line.starts_with("expect:") {
            let mut connection = connection;
            connection.write_all(b"HTTP/1.1 100 Continue\r\n\r\n")?;
        }
    }
    let mut body = reader.take(length);
    loop {
        let read = body.fill_buf()?.len();
        if read == 0 {
            break;
        }
        body.consume(read);
    }
    let mut connection = connection;
    connection.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
}

/// The peak of this process's resident memory in KiB.
fn peak_memory() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

/// The child's side: sends once, and prints the microseconds that it took and its peak.
#[tokio::main]
async fn send_once(sender: usize, path: &Path, url: &str) -> Outcome {
    let start = Instant::now();
    send(sender, path, url).await?;
    let time = start.elapsed().as_micros();
    println!("{time} {}", peak_memory().unwrap_or_default());
    Ok(())
}

/// The parent's side.
fn measure(sender: usize, path: &Path, url: &str) -> Result<(Duration, u64), Box<dyn Error>> {
    let output = Command::new(std::env::current_exe()?)
        .args(["--send", &sender.to_string()])
        .arg(path)
        .arg(url)
        .stderr(Stdio::inherit())
        .output()?;
    let printed = String::from_utf8(output.stdout)?;
    let (time, peak) = printed.trim().split_once(' ').ok_or("the send failed")?;
    Ok((Duration::from_micros(time.parse()?), peak.parse()?))
}

fn write_file(path: &Path, mib: usize) -> std::io::Result<()> {
    let block: Vec<u8> = (0..MIB).map(|index| (index % 251) as u8).collect();
    let mut file = fs::File::create(path)?;
    for _ in 0..mib {
        file.write_all(&block)?;
    }
    file.sync_all()?;
    // Into the page cache, so that the disk's speed is not what is measured.
    std::io::copy(&mut fs::File::open(path)?, &mut std::io::sink())?;
    Ok(())
}

fn main() -> Outcome {
    let arguments: Vec<String> = std::env::args()
        .skip(1)
        .filter(|argument| argument != "--bench")
        .collect();
    if let [flag, sender, path, url] = &arguments[..]
        && flag == "--send"
    {
        return send_once(sender.parse()?, Path::new(path), url);
    }
    let mib: usize = arguments.first().map_or("1024", String::as_str).parse()?;
    let rounds: usize = arguments.get(1).map_or("5", String::as_str).parse()?;
    compare(mib, rounds)
}

fn compare(mib: usize, rounds: usize) -> Outcome {
    let directory = tempfile::tempdir()?;
    let path = directory.path().join("video.bin");
    write_file(&path, mib)?;
    let url = sink()?;

    let mut times = vec![Vec::new(); SENDERS.len()];
    let mut peaks = vec![0; SENDERS.len()];
    for _ in 0..rounds {
        for (sender, name) in SENDERS.iter().enumerate() {
            match measure(sender, &path, &url) {
                Ok((time, peak)) => {
                    times[sender].push(time);
                    peaks[sender] = peaks[sender].max(peak);
                }
                Err(error) => eprintln!("{name}: {error}"),
            }
        }
    }

    println!("{mib} MiB over loopback, {rounds} rounds");
    println!(
        "{:<40}{:>8}{:>8}{:>8}{:>12}",
        "", "best s", "median", "ratio", "peak RSS"
    );
    let mut reference = None;
    for (sender, name) in SENDERS.iter().enumerate() {
        let times = &mut times[sender];
        times.sort();
        let (Some(best), Some(median)) = (times.first(), times.get(times.len() / 2)) else {
            continue;
        };
        let (best, median) = (best.as_secs_f64(), median.as_secs_f64());
        let ratio = best / *reference.get_or_insert(best);
        // The child of the child is what sends here.
        let peak = match *name {
            "curl -F" => "-".to_owned(),
            _ => format!("{:.1} MiB", peaks[sender] as f64 / 1024.0),
        };
        println!("{name:<40}{best:>8.2}{median:>8.2}{ratio:>8.2}{peak:>12}");
    }
    Ok(())
}
