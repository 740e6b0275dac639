//! Programs that are not Rust's. Tests that need one that is not there say so, and pass.
//!
//! `.ci/run` installs the packages below `target/tools`, and `cargo xtask test` puts these first in `PATH` and `NODE_PATH`; so that
//! a plain `cargo test` finds them too, they are looked for there as well.

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The folder `tools` of the folder that cargo builds in, which is known to test programs as the one above `CARGO_TARGET_TMPDIR`.
#[derive(Clone, Debug)]
pub struct Tools(PathBuf);

impl Tools {
    /// `temporary` is `env!("CARGO_TARGET_TMPDIR")`.
    pub fn beside(temporary: &str) -> Self {
        Self(Path::new(temporary).with_file_name("tools"))
    }

    /// curl, or why not.
    ///
    /// # Errors
    /// If it does not run.
    pub fn curl(&self) -> Result<Command, String> {
        runs(Command::new("curl").arg("--version"), "curl")?;
        Ok(Command::new("curl"))
    }

    /// Python with a module, or why not.
    ///
    /// # Errors
    /// If either is missing.
    pub fn python(&self, module: &str) -> Result<Command, String> {
        let ours = self.0.join("python/bin/python");
        let python = if ours.is_file() {
            ours
        } else {
            "python3".into()
        };
        let import = format!("import {module}");
        runs(
            Command::new(&python).args(["-c", &import]),
            &format!("python3 with {module}"),
        )?;
        Ok(Command::new(python))
    }

    /// node with a module, or why not.
    ///
    /// # Errors
    /// If either is missing.
    pub fn node(&self, module: &str) -> Result<Command, String> {
        let node = || {
            let mut command = Command::new("node");
            command.env("NODE_PATH", self.node_path());
            command
        };
        let require = format!("require({module:?})");
        runs(
            node().args(["-e", &require]),
            &format!("node with {module}"),
        )?;
        Ok(node())
    }

    fn node_path(&self) -> OsString {
        let given = env::var_os("NODE_PATH").unwrap_or_default();
        let folders = [self.0.join("node_modules")]
            .into_iter()
            .chain(env::split_paths(&given));
        env::join_paths(folders).unwrap_or(given)
    }
}

fn runs(command: &mut Command, what: &str) -> Result<(), String> {
    let command = command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        _ => Err(format!(
            "skipped: {what} is not installed; `.ci/run` installs what it can"
        )),
    }
}
