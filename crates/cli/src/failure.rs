//! Failures: what is printed about them, and their exit codes.

use std::{fmt::Display, io, io::Write, process::ExitCode};

use postpress::{Delivery, ErrorType};

use crate::{
    advice, delivery,
    exit::Exit,
    terminal::{BOLD, DIM, RED, harmless, paint},
};

/// What to do when nobody knows whether a message was sent.
const LOOK_FIRST: &str = "look into the chat before you send it again";

/// Why a command failed.
#[derive(Debug)]
pub(crate) enum Failure {
    /// Nobody reads the output any more. That is no error.
    ClosedPipe,
    /// The command line, a file or the key cannot be used.
    Usage(String),
    /// The call failed. The hint comes from the command, which may know how to continue.
    Call {
        error: postpress::Error,
        hint: Option<String>,
    },
    /// Interrupted from the keyboard; and what is known of the message, if one was to be sent.
    Interrupted { delivery: Option<&'static str> },
    /// Anything else.
    Other(anyhow::Error),
}

impl Failure {
    pub(crate) fn usage(message: impl Into<String>) -> Self {
        Self::Usage(message.into())
    }

    pub(crate) fn unreadable(what: &dyn Display, error: &io::Error) -> Self {
        Self::usage(format!("cannot read {what}: {}", reason(error)))
    }

    /// Prints it on standard error.
    pub(crate) fn report(&self) -> ExitCode {
        if matches!(self, Self::ClosedPipe) {
            return ExitCode::SUCCESS;
        }
        let mut out = anstream::stderr().lock();
        for line in self.lines() {
            // If this cannot be printed, the exit code still says it.
            let _ = writeln!(out, "{line}");
        }
        self.exit().into()
    }

    /// The lines that describe it.
    pub(crate) fn lines(&self) -> Vec<String> {
        let report = self.described();
        let mut lines = vec![format!(
            "{} {}",
            paint(RED, "error:"),
            paint(BOLD, harmless(&report.headline))
        )];
        for (label, text) in &report.lines {
            let text = harmless(text);
            for (index, line) in text.lines().enumerate() {
                let label = if index == 0 { label } else { "" };
                lines.push(format!(
                    "  {} {line}",
                    paint(DIM, format_args!("{label:<9}"))
                ));
            }
        }
        lines
    }

    pub(crate) fn exit(&self) -> Exit {
        match self {
            Self::ClosedPipe | Self::Other(_) => Exit::Failed,
            Self::Usage(_) => Exit::Usage,
            Self::Interrupted { .. } => Exit::Interrupted,
            Self::Call { error, .. } => exit_of_call(error),
        }
    }

    fn described(&self) -> Report {
        match self {
            Self::ClosedPipe => Report::new("nobody reads the output"),
            Self::Usage(message) => Report::new(message.as_str()),
            Self::Other(error) => {
                let mut report = Report::new(error.to_string());
                error
                    .chain()
                    .skip(1)
                    .for_each(|cause| report.line("cause", cause.to_string()));
                report
            }
            Self::Interrupted { delivery } => {
                let mut report = Report::new("interrupted");
                report.line("delivery", delivery.unwrap_or_default());
                if *delivery == Some(delivery::UNKNOWN) {
                    report.line("next", LOOK_FIRST);
                }
                report
            }
            Self::Call { error, hint } => described_call(error, hint.as_deref()),
        }
    }
}

/// A headline, and lines with labels below it.
struct Report {
    headline: String,
    lines: Vec<(&'static str, String)>,
}

impl Report {
    fn new(headline: impl Into<String>) -> Self {
        Self {
            headline: headline.into(),
            lines: Vec::new(),
        }
    }

