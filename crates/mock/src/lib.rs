//! placeholder docs

mod answer;
mod bounded;
mod check;
mod connection;
mod document;
mod fault;
mod form;
mod ids;
mod inbox;
mod operation;
mod operations;
mod problem;
pub mod program;
mod record;
mod server;
mod service;
mod time;

use std::sync::{Mutex, MutexGuard, PoisonError};

pub use self::fault::{Fault, FaultError, RetryAfter};
pub use self::operation::{Operation, UnknownOperation};
pub use self::record::{Expect, ExpectFile, Mismatch, Outcome, Part, Received};
pub use self::server::{AddChatError, MockServer, MockServerBuilder, StartError};

/// The header that the key is sent in.
const API_KEY_HEADER: &str = "x-api-key";

/// Locks, also when somebody panicked while holding the lock: what is behind it is whole after every statement.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
