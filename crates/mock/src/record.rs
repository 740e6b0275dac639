//! What the server received, and what a test expects it to have received.

mod expect;
mod expect_file;
mod part;
mod received;

pub use self::expect::Expect;
pub use self::expect_file::ExpectFile;
pub(crate) use self::part::Digest;
pub use self::part::Part;
pub(crate) use self::received::RequestRecord;
pub use self::received::{Outcome, Received};
use crate::bounded::Bounded;

/// The most requests that are remembered, and the most bytes that they may take.
const MOST_REQUESTS: usize = 10_000;
const MOST_BYTES: usize = 16 * 1024 * 1024;

/// The requests that were received, as many as fit.
#[derive(Debug)]
pub(crate) struct Journal {
    pub(crate) received: Bounded<Received>,
    /// How many there have been since the server started.
    pub(crate) total: u64,
}

impl Default for Journal {
    fn default() -> Journal {
        Journal {
            received: Bounded::new(MOST_REQUESTS, MOST_BYTES),
            total: 0,
        }
    }
}

impl Journal {
    pub(crate) fn add(&mut self, record: RequestRecord, outcome: Outcome) -> Received {
        self.total += 1;
        let received = record.finish(self.total, outcome);
        self.received.push(received.clone(), received.weight());
        received
    }
}
