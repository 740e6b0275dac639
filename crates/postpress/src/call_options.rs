//! What can be set for a single call: time limits and retries.

use std::time::Duration;

use crate::retry::RetryPolicy;

/// What is set for a call in place of the settings of the client.
#[derive(Clone, Debug, Default)]
pub(crate) struct CallOptions {
    pub(crate) timeout: Option<Duration>,
    pub(crate) deadline: Option<Duration>,
    pub(crate) retry: Option<RetryPolicy>,
}

/// The methods of a builder that set its field `call_options`.
macro_rules! call_option_methods {
    () => {
        /// Limits each attempt of this call, its upload included.
        pub fn timeout(mut self, limit: std::time::Duration) -> Self {
            self.call_options.timeout = Some(limit);
            self
        }

        /// Limits this call with all its attempts and the pauses between them.
        pub fn deadline(mut self, limit: std::time::Duration) -> Self {
            self.call_options.deadline = Some(limit);
            self
        }

        /// Retries this call by another policy than the client's. No policy makes a call send a message twice.
        pub fn retry(mut self, policy: crate::RetryPolicy) -> Self {
            self.call_options.retry = Some(policy);
            self
        }
    };
}
pub(crate) use call_option_methods;
