//! Brings a folder of generated files up to date, or says how far it is from that.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

use anyhow::{Context as _, Result, bail, ensure};

/// How every generated Rust file begins.
pub(crate) const MARK: &str = "// Generated from ";

/// Where files are written and kept until all of them are in place.
pub(crate) const SCRATCH: &str = ".xtask-generate";

/// Generated files as they should stand in a folder.
pub(crate) struct Wanted {
    /// Contents by path. Paths are relative to the folder, with `/` between names.
    pub(crate) files: BTreeMap<String, String>,
    /// The subfolder (empty: the folder itself) in which every other generated Rust file is a stale one.
    pub(crate) owned: &'static str,
    /// The files that are written once: where there is one already, whoever edits it owns it.
    pub(crate) once: &'static [&'static str],
}

/// Whether the differences are mended or only reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    /// Write what differs.
    Write,
    /// Touch nothing.
    Check,
}

/// One generated file before and after.
#[derive(Debug)]
pub(crate) struct Change {
    /// Relative to the folder, with `/` between names.
    pub(crate) path: String,
    /// What stood there; `None` for a new file.
    pub(crate) old: Option<String>,
    /// What belongs there; `None` for a stale file.
    pub(crate) new: Option<String>,
    /// It is written once, and somebody has edited it since.
    pub(crate) is_kept: bool,
}

impl Change {
    /// Whether the file already is as it should be.
    pub(crate) fn is_unchanged(&self) -> bool {
        self.old == self.new
    }
}

/// Compares `folder` with what is wanted there and, in [`Mode::Write`], makes it so: all of it, or, if
/// anything fails, none of it. Files that are right already are not touched. After a run that was killed, the next one
/// makes good what that left unfinished.
///
/// Returns every file in order of path, the unchanged ones too.
///
/// # Errors
/// What cannot be read or written, a Rust file in the owned folder that was not generated, and, if nothing may be
/// written, what an interrupted run left behind.
pub(crate) fn sync(folder: &Path, wanted: Wanted, mode: Mode) -> Result<Vec<Change>> {
    let changes = compare(folder, wanted)?;
    let scratch = folder.join(SCRATCH);
    match mode {
        Mode::Check => ensure!(
            !scratch.exists(),
            "{} is left over from a run that was interrupted; generating again removes it",
            scratch.display()
        ),
        Mode::Write if changes.iter().all(Change::is_unchanged) => clear(&scratch)?,
        Mode::Write => {
            clear(&scratch)?;
            fs::create_dir_all(&scratch)
                .with_context(|| format!("cannot make {}", scratch.display()))?;
            apply(folder, &scratch, &changes, &|from, to| fs::rename(from, to))?;
            clear(&scratch)?;
        }
    }
    Ok(changes)
}

fn compare(folder: &Path, wanted: Wanted) -> Result<Vec<Change>> {
    let mut changes = BTreeMap::new();
    for (path, contents) in wanted.files {
        let old = read(&folder.join(&path))?;
        let is_kept = wanted.once.contains(&path.as_str())
            && old.as_ref().is_some_and(|old| *old != contents);
        let new = if is_kept { old.clone() } else { Some(contents) };
        changes.insert(
            path.clone(),
            Change {
                path,
                old,
                new,
                is_kept,
            },
        );
    }
    for path in rust_files_below(folder, wanted.owned)? {
        if changes.contains_key(&path) {
            continue;
        }
        let old = read(&folder.join(&path))?;
        if !old.as_ref().is_some_and(|old| old.starts_with(MARK)) {
            bail!(
                "{} stands among the generated files, but is not generated: it does not begin with `{}`. Move it \
                 elsewhere; nothing was changed",
                folder.join(&path).display(),
                MARK.trim_end()
            );
        }
        changes.insert(
            path.clone(),
            Change {
                path,
                old,
                new: None,
                is_kept: false,
            },
        );
    }
    Ok(changes.into_values().collect())
}

fn read(path: &Path) -> Result<Option<String>> {
    match fs::read(path) {
        // Generated files are UTF-8; anything else differs from them, which is all that matters here.
        Ok(bytes) => Ok(Some(String::from_utf8_lossy(&bytes).into_owned())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error).with_context(|| format!("cannot read {}", path.display())),
    }
}

