//! Failures: what is printed about them, and their exit codes.

use std::{fmt::Display, io, io::Write, process::ExitCode};

use http::StatusCode;
use postpress::{Delivery, ErrorType, InvalidField};
use serde_json::json;

use crate::{
    advice,
    args::connection::Connection,
    client::Route,
    delivery,
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
        route: Option<Route>,
    },
    /// Several things at once, each with the place that it is about.
    Listed {
        headline: String,
        exit: Exit,
        lines: Vec<(String, String)>,
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

    /// The same, with the way that the call took.
    pub(crate) fn by(mut self, connection: &Connection) -> Self {
        if let Self::Call { route, .. } = &mut self {
            *route = Route::of(connection);
        }
        self
    }

    /// Prints it on standard error, for people or as JSON.
    pub(crate) fn report(&self, as_json: bool) -> ExitCode {
        if matches!(self, Self::ClosedPipe) {
            return ExitCode::SUCCESS;
        }
        let mut out = anstream::stderr().lock();
        let lines = match as_json {
            true => vec![self.json()],
            false => self.lines(),
        };
        for line in lines {
            // If this cannot be printed, the exit code still says it.
            let _ = writeln!(out, "{line}");
        }
        self.exit().into()
    }

    /// The lines that describe it.
    pub(crate) fn lines(&self) -> Vec<String> {
        let (headline, texts) = self.described();
        let title = paint(BOLD, harmless(&headline));
        let mut lines = vec![format!("{} {title}", paint(RED, "error:"))];
        let longest = texts.iter().map(|(label, _)| label.chars().count()).max();
        let width = longest.unwrap_or_default().clamp(9, 24);
        for (label, text) in texts {
            let mut label = harmless(&label);
            let text = text.filter(|text| *text != headline && !text.trim().is_empty());
            for line in harmless(&text.unwrap_or_default()).lines() {
                let painted = paint(DIM, format_args!("{label:<width$}"));
                lines.push(format!("  {painted} {line}"));
                label.clear();
            }
        }
        lines
    }

    /// It as JSON, on one line, with the members that are known.
    fn json(&self) -> String {
        let (title, lines) = self.described();
        let exit_code = self.exit() as u8;
        let mut members = match self {
            Self::Call { error, hint, route } => {
                let route = route.as_ref().filter(|_| has_no_response(error));
                let reasons = Some(self.reasons().join("; "));
                let reasons = reasons.filter(|_| !error.invalid_fields().is_empty());
                json!({
                    "type": error.error_type().map(ErrorType::as_str),
                    "status": error.status(),
                    "detail": error.detail().map(str::to_owned).or(reasons),
                    "delivery": error.delivery().map(|delivery| match delivery {
                        Delivery::NotSent => "not-sent",
                        Delivery::Rejected => "rejected",
                        Delivery::Unknown => "unknown",
                    }),
                    "request_id": error.request_id(),
                    "retry_after": error.retry_after().map(|pause| pause.as_secs_f64()),
                    "attempts": error.attempts(),
                    "address": route.map(|route| &route.address),
                    "proxy": route.map(|route| &route.proxy),
                    "cause": cause(error),
                    "next": next(error),
                    "hint": hint,
                })
            }
            _ => {
                let lines = lines.into_iter();
                let lines = lines.filter_map(|(at, text)| Some(json!({"at": at, "text": text?})));
                let lines: Vec<_> = lines.collect();
                json!({ "lines": Some(lines).filter(|lines| !lines.is_empty()) })
            }
        };
        members["title"] = title.into();
        members["exit_code"] = exit_code.into();
        if let Some(members) = members.as_object_mut() {
            members.retain(|_, value| !value.is_null());
        }
        json!({ "error": members }).to_string()
    }

    /// What is wrong, without what to do about it: each thing by itself.
    pub(crate) fn reasons(&self) -> Vec<String> {
        match self {
            Self::Call { error, .. } if !error.invalid_fields().is_empty() => {
                error.invalid_fields().iter().map(refused).collect()
            }
            Self::Call { error, .. } => {
                let cause = cause(error).map(|cause| format!(": {cause}"));
                vec![headline(error) + &cause.unwrap_or_default()]
            }
            _ => vec![self.described().0],
        }
    }

    pub(crate) fn exit(&self) -> Exit {
        match self {
            Self::ClosedPipe | Self::Other(_) => Exit::Failed,
            Self::Usage(_) => Exit::Usage,
            Self::Interrupted { .. } => Exit::Interrupted,
            Self::Listed { exit, .. } => *exit,
            Self::Call { error, .. } => exit_of_call(error),
        }
    }

    /// A headline, and texts with labels to print below it.
    fn described(&self) -> (String, Vec<Line>) {
        match self {
            Self::ClosedPipe => ("nobody reads the output".to_owned(), Vec::new()),
            Self::Usage(message) => (message.clone(), Vec::new()),
            Self::Other(error) => {
                let causes = error.chain().skip(1);
                let causes = causes.map(|cause| line("cause", Some(cause.to_string())));
                (error.to_string(), causes.collect())
            }
            Self::Interrupted { delivery } => {
                let next = (*delivery == Some(delivery::UNKNOWN)).then(|| LOOK_FIRST.to_owned());
                let delivery = delivery.map(str::to_owned);
                let lines = vec![line("delivery", delivery), line("next", next)];
                ("interrupted".to_owned(), lines)
            }
            Self::Listed {
                headline, lines, ..
            } => {
                let lines = lines.iter();
                let lines = lines.map(|(at, text)| (at.clone(), Some(text.clone())));
                (headline.clone(), lines.collect())
            }
            Self::Call { error, hint, route } => {
                (headline(error), lines_of_call(error, hint.clone(), route))
            }
        }
    }
}

