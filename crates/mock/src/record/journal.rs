//! The requests that were received, as many as fit.

use std::sync::{Mutex, MutexGuard};

use super::{Outcome, Received, RequestRecord};
use crate::bounded::Bounded;
use crate::lock;

/// The most requests that are remembered, and the most bytes that they may take.
const MOST_REQUESTS: usize = 10_000;
const MOST_BYTES: usize = 16 * 1024 * 1024;

#[derive(Debug)]
pub(crate) struct Journal(Mutex<State>);

#[derive(Debug)]
struct State {
    received: Bounded<Received>,
    /// How many there have been since the server started.
    total: u64,
}

impl Journal {
    pub(crate) fn new() -> Journal {
        Journal(Mutex::new(State {
            received: Bounded::new(MOST_REQUESTS, MOST_BYTES),
            total: 0,
        }))
    }

    pub(crate) fn add(&self, record: RequestRecord, outcome: Outcome) -> Received {
        let mut state = self.state();
        state.total += 1;
        let received = record.finish(state.total, outcome);
        state.received.push(received.clone(), received.weight());
        received
    }

    /// The oldest first.
    pub(crate) fn all(&self) -> Vec<Received> {
        self.state().received.iter().cloned().collect()
    }

    /// How many are no longer remembered.
    pub(crate) fn forgotten(&self) -> u64 {
        self.state().received.forgotten()
    }

    pub(crate) fn total(&self) -> u64 {
        self.state().total
    }

    pub(crate) fn clear(&self) {
        self.state().received.clear();
    }

    fn state(&self) -> MutexGuard<'_, State> {
        lock(&self.0)
    }
}
