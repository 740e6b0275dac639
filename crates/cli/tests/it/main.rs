//! The program itself, against the mock server: what it sends, prints and ends with.

mod curl;
mod demo;
mod dry_run;
mod failures;
#[cfg(unix)]
mod interrupts;
mod keys;
mod lists;
mod odd;
mod reference;
mod sends;
mod support;
#[cfg(unix)]
mod terminal;
