//! `cargo xtask diff` in a repository of its own: which revision it compares with, and what it exits with.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot be set up should panic"
)]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

const DOCUMENT: &str = "\
openapi: 3.0.4
info: { title: Pets, version: '1.0' }
paths:
  /pets:
    get:
      operationId: getPets
      responses:
        '200': { description: All. }
";

fn git(folder: &Path, arguments: &[&str]) {
    let output = Command::new("git")
        .args(["-c", "user.name=x", "-c", "user.email=x@example.com"])
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
}

/// A repository with the document on main, and a branch that renames its operation.
fn repository() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    fs::create_dir_all(path.join("spec")).unwrap();
    fs::create_dir_all(path.join("xtask")).unwrap();
    fs::write(path.join("spec/postpress.yaml"), DOCUMENT).unwrap();
    git(path, &["init", "-q", "-b", "main"]);
    git(path, &["add", "."]);
    git(path, &["commit", "-q", "-m", "one"]);
    git(path, &["checkout", "-q", "-b", "branch"]);
    let renamed = DOCUMENT.replace("getPets", "listPets");
    fs::write(path.join("spec/postpress.yaml"), renamed).unwrap();
    git(path, &["commit", "-q", "-a", "-m", "two"]);
    folder
}

fn diff(folder: &TempDir, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_xtask"))
        .arg("diff")
        .args(arguments)
        .env("CARGO_MANIFEST_DIR", folder.path().join("xtask"))
        .current_dir(folder.path())
        .output()
        .unwrap()
}

fn text(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

#[test]
fn without_a_revision_it_compares_with_where_the_branch_left_main() {
    let folder = repository();
    let output = diff(&folder, &[]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output));
    assert!(
        text(&output).contains("renamed from `getPets`"),
        "{}",
        text(&output)
    );
    assert!(
        text(&output).contains("where this branch left main"),
        "{}",
        text(&output)
    );
}

#[test]
fn a_revision_can_be_named_and_the_file_need_not_be_committed() {
    let folder = repository();
    let output = diff(&folder, &["HEAD"]);
    assert!(text(&output).contains("**nothing**"), "{}", text(&output));
    fs::write(folder.path().join("spec/postpress.yaml"), DOCUMENT).unwrap();
    let output = diff(&folder, &["HEAD"]);
    assert!(
        text(&output).contains("renamed from `listPets`"),
        "{}",
        text(&output)
    );
    let output = diff(&folder, &["main"]);
    assert!(text(&output).contains("**nothing**"), "{}", text(&output));
}

#[test]
fn the_exit_status_tells_breaking_changes_from_failures() {
    let folder = repository();
    assert_eq!(
        diff(&folder, &["--fail-on", "breaking"]).status.code(),
        Some(3)
    );
    assert_eq!(
        diff(&folder, &["HEAD", "--fail-on", "breaking"])
            .status
            .code(),
        Some(0)
    );
    assert_eq!(diff(&folder, &["no-such-revision"]).status.code(), Some(2));
    assert_eq!(diff(&folder, &["--format", "yaml"]).status.code(), Some(2));
    fs::write(folder.path().join("spec/postpress.yaml"), "a: [").unwrap();
    assert_eq!(diff(&folder, &[]).status.code(), Some(1));
}

#[test]
fn json_is_for_programs() {
    let folder = repository();
    let output = diff(&folder, &["--format", "json"]);
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(report["breaking"][0]["where"], "listPets");
    assert_eq!(report["breaking"][0]["line"], 5);
}
