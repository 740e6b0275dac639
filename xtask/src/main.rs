//! `cargo xtask`: the maintainer's command line. Each task is one file, listed in [`TASKS`].

mod bench;
mod corpus;
mod crate_folder;
mod diff;
mod docs;
mod generate;
mod lint;
mod report;
mod sync;
mod test;
mod tools;
mod usage;
mod workspace;

use std::ffi::OsString;
use std::io::{self, Write};
use std::process::ExitCode;

use usage::Usage;

/// A task, as the command line knows it.
struct Task {
    /// The word after `cargo xtask`.
    name: &'static str,
    /// One line for the list of tasks.
    summary: &'static str,
    /// What `--help` prints.
    help: fn() -> String,
    /// Does it, given the arguments after the name; says how it ended unless it could not be done.
    run: fn(lexopt::Parser, &mut dyn Write) -> anyhow::Result<ExitCode>,
}

const TASKS: &[Task] = &[
    diff::TASK,
    docs::TASK,
    generate::TASK,
    lint::TASK,
    test::TASK,
    bench::TASK,
    corpus::TASK,
];

fn main() -> ExitCode {
    let arguments: Vec<OsString> = std::env::args_os().skip(1).collect();
    match dispatch(arguments, &mut io::stdout().lock()) {
        Ok(code) => code,
        // The reader of our output went away (`cargo xtask ... | head`) and needs no message.
        Err(error) if is_closed_pipe(&error) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::from(if error.is::<Usage>() { 2 } else { 1 })
        }
    }
}

fn dispatch(mut arguments: Vec<OsString>, out: &mut dyn Write) -> anyhow::Result<ExitCode> {
    let wants_help = arguments.iter().any(|a| a == "--help" || a == "-h");
    let first = arguments.first().and_then(|a| a.to_str());
    let Some(task) = TASKS.iter().find(|task| first == Some(task.name)) else {
        if wants_help || first == Some("help") {
            write!(out, "{}", overview())?;
            return Ok(ExitCode::SUCCESS);
        }
        return Err(match arguments.first() {
            Some(other) => Usage::new(format!(
                "there is no task `{}`\n\n{}",
                other.display(),
                overview()
            )),
            None => Usage::new(format!("which task?\n\n{}", overview())),
        });
    };
    if wants_help {
        write!(out, "{}", (task.help)())?;
        return Ok(ExitCode::SUCCESS);
    }
    arguments.remove(0);
    (task.run)(lexopt::Parser::from_args(arguments), out)
}

fn overview() -> String {
    let mut text = String::from("Usage: cargo xtask TASK [OPTIONS]\n\nTasks:\n");
    for task in TASKS {
        text += &format!("  {:<10} {}\n", task.name, task.summary);
    }
    text + "\n`cargo xtask TASK --help` says more about one.\n"
}

fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error
        .downcast_ref::<io::Error>()
        .is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}
