//! How much the server bears: requests a second, memory, and what becomes of 1 GiB.
//!
//! ```sh
//! cargo bench -p postpress-mock --bench load
//! ```
//!
//! Clients and server share this process, so the memory is that of both. The clients are plain blocking sockets.

use std::error::Error;
use std::fs;
use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::thread;
use std::time::{Duration, Instant};

use postpress_mock::{MockServer, MockServerBuilder};

const CLIENTS: usize = 8;
const TIME: Duration = Duration::from_secs(3);
const SLOW_CLIENTS: usize = 400;
const MIB: usize = 1024 * 1024;

fn main() -> Result<(), Box<dyn Error>> {
    let server = builder().start_blocking()?;
    let address = server.address();
    println!("{:<44} {:>12} {:>12}", "", "requests/s", "memory");
    println!("{:<44} {:>12} {:>12}", "at the start", "", memory());

    let chat = "9f9uio56sopa456s";
    let get = move |path: String| move |_| format!("GET {path} HTTP/1.1\r\n{HEAD}\r\n");
    rate("list 13 chats", address, get("/v1/chats".into()))?;
    rate("get a chat", address, get(format!("/v1/chats/{chat}")))?;
    let message = form(&[("text", "Hello world!")]);
    let path = format!("/v1/chats/{chat}/messages");
    rate("send a message", address, move |_| post(&path, &message))?;
    rate("start a chat with somebody new", address, |number| {
        let attendee = format!("ACoAAA{number}");
        post(
            "/v1/chats",
            &form(&[("account_id", "acc_1"), ("attendees_ids", &attendee)]),
        )
    })?;
    println!(
        "  {} requests, {} messages sent",
        server.received_count(),
        server.messages_sent()
    );

    let slow = slow_clients(address)?;
    let title = format!("get a chat, beside {} slow clients", slow.len());
    rate(&title, address, get(format!("/v1/chats/{chat}")))?;
    drop(slow);

    println!("\n{:<44} {:>12} {:>12} {:>8}", "", "sent", "memory", "");
    for (title, size, chunked) in [
        ("a file of 14 MiB", 14, false),
        ("a file of 1 GiB, its length declared", 1024, false),
        ("a file of 1 GiB, in chunks", 1024, true),
    ] {
        let started = Instant::now();
        let (sent, response) = upload(address, size, chunked)?;
        let time = started.elapsed().as_secs_f64();
        println!(
            "{title:<44} {:>8} MiB {:>12} {time:>6.2} s",
            sent / MIB,
            memory()
        );
        println!("  {response}");
    }
    Ok(())
}

/// A server as everybody has it.
fn builder() -> MockServerBuilder {
    MockServer::builder()
}

const HEAD: &str = "Host: localhost\r\nX-API-KEY: k\r\n";

/// Sends requests from several clients at once for some time, each as soon as it has the response to the last.
fn rate(
    title: &str,
    address: SocketAddr,
    request: impl Fn(usize) -> String + Clone + Send + 'static,
) -> Result<(), Box<dyn Error>> {
    let started = Instant::now();
    let clients = (0..CLIENTS).map(|client| {
        let request = request.clone();
        thread::spawn(move || -> io::Result<usize> {
            let mut stream = TcpStream::connect(address)?;
            stream.set_nodelay(true)?;
            let mut responses = BufReader::new(stream.try_clone()?);
            let mut count = 0;
            while started.elapsed() < TIME {
                stream.write_all(request(client + count * CLIENTS).as_bytes())?;
                let status = response(&mut responses)?.0;
                assert!(status < 300, "{status}");
                count += 1;
            }
            Ok(count)
        })
    });
    let mut total = 0;
    for client in clients.collect::<Vec<_>>() {
        total += client.join().map_err(|_| "a client panicked")??;
    }
    let rate = total as f64 / started.elapsed().as_secs_f64();
    println!("{title:<44} {rate:>12.0} {:>12}", memory());
    Ok(())
}

