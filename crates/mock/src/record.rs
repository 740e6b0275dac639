//! What the server received, and what a test expects it to have received.

mod expect;
mod journal;
mod mismatch;
mod part;
mod received;

pub use self::expect::{Expect, ExpectFile};
pub(crate) use self::journal::Journal;
pub use self::mismatch::Mismatch;
pub use self::part::Part;
pub(crate) use self::received::RequestRecord;
pub use self::received::{Outcome, Received};
