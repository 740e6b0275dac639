//! How a response ends the connection that it goes out on.

use std::sync::atomic::{AtomicBool, Ordering};

use tokio::sync::Notify;

/// Lets the handling of a request end its connection.
#[derive(Debug, Default)]
pub(crate) struct ConnectionEnd {
    requested: Notify,
    reset: AtomicBool,
}

impl ConnectionEnd {
    /// Has the connection closed once all that was written has gone out.
    pub(crate) fn close(&self) {
        self.requested.notify_one();
    }

    /// Has the connection reset.
    pub(crate) fn reset(&self) {
        self.reset.store(true, Ordering::Relaxed);
        self.requested.notify_one();
    }

    /// Waits until the connection is to end.
    pub(crate) async fn requested(&self) {
        self.requested.notified().await;
    }

    /// Whether the connection is to be reset rather than closed.
    pub(crate) fn is_reset(&self) -> bool {
        self.reset.load(Ordering::Relaxed)
    }
}
