//! Times: as they are typed, and as they are shown.

use std::{env, time::Duration};

use jiff::{Span, SpanRelativeTo, civil};
use postpress::Timestamp;

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// The current time, or that in SOURCE_DATE_EPOCH, so that output can be reproduced.
pub(crate) fn now() -> Timestamp {
    let fixed = env::var("SOURCE_DATE_EPOCH")
        .ok()
        .and_then(|text| text.trim().parse::<i64>().ok());
    fixed
        .and_then(|seconds| Timestamp::from_unix_millis(seconds.checked_mul(1000)?).ok())
        .unwrap_or_else(Timestamp::now)
}

/// A length of time, such as `30s`, `2m` or `1h 30m`.
pub(crate) fn duration(argument: &str) -> Result<Duration, String> {
    let wrong = || "a length of time is written like 30s, 2m or 1h30m".to_owned();
    let span: Span = argument.parse().map_err(|_| wrong())?;
    let length = span
        .to_duration(SpanRelativeTo::days_are_24_hours())
        .map_err(|_| wrong())?;
    Duration::try_from(length)
        .ok()
        .filter(|length| !length.is_zero())
        .ok_or_else(wrong)
}

/// A time: in RFC 3339, as a date (midnight UTC), or as a length of time ago.
pub(crate) fn time(argument: &str) -> Result<Timestamp, String> {
    if let Ok(time) = argument.parse::<Timestamp>() {
        return Ok(time);
    }
    if let Ok(date) = argument.parse::<civil::Date>()
        && argument.len() == "2026-05-17".len()
    {
        return format!("{date}T00:00:00Z")
            .parse()
            .map_err(|_| "that date is out of range".to_owned());
    }
    let ago = argument.trim().trim_end_matches("ago").trim_end();
    let ago = duration(ago).map_err(|_| {
        "a time is written like 2026-05-17, 2026-05-17T09:42:11Z, or as a length of time ago like 7d or 2h".to_owned()
    })?;
    i64::try_from(ago.as_millis())
        .ok()
        .and_then(|ago| now().unix_millis().checked_sub(ago))
        .and_then(|millis| Timestamp::from_unix_millis(millis).ok())
        .ok_or_else(|| "that is too long ago".to_owned())
}

/// How far a time is from now, in words: `2 h ago`, `in 3 days`; beyond a year, its date.
pub(crate) fn relative(time: Timestamp, now: Timestamp) -> String {
    let seconds = (now.unix_millis() - time.unix_millis()) / 1000;
    let words = match seconds.abs() {
        0..MINUTE => return "just now".to_owned(),
        distance @ MINUTE..HOUR => count(distance / MINUTE, "min", "min"),
        distance @ HOUR..DAY => count(distance / HOUR, "h", "h"),
        distance if distance < 14 * DAY => count(distance / DAY, "day", "days"),
        distance if distance < 60 * DAY => count(distance / (7 * DAY), "week", "weeks"),
        distance if distance < 365 * DAY => count(distance / (30 * DAY), "month", "months"),
        _ => return time.to_string()[.."2026-05-17".len()].to_owned(),
    };
    if seconds > 0 {
        format!("{words} ago")
    } else {
        format!("in {words}")
    }
}

/// A time to the second, for people: `2026-05-17 09:42:11 UTC`.
pub(crate) fn absolute(time: Timestamp) -> String {
    let text = time.to_string();
    format!("{} {} UTC", &text[..10], &text[11..19])
}

fn count(number: i64, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().expect("a time")
    }

    #[test]
    fn distances_are_told_in_the_largest_unit_that_fits() {
        let now = at("2026-05-17T12:00:00Z");
        for (past, expected) in [
            ("2026-05-17T11:59:01Z", "just now"),
            ("2026-05-17T12:00:30Z", "just now"),
            ("2026-05-17T11:58:59Z", "1 min ago"),
            ("2026-05-17T09:00:00Z", "3 h ago"),
            ("2026-05-16T12:00:00Z", "1 day ago"),
            ("2026-05-01T12:00:00Z", "2 weeks ago"),
            ("2026-02-01T12:00:00Z", "3 months ago"),
            ("2025-05-17T11:00:00Z", "2025-05-17"),
            ("2026-05-20T12:00:00Z", "in 3 days"),
        ] {
            assert_eq!(relative(at(past), now), expected, "{past}");
        }
        assert_eq!(relative(Timestamp::MIN, now), "0000-01-01");
        assert_eq!(relative(Timestamp::MAX, now), "9999-12-31");
    }

    #[test]
    fn a_time_can_be_typed_in_three_ways() {
        assert_eq!(time("2026-05-17"), Ok(at("2026-05-17T00:00:00Z")));
        assert_eq!(
            time("2026-05-17T11:42:11+02:00"),
            Ok(at("2026-05-17T09:42:11Z"))
        );
        let ago = Timestamp::now().unix_millis() - time("7d").expect("a time").unix_millis();
        assert!((ago - 7 * DAY * 1000).abs() < 10_000, "{ago}");
        assert!(time("2 hours ago").is_ok());
        for wrong in [
            "",
            "soon",
            "2026-05-17T09:42:11",
            "2026-13-01",
            "-3d",
            "2 years",
        ] {
            assert!(time(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_length_of_time_has_a_unit() {
        assert_eq!(duration("1h30m"), Ok(Duration::from_secs(5400)));
        assert_eq!(duration("500ms"), Ok(Duration::from_millis(500)));
        for wrong in ["", "30", "0s", "-1s", "1 month"] {
            assert!(duration(wrong).is_err(), "{wrong}");
        }
    }
}
