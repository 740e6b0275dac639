//! The change in the generated code: what it makes public, and how long it is.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};

use super::outline::{difference, outline};
use crate::report;
use crate::sync::{Change, rust_files_below};

/// What changed in the generated code.
#[derive(Default)]
pub(super) struct Code {
    /// The change in its public API, a line of a diff each.
    pub(super) api: Vec<String>,
    /// The files before and after.
    pub(super) files: Vec<Change>,
}

impl Code {
    pub(super) fn new(
        old: BTreeMap<String, String>,
        new: BTreeMap<String, String>,
    ) -> Result<Code> {
        let outline = |files: &BTreeMap<String, String>| {
            outline(
                files
                    .iter()
                    .map(|(name, text)| (name.as_str(), text.as_str())),
            )
        };
        let api = difference(&outline(&old)?, &outline(&new)?);
        let paths: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
        let changes = paths.into_iter().map(|path| Change {
            path: path.clone(),
            old: old.get(path).cloned(),
            new: new.get(path).cloned(),
            is_kept: false,
        });
        let files = changes.collect();
        Ok(Code { api, files })
    }

    /// How many files and lines differ, and how many lines there are.
    pub(super) fn size(&self) -> String {
        let difference = report::difference(&self.files);
        let difference = difference.unwrap_or_else(|| "unchanged".to_owned());
        format!("{difference}; now {}", report::size(&self.files))
    }
}

/// The Rust files in a folder and those below it, by path; none if there is no such folder.
pub(super) fn folder(path: &Path) -> Result<BTreeMap<String, String>> {
    let files = rust_files_below(path, "")?.into_iter();
    let read = |name: String| {
        let text = fs::read_to_string(path.join(&name));
        Ok((
            name.clone(),
            text.with_context(|| format!("cannot read {name}"))?,
        ))
    };
    files.map(read).collect()
}
