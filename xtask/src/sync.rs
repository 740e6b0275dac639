//! Brings a folder of generated files up to date, or says how far it is from that.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, ensure};

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
    let mut changes = Vec::new();
    for path in rust_files_below(folder, wanted.owned)? {
        if !wanted.files.contains_key(&path) {
            let old = read(&folder.join(&path))?;
            ensure!(
                old.as_ref().is_some_and(|old| old.starts_with(MARK)),
                "{} stands among the generated files, but is not generated: it does not begin with `{}`. Move it \
                 elsewhere; nothing was changed",
                folder.join(&path).display(),
                MARK.trim_end()
            );
            changes.push(Change {
                path,
                old,
                new: None,
                is_kept: false,
            });
        }
    }
    for (path, contents) in wanted.files {
        let old = read(&folder.join(&path))?;
        let is_edited = old.as_ref().is_some_and(|old| *old != contents);
        let is_kept = is_edited && wanted.once.contains(&path.as_str());
        let new = if is_kept { old.clone() } else { Some(contents) };
        changes.push(Change {
            path,
            old,
            new,
            is_kept,
        });
    }
    changes.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(changes)
}

fn read(path: &Path) -> Result<Option<String>> {
    match fs::read(path) {
        // Generated files are UTF-8; anything else differs from them, which is all that matters here.
        Ok(bytes) => Ok(Some(String::from_utf8_lossy(&bytes).into_owned())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error).with_context(|| format!("cannot read {}", path.display())),
    }
}

/// Paths, relative to `folder`, of all Rust files in its subfolder `inside`, at any depth, sorted. Empty if there is no
/// such folder.
pub(crate) fn rust_files_below(folder: &Path, inside: &str) -> Result<Vec<String>> {
    let escaped = glob::Pattern::escape(&folder.join(inside).to_string_lossy());
    let found = glob::glob(&format!("{}/**/*.rs", escaped.trim_end_matches('/')))?;
    let relative = |path: PathBuf| {
        let names = path.strip_prefix(folder)?.iter();
        Ok(names
            .map(|name| name.to_string_lossy())
            .collect::<Vec<_>>()
            .join("/"))
    };
    found.map(|path| relative(path?)).collect()
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
    let old = |number: usize| scratch.join(format!("{number}.old"));
    let new = |number: usize| scratch.join(format!("{number}.new"));
    for (number, change) in changes.iter().enumerate() {
        let contents = change.new.as_ref();
        let written = contents.map_or(Ok(()), |text| write(&new(number), &target(number), text));
        written.or_else(|error| {
            clear(scratch)?;
            let failed = format!(
                "cannot write {}; nothing was changed",
                target(number).display()
            );
            Err(error).context(failed)
        })?;
    }
    let replace = |number: usize| {
        target(number).parent().map_or(Ok(()), fs::create_dir_all)?;
        let went = changes[number]
            .old
            .as_ref()
            .map(|_| rename(&target(number), &old(number)));
        went.unwrap_or(Ok(()))?;
        let came = changes[number]
            .new
            .as_ref()
            .map(|_| rename(&new(number), &target(number)));
        came.unwrap_or(Ok(()))
    };
    let undo = |number: usize| {
        let target = target(number);
        match &changes[number].old {
            _ if old(number).exists() => fs::rename(old(number), &target)?,
            None if target.exists() => fs::remove_file(&target)?,
            _ => {}
        }
        remove_empty_folders(folder, &target);
        io::Result::Ok(())
    };
    let failure = (0..changes.len()).find_map(|number| Some((number, replace(number).err()?)));
    if let Some((failed, error)) = failure {
        let undone = (0..=failed).rev().try_for_each(undo);
        let kept = || {
            format!(
                "not all could be undone; the former files are in {}",
                scratch.display()
            )
        };
        undone.with_context(kept)?;
        clear(scratch)?;
        let failed = format!(
            "cannot replace {}; everything is as it was",
            target(failed).display()
        );
        return Err(error).context(failed);
    }
    let stale = changes.iter().filter(|change| change.new.is_none());
    stale.for_each(|change| remove_empty_folders(folder, &folder.join(&change.path)));
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
