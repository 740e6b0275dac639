//! What stood in the repository at another time.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::{Command, Output};

use anyhow::{Context as _, Result, ensure};

use crate::usage::Usage;

/// The repository that the workspace belongs to.
pub(super) struct Repository {
    pub(super) root: PathBuf,
}

/// A commit, by its full name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Commit(pub(super) String);

impl Commit {
    /// As people write it.
    pub(super) fn short(&self) -> &str {
        self.0.get(..9).unwrap_or(&self.0)
    }
}

impl Repository {
    /// The commit that somebody means by `revision`.
    pub(super) fn commit(&self, revision: &str) -> Result<Commit> {
        self.find(revision)?.ok_or_else(|| {
            Usage::new(format!(
                "there is no revision `{revision}`. Name a commit, a tag or a branch; in a shallow clone, `git fetch --unshallow` gets them all"
            ))
        })
    }

    /// Where this branch left main: the merge base of `HEAD` and main, or origin's main where there is no other.
    pub(super) fn merge_base(&self) -> Result<Commit> {
        for main in ["main", "origin/main"] {
            if self.find(main)?.is_some() {
                let output = self.git(&["merge-base", "HEAD", main])?;
                ensure!(
                    output.status.success(),
                    "HEAD and {main} have no commit in common; name a revision to compare with"
                );
                return Ok(Commit(text(&output).trim().to_owned()));
            }
        }
        Err(Usage::new(
            "there is neither a branch `main` nor `origin/main` here. Name a revision to compare with",
        ))
    }

    fn find(&self, revision: &str) -> Result<Option<Commit>> {
        let revision = format!("{revision}^{{commit}}");
        let output = self.git(&[
            "rev-parse",
            "--verify",
            "--quiet",
            "--end-of-options",
            &revision,
        ])?;
        let name = text(&output).trim().to_owned();
        Ok((output.status.success() && !name.is_empty()).then_some(Commit(name)))
    }

    /// A file as it was; `None` if there was none.
    pub(super) fn file(&self, commit: &Commit, path: &str) -> Result<Option<String>> {
        // `./`: seen from the workspace, which need not be the root of the repository.
        let object = format!("{}:./{path}", commit.0);
        let output = self.git(&["cat-file", "blob", &object])?;
        Ok(output.status.success().then(|| text(&output)))
    }

    /// The files that lay in a folder and those below it, by path.
    pub(super) fn folder(&self, commit: &Commit, path: &str) -> Result<BTreeMap<String, String>> {
        let folder = format!("{path}/");
        let output = self.git(&["ls-tree", "-r", "--name-only", "-z", &commit.0, &folder])?;
        ensure!(
            output.status.success(),
            "git cannot list {path} at {}",
            commit.short()
        );
        let mut files = BTreeMap::new();
        for file in text(&output).split('\0').filter(|file| !file.is_empty()) {
            if let Some(contents) = self.file(commit, file)? {
                let name = file.strip_prefix(&folder).unwrap_or(file);
                files.insert(name.to_owned(), contents);
            }
        }
        Ok(files)
    }

    fn git(&self, arguments: &[&str]) -> Result<Output> {
        let mut command = Command::new("git");
        command.args(arguments).current_dir(&self.root);
        command
            .output()
            .context("cannot run git, which the comparison needs")
    }
}

fn text(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}
