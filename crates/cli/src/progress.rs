//! Progress bars and spinners: on standard error, and only on a terminal.

use std::{io::Write, sync::Arc, time::Duration};

use indicatif::{MultiProgress, ProgressBar, ProgressDrawTarget, ProgressStyle};
use postpress::{AttemptEvent, Upload};
use tracing::level_filters::LevelFilter;

use crate::{
    delivery::Sending,
    failure::{self, Failure},
    file::File,
    terminal::{self, YELLOW, paint},
};

/// From this length on, in bytes, a file gets a bar of its own.
const WORTH_A_BAR: u64 = 256 * 1024;

/// All bars and spinners of a command. Clones share them.
#[derive(Clone)]
pub(crate) struct Progress {
    bars: MultiProgress,
    watched: bool,
    sending: Sending,
}

impl Progress {
    pub(crate) fn new(sending: Sending) -> Self {
        // The lines of -v and the bars would overwrite each other.
        let watched = terminal::is_watched() && LevelFilter::current() == LevelFilter::OFF;
        let target = if watched {
            ProgressDrawTarget::stderr()
        } else {
            ProgressDrawTarget::hidden()
        };
        Self {
            bars: MultiProgress::with_draw_target(target),
            watched,
            sending,
        }
    }

    /// A spinner with a message that says what is going on.
    pub(crate) fn spinner(&self, message: impl Into<String>) -> Spinner {
        let bar = self
            .bars
            .add(ProgressBar::new_spinner().with_message(message.into()));
        if self.watched {
            bar.enable_steady_tick(Duration::from_millis(100));
        }
        Spinner(bar)
    }

    /// A bar for so many rows, with a message that says which one is being sent.
    pub(crate) fn rows(&self, count: usize) -> Spinner {
        let template = "{bar:24.cyan} {pos}/{len} {msg:.dim} {eta:>4}";
        let bar = ProgressBar::new(count as u64).with_style(bar_style(template));
        Spinner(self.bars.add(bar))
    }

    fn file(&self, file: &File, length: u64) -> ProgressBar {
        let template = "{msg:.dim} {bar:24.cyan} {binary_bytes:>10}/{binary_total_bytes} {binary_bytes_per_sec:>12} {eta:>4}";
        let name = console::truncate_str(&terminal::one_line(&file.shown()), 24, "…").into_owned();
        self.bars.add(
            ProgressBar::new(length)
                .with_style(bar_style(template))
                .with_message(name),
        )
    }

    /// Keeps what an attempt that ended says of the message, and says on a terminal when the next one is made.
    pub(crate) fn attempt(&self, event: &AttemptEvent<'_>) {
        self.sending.attempt(event);
        let Some(pause) = event.retry_in.filter(|_| self.watched) else {
            return;
        };
        let what = match (event.error_type, event.status) {
            (Some(kind), _) => kind.to_string(),
            (None, Some(status)) => failure::named(status),
            (None, None) => "no response".to_owned(),
        };
        let attempt = event.attempt + 1;
        let line = format!(
            "{what}: trying again in {:.1} s (attempt {attempt})",
            pause.as_secs_f64()
        );
        let line = paint(YELLOW, terminal::one_line(&line));
        self.bars.suspend(|| {
            // If nobody reads it, nothing is lost.
            let _ = writeln!(anstream::stderr(), "{line}");
        });
    }
}

fn bar_style(template: &str) -> ProgressStyle {
    let style = ProgressStyle::with_template(template);
    let style = style.unwrap_or_else(|_| ProgressStyle::default_bar());
    style.progress_chars("━╸─")
}

/// A spinner or bar, which disappears when it is dropped.
pub(crate) struct Spinner(ProgressBar);

impl Spinner {
    pub(crate) fn message(&self, message: impl Into<String>) {
        self.0.set_message(message.into());
    }

    /// One more is done.
    pub(crate) fn advance(&self) {
        self.0.inc(1);
    }
}

impl Drop for Spinner {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}

/// Opens the files of a message, remembers the field of each, and shows how much of them is sent.
pub(crate) struct Uploads {
    progress: Progress,
    opened: Vec<(&'static str, File)>,
    bars: Vec<ProgressBar>,
}

impl Uploads {
    pub(crate) fn new(progress: Progress) -> Self {
        Self {
            progress,
            opened: Vec::new(),
            bars: Vec::new(),
        }
    }

    /// Opens a file for a field of the form.
    pub(crate) async fn open(
        &mut self,
        field: &'static str,
        file: &File,
    ) -> Result<Upload, Failure> {
        let (upload, length) = file.open().await?;
        self.opened.push((field, file.clone()));
        if length < WORTH_A_BAR {
            return Ok(upload);
        }
        let bar = self.progress.file(file, length);
        self.bars.push(bar.clone());
        let bar = Arc::new(bar);
        Ok(upload.on_progress(move |sent, _| bar.set_position(sent)))
    }

    /// The files with their fields, in the order in which they were opened.
    pub(crate) fn opened(&self) -> &[(&'static str, File)] {
        &self.opened
    }
}

impl Drop for Uploads {
    fn drop(&mut self) {
        self.bars.iter().for_each(ProgressBar::finish_and_clear);
    }
}
