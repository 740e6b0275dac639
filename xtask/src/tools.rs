//! Programs that are not Rust's: `.ci/run` installs them where it can, and what needs them is skipped without them.

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::workspace;

/// The folder that `.ci/run` installs into.
pub(crate) struct Tools(PathBuf);

impl Tools {
    /// Those of the workspace at `root`.
    pub(crate) fn of(root: &Path) -> Tools {
        Tools(workspace::target(root).join("tools"))
    }

    /// Lets `command` find the programs first, and node the modules.
    pub(crate) fn offer(&self, command: &mut Command) {
        if let Ok(path) = env::join_paths(self.search_path()) {
            command.env("PATH", path);
        }
        let modules = [self.0.join("node_modules")]
            .into_iter()
            .chain(split("NODE_PATH"));
        if let Ok(modules) = env::join_paths(modules) {
            command.env("NODE_PATH", modules);
        }
    }

    /// Whether there is a program of that name.
    pub(crate) fn has(&self, program: &str) -> bool {
        let file = OsString::from(format!("{program}{}", env::consts::EXE_SUFFIX));
        self.search_path()
            .any(|folder| folder.join(&file).is_file())
    }

    fn search_path(&self) -> impl Iterator<Item = PathBuf> {
        [self.0.join("python/bin"), self.0.join("node_modules/.bin")]
            .into_iter()
            .chain(split("PATH"))
    }
}

fn split(variable: &str) -> impl Iterator<Item = PathBuf> + use<> {
    let value = env::var_os(variable).unwrap_or_default();
    env::split_paths(&value).collect::<Vec<_>>().into_iter()
}
