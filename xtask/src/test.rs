//! `cargo xtask test`: everything that a pull request must pass.

mod steps;
mod summary;

use std::env;
use std::io::{BufRead as _, BufReader, Write};
use std::path::Path;
use std::process::{Command, ExitCode, ExitStatus, Stdio};
use std::time::Instant;

use anyhow::{Context as _, Result};

use steps::{STEPS, Step};
use summary::{Finished, Outcome, Tests, summary};

use crate::tools::Tools;
use crate::usage::{Arguments, Usage};
use crate::{Task, workspace};

pub(crate) const TASK: Task = Task {
    name: "test",
    summary: "check and test everything, as a pull request is",
    help,
    run,
};

fn help() -> String {
    let mut help = String::from(
        "\
Usage: cargo xtask test [STEP...]

Runs everything that a pull request must pass, or only the steps named, goes on after one that
fails, and ends with a summary. A step whose program is not installed is skipped, and the summary
says so; `.ci/run` installs what it can, then runs this.

Steps:
",
    );
    for step in STEPS {
        help += &format!("  {:<10} {}\n", step.name, step.about);
    }
    help + "\nExit status: 0 nothing failed; 1 something did; 2 the command line is wrong.\n"
}

fn run(parser: lexopt::Parser, out: &mut dyn Write) -> Result<ExitCode> {
    let steps = parse(parser)?;
    let root = workspace::root();
    let tools = Tools::of(&root);
    let mut finished = Vec::new();
    for step in steps {
        let started = Instant::now();
        let mut tests = Tests::default();
        let outcome = match step.needs {
            Some(program) if !tools.has(program) => Outcome::Skipped(program),
            _ => carry_out(step, &root, &tools, &mut tests, out)
                .with_context(|| format!("step `{}`: cannot run `{}`", step.name, step.typed()))?,
        };
        finished.push(Finished {
            step,
            outcome,
            time: started.elapsed(),
            tests,
        });
    }
    write!(out, "\n{}", summary(&finished))?;
    let failed = finished
        .iter()
        .any(|step| matches!(step.outcome, Outcome::Failed));
    Ok(if failed {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    })
}

fn parse(parser: lexopt::Parser) -> Result<Vec<&'static Step>> {
    let names = Arguments::parse("test", parser, (&[], &[], usize::MAX))?.others;
    let steps = names.iter().map(|name| {
        STEPS.iter().find(|step| name == step.name).ok_or_else(|| {
            let names: Vec<&str> = STEPS.iter().map(|step| step.name).collect();
            let (name, names) = (name.display(), names.join(", "));
            Usage::new(format!("there is no step `{name}`. Name some of: {names}"))
        })
    });
    let all = STEPS.iter().filter(|_| names.is_empty()).map(Ok);
    steps.chain(all).collect()
}

fn carry_out(
    step: &Step,
    root: &Path,
    tools: &Tools,
    tests: &mut Tests,
    out: &mut dyn Write,
) -> Result<Outcome> {
    writeln!(out, "\n== {}: {}", step.name, step.typed())?;
    out.flush()?;
    let mut words = step.command.split(' ').peekable();
    let mut command = match words.next() {
        Some("cargo") if words.next_if_eq(&"xtask").is_some() => Command::new(env::current_exe()?),
        // The very cargo that runs us.
        Some("cargo") => Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into())),
        other => Command::new(other.unwrap_or_default()),
    };
    command
        .args(words)
        .envs(step.environment.iter().copied())
        .current_dir(root);
    tools.offer(&mut command);
    let status = if step.name == "tests" {
        pass_on(&mut command, out, |line| tests.count(line))?
    } else {
        command.status()?
    };
    Ok(if status.success() {
        Outcome::Passed
    } else {
        Outcome::Failed
    })
}

/// Runs `command`, passes its output on as it comes, and shows every line to `see`.
fn pass_on(
    command: &mut Command,
    out: &mut dyn Write,
    mut see: impl FnMut(&str),
) -> Result<ExitStatus> {
    let mut child = command.stdout(Stdio::piped()).spawn()?;
    let mut lines = BufReader::new(child.stdout.take().context("no output")?);
    let mut line = Vec::new();
    while lines.read_until(b'\n', &mut line)? > 0 {
        out.write_all(&line)?;
        see(&String::from_utf8_lossy(&line));
        line.clear();
    }
    Ok(child.wait()?)
}
