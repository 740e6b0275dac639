//! Timestamps: what is read, what is written, and where the range ends.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use postpress_runtime::Timestamp;
use proptest::prelude::*;

fn normal(text: &str) -> String {
    text.parse::<Timestamp>().unwrap().to_string()
}

#[test]
fn any_offset_and_any_fraction_are_read() {
    for (text, written) in [
        ("2026-05-17T09:42:11.000Z", "2026-05-17T09:42:11.000Z"),
        ("2026-05-17T09:42:11Z", "2026-05-17T09:42:11.000Z"),
        ("2026-05-17t09:42:11.5z", "2026-05-17T09:42:11.500Z"),
        ("2026-05-17 09:42:11.123456789Z", "2026-05-17T09:42:11.123Z"),
        ("2026-05-17T09:42:11.9999+05:30", "2026-05-17T04:12:11.999Z"),
        ("2026-05-17T23:42:11-08:00", "2026-05-18T07:42:11.000Z"),
        ("2026-05-17T09:42:11-00:00", "2026-05-17T09:42:11.000Z"),
        ("2024-02-29T00:00:00Z", "2024-02-29T00:00:00.000Z"),
        ("1969-12-31T23:59:59.9999Z", "1969-12-31T23:59:59.999Z"),
        // A leap second is the second before it.
        ("2016-12-31T23:59:60Z", "2016-12-31T23:59:59.000Z"),
    ] {
        assert_eq!(normal(text), written);
    }
}

#[test]
fn what_is_no_moment_is_refused() {
    for (text, why) in [
        (
            "",
            "not an RFC 3339 date-time such as `2026-05-17T09:42:11.000Z`",
        ),
        (
            "yesterday",
            "not an RFC 3339 date-time such as `2026-05-17T09:42:11.000Z`",
        ),
        (
            "2026-05-17",
            "not an RFC 3339 date-time such as `2026-05-17T09:42:11.000Z`",
        ),
        (
            "2026-02-30T00:00:00Z",
            "not an RFC 3339 date-time such as `2026-05-17T09:42:11.000Z`",
        ),
        (
            "2026-05-17T24:00:00Z",
            "not an RFC 3339 date-time such as `2026-05-17T09:42:11.000Z`",
        ),
        (
            "2026-05-17T09:42:11",
            "a date-time without an offset such as `Z` or `+02:00` is no moment",
        ),
        (
            "0000-01-01T00:00:00+01:00",
            "outside the years 0000 to 9999",
        ),
        (
            "9999-12-31T23:59:59-01:00",
            "outside the years 0000 to 9999",
        ),
        ("-000001-01-01T00:00:00Z", "outside the years 0000 to 9999"),
    ] {
        let error = text.parse::<Timestamp>().unwrap_err();
        assert_eq!(error.to_string(), why, "{text}");
    }
}

#[test]
fn the_range_is_four_digits_of_year() {
    assert_eq!(Timestamp::MIN.to_string(), "0000-01-01T00:00:00.000Z");
    assert_eq!(Timestamp::MAX.to_string(), "9999-12-31T23:59:59.999Z");
    assert_eq!(
        normal("9999-12-31T23:59:59.999Z"),
        "9999-12-31T23:59:59.999Z"
    );
    for end in [Timestamp::MIN, Timestamp::MAX] {
        assert_eq!(end.to_string().parse(), Ok(end));
    }
    assert!(Timestamp::from_unix_millis(Timestamp::MIN.unix_millis() - 1).is_err());
    assert!(Timestamp::from_unix_millis(Timestamp::MAX.unix_millis() + 1).is_err());
    assert!(Timestamp::from_unix_millis(i64::MIN).is_err());
    assert!(Timestamp::try_from(UNIX_EPOCH + Duration::from_secs(1 << 40)).is_err());
}

#[test]
fn system_time_is_rounded_down_on_both_sides_of_the_epoch() {
    let nano = Duration::from_nanos(1);
    assert_eq!(
        Timestamp::try_from(UNIX_EPOCH + nano)
            .unwrap()
            .unix_millis(),
        0
    );
    assert_eq!(
        Timestamp::try_from(UNIX_EPOCH - nano)
            .unwrap()
            .unix_millis(),
        -1
    );
    let now = Timestamp::now();
    let back = SystemTime::try_from(now).unwrap();
    assert_eq!(Timestamp::try_from(back), Ok(now));
    assert!(SystemTime::now().duration_since(back).unwrap() < Duration::from_secs(60));
}

#[test]
fn json_is_the_text() {
    let timestamp: Timestamp = serde_json::from_str(r#""2026-05-17T09:42:11+00:00""#).unwrap();
    assert_eq!(
        serde_json::to_string(&timestamp).unwrap(),
        r#""2026-05-17T09:42:11.000Z""#
    );
    assert!(serde_json::from_str::<Timestamp>("1779010931").is_err());
    assert!(serde_json::from_str::<Timestamp>("null").is_err());
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_reads_back(millis in Timestamp::MIN.unix_millis()..=Timestamp::MAX.unix_millis()) {
        let timestamp = Timestamp::from_unix_millis(millis).unwrap();
        let written = timestamp.to_string();
        prop_assert_eq!(written.len(), "YYYY-MM-DDTHH:MM:SS.sssZ".len());
        prop_assert_eq!(written.parse(), Ok(timestamp));
    }

    #[test]
    fn order_is_that_of_the_text(
        a in Timestamp::MIN.unix_millis()..=Timestamp::MAX.unix_millis(),
        b in Timestamp::MIN.unix_millis()..=Timestamp::MAX.unix_millis(),
    ) {
        let (a, b) = (Timestamp::from_unix_millis(a).unwrap(), Timestamp::from_unix_millis(b).unwrap());
        prop_assert_eq!(a.cmp(&b), a.to_string().cmp(&b.to_string()));
    }

    #[test]
    fn no_text_panics(text in prop_oneof![any::<String>(), "[0-9TZ:.+ -]{0,40}", "[0-9]{4}-[0-1][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-6][0-9](\\.[0-9]{1,12})?(Z|[+-][0-2][0-9]:[0-5][0-9])"]) {
        if let Ok(timestamp) = text.parse::<Timestamp>() {
            prop_assert_eq!(timestamp.to_string().parse(), Ok(timestamp));
        }
    }
}
