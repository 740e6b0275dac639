//! When calls are retried, and after which pause.

use std::time::{Duration, SystemTime};

use http::{HeaderMap, header::RETRY_AFTER};
use retry_policies::{Jitter, RetryPolicy as _, policies::ExponentialBackoff};
use tower::retry::budget::TpsBudget;

/// The longest pause, unless the service asks for more. It also keeps the arithmetic from overflowing, whatever bounds were set.
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// What the first pause after a 429 without `Retry-After` has at least; it doubles with each attempt.
const RATE_LIMIT_PAUSE: Duration = Duration::from_secs(1);

/// When and how often a call is retried.
///
/// A policy does not say after which errors: the table at [`Delivery`](crate::Delivery) does. Calls that send are retried only where
/// nothing was sent, whatever the policy is.
///
/// Pauses grow exponentially and are drawn at random, from zero up (full jitter). After a 429 they are at
/// least one second, two, four and so on, as far as the longest pause allows. A `Retry-After` of the service is honoured.
/// Retries also draw on a budget that successes fill, so that they do not make an outage worse.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RetryPolicy {
    max_retries: u32,
    min_pause: Duration,
    max_pause: Duration,
    max_retry_after: Duration,
}

impl Default for RetryPolicy {
    /// Up to three retries, after pauses that grow from 0.25 s to 10 s, and of up to 60 s where the service asks for it.
    fn default() -> Self {
        Self {
            max_retries: 3,
            min_pause: Duration::from_millis(250),
            max_pause: Duration::from_secs(10),
            max_retry_after: Duration::from_secs(60),
        }
    }
}

impl RetryPolicy {
    /// Never retries.
    pub fn never() -> Self {
        Self {
            max_retries: 0,
            ..Self::default()
        }
    }

    /// Limits the number of retries of a call; 3 by default.
    #[must_use]
    pub fn max_retries(mut self, count: u32) -> Self {
        self.max_retries = count;
        self
    }

    /// Sets the bounds that pauses grow between: 0.25 s and 10 s by default. Their order makes no difference; anything longer than a
    /// day counts as a day.
    #[must_use]
    pub fn pauses(mut self, one: Duration, other: Duration) -> Self {
        (self.min_pause, self.max_pause) = (one.min(other), one.max(other));
        self
    }

    /// Limits the `Retry-After` that is waited for; 60 s by default. If the service asks for more, the call is not retried, and the
    /// error says how long it [asked for](crate::Error::retry_after).
    #[must_use]
    pub fn max_retry_after(mut self, limit: Duration) -> Self {
        self.max_retry_after = limit;
        self
    }

    /// The pause after so many failed attempts; `None` if there is to be no other.
    pub(crate) fn pause(
        &self,
        failed: u32,
        retry_after: Option<Duration>,
        is_rate_limited: bool,
    ) -> Option<Duration> {
        if failed > self.max_retries {
            return None;
        }
        if let Some(asked) = retry_after {
            return (asked <= self.max_retry_after).then_some(asked);
        }
        let (shortest, longest) = (self.min_pause.min(DAY), self.max_pause.min(DAY));
        let floor = if is_rate_limited {
            // A second, two, four: attempts that follow sooner are refused as well.
            RATE_LIMIT_PAUSE.saturating_mul(2_u32.saturating_pow(failed - 1))
        } else {
            Duration::ZERO
        };
        let backoff = ExponentialBackoff::builder()
            .retry_bounds(shortest, longest)
            .jitter(Jitter::Full)
            .base(2)
            .build_with_max_retries(self.max_retries);
        let now = SystemTime::now();
        match backoff.should_retry(now, failed - 1) {
            retry_policies::RetryDecision::Retry { execute_after } => {
                let pause = execute_after.duration_since(now).unwrap_or_default();
                Some(pause.saturating_add(floor).min(longest))
            }
            retry_policies::RetryDecision::DoNotRetry => None,
        }
    }
}

/// Limits retries to a fifth of all calls, and ten a second beside.
pub(crate) fn budget() -> TpsBudget {
    TpsBudget::new(Duration::from_secs(10), 10, 0.2)
}

/// How long the service asks to wait: `Retry-After` in seconds or as a date.
pub(crate) fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = text.parse::<u64>() {
        return Some(Duration::from_secs(seconds));
    }
    let date = httpdate::parse_http_date(text).ok()?;
    Some(date.duration_since(SystemTime::now()).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use tower::retry::budget::Budget as _;

    use super::*;

    fn headers(value: &str) -> HeaderMap {
        HeaderMap::from_iter([(RETRY_AFTER, value.parse().expect("a header"))])
    }

    #[test]
    fn retry_after_is_read_in_both_forms() {
        assert_eq!(retry_after(&headers("7")), Some(Duration::from_secs(7)));
        let soon = httpdate::fmt_http_date(SystemTime::now() + Duration::from_secs(30));
        let pause = retry_after(&headers(&soon)).expect("a date");
        assert!((28..=30).contains(&pause.as_secs()), "{pause:?}");
        assert_eq!(
            retry_after(&headers("Wed, 21 Oct 2015 07:28:00 GMT")),
            Some(Duration::ZERO)
        );
        assert_eq!(retry_after(&headers("soon")), None);
        assert_eq!(retry_after(&HeaderMap::new()), None);
    }

    #[test]
    fn a_fifth_of_all_calls_may_be_retried_beside_a_reserve() {
        let budget = budget();
        let retries = || (0..1000).take_while(|_| budget.withdraw()).count();
        assert_eq!(retries(), 100);
        for _ in 0..10 {
            budget.deposit();
        }
        assert_eq!(retries(), 2);
    }

    #[test]
    fn pauses_stay_within_their_bounds_and_end() {
        let policy = RetryPolicy::default()
            .max_retries(4)
            .pauses(Duration::from_millis(10), Duration::from_millis(40));
        for failed in 1..=4 {
            for _ in 0..100 {
                assert!(
                    policy.pause(failed, None, false).expect("a pause")
                        <= Duration::from_millis(40)
                );
            }
        }
        assert_eq!(policy.pause(5, None, false), None);
        let endless = policy.clone().max_retries(u32::MAX);
        let endless = endless.pauses(Duration::MAX, Duration::MAX);
        for failed in [1, 2, 33, u32::MAX - 1] {
            assert!(endless.pause(failed, None, false).expect("a pause") <= DAY);
        }
        let at_once = policy.clone().pauses(Duration::ZERO, Duration::ZERO);
        assert_eq!(at_once.pause(1, None, false), Some(Duration::ZERO));
        assert_eq!(RetryPolicy::never().pause(1, None, false), None);
        assert_eq!(
            policy.pause(1, Some(Duration::from_secs(3)), true),
            Some(Duration::from_secs(3))
        );
        assert_eq!(policy.pause(1, Some(Duration::from_secs(61)), true), None);
    }

    #[test]
    fn after_a_429_without_a_time_the_pauses_double_from_a_second() {
        let policy = RetryPolicy::default();
        for (failed, seconds) in [(1, 1), (2, 2), (3, 4)] {
            let pause = policy.pause(failed, None, true).expect("a pause");
            let range = Duration::from_secs(seconds)..=Duration::from_secs(10);
            assert!(range.contains(&pause), "{pause:?}");
        }
        let short = Duration::from_millis(40);
        let policy = policy.pauses(Duration::ZERO, short);
        assert_eq!(policy.pause(1, None, true), Some(short));
    }
}
