//! Tokio's clock, which tests move by hand: so nothing depends on how fast the machine is.

use std::{sync::mpsc, time::Duration};

use postpress::Builder;
use tokio::{
    sync::mpsc::{UnboundedReceiver, unbounded_channel},
    task::spawn_blocking,
    time,
};

/// Longer than any time limit.
pub const LONG: Duration = Duration::from_secs(7 * 24 * 60 * 60);

/// What timers are rounded up to.
pub const MILLISECOND: Duration = Duration::from_millis(1);

/// A clock that stands still until this is dropped, but for [`advance`](time::advance).
///
/// Tokio moves a paused clock by itself whenever all tasks wait, be it for a socket, unless some blocking task runs.
pub struct StoppedClock {
    _ends_the_blocking_task: mpsc::Sender<()>,
}

pub fn stop_clock() -> StoppedClock {
    time::pause();
    let (sender, receiver) = mpsc::channel::<()>();
    spawn_blocking(move || receiver.recv());
    StoppedClock {
        _ends_the_blocking_task: sender,
    }
}

/// The pause after each attempt of a client with these settings, as soon as it begins; `None` after the last attempt.
pub fn pauses(settings: Builder) -> (Builder, UnboundedReceiver<Option<Duration>>) {
    let (sender, receiver) = unbounded_channel();
    let settings = settings.on_attempt(move |attempt| {
        let _ = sender.send(attempt.retry_in);
    });
    (settings, receiver)
}

/// Waits in real time for something that another thread does.
pub async fn until(condition: impl Fn() -> bool) {
    while !condition() {
        let moment = || std::thread::sleep(Duration::from_millis(1));
        spawn_blocking(moment).await.unwrap();
    }
}
