//! The change in the generated code: what it makes public, and how long it is.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};

use super::outline::{difference, outline};
use crate::report;
use crate::sync::Change;

/// What changed in the generated code.
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
        let mut files = BTreeMap::new();
        for (path, text) in old {
            let change = Change {
                path: path.clone(),
                old: Some(text),
                new: None,
            };
            files.insert(path, change);
        }
        for (path, text) in new {
            let change = Change {
                path: path.clone(),
                old: None,
                new: None,
            };
            files.entry(path).or_insert(change).new = Some(text);
        }
        Ok(Code {
            api,
            files: files.into_values().collect(),
        })
    }

    /// How many files and lines differ, and how many lines there are.
    pub(super) fn size(&self) -> String {
        let difference = report::difference(&self.files);
        let difference = difference.unwrap_or_else(|| "unchanged".to_owned());
        format!("{difference}; now {}", report::size(&self.files))
    }
}

/// The Rust files directly in a folder, by name; none if there is no such folder.
pub(super) fn folder(path: &Path) -> Result<BTreeMap<String, String>> {
    let mut files = BTreeMap::new();
    let Ok(entries) = fs::read_dir(path) else {
        return Ok(files);
    };
    for entry in entries {
        let path = entry
            .with_context(|| format!("cannot list {}", path.display()))?
            .path();
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        if name.ends_with(".rs") {
            let text = fs::read_to_string(&path)
                .with_context(|| format!("cannot read {}", path.display()))?;
            files.insert(name, text);
        }
    }
    Ok(files)
}