/// Clients that stop in the middle of a head or of a body, and clients that do not read their responses.
fn slow_clients(address: SocketAddr) -> io::Result<Vec<TcpStream>> {
    let body = post("/v1/chats", &form(&[("account_id", "acc_1")]));
    let list = format!("GET /v1/chats HTTP/1.1\r\n{HEAD}\r\n").repeat(50);
    let requests = ["GET /v1/ch", &body[..body.len() - 20], &list];
    let clients = (0..SLOW_CLIENTS).map(|number| {
        let mut stream = TcpStream::connect(address)?;
        stream.write_all(requests[number % requests.len()].as_bytes())?;
        Ok(stream)
    });
    clients.collect()
}

/// Sends a file of so many MiB; returns what could be sent before the response came, and the response.
fn upload(address: SocketAddr, size: usize, chunked: bool) -> io::Result<(usize, String)> {
    let mut stream = TcpStream::connect(address)?;
    let mut fields = form(&[("account_id", "acc_1"), ("attendees_ids", "ACoAAA")]);
    fields.truncate(fields.len() - "--B--\r\n".len());
    fields +=
        "--B\r\nContent-Disposition: form-data; name=\"attachments\"; filename=\"big.bin\"\r\n\r\n";
    let end = "\r\n--B--\r\n";
    let length = match chunked {
        true => "Transfer-Encoding: chunked".to_owned(),
        false => format!("Content-Length: {}", fields.len() + size * MIB + end.len()),
    };
    write!(
        stream,
        "POST /v1/chats HTTP/1.1\r\n{HEAD}{FORM}{length}\r\n\r\n"
    )?;
    let mut responses = BufReader::new(stream.try_clone()?);
    let reader = thread::spawn(move || response(&mut responses));
    let mut sent = 0;
    let piece = vec![0; MIB];
    let pieces = (0..size).map(|_| piece.as_slice());
    for piece in [fields.as_bytes()]
        .into_iter()
        .chain(pieces)
        .chain([end.as_bytes()])
    {
        if chunked {
            write!(stream, "{:x}\r\n", piece.len())?;
        }
        stream.write_all(piece)?;
        if chunked {
            stream.write_all(b"\r\n")?;
        }
        sent += piece.len();
        // A client that looks stops as soon as it is refused. The one that sends chunks does not look.
        if !chunked && reader.is_finished() {
            break;
        }
    }
    if chunked {
        stream.write_all(b"0\r\n\r\n")?;
    }
    let (status, body) = reader
        .join()
        .map_err(|_| io::Error::other("a client panicked"))??;
    Ok((sent, format!("{status} {body}")))
}

const FORM: &str = "Content-Type: multipart/form-data; boundary=B\r\n";

fn form(fields: &[(&str, &str)]) -> String {
    let parts = fields.iter().map(|(name, value)| {
        format!("--B\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
    });
    parts.collect::<String>() + "--B--\r\n"
}

fn post(path: &str, form: &str) -> String {
    let length = form.len();
    format!("POST {path} HTTP/1.1\r\n{HEAD}{FORM}Content-Length: {length}\r\n\r\n{form}")
}

/// Reads a response: its status and its body.
fn response(stream: &mut BufReader<TcpStream>) -> io::Result<(u16, String)> {
    let wrong = || io::Error::other("this is not a response");
    let mut line = String::new();
    stream.read_line(&mut line)?;
    let status = line
        .split(' ')
        .nth(1)
        .and_then(|it| it.parse().ok())
        .ok_or_else(wrong)?;
    let mut length = 0;
    loop {
        line.clear();
        stream.read_line(&mut line)?;
        if line.trim().is_empty() {
            break;
        }
        if let Some(value) = line.strip_prefix("content-length: ") {
            length = value.trim().parse().map_err(|_| wrong())?;
        }
    }
    let mut body = vec![0; length];
    stream.read_exact(&mut body)?;
    Ok((status, String::from_utf8_lossy(&body).into_owned()))
}

/// The memory that this process has now, and has had at most.
fn memory() -> String {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mib = |name: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(name));
        let kilobytes =
            line.and_then(|line| line.trim().strip_suffix(" kB")?.parse::<usize>().ok());
        kilobytes.map_or("?".to_owned(), |it| (it / 1024).to_string())
    };
    format!("{}/{} MiB", mib("VmRSS:"), mib("VmHWM:"))
}
