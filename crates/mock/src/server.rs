//! A running server.

use std::fmt;
use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, mpsc};
use std::thread::{self, JoinHandle};
use std::time::{Duration, SystemTime};

use serde_json::Value;
use tokio::net::TcpListener;
use tokio::runtime;
use tokio::sync::{oneshot, watch};
use tokio::task::JoinSet;

use crate::document::Document;
use crate::fault::Faults;
use crate::inbox::{self, Inbox};
use crate::record::{Journal, Received};
use crate::service::{Observer, Shared};
use crate::time::Moment;
use crate::{Expect, Fault, Mismatch, connection, lock};

/// "The standard maximum size is 15 MB", says "Send Messages".
const MAX_UPLOAD: u64 = 15_000_000;

/// How long requests that are being answered may take when the server is asked to stop.
const GRACE: Duration = Duration::from_secs(1);

/// How long to wait when no more connections can be accepted, for want of file descriptors most probably.
const PAUSE: Duration = Duration::from_millis(20);

/// A server that behaves as the postpress API is documented, on a free port of this machine.
///
/// It has a thread of its own, so that clients that block do not block it, and stops when it is dropped. Any number can
/// run at a time; they share nothing.
pub struct MockServer {
    shared: Arc<Shared>,
    /// Tells the thread to stop: with grace, or by being dropped, at once.
    stop: Option<watch::Sender<bool>>,
    /// Ends when the thread does.
    stopped: Option<oneshot::Receiver<()>>,
    thread: Option<JoinHandle<()>>,
}

/// A server that is about to be started.
///
/// ```
/// # async fn start() -> Result<(), postpress_mock::StartError> {
/// use postpress_mock::MockServer;
///
/// let server = MockServer::builder().api_key("secret").empty_inbox().start().await?;
/// # Ok(())
/// # }
/// ```
#[must_use = "this does nothing until `start` is called"]
pub struct MockServerBuilder {
    address: SocketAddr,
    api_key: Option<String>,
    max_upload: u64,
    refuse_unknown_fields: bool,
    empty: bool,
    faults: Vec<Fault>,
    observer: Option<Observer>,
}

