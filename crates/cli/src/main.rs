//! `postpress`: messages from the command line.
//!
//! Results go to standard output, everything else to standard error; the exit code says what became of the call (see
//! [`exit`]). The `--help` of each command says what it does.

mod advice;
mod args;
mod client;
mod commands;
mod delivery;
mod each;
mod exit;
mod failure;
mod file;
mod key;
mod output;
mod progress;
mod record;
mod terminal;
mod text;
mod time;
mod trace;
mod wire;

use std::{env, ffi::OsString, process::ExitCode};

fn main() -> ExitCode {
    let words: Vec<OsString> = env::args_os().collect();
    let as_json = args::output::asks_for_json(&words);
    let arguments = match args::parse(&words) {
        Ok(arguments) => arguments,
        Err(help) => return exit::after_clap(help, as_json),
    };
    arguments.color.apply();
    trace::start(arguments.verbose);
    let outcome = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(failure::Failure::from)
        .and_then(|runtime| {
            let outcome = runtime.block_on(commands::run(arguments.command));
            // A read of standard input may still be waiting, which nobody needs any more.
            runtime.shutdown_background();
            outcome
        });
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.report(as_json),
    }
}
