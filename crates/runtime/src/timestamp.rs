//! Timestamps, which are always sent in one form.

use std::fmt;
use std::str::FromStr;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use jiff::SignedDuration;
use jiff::civil::{DateTime, date};
use jiff::fmt::temporal::Pieces;
use serde::de::{self, Unexpected, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A moment in UTC to the millisecond, in the years 0000 to 9999.
///
/// It reads any RFC 3339 date-time, with any offset and any number of digits after the second; what is finer than a
/// millisecond is dropped, so that what is compared is what is sent. It prints exactly `YYYY-MM-DDTHH:MM:SS.sssZ`.
///
/// ```
/// use postpress_runtime::Timestamp;
///
/// let timestamp: Timestamp = "2026-05-17T11:42:11.0005+02:00".parse()?;
/// assert_eq!(timestamp.to_string(), "2026-05-17T09:42:11.000Z");
/// assert_eq!(timestamp.unix_millis(), 1_779_010_931_000);
/// # Ok::<(), postpress_runtime::TimestampError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp {
    unix_millis: i64,
}

/// Why something is not a [`Timestamp`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct TimestampError(Reason);

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
enum Reason {
    #[error("not an RFC 3339 date-time such as `2026-05-17T09:42:11.000Z`")]
    Syntax,
    #[error("a date-time without an offset such as `Z` or `+02:00` is no moment")]
    NoOffset,
    #[error("outside the years 0000 to 9999")]
    OutOfRange,
    #[error("not a time that this platform can express")]
    Platform,
}

const EPOCH: DateTime = date(1970, 1, 1).at(0, 0, 0, 0);

impl Timestamp {
    /// The first moment of the year 0000.
    pub const MIN: Self = Self {
        unix_millis: -62_167_219_200_000,
    };

    /// The last millisecond of the year 9999.
    pub const MAX: Self = Self {
        unix_millis: 253_402_300_799_999,
    };

    /// What decoding expects.
    pub(crate) const EXPECTED: &str =
        "an RFC 3339 date-time with an offset, such as `2026-05-17T09:42:11.000Z`";

    /// The current moment by the system's clock; [`MIN`](Self::MIN) or [`MAX`](Self::MAX) if the clock is out of range.
    pub fn now() -> Self {
        Self::try_from(SystemTime::now()).unwrap_or(Self::MAX)
    }

    /// A moment by its distance from 1970-01-01T00:00:00Z in milliseconds, negative before it.
    ///
    /// # Errors
    /// If it is before [`MIN`](Self::MIN) or after [`MAX`](Self::MAX).
    pub fn from_unix_millis(unix_millis: i64) -> Result<Self, TimestampError> {
        if (Self::MIN.unix_millis..=Self::MAX.unix_millis).contains(&unix_millis) {
            Ok(Self { unix_millis })
        } else {
            Err(TimestampError(Reason::OutOfRange))
        }
    }

    /// The distance from 1970-01-01T00:00:00Z in milliseconds, negative before it.
    pub fn unix_millis(self) -> i64 {
        self.unix_millis
    }
}

impl FromStr for Timestamp {
    type Err = TimestampError;

    fn from_str(text: &str) -> Result<Self, TimestampError> {
        let pieces = Pieces::parse(text).map_err(|_| TimestampError(Reason::Syntax))?;
        let time = pieces.time().ok_or(TimestampError(Reason::Syntax))?;
        let offset = pieces
            .to_numeric_offset()
            .ok_or(TimestampError(Reason::NoOffset))?;
        // By way of the calendar, because `jiff::Timestamp` ends a day before the year 9999 does.
        let local = DateTime::from_parts(pieces.date(), time).duration_since(EPOCH);
        let since_epoch = local - SignedDuration::from_secs(offset.seconds().into());
        let nanos = since_epoch.as_nanos().div_euclid(1_000_000);
        i64::try_from(nanos)
            .map_err(|_| TimestampError(Reason::OutOfRange))
            .and_then(Self::from_unix_millis)
    }
}

impl TryFrom<&str> for Timestamp {
    type Error = TimestampError;

    fn try_from(text: &str) -> Result<Self, TimestampError> {
        text.parse()
    }
}

impl TryFrom<String> for Timestamp {
    type Error = TimestampError;

    fn try_from(text: String) -> Result<Self, TimestampError> {
        text.parse()
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let time = EPOCH.saturating_add(SignedDuration::from_millis(self.unix_millis));
        write!(
            f,
            "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z",
            time.year(),
            time.month(),
            time.day(),
            time.hour(),
            time.minute(),
            time.second(),
            time.millisecond(),
        )
    }
}

impl fmt::Debug for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl TryFrom<SystemTime> for Timestamp {
    type Error = TimestampError;

    fn try_from(time: SystemTime) -> Result<Self, TimestampError> {
        let out_of_range = |_| TimestampError(Reason::OutOfRange);
        let millis = match time.duration_since(UNIX_EPOCH) {
            Ok(after) => i64::try_from(after.as_millis()).map_err(out_of_range)?,
            // Down to the earlier millisecond, as after the epoch.
            Err(before) => -i64::try_from(before.duration().as_nanos().div_ceil(1_000_000))
                .map_err(out_of_range)?,
        };
        Self::from_unix_millis(millis)
    }
}

impl TryFrom<Timestamp> for SystemTime {
    type Error = TimestampError;

    /// Fails only where the platform's clock begins later than the year 0000, as that of Windows does.
    fn try_from(timestamp: Timestamp) -> Result<Self, TimestampError> {
        let distance = Duration::from_millis(timestamp.unix_millis.unsigned_abs());
        let time = if timestamp.unix_millis < 0 {
            UNIX_EPOCH.checked_sub(distance)
        } else {
            UNIX_EPOCH.checked_add(distance)
        };
        time.ok_or(TimestampError(Reason::Platform))
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct TimestampVisitor;

        impl Visitor<'_> for TimestampVisitor {
            type Value = Timestamp;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(Timestamp::EXPECTED)
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Timestamp, E> {
                let invalid = |_| E::invalid_value(Unexpected::Str(text), &self);
                text.parse().map_err(invalid)
            }
        }

        deserializer.deserialize_str(TimestampVisitor)
    }
}