/// A label and its text, if there is one.
type Line = (String, Option<String>);

fn line(label: &str, text: Option<String>) -> Line {
    (label.to_owned(), text)
}

/// Whether the service was called, and did not respond.
fn has_no_response(error: &postpress::Error) -> bool {
    error.attempts() > 0 && error.status().is_none() && !error.is_upload() && !error.is_endless()
}

fn exit_of_call(error: &postpress::Error) -> Exit {
    if error.is_configuration() || error.is_invalid_request() {
        return Exit::Usage;
    }
    match error.delivery() {
        Some(Delivery::Unknown) => Exit::Unknown,
        Some(Delivery::Rejected) => Exit::Rejected,
        Some(Delivery::NotSent) => Exit::NotSent,
        None if error.is_invalid_body() || error.is_endless() => Exit::Failed,
        None if error.status().is_some() => Exit::Rejected,
        None => Exit::Network,
    }
}

fn lines_of_call(
    error: &postpress::Error,
    hint: Option<String>,
    route: &Option<Route>,
) -> Vec<Line> {
    let fields = error.invalid_fields().iter();
    let fields = fields.map(|field| line("value", Some(refused(field))));
    let route = route.as_ref().filter(|_| has_no_response(error));
    let is_unknown = error.detail().is_none() && error.title().is_none();
    let response = error.status().filter(|_| is_unknown);
    let response = response.map(|_| excerpt(error.raw_body().map_or(&[][..], |body| body)));
    let status = error.status().map(|status| format!(" ({status})"));
    let kind = error.error_type();
    let meaning = kind.and_then(ErrorType::info).map(|it| it.description());
    let meaning = meaning.filter(|meaning| Some(*meaning) != error.detail());
    let attempts = Some(error.attempts()).filter(|attempts| *attempts > 1);
    let delivery = error.delivery().map(|it| described_delivery(error, it));
    let lines = [
        ("detail", error.detail().map(str::to_owned)),
        ("response", response),
        ("address", route.map(|route| route.address.clone())),
        ("proxy", route.and_then(|route| route.proxy.clone())),
        ("cause", cause(error)),
        (
            "type",
            kind.map(|it| format!("{it}{}", status.unwrap_or_default())),
        ),
        ("meaning", meaning.map(str::to_owned)),
        ("request", error.request_id().map(str::to_owned)),
        ("attempts", attempts.map(|it| it.to_string())),
        ("delivery", delivery.map(str::to_owned)),
        ("next", next(error)),
        ("", hint),
    ];
    let lines = lines.into_iter().map(|(label, text)| line(label, text));
    fields.chain(lines).collect()
}

fn headline(error: &postpress::Error) -> String {
    if error.is_configuration() {
        return in_flags(&error.to_string());
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
        return format!("the service responded with {}", named(status));
    }
    let what = if error.is_endless() {
        "the pages of the service never end"
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
    let is_told = error.title().is_some() && !error.is_invalid_body();
    if !error.invalid_fields().is_empty() || error.is_configuration() || is_told {
        return None;
    }
    let mut source = error.http_error();
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

/// A status with its name.
pub(crate) fn named(status: u16) -> String {
    StatusCode::from_u16(status).map_or_else(|_| status.to_string(), |status| status.to_string())
}

fn described_delivery(error: &postpress::Error, known: Delivery) -> &'static str {
    match known {
        Delivery::Unknown => delivery::UNKNOWN,
        Delivery::Rejected => delivery::REJECTED,
        Delivery::NotSent if error.is_invalid_request() => delivery::NOTHING_WENT_OUT,
        Delivery::NotSent if error.is_upload() => delivery::BROKEN_OFF,
        Delivery::NotSent => delivery::NOT_REACHED,
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
        return Some(
            "update postpress if there is a newer version; if not, report this".to_owned(),
        );
    }
    Some(match error.status() {
        Some(status) => advice::next(error.error_type(), status).to_owned(),
        None if error.is_upload() => {
            "leave the file alone while it is sent, and send it again".to_owned()
        }
        None if error.is_connect() => {
            "check the network and the base URL, then try again".to_owned()
        }
        None => "try again, perhaps with a longer --timeout".to_owned(),
    })
}

/// What is wrong with a value, which is known by its name on the wire, and here by its argument.
fn refused(value: &InvalidField) -> String {
    let field = &*value.field;
    let name = field.rsplit('[').next().unwrap_or(field);
    let name = name.trim_end_matches(']').trim_end_matches("_id");
    let of = if field.contains("[follow_up][") {
        "--follow-up-"
    } else {
        "--"
    };
    let argument = match name {
        "chat" => "CHAT".to_owned(),
        "text" if of == "--" => "TEXT".to_owned(),
        "attendees_ids" => "--to".to_owned(),
        "attachments" => format!("{of}attach"),
        "voice_message" => "--voice".to_owned(),
        "video_message" => "--video".to_owned(),
        name => of.to_owned() + &name.replace('_', "-"),
    };
    format!("{argument}: {}", in_flags(&value.message))
}

/// What the library advises to call, in terms of the command line.
fn in_flags(text: &str) -> String {
    text.replace("call `allow_clear_text`", "give --allow-http")
        .replace("in `api_key`", "in POSTPRESS_API_KEY")
        .replace(
            "with `Upload::with_media_type`",
            "with `;type=MEDIA/TYPE` after its path",
        )
        .replace(
            "with `Upload::with_file_name`",
            "with `;name=NAME` after its path",
        )
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
        Self::Call {
            error,
            hint: None,
            route: None,
        }
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
        match error.downcast::<io::Error>() {
            Ok(error) => error.into(),
            Err(error) => Self::Other(error),
        }
    }
}
