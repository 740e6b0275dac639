//! A server that records what it gets and answers as it is told, byte for byte.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use postpress::{Builder, Postpress, RetryPolicy};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::watch,
    task::JoinHandle,
    time::advance,
};

use crate::clock::LONG;

pub const KEY: &str = "pp_live_4f3c2b1a";

/// A request as it came, whole or not.
#[derive(Clone, Debug)]
pub struct Request {
    pub method: String,
    /// With the query.
    pub target: String,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
    /// All of the body came: a service would have acted on it.
    pub whole: bool,
}

impl Request {
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }

    /// The values of a query parameter, decoded by `url`.
    pub fn query(&self, name: &str) -> Vec<String> {
        let url = url::Url::parse(&format!("http://server{}", self.target)).unwrap();
        let pairs = url.query_pairs().filter(|(known, _)| known == name);
        pairs.map(|(_, value)| value.into_owned()).collect()
    }

    /// The parts of the form, read by `multer`: name, file name, media type, content.
    pub async fn parts(&self) -> Vec<Part> {
        let boundary = multer::parse_boundary(self.header("content-type").unwrap()).unwrap();
        let body = bytes::Bytes::copy_from_slice(&self.body);
        let body = futures_util::stream::iter([Ok::<_, std::io::Error>(body)]);
        let mut form = multer::Multipart::new(body, boundary);
        let mut parts = Vec::new();
        while let Some(field) = form.next_field().await.unwrap() {
            parts.push(Part {
                name: field.name().unwrap().to_owned(),
                file_name: field.file_name().map(str::to_owned),
                media_type: field.content_type().map(|kind| kind.to_string()),
                content: field.bytes().await.unwrap().to_vec(),
            });
        }
        parts
    }

    /// The parts of the form as `name=value`.
    pub async fn fields(&self) -> Vec<String> {
        let line = |part: Part| format!("{}={}", part.name, String::from_utf8_lossy(&part.content));
        self.parts().await.into_iter().map(line).collect()
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    pub name: String,
    pub file_name: Option<String>,
    pub media_type: Option<String>,
    pub content: Vec<u8>,
}

/// What the server does with a request.
#[derive(Clone, Debug)]
pub enum Reply {
    /// Reads the request, then writes these bytes.
    Bytes(Vec<u8>),
    /// Reads the request, lets the [stopped clock](crate::clock) advance by this much, then writes the bytes.
    After(Duration, Vec<u8>),
    /// Reads the head of the request, and closes.
    CloseAfterHead,
    /// Reads the whole request, and closes without a word.
    CloseAfterBody,
    /// Reads the whole request, writes these bytes, and closes.
    BytesThenClose(Vec<u8>),
    /// Reads the whole request, says nothing, and lets the [stopped clock](crate::clock) advance beyond all limits.
    Silence,
    /// Responds before the body is read, and closes.
    RespondAtHead(Vec<u8>),
}

