//! A running server.

mod builder;
mod thread;

use std::fmt;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::SystemTime;

use jiff::Timestamp;
use serde_json::Value;

pub use self::builder::{MockServerBuilder, StartError};
use self::thread::Running;
use crate::inbox;
use crate::record::Received;
use crate::service::Shared;
use crate::{AddChatError, Expect, Fault, lock};

/// A server that behaves as the postpress API is documented, on a free port of this machine.
///
/// It has a thread of its own, so that clients that block do not block it, and stops when it is dropped. Any number can
/// run at a time; they share nothing.
pub struct MockServer {
    shared: Arc<Shared>,
    running: Running,
}

impl MockServer {
    /// Starts a server on a free port of 127.0.0.1, with the [inbox](crate#the-inbox) of this crate. When this returns,
    /// clients can connect.
    ///
    /// # Panics
    /// When there is no free port, or no thread can be started. [`MockServer::builder`] returns an error instead.
    pub async fn start() -> MockServer {
        match MockServer::builder().start().await {
            Ok(server) => server,
            Err(error) => panic!("{error}"),
        }
    }

    /// A server with settings of its own, which is yet to be started.
    pub fn builder() -> MockServerBuilder {
        MockServerBuilder::new()
    }

    /// The address that it listens on.
    pub fn address(&self) -> SocketAddr {
        self.shared.address
    }

    /// The base URL to give to a client: `http://127.0.0.1:41567/v1`.
    ///
    /// The other documented base URL works as well: [`origin`](MockServer::origin) and `/api/v1`.
    pub fn base_url(&self) -> String {
        let base = self.shared.api.base_paths.first();
        self.origin() + base.map_or("", String::as_str)
    }

    /// The base URL without its path: `http://127.0.0.1:41567`.
    pub fn origin(&self) -> String {
        format!("http://{}", self.shared.address)
    }

    /// What of the document is not served, each with its place in it; nothing of the one that describes postpress.
    pub fn not_served(&self) -> &[String] {
        &self.shared.api.findings
    }

    /// Puts a fault in force, in addition to those that already are.
    ///
    /// # Panics
    /// When it is for an operation that the document does not have.
    #[track_caller]
    pub fn inject(&self, fault: Fault) {
        if let Err(error) = builder::check_fault(self.shared.api, &fault) {
            panic!("{error}");
        }
        lock(&self.shared.faults).inject(fault);
    }

    /// The faults that are still in force, in the order in which they were injected. A fault for the next N requests says
    /// how many of them are left.
    pub fn pending_faults(&self) -> Vec<Fault> {
        lock(&self.shared.faults).pending()
    }

    /// Takes all faults out of force.
    pub fn clear_faults(&self) {
        lock(&self.shared.faults).clear();
    }

    /// The requests that have come, the oldest first.
    ///
    /// A request is here before its response is sent, so that whoever has a response finds the request. The last 10,000
    /// are remembered, or fewer when they are large.
    pub fn received(&self) -> Vec<Received> {
        lock(&self.shared.journal)
            .received
            .iter()
            .cloned()
            .collect()
    }

    /// How many requests have come since the server started, whether they are remembered or not.
    pub fn received_count(&self) -> u64 {
        lock(&self.shared.journal).total
    }

    /// Forgets the requests that have come.
    pub fn forget_received(&self) {
        lock(&self.shared.journal).received.clear();
    }

    /// Makes sure that the requests that were received are those that were expected.
    ///
    /// # Panics
    /// When they are not. The message says what was expected, how the nearest request differs from that, and which
    /// requests there were.
    #[track_caller]
    pub fn assert_received(&self, expected: Expect) {
        let forgotten = lock(&self.shared.journal).received.forgotten();
        if let Err(mismatch) = expected.check(&self.received(), forgotten) {
            panic!("{mismatch}");
        }
    }

    /// Adds a chat to the inbox as the newest one, and returns its id.
    ///
    /// It is given as `getChat` returns it. Whatever is left out gets a value: an empty object is a chat; with a
    /// `lastMessage` that is an empty object, it is one with a message.
    ///
    /// # Errors
    /// When it is not what the documentation says a chat is. The message says what is wrong.
    pub fn add_chat(&self, chat: Value) -> Result<String, AddChatError> {
        self.add_chat_created_at(chat, SystemTime::now())
    }

    /// The same, with the time that the filters `before` and `after` compare. The chat does not show that time, since it has
    /// only that of its last activity, and is listed as the newest all the same.
    ///
    /// # Errors
    /// When it is not what the documentation says a chat is. The message says what is wrong.
    pub fn add_chat_created_at(
        &self,
        chat: Value,
        created: SystemTime,
    ) -> Result<String, AddChatError> {
        // A time that cannot be written as the API does is taken for the Unix epoch.
        let created = Timestamp::try_from(created).unwrap_or_default();
        let mut inbox = lock(&self.shared.inbox);
        let chat = inbox::complete(&mut inbox, self.shared.inbox_api, chat, created)?;
        let id = chat.id.clone();
        inbox.add(chat);
        Ok(id)
    }

    /// All chats, the newest first, as `getChat` returns them.
    pub fn chats(&self) -> Vec<Value> {
        let inbox = lock(&self.shared.inbox);
        inbox.chats().map(|chat| parsed(&chat.detail())).collect()
    }

    /// A chat by its postpress id, as `getChat` returns it.
    pub fn chat(&self, id: &str) -> Option<Value> {
        Some(parsed(&lock(&self.shared.inbox).chat(id)?.detail()))
    }

    /// The messages of a chat that are remembered, the oldest first, each as `getChat` returns the last one.
    pub fn messages(&self, chat_id: &str) -> Vec<Value> {
        lock(&self.shared.inbox).messages(chat_id)
    }

    /// How many messages clients have sent, those that start chats included. A message that is sent twice counts twice.
    pub fn messages_sent(&self) -> u64 {
        lock(&self.shared.inbox).sent()
    }

    /// Stops the server: no more connections are accepted, and requests that are being handled have a second to finish.
    ///
    /// Dropping the server stops it at once.
    pub async fn stop(self) {
        self.running.stop().await;
    }
}

/// The JSON of the inbox, which is always valid.
fn parsed(json: &str) -> Value {
    serde_json::from_str(json).unwrap_or_default()
}

impl fmt::Debug for MockServer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MockServer")
            .field("address", &self.address())
            .finish_non_exhaustive()
    }
}
