//! The settings of a server.

use std::fmt;
use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener};
use std::sync::{Arc, Mutex};

use super::MockServer;
use super::thread::Running;
use crate::Fault;
use crate::api::Api;
use crate::fault::ActiveFaults;
use crate::inbox::Inbox;
use crate::record::Received;
use crate::service::{Observer, Shared};

/// "The standard maximum size is 15 MB", says "Send Messages".
const MAX_UPLOAD: u64 = 15_000_000;

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
    strict: bool,
    record_responses: bool,
    empty: bool,
    faults: Vec<Fault>,
    document: Option<(String, String)>,
    observer: Option<Observer>,
}

impl MockServerBuilder {
    pub(super) fn new() -> MockServerBuilder {
        MockServerBuilder {
            address: SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 0),
            api_key: None,
            max_upload: MAX_UPLOAD,
            strict: false,
            record_responses: false,
            empty: false,
            faults: Vec::new(),
            document: None,
            observer: None,
        }
    }

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

    /// Refuses what the document does not forbid, and is most likely a mistake: fields and parameters that it does not
    /// know, which are ignored without this and [noted](Received::ignored); and members of a list in one text, as
    /// `u1,u2` or `["u1"]`, which are taken as one member without this.
    pub fn strict(mut self) -> MockServerBuilder {
        self.strict = true;
        self
    }

    /// Records the responses as well, for [`Received::response_body`] and [`Received::response_header`].
    pub fn record_responses(mut self) -> MockServerBuilder {
        self.record_responses = true;
        self
    }

    /// There are no chats at first.
    pub fn empty_inbox(mut self) -> MockServerBuilder {
        self.empty = true;
        self
    }

    /// Serves another OpenAPI document, 3.0 or 3.1, in YAML or JSON, instead of the one that describes postpress. `name` is what
    /// findings call it, usually its path.
    ///
    /// Its operations [respond with samples](crate#other-documents), but for those that are named and placed as the four of
    /// postpress.
    pub fn document(
        mut self,
        name: impl Into<String>,
        text: impl Into<String>,
    ) -> MockServerBuilder {
        self.document = Some((name.into(), text.into()));
        self
    }

    /// A fault that is in force from the start, like those of [`MockServer::inject`].
    pub fn fault(mut self, fault: Fault) -> MockServerBuilder {
        self.faults.push(fault);
        self
    }

    /// Calls `observer` with every request before its response is sent, on the server's thread.
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
    /// When the address cannot be listened on, for example since another program has the port; or the document cannot be served.
    pub async fn start(self) -> Result<MockServer, StartError> {
        // Starting takes no time worth an await; stopping does.
        self.start_blocking()
    }

    /// The same for code that is not async.
    ///
    /// # Errors
    /// When the address cannot be listened on, for example since another program has the port; or the document cannot be served.
    pub fn start_blocking(self) -> Result<MockServer, StartError> {
        let document = |error: &dyn fmt::Display| StartError::Document(error.to_string());
        let inbox_api = Api::embedded().map_err(|error| document(&error))?;
        let api = match &self.document {
            Some((name, text)) => Api::of(name, text).map_err(|error| document(&error))?,
            None => inbox_api,
        };
        let inbox = match self.empty {
            true => Inbox::new(),
            false => Inbox::seeded(inbox_api).map_err(|error| document(&error))?,
        };
        let listening = listen(self.address);
        let (listener, address) =
            listening.map_err(|error| StartError::Listen(self.address, error))?;
        let mut faults = ActiveFaults::default();
        for fault in self.faults {
            check_fault(api, &fault)?;
            faults.inject(fault);
        }
        let shared = Arc::new(Shared {
            api,
            inbox_api,
            address,
            api_key: self.api_key,
            max_upload: self.max_upload,
            strict: self.strict,
            record_responses: self.record_responses,
            inbox: Mutex::new(inbox),
            faults: Mutex::new(faults),
            journal: Mutex::default(),
            observer: self.observer,
        });
        let running = Running::start(listener, Arc::clone(&shared));
        let running = running.map_err(StartError::Thread)?;
        Ok(MockServer { shared, running })
    }
}

/// That the operation of a fault is one of the document's.
pub(super) fn check_fault(api: &Api, fault: &Fault) -> Result<(), StartError> {
    let operation = fault.on.as_deref().unwrap_or_default();
    match fault.on.is_none() || api.endpoint(operation).is_some() {
        true => Ok(()),
        false => Err(StartError::Fault(fault.to_string(), api.ids().join(", "))),
    }
}

fn listen(address: SocketAddr) -> io::Result<(TcpListener, SocketAddr)> {
    let listener = TcpListener::bind(address)?;
    listener.set_nonblocking(true)?;
    let address = listener.local_addr()?;
    Ok((listener, address))
}

impl fmt::Debug for MockServerBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MockServerBuilder")
            .field("address", &self.address)
            .field("api_key", &self.api_key.as_ref().map(|_| "..."))
            .field("max_upload", &self.max_upload)
            .field("strict", &self.strict)
            .field("empty", &self.empty)
            .field("faults", &self.faults)
            .finish_non_exhaustive()
    }
}

/// The server could not be started.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StartError {
    /// The address cannot be listened on.
    #[error("cannot listen on {0}: {1}")]
    Listen(SocketAddr, #[source] io::Error),
    /// There is no thread or no runtime for the server.
    #[error("cannot start a thread for the mock server: {0}")]
    Thread(#[source] io::Error),
    /// The OpenAPI document is not one that it can serve.
    #[error("the mock server cannot serve its document: {0}")]
    Document(String),
    /// A fault is for an operation that the document does not have.
    #[error("the fault `{0}` is for none of the operations {1}")]
    Fault(String, String),
}
