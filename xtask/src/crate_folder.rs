//! The crate that `--out` makes: what may be its name, where it may stand, and what its manifest needs there.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

use anyhow::{Context as _, Result, ensure};
use postpress_codegen::{Output, PackageError, RuntimeSource, package};
use toml::Table;

use crate::generate::GENERATED;
use crate::sync::{Change, MARK, SCRATCH};
use crate::usage::Usage;
use crate::workspace;

/// Refuses an `--out` that holds anything but a crate made by the generator: one with a generated module in it, or with
/// what a run left there that was killed.
pub(crate) fn check_folder(folder: &Path) -> Result<()> {
    let shown = folder.display();
    let mut entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => {
            return Err(Usage::new(format!(
                "--out {shown} is a file. Name a folder"
            )));
        }
        Err(error) => return Err(error).with_context(|| format!("cannot list {shown}")),
    };
    let module = fs::read_to_string(folder.join(GENERATED).join("mod.rs"));
    let is_ours = module.is_ok_and(|text| text.starts_with(MARK)) || folder.join(SCRATCH).exists();
    if entries.next().is_none() || is_ours {
        return Ok(());
    }
    Err(Usage::new(format!(
        "--out {shown} is not empty, and not a crate made by this command (its {GENERATED}/mod.rs would begin with \
         `{}`), so nothing in it is overwritten. Name a folder that is empty or does not exist",
        MARK.trim_end()
    )))
}

/// All files of the crate `name` in `folder`, which need not exist, as `command` makes them; `root` is our own workspace.
pub(crate) fn files(
    name: &str,
    output: &Output,
    folder: &Path,
    root: &Path,
    command: &str,
) -> Result<BTreeMap<String, String>> {
    let folder = workspace::absolute(folder)?;
    let runtime = workspace::absolute(&root.join("crates/runtime"))?;
    let runtime = RuntimeSource {
        path: Some(workspace::relative(&folder, &runtime)),
        version: workspace::version(root)?,
    };
    let files = package(name, output, &runtime).map_err(|error| match error {
        PackageError::Name(_) => Usage::new(format!("--name {error}")),
    })?;
    let mut files: BTreeMap<_, _> = files
        .into_iter()
        .map(|file| (file.path, file.contents))
        .collect();
    let manifest = files
        .get_mut("Cargo.toml")
        .context("the generated crate has no manifest")?;
    check_dependencies(name, manifest)?;
    if workspace::is_member(&folder)? {
        *manifest = without_workspace(manifest)?;
    }
    manifest.insert_str(
        0,
        &format!("# Made once by `{command}`; edit it as you like.\n"),
    );
    Ok(files)
}

/// `manifest` without the table that makes the crate a workspace of its own, which a member of another may not be.
fn without_workspace(manifest: &str) -> Result<String> {
    let table = "[workspace]";
    let Some((before, after)) = manifest.split_once(&format!("\n{table}\n")) else {
        return Ok(manifest.to_owned());
    };
    ensure!(
        after.trim().is_empty(),
        "the generated manifest does not end with {table}"
    );
    // What stands right above the table speaks of it.
    let mut lines: Vec<&str> = before.lines().collect();
    while lines
        .last()
        .is_some_and(|line| line.is_empty() || line.starts_with('#'))
    {
        lines.pop();
    }
    Ok(lines.join("\n") + "\n")
}

/// Those of `features` that the kept manifest does not declare.
pub(crate) fn missing_features<'f>(manifest: &Change, features: &'f [String]) -> Vec<&'f String> {
    let manifest = manifest.old.as_deref().unwrap_or_default();
    // What is not TOML declares nothing that cargo would see.
    let manifest: Table = manifest.parse().unwrap_or_default();
    let declared = manifest.get("features").and_then(toml::Value::as_table);
    let is_declared = |name: &str| declared.is_some_and(|declared| declared.contains_key(name));
    features.iter().filter(|name| !is_declared(name)).collect()
}

/// Refuses a `--name` that the crate itself knows as one of its dependencies.
fn check_dependencies(name: &str, manifest: &str) -> Result<()> {
    let manifest: Table = manifest
        .parse()
        .context("the generated manifest is not TOML")?;
    let dependencies = manifest.get("dependencies").and_then(toml::Value::as_table);
    let same = |other: &&String| other.replace('-', "_") == name.replace('-', "_");
    match dependencies.and_then(|table| table.keys().find(same)) {
        None => Ok(()),
        Some(taken) => Err(Usage::new(format!(
            "--name {name}: the generated crate depends on `{taken}`. Choose another name"
        ))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_workspace_table_goes_together_with_its_comment() {
        let manifest = "[package]\n# kept\nname = 'x'\n\n# A workspace.\n[workspace]\n";
        let without = "[package]\n# kept\nname = 'x'\n";
        assert_eq!(without_workspace(manifest).unwrap(), without);
        assert_eq!(without_workspace(without).unwrap(), without);
        without_workspace(&format!("{manifest}members = []\n")).unwrap_err();
    }

    #[test]
    fn a_name_that_is_a_dependency_is_refused() {
        let manifest = "[dependencies]\npostpress-runtime = '1'\nserde = '1'";
        check_dependencies("pets", manifest).unwrap();
        for taken in ["serde", "postpress-runtime", "postpress_runtime"] {
            assert!(
                check_dependencies(taken, manifest)
                    .unwrap_err()
                    .is::<Usage>()
            );
        }
    }

    #[test]
    fn only_empty_folders_and_generated_crates_are_written_to() {
        let temp = tempfile::tempdir().unwrap();
        let folder = temp.path().join("out");
        check_folder(&folder).unwrap();
        fs::create_dir(&folder).unwrap();
        check_folder(&folder).unwrap();
        fs::create_dir_all(folder.join("src/generated")).unwrap();
        // A heading that anybody might write is no mark.
        fs::write(folder.join("Cargo.toml"), "# Generated by hand\n").unwrap();
        assert!(check_folder(&folder).unwrap_err().is::<Usage>());
        fs::write(folder.join("src/generated/mod.rs"), MARK).unwrap();
        check_folder(&folder).unwrap();
        let error = check_folder(&folder.join("Cargo.toml")).unwrap_err();
        assert!(error.to_string().contains("is a file"), "{error}");
    }
}