pub struct Server {
    address: String,
    requests: Arc<Mutex<Vec<Request>>>,
    /// How many whole requests have come.
    whole: watch::Receiver<usize>,
    task: JoinHandle<()>,
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Server {
    /// A server that answers the `n`th request (from 0) as `reply_to` says.
    pub async fn start(
        reply_to: impl Fn(usize, &Request) -> Reply + Send + Sync + 'static,
    ) -> Self {
        Self::on(TcpListener::bind("127.0.0.1:0").await.unwrap(), reply_to)
    }

    /// The same where it is told to listen.
    pub fn on(
        listener: TcpListener,
        reply_to: impl Fn(usize, &Request) -> Reply + Send + Sync + 'static,
    ) -> Self {
        let address = listener.local_addr().unwrap().to_string();
        let requests: Arc<Mutex<Vec<Request>>> = Arc::default();
        let (count, whole) = watch::channel(0);
        let (reply_to, record) = (Arc::new(reply_to), Arc::clone(&requests));
        let task = tokio::spawn(async move {
            while let Ok((connection, _)) = listener.accept().await {
                let (reply_to, record) = (Arc::clone(&reply_to), Arc::clone(&record));
                let count = count.clone();
                tokio::spawn(async move { serve(connection, &*reply_to, &record, &count).await });
            }
        });
        Self {
            address,
            requests,
            whole,
            task,
        }
    }

    /// A server that always answers the same.
    pub async fn always(reply: Reply) -> Self {
        Self::start(move |_, _| reply.clone()).await
    }

    /// A server that gives these replies in turn, the last one again and again.
    pub async fn script(replies: Vec<Reply>) -> Self {
        Self::start(move |n, _| replies[n.min(replies.len() - 1)].clone()).await
    }

    pub fn url(&self) -> String {
        format!("http://{}/v1", self.address)
    }

    pub fn requests(&self) -> Vec<Request> {
        self.requests.lock().unwrap().clone()
    }

    /// The requests so far, which are then forgotten.
    pub fn take(&self) -> Vec<Request> {
        std::mem::take(&mut self.requests.lock().unwrap())
    }

    /// How many whole requests came: those that a service would have acted on.
    pub fn messages(&self) -> usize {
        self.requests()
            .iter()
            .filter(|request| request.whole)
            .count()
    }

    /// Waits until so many whole requests have come.
    pub async fn received(&self, count: usize) {
        let mut whole = self.whole.clone();
        whole.wait_for(|whole| *whole >= count).await.unwrap();
    }

    pub fn only_request(&self) -> Request {
        let requests = self.requests();
        assert_eq!(requests.len(), 1, "{requests:?}");
        requests.into_iter().next().unwrap()
    }

    /// Settings for a client of this server that retries without waiting.
    pub fn settings(&self) -> Builder {
        Postpress::builder()
            .api_key(KEY)
            .base_url(self.url())
            .retry(at_once())
    }

    pub fn client(&self) -> Postpress {
        self.settings().build().unwrap()
    }
}

/// Calls another server: whatever was ready to happen has happened by the time its response is back.
pub async fn meanwhile() {
    let other = Server::always(page(&[], None)).await;
    other.client().list_chats().await.unwrap();
}

/// The default policy without its pauses.
pub fn at_once() -> RetryPolicy {
    RetryPolicy::default().pauses(Duration::ZERO, Duration::ZERO)
}

async fn serve(
    mut connection: TcpStream,
    reply_to: &(dyn Fn(usize, &Request) -> Reply + Send + Sync),
    record: &Mutex<Vec<Request>>,
    count: &watch::Sender<usize>,
) {
    let mut buffer = Vec::new();
    loop {
        let Some((mut request, length)) = read_head(&mut connection, &mut buffer).await else {
            return;
        };
        let number = {
            let mut requests = record.lock().unwrap();
            requests.push(request.clone());
            requests.len() - 1
        };
        let reply = reply_to(number, &request);
        match &reply {
            Reply::CloseAfterHead => return,
            Reply::RespondAtHead(bytes) => {
                let _ = connection.write_all(bytes).await;
                let _ = connection.shutdown().await;
                // A server that closes with the body unread resets the connection, and the response with it.
                let mut rest = vec![0; 1 << 16];
                while matches!(connection.read(&mut rest).await, Ok(read) if read > 0) {}
                return;
            }
            _ => {}
        }
        while buffer.len() < length {
            let mut chunk = vec![0; 1 << 16];
            match connection.read(&mut chunk).await {
                Ok(read) if read > 0 => buffer.extend_from_slice(&chunk[..read]),
                _ => return,
            }
        }
        request.body = buffer.drain(..length).collect();
        request.whole = true;
        if let Some(recorded) = record.lock().unwrap().get_mut(number) {
            *recorded = request;
        }
        count.send_modify(|count| *count += 1);
        match reply {
            Reply::Bytes(bytes) => {
                if connection.write_all(&bytes).await.is_err() {
                    return;
                }
            }
            Reply::After(pause, bytes) => {
                advance(pause).await;
                if connection.write_all(&bytes).await.is_err() {
                    return;
                }
            }
            Reply::BytesThenClose(bytes) => {
                let _ = connection.write_all(&bytes).await;
                return;
            }
            Reply::Silence => {
                advance(LONG).await;
                std::future::pending().await
            }
            Reply::CloseAfterBody | Reply::CloseAfterHead | Reply::RespondAtHead(_) => return,
        }
    }
}

/// Reads the head of a request; gives it with the length of its body.
async fn read_head(connection: &mut TcpStream, buffer: &mut Vec<u8>) -> Option<(Request, usize)> {
    let end = loop {
        if let Some(end) = buffer.windows(4).position(|window| window == b"\r\n\r\n") {
            break end;
        }
        let mut chunk = vec![0; 1 << 16];
        let read = connection.read(&mut chunk).await.ok()?;
        if read == 0 {
            return None;
        }
        buffer.extend_from_slice(&chunk[..read]);
    };
    let head = String::from_utf8(buffer.drain(..end + 4).collect()).unwrap();
    let mut lines = head.trim_end().split("\r\n");
    let mut first = lines.next().unwrap().split(' ');
    let (method, target) = (first.next()?.to_owned(), first.next()?.to_owned());
    let headers: Vec<(String, String)> = lines
        .map(|line| {
            let (name, value) = line.split_once(':').unwrap();
            (name.to_ascii_lowercase(), value.trim().to_owned())
        })
        .collect();
    let length = headers.iter().find(|(name, _)| name == "content-length");
    let length = length.map_or(0, |(_, value)| value.parse().unwrap());
    let request = Request {
        method,
        target,
        headers,
        body: Vec::new(),
        whole: false,
    };
    Some((request, length))
}

/// A response in full.
pub fn http(status: &str, headers: &[(&str, &str)], body: impl AsRef<[u8]>) -> Vec<u8> {
    let body = body.as_ref();
    let mut response = format!("HTTP/1.1 {status}\r\ncontent-length: {}\r\n", body.len());
    for (name, value) in headers {
        response.push_str(&format!("{name}: {value}\r\n"));
    }
    response.push_str("\r\n");
    let mut response = response.into_bytes();
    response.extend_from_slice(body);
    response
}

pub fn json(status: &str, body: impl AsRef<[u8]>) -> Reply {
    Reply::Bytes(http(status, &[("content-type", "application/json")], body))
}

pub fn problem(status: u16, kind: &str) -> Reply {
    let body = format!(
        r#"{{"title": "A title", "detail": "A detail.", "instance": "req_1", "type": "{kind}", "status": {status}}}"#
    );
    json(&format!("{status} Status"), body)
}

pub fn sent() -> Reply {
    json(
        "201 Created",
        r#"{"object": "MessageSent", "message_id": "msg_1"}"#,
    )
}

pub fn started() -> Reply {
    json(
        "201 Created",
        r#"{"object": "ChatStarted", "chat_id": "chat_1", "message_id": null}"#,
    )
}

/// The chat of the documentation, with an id of its own.
pub fn chat(id: &str) -> serde_json::Value {
    serde_json::json!({
        "object": "Chat",
        "id": id,
        "account_id": "acc_1",
        "account_type": "LINKEDIN",
        "provider_id": "2-NTRk",
        "attendee_provider_id": "ACoAACr",
        "name": "Jordan Walke",
        "type": 0,
        "timestamp": "2026-05-17T09:42:11.000Z",
        "unread_count": 2,
        "archived": 0,
        "muted_until": null,
        "read_only": 0,
        "folder": ["INBOX", "INBOX_LINKEDIN_CLASSIC"],
        "pinned": 0,
    })
}

/// A page of chats with these ids.
pub fn page(ids: &[&str], cursor: Option<&str>) -> Reply {
    let items: Vec<_> = ids.iter().map(|id| chat(id)).collect();
    let page = serde_json::json!({ "object": "ChatList", "items": items, "cursor": cursor });
    json("200 OK", page.to_string())
}
