//! Brings a folder of generated files up to date, or says how far it is from that.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

/// Generated files as they should stand in a folder.
pub(crate) struct Wanted {
    /// Contents by path. Paths are relative to the folder, with `/` between names.
    pub(crate) files: BTreeMap<String, String>,
    /// The subfolder (empty: the folder itself) in which every other Rust file is a stale generated one.
    pub(crate) owned: &'static str,
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
}

impl Change {
    /// Whether the file already is as it should be.
    pub(crate) fn is_unchanged(&self) -> bool {
        self.old == self.new
    }
}

/// Compares `folder` with what is wanted there and, in [`Mode::Write`], makes it so: all of it, or, if
/// anything fails, none of it. Files that are right already are not touched.
///
/// Returns every file in order of path, the unchanged ones too.
pub(crate) fn sync(folder: &Path, wanted: Wanted, mode: Mode) -> Result<Vec<Change>> {
    let changes = compare(folder, wanted)?;
    if mode == Mode::Write {
        apply(folder, &changes, &|from, to| fs::rename(from, to))?;
    }
    Ok(changes)
}

fn compare(folder: &Path, wanted: Wanted) -> Result<Vec<Change>> {
    let mut changes = BTreeMap::new();
    for path in rust_files_below(folder, wanted.owned)? {
        let old = read(&folder.join(&path))?;
        let new = None;
        changes.insert(path.clone(), Change { path, old, new });
    }
    for (path, contents) in wanted.files {
        let old = read(&folder.join(&path))?;
        let new = Some(contents);
        changes.insert(path.clone(), Change { path, old, new });
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
/// folder. Other files were never generated, so they are nobody's business here.
fn rust_files_below(folder: &Path, inside: &str) -> Result<Vec<String>> {
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

type Rename<'a> = &'a dyn Fn(&Path, &Path) -> io::Result<()>;

/// A file that exists only while the change is made, next to the file that it stands for.
struct Scratch(PathBuf);

impl Scratch {
    /// Nothing is there yet, not even what an interrupted run may have left.
    fn beside(target: &Path, role: &str) -> io::Result<Scratch> {
        let name = target.file_name().unwrap_or_default().to_string_lossy();
        // Ends as the target does, so that what a killed run leaves behind counts as stale and goes with the next run.
        let name = format!(".{}.{role}.{name}", std::process::id());
        let scratch = Scratch(target.with_file_name(name));
        match fs::remove_file(&scratch.0) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(scratch),
        }
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // Usually it was renamed into place, and there is nothing to remove.
        let _ = fs::remove_file(&self.0);
    }
}

/// A change with everything that it needs already on the disk, so that doing and undoing it are one rename each.
struct Prepared {
    target: PathBuf,
    new: Option<Scratch>,
    backup: Option<Scratch>,
}

impl Prepared {
    fn new(target: PathBuf, change: &Change) -> io::Result<Prepared> {
        let new = match &change.new {
            None => None,
            Some(contents) => {
                let scratch = Scratch::beside(&target, "new")?;
                fs::write(&scratch.0, contents)?;
                Some(scratch)
            }
        };
        let backup = match &change.old {
            None => None,
            Some(_) => {
                let scratch = Scratch::beside(&target, "old")?;
                // A second link keeps times and permissions; not every file system has links.
                fs::hard_link(&target, &scratch.0)
                    .or_else(|_| fs::copy(&target, &scratch.0).map(drop))?;
                if let Some(new) = &new {
                    fs::set_permissions(&new.0, fs::metadata(&target)?.permissions())?;
                }
                Some(scratch)
            }
        };
        Ok(Prepared {
            target,
            new,
            backup,
        })
    }

    fn carry_out(&self, rename: Rename<'_>) -> io::Result<()> {
        match &self.new {
            Some(new) => rename(&new.0, &self.target),
            None => fs::remove_file(&self.target),
        }
    }

    /// Says what is left to do by hand if the old state cannot be had back.
    fn undo(mut self) -> Result<()> {
        match self.backup.take() {
            None => fs::remove_file(&self.target)
                .with_context(|| format!("{} is new and should go", self.target.display())),
            Some(backup) => fs::rename(&backup.0, &self.target).with_context(|| {
                let kept = format!(
                    "{} is kept as {}",
                    self.target.display(),
                    backup.0.display()
                );
                std::mem::forget(backup);
                kept
            }),
        }
    }
}

/// Carries out all changes or none. `rename` replaces a file.
fn apply(folder: &Path, changes: &[Change], rename: Rename<'_>) -> Result<()> {
    let mut folders = NewFolders::default();
    let mut prepared = Vec::new();
    for change in changes.iter().filter(|change| !change.is_unchanged()) {
        let target = folder.join(&change.path);
        let failed = || format!("cannot write {}; nothing was changed", target.display());
        if let Some(parent) = target.parent() {
            folders.create(parent).with_context(failed)?;
        }
        prepared.push(Prepared::new(target.clone(), change).with_context(failed)?);
    }
    let failure = prepared
        .iter()
        .enumerate()
        .find_map(|(index, step)| Some((index, step.carry_out(rename).err()?)));
    let Some((done, error)) = failure else {
        folders.keep();
        // With them go the backups, which stand in the same folders.
        drop(prepared);
        for stale in changes.iter().filter(|change| change.new.is_none()) {
            remove_empty_folders(folder, &folder.join(&stale.path));
        }
        return Ok(());
    };
    let path = prepared[done].target.display().to_string();
    let left: Vec<String> = prepared
        .into_iter()
        .take(done)
        .filter_map(|step| Some(format!("{:#}", step.undo().err()?)))
        .collect();
    Err(error).with_context(|| match left.as_slice() {
        [] => format!("cannot replace {path}; everything is as it was"),
        left => format!("cannot replace {path}, nor undo all; {}", left.join("; ")),
    })
}

/// Folders made on the way, removed again unless kept.
#[derive(Default)]
struct NewFolders(Vec<PathBuf>);

impl NewFolders {
    fn create(&mut self, folder: &Path) -> io::Result<()> {
        let missing: Vec<&Path> = folder
            .ancestors()
            .take_while(|path| !path.exists())
            .collect();
        for path in missing.into_iter().rev() {
            if path.as_os_str().is_empty() {
                continue;
            }
            fs::create_dir(path)?;
            self.0.push(path.to_owned());
        }
        Ok(())
    }

    fn keep(mut self) {
        self.0.clear();
    }
}

impl Drop for NewFolders {
    fn drop(&mut self) {
        for folder in self.0.iter().rev() {
            let _ = fs::remove_dir(folder);
        }
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
