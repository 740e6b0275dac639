//! What the builders of all calls have in common.

use std::time::Duration;

use crate::retry::RetryPolicy;

/// What is set for a call in place of the settings of the client.
#[derive(Clone, Debug, Default)]
pub(crate) struct CallOptions {
    pub(crate) timeout: Option<Duration>,
    pub(crate) deadline: Option<Duration>,
    pub(crate) retry: Option<RetryPolicy>,
}

/// Gives a builder the methods that set its field `call_options`, and makes it a future. The builder is called like its operation; it
/// has a method `request`, and a method `invalid` that gives the values that are refused.
macro_rules! call {
    ($name:ident -> $output:ident) => {
        impl $name {
            crate::setters::setters! {
                /// Limits each attempt of this call, its upload included.
                timeout, maybe_timeout(limit: std::time::Duration) => call_options.timeout;

                /// Limits this call with all its attempts and the pauses between them.
                deadline, maybe_deadline(limit: std::time::Duration) => call_options.deadline;

                /// Retries this call by another policy than the client's. No policy makes a call send a message twice.
                retry, maybe_retry(policy: crate::RetryPolicy) => call_options.retry;
            }

            /// Checks all values and files, and builds the request without sending it.
            ///
            /// # Errors
            /// If something is refused: [`Error::invalid_fields`](crate::Error::invalid_fields) has all of it.
            pub fn build_request(self) -> Result<crate::BuiltRequest, crate::Error> {
                let (invalid, request) = (self.invalid(), self.request());
                let operation = crate::Operation::$name;
                crate::BuiltRequest::new(operation, &self.postpress.shared, invalid, request)
            }

            /// Makes the call without async, and blocks until it is over: see [`blocking`](crate::blocking).
            ///
            /// # Errors
            /// Those of the call, and if this is called in async code.
            #[cfg(feature = "blocking")]
            pub fn wait(self) -> Result<$output, crate::Error> {
                let postpress = self.postpress.clone();
                crate::blocking::wait(&postpress, crate::Operation::$name, self.call())?
            }

            pub(crate) async fn call(self) -> Result<$output, crate::Error> {
                let (invalid, options) = (self.invalid(), &self.call_options);
                let retry_loop = &self.postpress.shared.retry_loop;
                let operation = crate::Operation::$name;
                let response = retry_loop.run(operation, options, invalid, || self.request());
                Ok($output::new(response.await?))
            }
        }

        impl IntoFuture for $name {
            type Output = Result<$output, crate::Error>;
            type IntoFuture = std::pin::Pin<Box<dyn Future<Output = Self::Output> + Send>>;

            fn into_future(self) -> Self::IntoFuture {
                Box::pin(self.call())
            }
        }
    };
}
pub(crate) use call;
