//! Where things are: this workspace, and workspaces in general.

use std::fs;
use std::path::{Component, Path, PathBuf};

use anyhow::{Context as _, Result, anyhow};
use toml::Table;

/// The document that our own client is made from, seen from the root of this workspace.
pub(crate) const SPEC: &str = "spec/postpress.yaml";

/// The root folder of this workspace.
pub(crate) fn root() -> PathBuf {
    // Cargo names the package's folder when it runs the program; without cargo, what it was when built must do.
    let package = std::env::var_os("CARGO_MANIFEST_DIR")
        .map(PathBuf::from)
        .filter(|folder| folder.ends_with("xtask"))
        .unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
    package.parent().map(Path::to_owned).unwrap_or_default()
}

/// Where cargo builds the workspace at `root`, and whatever else is made goes.
pub(crate) fn target(root: &Path) -> PathBuf {
    let target =
        std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| "target".into(), PathBuf::from);
    root.join(target)
}

/// The version of our own crates, as the workspace at `root` declares it.
pub(crate) fn version(root: &Path) -> Result<String> {
    let manifest = root.join("Cargo.toml");
    let text = fs::read_to_string(&manifest);
    let text = text.with_context(|| format!("cannot read {}", manifest.display()))?;
    version_in(&text)
        .ok_or_else(|| anyhow!("{} has no workspace.package.version", manifest.display()))
}

/// The version that the manifest of a workspace declares for its packages.
pub(crate) fn version_in(manifest: &str) -> Option<String> {
    let manifest: Table = manifest.parse().ok()?;
    let package = manifest.get("workspace")?.get("package")?;
    package.get("version")?.as_str().map(str::to_owned)
}

/// Whether a package in `folder` (absolute, without `.` and `..`) belongs to a workspace further up, so that it may
/// not be a workspace of its own.
pub(crate) fn is_member(folder: &Path) -> Result<bool> {
    for above in folder.ancestors().skip(1) {
        let manifest = above.join("Cargo.toml");
        if manifest.exists() {
            let manifest = read_manifest(&manifest)?;
            if let Some(workspace) = manifest.get("workspace") {
                let inside = folder.strip_prefix(above).unwrap_or(folder);
                return Ok(lists(workspace, inside));
            }
        }
    }
    Ok(false)
}

fn lists(workspace: &toml::Value, folder: &Path) -> bool {
    let paths = |key: &str| -> Vec<PathBuf> {
        let values = workspace.get(key).and_then(toml::Value::as_array);
        let values = values.into_iter().flatten().filter_map(toml::Value::as_str);
        values.map(|path| normal(Path::new(path))).collect()
    };
    let members = paths("members");
    let is_named = members.iter().any(|member| member == folder);
    let is_matched = members.iter().any(|member| matches(member, folder));
    let is_excluded = paths("exclude").iter().any(|path| folder.starts_with(path));
    is_named || (is_matched && !is_excluded)
}

fn matches(pattern: &Path, path: &Path) -> bool {
    let options = glob::MatchOptions {
        require_literal_separator: true,
        ..glob::MatchOptions::default()
    };
    glob::Pattern::new(&pattern.to_string_lossy())
        .is_ok_and(|pattern| pattern.matches_path_with(path, options))
}

fn read_manifest(path: &Path) -> Result<Table> {
    let text =
        fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    text.parse()
        .with_context(|| format!("cannot read {}", path.display()))
}

/// `path` as seen from the root of the file system, links followed as far as it exists.
pub(crate) fn absolute(path: &Path) -> Result<PathBuf> {
    let full = normal(&std::path::absolute(path)?);
    for existing in full.ancestors() {
        if let Ok(resolved) = existing.canonicalize() {
            let rest = full.strip_prefix(existing).unwrap_or(Path::new(""));
            return Ok(if rest.as_os_str().is_empty() {
                resolved
            } else {
                resolved.join(rest)
            });
        }
    }
    Ok(full)
}

/// How to get from the folder `from` to `to`, both absolute, with `/` between names. The whole of `to` if they are
/// on different drives.
pub(crate) fn relative(from: &Path, to: &Path) -> String {
    let common = from
        .components()
        .zip(to.components())
        .take_while(|(a, b)| a == b)
        .count();
    if common == 0 {
        return to.display().to_string();
    }
    let up = from.components().skip(common).map(|_| "..".to_owned());
    let down = to
        .components()
        .skip(common)
        .map(|name| name.as_os_str().to_string_lossy().into_owned());
    let path = up.chain(down).collect::<Vec<_>>().join("/");
    if path.is_empty() {
        ".".to_owned()
    } else {
        path
    }
}

/// Without `.`, and without `..` where a name stands before it.
fn normal(path: &Path) -> PathBuf {
    let mut normal = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir if normal.file_name().is_some() => {
                normal.pop();
            }
            other => normal.push(other),
        }
    }
    normal
}

#[cfg(test)]
mod tests {
    use super::*;

    fn workspace(text: &str) -> toml::Value {
        toml::Value::Table(text.parse().unwrap())
    }

    #[test]
    fn a_glob_lists_one_level_of_folders() {
        let crates = workspace("members = ['crates/*', './tests']");
        assert!(lists(&crates, Path::new("crates/new")));
        assert!(lists(&crates, Path::new("tests")));
        assert!(!lists(&crates, Path::new("crates/a/b")));
        assert!(!lists(&crates, Path::new("other")));
    }

    #[test]
    fn exclusion_wins_over_a_glob_but_not_over_a_name() {
        let crates =
            workspace("members = ['crates/*', 'crates/b']\nexclude = ['crates/a', 'crates/b']");
        assert!(!lists(&crates, Path::new("crates/a")));
        assert!(lists(&crates, Path::new("crates/b")));
    }

    #[test]
    fn the_nearest_workspace_decides() {
        let temp = tempfile::tempdir().unwrap();
        let outer = absolute(temp.path()).unwrap();
        let inner = outer.join("inner");
        fs::create_dir(&inner).unwrap();
        fs::write(
            outer.join("Cargo.toml"),
            "[workspace]\nmembers = ['inner/**', 'plain']",
        )
        .unwrap();
        assert!(is_member(&inner.join("new")).unwrap());
        fs::write(inner.join("Cargo.toml"), "[workspace]").unwrap();
        assert!(!is_member(&inner.join("new")).unwrap());
        assert!(is_member(&outer.join("plain")).unwrap());
    }

    #[test]
    fn a_broken_manifest_above_is_named() {
        let temp = tempfile::tempdir().unwrap();
        fs::write(temp.path().join("Cargo.toml"), "[workspace").unwrap();
        let error = is_member(&temp.path().join("new")).unwrap_err();
        assert!(format!("{error:#}").contains("Cargo.toml"), "{error:#}");
    }

    #[test]
    fn relative_paths_go_up_to_the_common_folder_and_down() {
        let path = |from: &str, to: &str| relative(Path::new(from), Path::new(to));
        assert_eq!(
            path("/a/b/out", "/a/crates/runtime"),
            "../../crates/runtime"
        );
        assert_eq!(path("/x", "/a/runtime"), "../a/runtime");
        assert_eq!(path("/a", "/a"), ".");
    }

    #[test]
    fn a_path_that_does_not_exist_yet_is_made_absolute_all_the_same() {
        let temp = tempfile::tempdir().unwrap();
        let real = temp.path().canonicalize().unwrap();
        assert_eq!(
            absolute(&temp.path().join("a/./b/../c")).unwrap(),
            real.join("a/c")
        );
    }
}
