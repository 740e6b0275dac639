//! The server as a program: `postpress mock`, or this crate's own binary.

mod arguments;

use std::io::{self, Write};
use std::net::{IpAddr, Ipv4Addr};

pub use self::arguments::{Arguments, USAGE, UsageError};
use crate::{Fault, MockServer, StartError};

/// What the program can be told.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Options {
    /// The address to listen on. 127.0.0.1 unless said otherwise.
    pub host: IpAddr,
    /// The port to listen on; 0 is a free one. 4010 unless said otherwise.
    pub port: u16,
    /// The only key that is accepted; `None`: any that is not empty.
    pub api_key: Option<String>,
    /// Faults that are in force from the start.
    pub faults: Vec<Fault>,
    /// The most bytes that the files of a request may have together; `None`: the usual.
    pub max_upload: Option<u64>,
    /// Refuse fields and parameters that the document does not know.
    pub strict: bool,
    /// Start without chats.
    pub empty: bool,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            host: IpAddr::V4(Ipv4Addr::LOCALHOST),
            port: 4010,
            api_key: None,
            faults: Vec::new(),
            max_upload: None,
            strict: false,
            empty: false,
        }
    }
}

/// Runs the server until Ctrl-C or SIGTERM, then stops it cleanly.
///
/// Prints the URL on standard output, and a line for every request on standard error. Needs a Tokio runtime with I/O
/// and time.
///
/// # Errors
/// When the server cannot be started, or signals cannot be waited for.
pub async fn run(options: Options) -> Result<(), ProgramError> {
    let mut builder = MockServer::builder()
        .host(options.host)
        .port(options.port)
        .on_request(|received| {
            // A log that cannot be written is no reason to stop.
            let _ = writeln!(io::stderr().lock(), "{received}");
        });
    if let Some(key) = options.api_key {
        builder = builder.api_key(key);
    }
    if let Some(bytes) = options.max_upload {
        builder = builder.max_upload(bytes);
    }
    if options.strict {
        builder = builder.refuse_unknown_fields();
    }
    if options.empty {
        builder = builder.empty_inbox();
    }
    for fault in options.faults {
        builder = builder.fault(fault);
    }
    // Before anybody can know that the program runs.
    let told = told_to_stop().map_err(ProgramError::Signals)?;
    let server = builder.start().await?;
    let _ = writeln!(
        io::stdout().lock(),
        "postpress mock listens on {}",
        server.base_url()
    );
    let _ = io::stdout().lock().flush();
    told.await;
    let count = server.received_count();
    server.stop().await;
    let _ = writeln!(io::stderr().lock(), "stopped after {count} requests");
    Ok(())
}

/// The program could not do what it should.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ProgramError {
    /// The server could not be started.
    #[error(transparent)]
    Start(#[from] StartError),
    /// Signals cannot be waited for.
    #[error("cannot wait for signals: {0}")]
    Signals(#[source] io::Error),
}

/// Ends when Ctrl-C is pressed or the program is asked to terminate.
#[cfg(unix)]
fn told_to_stop() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

/// Ends when Ctrl-C is pressed.
#[cfg(not(unix))]
fn told_to_stop() -> io::Result<impl Future<Output = ()>> {
    Ok(async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending().await
        }
    })
}
