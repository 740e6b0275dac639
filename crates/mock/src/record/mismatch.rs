//! How the requests that were received differ from those that were expected.

use super::Received;

/// The most requests that are listed.
const LISTED: usize = 20;

/// One condition that a request does not meet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Difference {
    what: String,
    expected: String,
    received: String,
}

impl Difference {
    pub(super) fn new(
        what: impl Into<String>,
        expected: impl Into<String>,
        received: impl Into<String>,
    ) -> Difference {
        Difference {
            what: what.into(),
            expected: expected.into(),
            received: received.into(),
        }
    }
}

/// What was received is not what was expected. Prints what was expected, how the nearest request differs, and all
/// requests.
#[derive(Clone, Debug, thiserror::Error)]
#[error("{0}")]
pub struct Mismatch(String);

impl Mismatch {
    pub(super) fn new(
        expected: String,
        matching: &[u64],
        nearest: Option<(&Received, Vec<Difference>)>,
        all: &[Received],
        forgotten: u64,
    ) -> Mismatch {
        let mut text = format!("expected {expected}\nbut received ");
        text += &match matching {
            [] => "none".to_owned(),
            [only] => format!("1: number {only}"),
            several => {
                let numbers: Vec<String> = several.iter().map(ToString::to_string).collect();
                format!("{}: numbers {}", several.len(), numbers.join(", "))
            }
        };
        if let Some((nearest, differences)) = nearest {
            text += &format!(
                "\nthe nearest other is number {}; it differs in",
                nearest.number()
            );
            for difference in differences {
                text += &format!(
                    "\n    {}\n      - expected {}\n      + received {}",
                    difference.what, difference.expected, difference.received
                );
            }
        }
        text += &listing(all, forgotten);
        Mismatch(text)
    }
}

fn listing(all: &[Received], forgotten: u64) -> String {
    if all.is_empty() && forgotten == 0 {
        return "\nthe server received no request at all".to_owned();
    }
    let mut text = "\nall that the server received:".to_owned();
    let hidden = forgotten + all.len().saturating_sub(LISTED) as u64;
    if hidden > 0 {
        text += &format!("\n    ... {hidden} before these");
    }
    if forgotten > 0 {
        text += &format!(" ({forgotten} are no longer remembered and cannot be compared)");
    }
    for received in all.iter().skip(all.len().saturating_sub(LISTED)) {
        text += &format!("\n    {}. {}", received.number(), received.summary());
    }
    text
}
