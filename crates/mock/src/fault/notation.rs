//! Faults as they are written on the command line: `hang,times=2,on=sendMessage`.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use serde::Deserialize;
use serde::de::{IntoDeserializer as _, value::Error};

use super::{Fault, FaultKind, Oddity, RetryAfter, When};

/// The text is not a fault.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{fault}` is not a fault: {reason}")]
pub struct FaultError {
    fault: String,
    reason: String,
}

/// The faults that are a name and nothing more.
const NAMES: &[(&str, FaultKind)] = &[
    ("reset-before-read", FaultKind::ResetBeforeRead),
    ("reset-after-read", FaultKind::ResetAfterRead),
    ("cut-short", FaultKind::CutShort),
    ("hang", FaultKind::Hang),
    ("429", FaultKind::TooManyRequests(RetryAfter::Absent)),
    ("502", FaultKind::BadGateway),
    ("401", FaultKind::EmptyUnauthorized),
    ("redirect", FaultKind::Redirect(None)),
    ("unknown-enum-values", FaultKind::UnknownEnumValues),
    ("unknown-attachments", FaultKind::UnknownAttachments),
    ("nulls", FaultKind::Nulls),
    ("extra-fields", FaultKind::ExtraFields),
    ("odd-record", FaultKind::OddRecord(Oddity::NotARecord)),
];

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.kind)?;
        match self.when {
            When::Times(1) => {}
            When::Times(times) => write!(f, ",times={times}")?,
            When::OneIn(1) => write!(f, ",always")?,
            When::OneIn(requests) => write!(f, ",one-in={requests}")?,
        }
        match &self.on {
            Some(operation) => write!(f, ",on={operation}"),
            None => Ok(()),
        }
    }
}

impl fmt::Display for FaultKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        use FaultKind::{Latency, OddRecord, Redirect, TooManyRequests};
        if let Some((name, _)) = NAMES.iter().find(|(_, kind)| kind == self) {
            return f.write_str(name);
        }
        match self {
            Latency(latency) => write!(f, "latency={}", Length(*latency)),
            TooManyRequests(RetryAfter::Seconds(wait)) => write!(f, "429={}", Length(*wait)),
            TooManyRequests(RetryAfter::Date(wait)) => write!(f, "429=date:{}", Length(*wait)),
            Redirect(Some(location)) => write!(f, "redirect={location}"),
            OddRecord(oddity) => write!(f, "odd-record={oddity}"),
            // All others are in the list.
            _ => Err(fmt::Error),
        }
    }
}

/// A length of time: `2s`, `250ms`.
struct Length(Duration);

impl fmt::Display for Length {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.as_millis() {
            millis if millis % 1000 == 0 => write!(f, "{}s", millis / 1000),
            millis => write!(f, "{millis}ms"),
        }
    }
}

impl FromStr for Fault {
    type Err = FaultError;

    /// Parses a fault in the form in which it is printed.
    fn from_str(text: &str) -> Result<Fault, FaultError> {
        parse(text).map_err(|reason| FaultError {
            fault: text.to_owned(),
            reason,
        })
    }
}

fn parse(text: &str) -> Result<Fault, String> {
    let mut words = text.split(',').map(str::trim);
    let (name, value) = pair(words.next().unwrap_or_default());
    let mut fault = Fault::new(kind(name, value)?);
    for word in words {
        fault = match pair(word) {
            ("times", Some(count)) => fault.times(number(count)?),
            ("one-in", Some(count)) => fault.one_in(number(count)?),
            ("always", None) => fault.always(),
            ("on", Some(operation)) => fault.on(operation),
            _ => {
                let known = "times=N, one-in=N, always, on=OPERATION";
                return Err(format!("`{word}` is none of {known}"));
            }
        };
    }
    Ok(fault)
}

fn kind(name: &str, value: Option<&str>) -> Result<FaultKind, String> {
    Ok(match (name, value) {
        ("latency", Some(length)) => FaultKind::Latency(duration(length)?),
        ("429", Some(wait)) => FaultKind::TooManyRequests(match wait.strip_prefix("date:") {
            Some(wait) => RetryAfter::Date(duration(wait)?),
            None => RetryAfter::Seconds(duration(wait)?),
        }),
        ("redirect", Some(location)) => FaultKind::Redirect(Some(location.to_owned())),
        ("odd-record", Some(name)) => FaultKind::OddRecord(named(name)?),
        _ => {
            let mut known = NAMES.iter().filter(|_| value.is_none());
            let found = known.find(|(known, _)| *known == name);
            found.map(|(_, kind)| kind.clone()).ok_or_else(|| {
                let names: Vec<&str> = NAMES.iter().map(|(name, _)| *name).collect();
                let names = names.join(", ");
                format!("there are latency=250ms, 429=2s, 429=date:2s, redirect=URL, odd-record=missing, {names}")
            })?
        }
    })
}

/// The value of an enumeration that has this name.
fn named<'n, T: Deserialize<'n>>(name: &'n str) -> Result<T, String> {
    T::deserialize(name.into_deserializer()).map_err(|error: Error| error.to_string())
}

fn pair(word: &str) -> (&str, Option<&str>) {
    match word.split_once('=') {
        Some((name, value)) => (name, Some(value)),
        None => (word, None),
    }
}

fn number(text: &str) -> Result<u64, String> {
    text.parse()
        .map_err(|_| format!("`{text}` is not a number"))
}

/// `250ms`, `2s`; a number alone is one of seconds.
fn duration(text: &str) -> Result<Duration, String> {
    let digits = text.trim_end_matches(|it: char| !it.is_ascii_digit());
    match (digits.parse(), &text[digits.len()..]) {
        (Ok(amount), "ms") => Ok(Duration::from_millis(amount)),
        (Ok(amount), "s" | "") => Ok(Duration::from_secs(amount)),
        _ => Err(format!(
            "`{text}` is not a length of time such as 250ms or 2s"
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fault_is_parsed_from_what_it_prints() {
        let names = NAMES.iter().map(|(name, _)| *name);
        for text in names.chain([
            "latency=250ms",
            "latency=2s,times=3",
            "reset-before-read,always",
            "reset-after-read,one-in=10,on=startChat",
            "429=2s",
            "429=date:1500ms",
            "redirect=http://127.0.0.1:9/?a=b",
            "extra-fields,times=0",
            "odd-record=null-in-list,always,on=getChat",
        ]) {
            let fault: Fault = text.parse().expect(text);
            assert_eq!(fault.to_string(), text);
        }
    }

    #[test]
    fn what_is_not_a_fault_is_refused_with_what_there_is() {
        for (text, hint) in [
            ("slow", "unknown-attachments"),
            ("hang=3", "reset-before-read"),
            ("latency", "latency=250ms"),
            ("latency=soon", "250ms or 2s"),
            ("502,thrice", "one-in=N"),
            ("odd-record=strange", "null-in-list"),
            ("502,times=-1", "not a number"),
            ("", "cut-short"),
        ] {
            let error = text.parse::<Fault>().expect_err(text).to_string();
            assert!(error.contains(hint), "{error}");
        }
    }

    #[test]
    fn a_number_without_a_unit_is_one_of_seconds() {
        assert_eq!("429=7".parse(), "429=7s".parse::<Fault>());
    }
}
