//! One connection, from its first byte to its end, however that comes about.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::TcpStream;
use tokio::sync::{Notify, watch};

use crate::service::{Shared, respond};

/// How long a client may take for the head of a request. It may be silent as long between two.
const HEAD: Duration = Duration::from_secs(60);

/// The most memory that the head of a request, and what is read ahead of a body, may take.
const BUFFER: usize = 64 * 1024;

/// Lets an answer end the connection that it goes out on.
#[derive(Debug, Default)]
pub(crate) struct Ending {
    asked: Notify,
    reset: AtomicBool,
}

impl Ending {
    /// What has been written goes out; then the connection is closed.
    pub(crate) fn close(&self) {
        self.asked.notify_one();
    }

    /// The connection is reset.
    pub(crate) fn reset(&self) {
        self.reset.store(true, Ordering::Relaxed);
        self.asked.notify_one();
    }
}

/// Answers what comes on a connection, until it ends or the server stops.
pub(crate) async fn serve(stream: TcpStream, shared: Arc<Shared>, mut stop: watch::Receiver<bool>) {
    // Answers are small, and clients wait for them.
    let _ = stream.set_nodelay(true);
    let ending = Arc::new(Ending::default());
    let service = service_fn(|request| respond(Arc::clone(&shared), Arc::clone(&ending), request));
    let mut connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD)
        .max_buf_size(BUFFER)
        .serve_connection(TokioIo::new(stream), service);
    let mut stopping = std::pin::pin!(stop.wait_for(|stop| *stop));
    let mut stopped = false;
    loop {
        tokio::select! {
            // The order matters: an answer that ends the connection is to be written first.
            biased;
            _ = &mut connection => return,
            () = ending.asked.notified() => break,
            _ = &mut stopping, if !stopped => {
                stopped = true;
                std::pin::Pin::new(&mut connection).graceful_shutdown();
            }
        }
    }
    let stream = connection.into_parts().io.into_inner();
    if ending.reset.load(Ordering::Relaxed) {
        // Closing such a socket resets the connection.
        let _ = stream.set_zero_linger();
    }
}
