//! A proxy on this machine that shows what goes through it.
//!
//! What a request looks like on the wire is seen best on the wire: nothing here knows how requests are made.

use std::{
    io,
    sync::{Arc, Mutex},
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};

use super::request::{Reading, Request};

/// A request and what was answered.
#[derive(Clone, Debug)]
pub(crate) struct Exchange {
    pub(crate) request: Request,
    /// The answer as it came; empty if the request went no further.
    pub(crate) answer: Vec<u8>,
}

/// The proxy; it ends when it is dropped.
pub(crate) struct Tap {
    url: String,
    seen: Arc<Mutex<Vec<Exchange>>>,
    task: JoinHandle<()>,
}

/// What becomes of requests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Onward {
    /// They end here.
    Nowhere,
    /// They go on to the host that they name.
    There,
}

impl Tap {
    pub(crate) async fn open(onward: Onward) -> io::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let url = format!("http://{}", listener.local_addr()?);
        let seen = Arc::new(Mutex::new(Vec::new()));
        let into = Arc::clone(&seen);
        let task = tokio::spawn(async move {
            // One connection at a time, so that exchanges stay in order.
            while let Ok((stream, _)) = listener.accept().await {
                // A connection that breaks is seen by the client, which says so.
                let _ = serve(stream, onward, &into).await;
            }
        });
        Ok(Self { url, seen, task })
    }

    /// Its own URL, to be used as a proxy's.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// What has gone through since the last time it was asked.
    pub(crate) fn take(&self) -> Vec<Exchange> {
        self.seen
            .lock()
            .map(|mut seen| std::mem::take(&mut *seen))
            .unwrap_or_default()
    }
}

impl Drop for Tap {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn serve(
    mut client: TcpStream,
    onward: Onward,
    seen: &Mutex<Vec<Exchange>>,
) -> io::Result<()> {
    let (mut from, mut to) = client.split();
    let Some(mut reading) = Reading::begin(&mut from).await? else {
        return Ok(());
    };
    let mut server = match onward {
        Onward::Nowhere => None,
        Onward::There => Some(connect(&reading.request).await?),
    };
    while let Some(chunk) = reading.chunk(&mut from).await? {
        if let Some(server) = &mut server {
            server.write_all(&chunk).await?;
        }
    }
    let request = reading.finish();
    let mut answer = Vec::new();
    if let Some(server) = &mut server {
        // An answer that breaks off is one that breaks off here as well.
        let _ = server.read_to_end(&mut answer).await;
    }
    // Seen before it is answered: once the client has its answer, it looks here.
    if let Ok(mut seen) = seen.lock() {
        seen.push(Exchange {
            request,
            answer: answer.clone(),
        });
    }
    if server.is_none() {
        // Anything that is no success and ends the call.
        answer =
            b"HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\nconnection: close\r\n\r\n".to_vec();
    }
    to.write_all(&answer).await?;
    to.shutdown().await
}

/// Connects to the host that a request names, and passes its head on. What it holds of the key is a mask; the server that
/// this goes to takes any.
async fn connect(request: &Request) -> io::Result<TcpStream> {
    let host = request.header("host").unwrap_or_default();
    let mut server = TcpStream::connect(host).await?;
    let mut head = format!(
        "{} {} HTTP/1.1\r\nconnection: close\r\n",
        request.method,
        request.target()
    );
    for (name, value) in &request.headers {
        if !name.eq_ignore_ascii_case("connection") {
            head += &format!("{name}: {value}\r\n");
        }
    }
    head += "\r\n";
    server.write_all(head.as_bytes()).await?;
    Ok(server)
}
