//! The server as a program: `postpress mock`, or this crate's own binary.

use std::io::{self, Write};

use crate::MockServerBuilder;

/// The port that the program listens on unless it is told another.
pub const PORT: u16 = 4010;

/// What there is to say of faults in the help of a program.
pub const FAULTS: &str = include_str!("faults.txt");

/// Runs a server until Ctrl-C or SIGTERM, then stops it cleanly.
///
/// Prints the URL on standard output, and a line for every request on standard error, which takes the place of an
/// [observer](MockServerBuilder::on_request). Needs a Tokio runtime with I/O and time.
///
/// # Errors
/// When the server cannot be started, or signals cannot be waited for.
pub async fn run(server: MockServerBuilder) -> io::Result<()> {
    let server = server.on_request(|received| {
        // A log that cannot be written is no reason to stop.
        let _ = writeln!(io::stderr().lock(), "{received}");
    });
    // Signals are caught before the URL is printed, after which they may come.
    let stop = stop_signal()?;
    let server = server.start().await.map_err(io::Error::other)?;
    for finding in server.not_served() {
        let _ = writeln!(io::stderr().lock(), "{finding}");
    }
    let url = server.base_url();
    let _ = writeln!(io::stdout().lock(), "postpress mock listens on {url}");
    let _ = io::stdout().lock().flush();
    stop.await;
    let count = server.received_count();
    server.stop().await;
    let plural = if count == 1 { "" } else { "s" };
    let _ = writeln!(io::stderr().lock(), "stopped after {count} request{plural}");
    Ok(())
}

/// Ends when Ctrl-C is pressed or the program is asked to terminate.
#[cfg(unix)]
fn stop_signal() -> io::Result<impl Future<Output = ()>> {
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
fn stop_signal() -> io::Result<impl Future<Output = ()>> {
    Ok(async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending().await
        }
    })
}