    fn line(&mut self, label: &'static str, text: impl Into<String>) {
        let text = text.into();
        if !text.trim().is_empty() && text != self.headline {
            self.lines.push((label, text));
        }
    }
}

fn exit_of_call(error: &postpress::Error) -> Exit {
    if error.is_configuration() || error.is_invalid_request() {
        return Exit::Usage;
    }
    match error.delivery() {
        Some(Delivery::Unknown) => Exit::Unknown,
        Some(Delivery::Rejected) => Exit::Rejected,
        Some(_) => Exit::NotSent,
        None if error.is_invalid_body() || error.is_endless() => Exit::Failed,
        None if error.status().is_some() => Exit::Rejected,
        None => Exit::Network,
    }
}

fn described_call(error: &postpress::Error, hint: Option<&str>) -> Report {
    let mut report = Report::new(headline(error));
    for field in error.invalid_fields() {
        report.line("value", field.to_string());
    }
    if let Some(detail) = error.detail() {
        report.line("detail", detail);
    } else if error.title().is_none() && error.status().is_some() {
        report.line(
            "response",
            excerpt(error.raw_body().map_or(&[][..], |body| body)),
        );
    }
    if let Some(cause) = cause(error) {
        report.line("cause", cause);
    }
    if let Some(kind) = error.error_type() {
        let status = error
            .status()
            .map(|status| format!(" ({})", status.as_u16()))
            .unwrap_or_default();
        report.line("type", format!("{kind}{status}"));
        let meaning = ErrorType::info(kind).map(|info| info.description());
        report.line(
            "meaning",
            meaning
                .filter(|meaning| Some(*meaning) != error.detail())
                .unwrap_or_default(),
        );
    }
    if let Some(instance) = error.instance() {
        report.line("request", instance);
    }
    if error.attempts() > 1 {
        report.line("attempts", error.attempts().to_string());
    }
    if let Some(delivery) = error.delivery() {
        report.line("delivery", described_delivery(error, delivery));
    }
    if let Some(next) = next(error) {
        report.line("next", next);
    }
    report.line("", hint.unwrap_or_default());
    report
}

fn headline(error: &postpress::Error) -> String {
    if error.is_configuration() {
        return error.to_string();
    }
    if error.is_invalid_request() {
        // A value or a file was refused.
        return "the request cannot be made as it is".to_owned();
    }
    if error.is_invalid_body() {
        return "the service responded with success, but with another body than the documented one"
            .to_owned();
    }
    if let Some(title) = error.title() {
        return title.to_owned();
    }
    if let Some(status) = error.status() {
        return format!("the service responded with {status}");
    }
    let what = if error.is_endless() {
        "the pages of the service never end"
    } else if error.is_invalid_body() {
        "a response is not what the documentation says"
    } else if error.is_connect() {
        "cannot connect to the service"
    } else if error.is_timeout() {
        "the service did not respond in time"
    } else if error.is_upload() {
        "a file changed or vanished while it was sent"
    } else {
        "the connection broke before a response came"
    };
    what.to_owned()
}

/// The cause of an error, where its headline does not say it.
fn cause(error: &postpress::Error) -> Option<String> {
    if !error.invalid_fields().is_empty() || error.is_configuration() || error.title().is_some() {
        return None;
    }
    let mut source = std::error::Error::source(error);
    let mut innermost = None;
    while let Some(cause) = source {
        innermost = Some(without_number(&cause.to_string()));
        source = cause.source();
    }
    match error.status() {
        Some(_) if !error.is_invalid_body() => None,
        _ => Some(innermost.unwrap_or_else(|| error.reason().to_string())),
    }
}

fn described_delivery(error: &postpress::Error, known: Delivery) -> &'static str {
    match known {
        Delivery::Unknown => delivery::UNKNOWN,
        Delivery::Rejected => delivery::REJECTED,
        _ if error.is_invalid_request() => delivery::NOTHING_WENT_OUT,
        _ if error.is_upload() => delivery::BROKEN_OFF,
        _ => delivery::NOT_REACHED,
    }
}

fn next(error: &postpress::Error) -> Option<String> {
    if error.is_invalid_request() || error.is_configuration() {
        return None;
    }
    if error.may_have_been_sent() {
        return Some(LOOK_FIRST.to_owned());
    }
    if let (true, Some(pause)) = (error.is_rate_limited(), error.retry_after()) {
        return Some(format!(
            "the service asks to wait for {} s, then send it again",
            pause.as_secs()
        ));
    }
    if error.is_invalid_body() || error.is_endless() {
        return Some("see if there is a newer version of postpress; if not, report it".to_owned());
    }
    Some(match error.status() {
        Some(status) => advice::next(error.error_type(), status).to_owned(),
        None if error.is_upload() => {
            "leave the file alone while it is sent, and send it again".to_owned()
        }
        None if error.is_connect() => {
            "check the network and the base URL, then do it again".to_owned()
        }
        None => "do it again, perhaps with a longer --timeout".to_owned(),
    })
}

/// The beginning of a body that is not a documented error, for people to recognise.
fn excerpt(body: &[u8]) -> String {
    let text = String::from_utf8_lossy(&body[..body.len().min(2000)]);
    let text = crate::terminal::one_line(&text);
    console::truncate_str(&text, 200, "…").into_owned()
}

/// The system's description of an error, as part of a sentence.
fn reason(error: &io::Error) -> String {
    without_number(&error.to_string()).to_lowercase()
}

/// The system's description of an error without its number.
fn without_number(text: &str) -> String {
    text.split(" (os error")
        .next()
        .unwrap_or_default()
        .to_owned()
}

impl From<postpress::Error> for Failure {
    fn from(error: postpress::Error) -> Self {
        Self::Call { error, hint: None }
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Self::ClosedPipe,
            io::ErrorKind::Interrupted => Self::Interrupted { delivery: None },
            _ => Self::Other(error.into()),
        }
    }
}

impl From<serde_json::Error> for Failure {
    fn from(error: serde_json::Error) -> Self {
        // JSON can always be written, unless its writer fails.
        io::Error::from(error).into()
    }
}

impl From<anyhow::Error> for Failure {
    fn from(error: anyhow::Error) -> Self {
        Self::Other(error)
    }
}