/// Paths, relative to `folder`, of all Rust files in its subfolder `inside`, at any depth. Empty if there is no such
/// folder.
pub(crate) fn rust_files_below(folder: &Path, inside: &str) -> Result<Vec<String>> {
    let mut found = Vec::new();
    let mut pending = vec![inside.to_owned()];
    while let Some(inside) = pending.pop() {
        let path = folder.join(&inside);
        let entries = match fs::read_dir(&path) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            Err(error) => {
                return Err(error).with_context(|| format!("cannot list {}", path.display()));
            }
        };
        for entry in entries {
            let entry = entry.with_context(|| format!("cannot list {}", path.display()))?;
            let name = entry.file_name();
            let name = name.to_string_lossy();
            let path = match inside.as_str() {
                "" => name.into_owned(),
                inside => format!("{inside}/{name}"),
            };
            if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                pending.push(path);
            } else if path.ends_with(".rs") {
                found.push(path);
            }
        }
    }
    Ok(found)
}

/// Replaces one file by another.
type Rename<'a> = &'a dyn Fn(&Path, &Path) -> io::Result<()>;

/// Carries out all changes or none.
fn apply(folder: &Path, scratch: &Path, changes: &[Change], rename: Rename<'_>) -> Result<()> {
    let changes: Vec<&Change> = changes
        .iter()
        .filter(|change| !change.is_unchanged())
        .collect();
    let target = |number: usize| folder.join(&changes[number].path);
    let (old, new) = (
        |number| scratch.join(format!("{number}.old")),
        |number| scratch.join(format!("{number}.new")),
    );
    for (number, change) in changes.iter().enumerate() {
        if let Some(contents) = &change.new {
            let written = write(&new(number), &target(number), contents);
            if let Err(error) = written {
                clear(scratch)?;
                let target = target(number).display().to_string();
                return Err(error)
                    .with_context(|| format!("cannot write {target}; nothing was changed"));
            }
        }
    }
    for number in 0..changes.len() {
        let target = target(number);
        let replace = || {
            target.parent().map_or(Ok(()), fs::create_dir_all)?;
            if changes[number].old.is_some() {
                rename(&target, &old(number))?;
            }
            changes[number]
                .new
                .as_ref()
                .map_or(Ok(()), |_| rename(&new(number), &target))
        };
        let Err(error) = replace() else { continue };
        for number in (0..=number).rev() {
            let target = folder.join(&changes[number].path);
            let undone = match &changes[number].old {
                _ if old(number).exists() => fs::rename(old(number), &target),
                None if target.exists() => fs::remove_file(&target),
                _ => Ok(()),
            };
            undone.with_context(|| {
                format!(
                    "cannot undo the change of {}; the former files are in {}",
                    target.display(),
                    scratch.display()
                )
            })?;
            remove_empty_folders(folder, &target);
        }
        clear(scratch)?;
        return Err(error).with_context(|| {
            format!(
                "cannot replace {}; everything is as it was",
                target.display()
            )
        });
    }
    for stale in changes.iter().filter(|change| change.new.is_none()) {
        remove_empty_folders(folder, &folder.join(&stale.path));
    }
    Ok(())
}

/// Writes what will become `target`, with the permissions that this has.
fn write(path: &Path, target: &Path, contents: &str) -> io::Result<()> {
    fs::write(path, contents)?;
    match fs::metadata(target) {
        Ok(metadata) => fs::set_permissions(path, metadata.permissions()),
        Err(_) => Ok(()),
    }
}

fn clear(scratch: &Path) -> Result<()> {
    match fs::remove_dir_all(scratch) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(error).with_context(|| format!("cannot remove {}", scratch.display()))
        }
        _ => Ok(()),
    }
}

/// Removes the folders between `folder` and a removed file that hold nothing any more.
fn remove_empty_folders(folder: &Path, removed: &Path) {
    let between = removed.ancestors().skip(1);
    for path in between.take_while(|path| *path != folder) {
        if fs::remove_dir(path).is_err() {
            return;
        }
    }
}

#[cfg(test)]
mod tests;
