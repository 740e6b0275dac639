//! `-v`: the traces of the libraries, on standard error.

use std::io;

use tracing::Level;
use tracing_subscriber::{
    Layer, filter::Targets, fmt, fmt::format::FmtSpan, layer::SubscriberExt,
    util::SubscriberInitExt,
};

/// Starts to print them: none at 0, each attempt with its outcome at 1, those of the HTTP client as well from 2 on.
pub(crate) fn start(verbosity: u8) {
    let filter = match verbosity {
        0 => return,
        1 => Targets::new().with_target("postpress", Level::DEBUG),
        _ => Targets::new().with_default(Level::TRACE),
    };
    let color = anstream::AutoStream::choice(&io::stderr()) != anstream::ColorChoice::Never;
    let layer = fmt::layer()
        .compact()
        .with_timer(fmt::time::uptime())
        .with_writer(io::stderr)
        // Nobody may read them any more.
        .log_internal_errors(false)
        .with_ansi(color)
        .with_span_events(FmtSpan::CLOSE)
        .with_target(verbosity > 1)
        .with_filter(filter);
    tracing_subscriber::registry().with(layer).init();
}
