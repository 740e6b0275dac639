//! A server on the loopback interface that records every byte and responds with whatever it is told to.
//!
//! It is written on sockets and threads alone: no HTTP library can tidy up what was sent, or what is sent back.

use std::collections::VecDeque;
use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::thread;
use std::time::Duration;

use crate::request::Request;
use crate::response::Response;

/// How long a connection may stand still, so that a test fails rather than hangs.
const PATIENCE: Duration = Duration::from_secs(30);

/// A server that takes one request on each connection. Its threads end with the test program.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    responses: Mutex<VecDeque<Response>>,
    keep_bodies: bool,
    connections: AtomicUsize,
    requests: Mutex<Vec<Request>>,
    received: Condvar,
}

impl Server {
    /// Responds to every request alike.
    pub fn responding(response: Response) -> Self {
        Self::start([response], true)
    }

    /// Responds to one request after the other, and to all further ones like the last.
    pub fn responding_in_turn(responses: impl IntoIterator<Item = Response>) -> Self {
        Self::start(responses, true)
    }

    /// Counts the bytes of bodies instead of keeping them.
    pub fn counting(response: Response) -> Self {
        Self::start([response], false)
    }

    fn start(responses: impl IntoIterator<Item = Response>, keep_bodies: bool) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("no port on the loopback interface");
        let address = listener
            .local_addr()
            .expect("a listener without an address");
        let shared = Arc::new(Shared {
            responses: Mutex::new(responses.into_iter().collect()),
            keep_bodies,
            connections: AtomicUsize::new(0),
            requests: Mutex::new(Vec::new()),
            received: Condvar::new(),
        });
        let server = Self {
            address,
            shared: shared.clone(),
        };
        thread::spawn(move || {
            for connection in listener.incoming().flatten() {
                shared.connections.fetch_add(1, Ordering::SeqCst);
                let shared = shared.clone();
                thread::spawn(move || shared.serve(connection));
            }
        });
        server
    }

    /// `http://127.0.0.1:PORT`, without a slash at the end.
    pub fn origin(&self) -> String {
        format!("http://{}", self.address)
    }

    /// How many connections were made, be it without a request.
    pub fn connections(&self) -> usize {
        self.shared.connections.load(Ordering::SeqCst)
    }

    /// The requests so far, the broken ones included.
    pub fn requests(&self) -> Vec<Request> {
        self.shared.requests().clone()
    }

    /// The only request. Waits for it, for a client that gave up may be ahead of the server.
    pub fn request(&self) -> Request {
        let requests = self.shared.requests();
        let waited = self
            .shared
            .received
            .wait_timeout_while(requests, PATIENCE, |it| it.is_empty());
        let (requests, _) = waited.expect("a test failed");
        assert_eq!(requests.len(), 1, "not one request");
        requests[0].clone()
    }
}

impl Shared {
    fn requests(&self) -> MutexGuard<'_, Vec<Request>> {
        self.requests.lock().expect("a test failed")
    }

    fn serve(&self, mut connection: TcpStream) {
        let _ = connection.set_read_timeout(Some(PATIENCE));
        let Some((mut request, rest)) = read_head(&mut connection) else {
            return;
        };
        let response = self.next_response();
        self.read_body(&mut connection, &mut request, rest, response.early);
        self.requests().push(request);
        self.received.notify_all();
        thread::sleep(response.delay);
        let _ = connection.write_all(&response.bytes);
        let _ = connection.shutdown(Shutdown::Write);
        // Closing with bytes unread would reset the connection, and take the response with it.
        if response.early.is_some() && !response.bytes.is_empty() {
            let _ = std::io::copy(&mut connection, &mut std::io::sink());
        }
    }

    fn next_response(&self) -> Response {
        let mut responses = self.responses.lock().expect("a test failed");
        match responses.len() {
            0 | 1 => responses.front().cloned(),
            _ => responses.pop_front(),
        }
        .expect("no response")
    }

    fn read_body(
        &self,
        connection: &mut TcpStream,
        request: &mut Request,
        rest: Vec<u8>,
        early: Option<u64>,
    ) {
        assert_eq!(
            request.header("transfer-encoding"),
            None,
            "a body without a length"
        );
        let length = request.content_length().unwrap_or(0);
        let wanted = early.unwrap_or(length).min(length);
        self.keep(request, &rest);
        let mut buffer = vec![0; 64 * 1024];
        while request.body_length < wanted {
            match connection.read(&mut buffer) {
                Ok(0) | Err(_) => return,
                Ok(count) => self.keep(request, &buffer[..count]),
            }
        }
    }

    fn keep(&self, request: &mut Request, bytes: &[u8]) {
        request.body_length += bytes.len() as u64;
        if self.keep_bodies {
            request.body.extend_from_slice(bytes);
        }
        request
            .body_end
            .extend_from_slice(&bytes[bytes.len().saturating_sub(256)..]);
        let surplus = request.body_end.len().saturating_sub(256);
        request.body_end.drain(..surplus);
    }
}

/// The head without `accept-encoding`, which depends on what other crates that are built with the tests ask of reqwest.
fn without_encodings(head: Vec<u8>) -> Vec<u8> {
    match String::from_utf8(head) {
        Ok(head) => head
            .split_inclusive("\r\n")
            .filter(|line| !line.starts_with("accept-encoding: "))
            .collect::<String>()
            .into_bytes(),
        Err(error) => error.into_bytes(),
    }
}

/// Reads up to the empty line, and what came along of the body; `None` if the connection was closed before.
fn read_head(connection: &mut TcpStream) -> Option<(Request, Vec<u8>)> {
    let mut head = Vec::new();
    let mut buffer = [0; 4096];
    loop {
        match connection.read(&mut buffer) {
            Ok(0) | Err(_) => return None,
            Ok(count) => head.extend_from_slice(&buffer[..count]),
        }
        let Some(end) = head.windows(4).position(|window| window == b"\r\n\r\n") else {
            continue;
        };
        let body = head.split_off(end + 4);
        let request = Request {
            head: without_encodings(head),
            body: Vec::new(),
            body_length: 0,
            body_end: Vec::new(),
        };
        return Some((request, body));
    }
}
