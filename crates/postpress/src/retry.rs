//! When calls are repeated, and after which pause.

use std::{
    sync::Arc,
    time::{Duration, SystemTime},
};

use http::{HeaderMap, header::RETRY_AFTER};
use retry_policies::{Jitter, RetryDecision, policies::ExponentialBackoff};
use tower::retry::budget::{Budget as _, TpsBudget};

/// The longest pause of our own. It also keeps the arithmetic from overflowing, whatever bounds were set.
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// When and how often a call is repeated.
///
/// Reads are repeated after what passes: connections that fail or break, time-outs, and the statuses 408, 429, 500, 502, 503
/// and 504. Sends are repeated only where nothing was sent: when no connection was made, after 429, and after those 503 that say
/// that nobody took the request up. Nothing in a policy can change that.
///
/// Pauses grow exponentially and are drawn at random from zero up (full jitter); a `Retry-After` of the service is honoured.
/// Repetitions also draw on a budget that successes fill, so that an outage is not made worse.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RetryPolicy {
    max_retries: u32,
    min_pause: Duration,
    max_pause: Duration,
    max_retry_after: Duration,
}

impl Default for RetryPolicy {
    /// Up to three repetitions, with pauses between 0.25 s and 10 s, and up to 60 s where the service asks for it.
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
    /// Every call is tried once.
    pub fn never() -> Self {
        Self {
            max_retries: 0,
            ..Self::default()
        }
    }

    /// How many times a call is repeated at most; 3 by default.
    #[must_use]
    pub fn max_retries(mut self, count: u32) -> Self {
        self.max_retries = count;
        self
    }

    /// The bounds that the pauses grow between: 0.25 s and 10 s by default. The order makes no difference; what is
    /// longer than a day counts as a day.
    #[must_use]
    pub fn pauses(mut self, one: Duration, other: Duration) -> Self {
        self.min_pause = one.min(other);
        self.max_pause = one.max(other);
        self
    }

    /// The longest `Retry-After` that is waited for; 60 s by default. A service that asks for more gets no repetition, and the
    /// error says how long it asked for.
    #[must_use]
    pub fn max_retry_after(mut self, limit: Duration) -> Self {
        self.max_retry_after = limit;
        self
    }

    /// The pause before the repetition that follows `failed` attempts; `None` if there is to be none.
    pub(crate) fn pause(&self, failed: u32, retry_after: Option<Duration>) -> Option<Duration> {
        if failed > self.max_retries {
            return None;
        }
        if let Some(asked) = retry_after {
            return (asked <= self.max_retry_after).then_some(asked);
        }
        let (shortest, longest) = (self.min_pause.min(DAY), self.max_pause.min(DAY));
        let backoff = ExponentialBackoff::builder()
            .retry_bounds(shortest, longest)
            .jitter(Jitter::Full)
            .base(2)
            .build_with_max_retries(self.max_retries);
        match retry_policies::RetryPolicy::should_retry(&backoff, SystemTime::now(), failed - 1) {
            RetryDecision::Retry { execute_after } => Some(
                execute_after
                    .duration_since(SystemTime::now())
                    .unwrap_or_default()
                    .min(longest),
            ),
            RetryDecision::DoNotRetry => None,
        }
    }
}

/// Limits repetitions to a share of all calls: a fifth, and ten a second beside.
#[derive(Clone)]
pub(crate) struct Budget(Arc<TpsBudget>);

impl Default for Budget {
    fn default() -> Self {
        Self(Arc::new(TpsBudget::new(Duration::from_secs(10), 10, 0.2)))
    }
}

impl Budget {
    pub(crate) fn succeeded(&self) {
        self.0.deposit();
    }

    pub(crate) fn allows(&self) -> bool {
        self.0.withdraw()
    }
}

/// How long the service asks to be left alone: `Retry-After` in seconds or as a date.
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
    fn pauses_stay_within_their_bounds_and_end() {
        let policy = RetryPolicy::default()
            .max_retries(4)
            .pauses(Duration::from_millis(10), Duration::from_millis(40));
        for failed in 1..=4 {
            for _ in 0..100 {
                assert!(policy.pause(failed, None).expect("a pause") <= Duration::from_millis(40));
            }
        }
        assert_eq!(policy.pause(5, None), None);
        let endless = policy.clone().max_retries(u32::MAX);
        let endless = endless.pauses(Duration::MAX, Duration::MAX);
        for failed in [1, 2, 33, u32::MAX - 1] {
            assert!(endless.pause(failed, None).expect("a pause") <= DAY);
        }
        let at_once = policy.clone().pauses(Duration::ZERO, Duration::ZERO);
        assert_eq!(at_once.pause(1, None), Some(Duration::ZERO));
        assert_eq!(RetryPolicy::never().pause(1, None), None);
        assert_eq!(
            policy.pause(1, Some(Duration::from_secs(3))),
            Some(Duration::from_secs(3))
        );
        assert_eq!(policy.pause(1, Some(Duration::from_secs(61))), None);
    }
}
