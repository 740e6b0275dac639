//! A server that reads one request byte by byte and forgets nothing.

use postpress_multipart::{FormBody, FormWriter};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpSocket, TcpStream};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

/// A form made on the spot.
pub(crate) struct Fields<F>(pub F);

impl<F> FormBody for Fields<F>
where
    F: Fn(&mut FormWriter),
{
    fn write(&self, form: &mut FormWriter) {
        (self.0)(form)
    }
}

/// A form made on the spot.
pub(crate) fn fields<F>(write: F) -> Fields<F>
where
    F: Fn(&mut FormWriter),
{
    Fields(write)
}

/// What came over the wire.
#[derive(Debug)]
pub(crate) struct Received {
    /// The request line and the headers.
    pub(crate) head: String,
    pub(crate) body: Vec<u8>,
}

impl Received {
    /// The values of a header.
    pub(crate) fn headers(&self, name: &str) -> Vec<&str> {
        self.head
            .lines()
            .filter_map(|line| line.split_once(": "))
            .filter(|(header, _)| header.eq_ignore_ascii_case(name))
            .map(|(_, value)| value)
            .collect()
    }

    pub(crate) fn content_length(&self) -> usize {
        let [length] = self.headers("content-length")[..] else {
            panic!("not one Content-Length in {}", self.head);
        };
        length.parse().unwrap()
    }

    pub(crate) fn is_whole(&self) -> bool {
        self.body.len() == self.content_length()
    }
}

/// Where the server stops reading for a while: it says so, and waits for leave.
pub(crate) struct Pause {
    reached: oneshot::Sender<()>,
    go_on: oneshot::Receiver<()>,
}

/// The test's end of a pause.
pub(crate) struct Paused {
    pub(crate) reached: oneshot::Receiver<()>,
    pub(crate) go_on: oneshot::Sender<()>,
}

pub(crate) fn pause() -> (Pause, Paused) {
    let (reached, is_reached) = oneshot::channel();
    let (leave, go_on) = oneshot::channel();
    let ours = Pause { reached, go_on };
    let theirs = Paused {
        reached: is_reached,
        go_on: leave,
    };
    (ours, theirs)
}

/// Takes one request at the URL that it returns, and answers 200 if it was whole.
pub(crate) async fn serve(pause: Option<Pause>) -> (String, JoinHandle<Received>) {
    let socket = TcpSocket::new_v4().unwrap();
    // Small, so that a pause holds the sender up before it has sent much.
    socket.set_recv_buffer_size(256 * 1024).unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let listener = socket.listen(1).unwrap();
    let url = format!("http://{}/upload", listener.local_addr().unwrap());
    let server = tokio::spawn(async move {
        let (connection, _) = listener.accept().await.unwrap();
        receive(connection, pause).await
    });
    (url, server)
}

async fn receive(mut connection: TcpStream, mut pause: Option<Pause>) -> Received {
    let mut read = Vec::new();
    let head_end = loop {
        if let Some(end) = find(&read, b"\r\n\r\n") {
            break end + 4;
        }
        assert_ne!(connection.read_buf(&mut read).await.unwrap(), 0, "no head");
    };
    let body = read.split_off(head_end);
    let mut received = Received {
        head: String::from_utf8(read).unwrap(),
        body,
    };
    while !received.is_whole() {
        if let Some(Pause { reached, go_on }) = pause.take() {
            reached.send(()).unwrap();
            go_on.await.unwrap();
        }
        match connection.read_buf(&mut received.body).await {
            Ok(0) | Err(_) => return received,
            Ok(_) => {}
        }
    }
    connection
        .write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        .await
        .unwrap();
    received
}

pub(crate) fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack
        .windows(needle.len())
        .position(|window| window == needle)
}

/// A client without the proxies of the environment.
pub(crate) fn client() -> reqwest::Client {
    reqwest::Client::builder().no_proxy().build().unwrap()
}
