//! One connection, from its first byte to its end.

use std::error::Error as _;
use std::sync::Arc;
use std::time::Duration;

use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::TcpStream;
use tokio::sync::watch;

use crate::response::Disconnect;
use crate::service::{Shared, respond};

/// How long a client may take for the head of a request, and be silent between two requests.
const HEAD: Duration = Duration::from_secs(60);

/// The most memory that the head of a request, and what is read ahead of a body, may take.
const BUFFER: usize = 64 * 1024;

/// Responds to the requests of a connection, until it ends or the server stops.
pub(crate) async fn serve(stream: TcpStream, shared: Arc<Shared>, mut stop: watch::Receiver<bool>) {
    // Responses are small, and clients wait for them.
    let _ = stream.set_nodelay(true);
    let service = service_fn(|request| respond(Arc::clone(&shared), request));
    let mut connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD)
        .max_buf_size(BUFFER)
        .serve_connection(TokioIo::new(stream), service);
    let ended = tokio::select! {
        ended = &mut connection => ended,
        () = async { drop(stop.wait_for(|stop| *stop).await) } => {
            std::pin::Pin::new(&mut connection).graceful_shutdown();
            (&mut connection).await
        }
    };
    let error = ended.err();
    let cause = error
        .as_ref()
        .and_then(|error| error.source()?.downcast_ref());
    if cause == Some(&Disconnect::Reset) {
        // Closing such a socket resets the connection.
        let _ = connection.into_parts().io.into_inner().set_zero_linger();
    }
}
