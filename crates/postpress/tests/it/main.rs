//! The crate against servers on this machine, faulty ones among them.
#![allow(clippy::unwrap_used, unreachable_pub)]

mod attack;
mod clock;
mod server;

#[cfg(feature = "blocking")]
mod blocking;
mod configuration;
mod decoding;
mod delivery;
mod errors;
mod faults;
mod limits;
mod odd;
mod paging;
mod readme;
mod retries;
mod robustness;
mod secrecy;
mod telemetry;
mod uploads;
mod validation;
mod wire;
