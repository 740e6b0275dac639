//! One connection, from its first byte to its end.

use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::TcpStream;
use tokio::sync::watch;

use crate::connection_end::ConnectionEnd;
use crate::service::{Shared, respond};

/// How long a client may take for the head of a request, and be silent between two requests.
const HEAD: Duration = Duration::from_secs(60);

/// The most memory that the head of a request, and what is read ahead of a body, may take.
const BUFFER: usize = 64 * 1024;

/// Responds to the requests of a connection, until it ends or the server stops.
pub(crate) async fn serve(stream: TcpStream, shared: Arc<Shared>, mut stop: watch::Receiver<bool>) {
    // Responses are small, and clients wait for them.
    let _ = stream.set_nodelay(true);
    let end = Arc::new(ConnectionEnd::default());
    let service = service_fn(|request| respond(Arc::clone(&shared), Arc::clone(&end), request));
    let mut connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD)
        .max_buf_size(BUFFER)
        .serve_connection(TokioIo::new(stream), service);
    let mut stopping = pin!(stop.wait_for(|stop| *stop));
    let mut stopped = false;
    loop {
        tokio::select! {
            // The order matters: a response that ends the connection is to be written first.
            biased;
            _ = &mut connection => return,
            () = end.requested() => break,
            _ = &mut stopping, if !stopped => {
                stopped = true;
                std::pin::Pin::new(&mut connection).graceful_shutdown();
            }
        }
    }
    let stream = connection.into_parts().io.into_inner();
    if end.is_reset() {
        // Closing such a socket resets the connection.
        let _ = stream.set_zero_linger();
    }
}
