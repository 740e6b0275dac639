//! What the server received, and what a test expected it to.

mod difference;
mod expect;
mod journal;
mod part;
mod received;

pub use self::difference::Mismatch;
pub use self::expect::{Expect, ExpectFile};
pub(crate) use self::journal::Journal;
pub use self::part::Part;
pub(crate) use self::received::Draft;
pub use self::received::{Outcome, Received};
