//! `cargo xtask bench`: how the crate compares with doing the same by hand.

use std::env;
use std::io::Write;
use std::process::{Command, ExitCode};

use anyhow::{Context as _, Result};

use crate::usage::Arguments;
use crate::{Task, workspace};

pub(crate) const TASK: Task = Task {
    name: "bench",
    summary: "compare the crate with doing the same by hand",
    help: || HELP.to_owned(),
    run,
};

const HELP: &str = "\
Usage: cargo xtask bench

Measures requests against bare reqwest, decoding against structs written by hand, and an upload of
1 GiB against reqwest and curl, and prints a table of ratios. Takes some minutes, and needs a machine that has
nothing else to do. crates/postpress/benches/README.md tells of the results.
";

fn run(parser: lexopt::Parser, _: &mut dyn Write) -> Result<ExitCode> {
    Arguments::parse("bench", parser, (&[], &[], 0))?;
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let status = Command::new(&cargo)
        .args(["bench", "--package", "postpress", "--bench", "compare"])
        .current_dir(workspace::root())
        .status()
        .with_context(|| format!("cannot run `{}`", cargo.display()))?;
    Ok(if status.success() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}
