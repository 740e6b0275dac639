//! Faults as they are written on the command line.

use std::str::FromStr;
use std::time::Duration;

use super::{Alteration, End, Fault, Kind, RetryAfter, When};

/// That is not a fault.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{fault}` is not a fault: {reason}")]
pub struct FaultError {
    fault: String,
    reason: String,
}

/// All that there is to choose from.
const KINDS: &str = "latency=250ms, reset-before-read, reset-after-read, cut-short, hang, 429, 429=2s, 429=date:2s, 502, 401, \
    redirect, redirect=URL, unknown-enum-values, unknown-attachments, nulls, extra-fields";

impl FromStr for Fault {
    type Err = FaultError;

    /// Takes what a fault prints: `hang,times=2,on=sendMessage`.
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
        match pair(word) {
            ("times", Some(count)) => fault.when = When::Times(number(count)?),
            ("one-in", Some(count)) => fault.when = When::OneIn(number(count)?.max(1)),
            ("always", None) => fault.when = When::OneIn(1),
            ("on", Some(operation)) => {
                let operation = operation.parse();
                fault.on =
                    Some(operation.map_err(|error: crate::UnknownOperation| error.to_string())?);
            }
            // A comma may be a part of an address.
            _ => {
                return Err(format!(
                    "`{word}` is none of times=N, one-in=N, always, on=OPERATION"
                ));
            }
        }
    }
    Ok(fault)
}

fn kind(name: &str, value: Option<&str>) -> Result<Kind, String> {
    Ok(match (name, value) {
        ("latency", Some(span)) => Kind::Latency(duration(span)?),
        ("reset-before-read", None) => Kind::End(End::ResetBeforeRead),
        ("reset-after-read", None) => Kind::End(End::ResetAfterRead),
        ("cut-short", None) => Kind::End(End::CutShort),
        ("hang", None) => Kind::End(End::Hang),
        ("429", wait) => Kind::End(End::TooManyRequests(match wait {
            None => RetryAfter::Absent,
            Some(wait) => match wait.strip_prefix("date:") {
                Some(wait) => RetryAfter::Date(duration(wait)?),
                None => RetryAfter::Seconds(duration(wait)?),
            },
        })),
        ("502", None) => Kind::End(End::BadGateway),
        ("401", None) => Kind::End(End::EmptyUnauthorized),
        ("redirect", location) => Kind::End(End::Redirect(location.map(str::to_owned))),
        ("unknown-enum-values", None) => Kind::Alter(Alteration::UnknownEnumValues),
        ("unknown-attachments", None) => Kind::Alter(Alteration::UnknownAttachments),
        ("nulls", None) => Kind::Alter(Alteration::Nulls),
        ("extra-fields", None) => Kind::Alter(Alteration::ExtraFields),
        _ => return Err(format!("there are {KINDS}")),
    })
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
    let (digits, unit) = match text.find(|it: char| !it.is_ascii_digit()) {
        Some(end) => text.split_at(end),
        None => (text, "s"),
    };
    let amount = number(digits);
    match (amount, unit) {
        (Ok(amount), "ms") => Ok(Duration::from_millis(amount)),
        (Ok(amount), "s") => Ok(Duration::from_secs(amount)),
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
        for text in [
            "latency=250ms",
            "latency=2s,times=3",
            "reset-before-read,always",
            "reset-after-read,one-in=10,on=startChat",
            "cut-short",
            "hang",
            "429",
            "429=2s",
            "429=date:1500ms",
            "502",
            "401",
            "redirect",
            "redirect=http://127.0.0.1:9/?a=b",
            "unknown-enum-values",
            "unknown-attachments",
            "nulls",
            "extra-fields,times=0",
        ] {
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
            ("502,times=-1", "not a number"),
            ("502,on=deleteChat", "sendMessage"),
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
