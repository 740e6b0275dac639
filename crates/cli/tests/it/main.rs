//! The program itself, against the mock server: what it sends, prints and ends with.

mod curl;
mod demo;
mod dry_run;
mod each;
mod failures;
#[cfg(unix)]
mod interrupts;
mod keys;
#[cfg(unix)]
mod kills;
mod lists;
mod odd;
#[cfg(unix)]
mod pipes;
mod reference;
mod sends;
mod support;
#[cfg(unix)]
mod terminal;
