//! Moments, as the API writes them.

use std::fmt;
use std::time::SystemTime;

use jiff::Timestamp;

/// A moment, to the millisecond.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Moment(i64);

impl Moment {
    pub(crate) fn now() -> Moment {
        Moment(Timestamp::now().as_millisecond())
    }

    pub(crate) fn unix_millis(self) -> i64 {
        self.0
    }

    /// Reads an RFC 3339 time. That it has the exact form of the API, the `pattern` in the document checks.
    pub(crate) fn parse(text: &str) -> Option<Moment> {
        let timestamp: Timestamp = text.parse().ok()?;
        Some(Moment(timestamp.as_millisecond()))
    }
}

impl From<SystemTime> for Moment {
    /// What is out of range is taken for the Unix epoch.
    fn from(time: SystemTime) -> Moment {
        Timestamp::try_from(time).map_or(Moment(0), |it| Moment(it.as_millisecond()))
    }
}

impl fmt::Display for Moment {
    /// `2026-05-17T09:42:11.000Z`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The clock of a computer is well within the years 0 to 9999.
        let timestamp = Timestamp::from_millisecond(self.0).unwrap_or_default();
        write!(f, "{timestamp:.3}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_written_with_three_digits_of_a_second() {
        for text in ["2026-05-17T09:42:11.000Z", "1969-12-31T23:59:59.999Z"] {
            assert_eq!(Moment::parse(text).expect(text).to_string(), text);
        }
    }

    #[test]
    fn a_day_that_does_not_exist_is_refused() {
        assert_eq!(Moment::parse("2026-02-30T09:42:11.000Z"), None);
    }
}
