//! The thread that a server runs in.

use std::io;
use std::net;
use std::sync::{Arc, mpsc};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::runtime;
use tokio::sync::watch;
use tokio::task::JoinSet;

use crate::connection;
use crate::service::Shared;

/// How long requests that are being handled may take when the server is asked to stop.
const GRACE: Duration = Duration::from_secs(1);

/// How long to wait when no connection can be accepted, most probably for want of file descriptors.
const PAUSE: Duration = Duration::from_millis(20);

/// A thread that handles requests until this is dropped.
pub(super) struct Running {
    /// Tells the thread to stop: a message lets it finish its requests, being dropped stops it at once.
    stop: Option<watch::Sender<bool>>,
    thread: Option<JoinHandle<()>>,
}

impl Running {
    /// Starts the thread. When this returns, it accepts connections.
    pub(super) fn start(listener: net::TcpListener, shared: Arc<Shared>) -> io::Result<Running> {
        let (stop, stopping) = watch::channel(false);
        let (ready, started) = mpsc::sync_channel(2);
        let failed = ready.clone();
        let thread = thread::Builder::new().name("postpress-mock".to_owned());
        let thread = thread.spawn(move || {
            // Made and dropped in this thread: a runtime cannot be dropped where a future is being awaited. With it end
            // the connections that are left: those that hang, or all of them if the server was dropped.
            let runtime = runtime::Builder::new_current_thread().enable_all().build();
            let result = runtime.and_then(|runtime| {
                runtime.block_on(async {
                    let listener = TcpListener::from_std(listener)?;
                    drop(ready.send(Ok(())));
                    run(listener, shared, stopping).await;
                    Ok(())
                })
            });
            drop(failed.send(result));
        })?;
        // A thread that panicked before it was ready has printed why.
        let outcome = started.recv();
        outcome.unwrap_or_else(|_| Err(io::ErrorKind::Other.into()))?;
        Ok(Running {
            stop: Some(stop),
            thread: Some(thread),
        })
    }

    /// Accepts no more connections, lets requests finish for a second, and ends.
    pub(super) async fn stop(self) {
        if let Some(stop) = &self.stop {
            // It fails where the thread has ended.
            let _ = stop.send(true);
            stop.closed().await;
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        drop(self.stop.take());
        let Some(thread) = self.thread.take() else {
            return;
        };
        // An observer that drops the server runs in this very thread, and would wait for itself.
        if thread.thread().id() != thread::current().id() {
            // If it panicked, that has been printed.
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
    // Whatever takes longer is cut off.
    let _ = tokio::time::timeout(GRACE, connections.join_all()).await;
}