/// The server could not be started.
#[derive(Debug, thiserror::Error)]
#[error("cannot start the mock server: {0}")]
pub struct StartError(#[source] StartErrorKind);

#[derive(Debug, thiserror::Error)]
enum StartErrorKind {
    #[error("cannot listen on {0}: {1}")]
    Listen(SocketAddr, io::Error),
    #[error("cannot start a thread: {0}")]
    Thread(#[from] io::Error),
    #[error("{0}")]
    Document(String),
}

impl StartError {
    /// Whether another program has the port.
    pub fn is_address_in_use(&self) -> bool {
        matches!(&self.0, StartErrorKind::Listen(_, error) if error.kind() == io::ErrorKind::AddrInUse)
    }
}

/// A chat that is not as the documentation says that chats are.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("cannot add the chat: {0}")]
pub struct AddChatError(String);

impl MockServerBuilder {
    /// The only key that is accepted. Without this, any key that is not empty is.
    pub fn api_key(mut self, key: impl Into<String>) -> MockServerBuilder {
        self.api_key = Some(key.into());
        self
    }

    /// The port to listen on. Without this, a free one.
    pub fn port(mut self, port: u16) -> MockServerBuilder {
        self.address.set_port(port);
        self
    }

    /// The address to listen on. Without this, 127.0.0.1, which only programs on this machine can reach.
    pub fn host(mut self, host: IpAddr) -> MockServerBuilder {
        self.address.set_ip(host);
        self
    }

    /// The most bytes that the files of one request may have together. Without this, 15,000,000.
    pub fn max_upload(mut self, bytes: u64) -> MockServerBuilder {
        self.max_upload = bytes;
        self
    }

    /// Fields and parameters that the document does not know are refused. Without this they are ignored, and
    /// [noted](Received::ignored).
    pub fn refuse_unknown_fields(mut self) -> MockServerBuilder {
        self.refuse_unknown_fields = true;
        self
    }

    /// There are no chats at first.
    pub fn empty_inbox(mut self) -> MockServerBuilder {
        self.empty = true;
        self
    }

    /// A fault that is in force from the start, like those of [`MockServer::inject`].
    pub fn fault(mut self, fault: Fault) -> MockServerBuilder {
        self.faults.push(fault);
        self
    }

    /// Is called for every request, before it is answered, on the server's thread.
    pub fn on_request(
        mut self,
        observer: impl Fn(&Received) + Send + Sync + 'static,
    ) -> MockServerBuilder {
        self.observer = Some(Box::new(observer));
        self
    }

    /// Starts the server. When this returns, clients can connect.
    ///
    /// # Errors
    /// When the address cannot be listened on: [`StartError::is_address_in_use`].
    pub async fn start(self) -> Result<MockServer, StartError> {
        // Quick enough not to be waited for; only stopping takes its time.
        self.start_blocking()
    }

    /// The same for code that is not async.
    ///
    /// # Errors
    /// When the address cannot be listened on: [`StartError::is_address_in_use`].
    pub fn start_blocking(self) -> Result<MockServer, StartError> {
        let wrong = |reason: String| StartError(StartErrorKind::Document(reason));
        let document = Document::embedded().map_err(|error| wrong(error.to_string()))?;
        let inbox = if self.empty {
            Inbox::new()
        } else {
            Inbox::seeded(document).map_err(|error| wrong(error.to_string()))?
        };
        let listen = || {
            let listener = std::net::TcpListener::bind(self.address)?;
            listener.set_nonblocking(true)?;
            let address = listener.local_addr()?;
            Ok((listener, address))
        };
        let (listener, address) =
            listen().map_err(|error| StartError(StartErrorKind::Listen(self.address, error)))?;
        let mut faults = Faults::default();
        self.faults
            .into_iter()
            .for_each(|fault| faults.inject(fault));
        let shared = Arc::new(Shared {
            document,
            address,
            api_key: self.api_key,
            max_upload: self.max_upload,
            refuse_unknown_fields: self.refuse_unknown_fields,
            inbox: Mutex::new(inbox),
            faults: Mutex::new(faults),
            journal: Journal::new(),
            observer: self.observer,
        });
        let (stop, stopping) = watch::channel(false);
        let (finished, stopped) = oneshot::channel();
        let (ready, started) = mpsc::sync_channel(1);
        let served = Arc::clone(&shared);
        let thread = thread::Builder::new().name("postpress-mock".to_owned());
        let thread = thread.spawn(move || {
            // Made and dropped here: where somebody may wait for a future, a runtime cannot be dropped.
            let runtime = runtime::Builder::new_current_thread().enable_all().build();
            let runtime = match runtime {
                Ok(runtime) => runtime,
                Err(error) => return drop(ready.send(Err(error))),
            };
            runtime.block_on(async {
                match TcpListener::from_std(listener) {
                    Ok(listener) => {
                        drop(ready.send(Ok(())));
                        run(listener, served, stopping).await;
                    }
                    Err(error) => drop(ready.send(Err(error))),
                }
            });
            // Ends what is left: connections that hang, and those that were not given time.
            drop(runtime);
            drop::<oneshot::Sender<()>>(finished);
        });
        let thread = thread.map_err(|error| StartError(StartErrorKind::Thread(error)))?;
        // A thread that ended without a word has reported why.
        let outcome = started
            .recv()
            .unwrap_or_else(|_| Err(io::ErrorKind::Other.into()));
        outcome.map_err(|error| StartError(StartErrorKind::Thread(error)))?;
        Ok(MockServer {
            shared,
            stop: Some(stop),
            stopped: Some(stopped),
            thread: Some(thread),
        })
    }
}

impl MockServer {
    /// Starts a server on a free port of 127.0.0.1, with the [inbox](crate#the-inbox) of this crate. When this returns,
    /// clients can connect.
    ///
    /// # Panics
    /// When there is no port to be had, or no thread. [`MockServer::builder`] returns an error instead.
    pub async fn start() -> MockServer {
        match MockServer::builder().start().await {
            Ok(server) => server,
            Err(error) => panic!("{error}"),
        }
    }

    /// Starts a server with other than the usual settings.
    pub fn builder() -> MockServerBuilder {
        MockServerBuilder {
            address: SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 0),
            api_key: None,
            max_upload: MAX_UPLOAD,
            refuse_unknown_fields: false,
            empty: false,
            faults: Vec::new(),
            observer: None,
        }
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.shared.address
    }

    /// The address to give to a client: `http://127.0.0.1:41567/v1`.
    ///
    /// The other documented one works as well: [`origin`](MockServer::origin) and `/api/v1`.
    pub fn base_url(&self) -> String {
        let base = self.shared.document.base_paths.first();
        self.origin() + base.map_or("", String::as_str)
    }

    /// The address without a path: `http://127.0.0.1:41567`.
    pub fn origin(&self) -> String {
        format!("http://{}", self.shared.address)
    }

    /// Puts a fault in force.
    pub fn inject(&self, fault: Fault) {
        lock(&self.shared.faults).inject(fault);
    }

    /// The faults that are still in force, the first that was injected first. One for the next so many requests says
    /// how many are left.
    pub fn pending_faults(&self) -> Vec<Fault> {
        lock(&self.shared.faults).pending()
    }

    /// Takes all faults out of force.
    pub fn clear_faults(&self) {
        lock(&self.shared.faults).clear();
    }

    /// The requests that have come, the oldest first.
    ///
    /// A request is here before its answer is on its way, so that whoever has an answer finds the request. Of very many
    /// the last 10,000 are remembered, or fewer when they are large.
    pub fn received(&self) -> Vec<Received> {
        self.shared.journal.all()
    }

    /// How many requests have come since the server started, whether they are remembered or not.
    pub fn received_count(&self) -> u64 {
        self.shared.journal.total()
    }

    /// Forgets the requests that have come.
    pub fn forget_received(&self) {
        self.shared.journal.clear();
    }

    /// Makes sure that what has come is what was expected.
    ///
    /// # Panics
    /// When it is not. The message says what was expected, how the nearest request differs from that, and which
    /// requests there were.
    #[track_caller]
    pub fn assert_received(&self, expected: Expect) {
        if let Err(mismatch) = self.check_received(&expected) {
            panic!("{mismatch}");
        }
    }

    /// The same without a panic, to wait for something, for example.
    ///
    /// # Errors
    /// When what has come is not what was expected.
    pub fn check_received(&self, expected: &Expect) -> Result<(), Mismatch> {
        let journal = &self.shared.journal;
        expected.check(&journal.all(), journal.forgotten())
    }

    /// Adds a chat to the inbox, the newest of all, and returns its id.
    ///
    /// It is given as `getChat` answers it. Whatever is left out gets a value: an empty object is a chat; with a
    /// `lastMessage` that is an empty object, it is one with a message.
    ///
    /// # Errors
    /// When it is not a chat as the documentation describes one. The message says what is wrong.
    pub fn add_chat(&self, chat: Value) -> Result<String, AddChatError> {
        self.add_chat_created_at(chat, SystemTime::now())
    }

    /// The same, with the time that the filters `before` and `after` compare. It does not show in the chat, which has
    /// only the time of its last activity, and the list has it as the newest all the same.
    ///
    /// # Errors
    /// When it is not a chat as the documentation describes one. The message says what is wrong.
    pub fn add_chat_created_at(
        &self,
        chat: Value,
        created: SystemTime,
    ) -> Result<String, AddChatError> {
        let created = Moment::from(created);
        let mut inbox = lock(&self.shared.inbox);
        let chat = inbox::complete(&mut inbox, self.shared.document, chat, created)
            .map_err(|error| AddChatError(error.to_string()))?;
        let id = chat.id.clone();
        inbox.add(chat);
        Ok(id)
    }

    /// All chats, the newest first, as `getChat` answers them.
    pub fn chats(&self) -> Vec<Value> {
        let inbox = lock(&self.shared.inbox);
        inbox.chats().map(|chat| parsed(&chat.detail())).collect()
    }

    /// A chat by its postpress id, as `getChat` answers it.
    pub fn chat(&self, id: &str) -> Option<Value> {
        Some(parsed(&lock(&self.shared.inbox).chat(id)?.detail()))
    }

    /// The messages of a chat that are remembered, the oldest first: as `getChat` answers the last one.
    pub fn messages(&self, chat_id: &str) -> Vec<Value> {
        lock(&self.shared.inbox).messages(chat_id)
    }

    /// How many messages clients have sent, each of those that start a chat included. What a client sends twice counts
    /// twice.
    pub fn messages_sent(&self) -> u64 {
        lock(&self.shared.inbox).sent()
    }

    /// Stops the server: no more connections are accepted, and what is being answered has a second to finish.
    ///
    /// Dropping the server stops it at once.
    pub async fn stop(mut self) {
        if let Some(stop) = &self.stop {
            // It cannot have stopped of its own accord.
            let _ = stop.send(true);
        }
        if let Some(stopped) = self.stopped.take() {
            let _ = stopped.await;
        }
    }
}

impl Drop for MockServer {
    fn drop(&mut self) {
        drop(self.stop.take());
        let Some(thread) = self.thread.take() else {
            return;
        };
        // An observer that has the last hold of the server would wait for itself.
        if thread.thread().id() != thread::current().id() {
            // Should it have panicked, that has been reported.
            let _ = thread.join();
        }
    }
}

/// Accepts connections until it is told to stop.
async fn run(listener: TcpListener, shared: Arc<Shared>, mut stop: watch::Receiver<bool>) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            told = stop.changed() => match told {
                Ok(()) => break,
                Err(_) => return,
            },
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => {
                    connections.spawn(connection::serve(stream, Arc::clone(&shared), stop.clone()));
                }
                Err(_) => tokio::time::sleep(PAUSE).await,
            },
            Some(_) = connections.join_next() => {}
        }
    }
    drop(listener);
    let finish = async { while connections.join_next().await.is_some() {} };
    // Whatever takes longer is cut off.
    let _ = tokio::time::timeout(GRACE, finish).await;
}

/// What the inbox has made itself.
fn parsed(json: &str) -> Value {
    serde_json::from_str(json).unwrap_or_default()
}

impl fmt::Debug for MockServerBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MockServerBuilder")
            .field("address", &self.address)
            .field("faults", &self.faults)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for MockServer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MockServer")
            .field("address", &self.address())
            .finish_non_exhaustive()
    }
}
