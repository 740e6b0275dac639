//! `cargo xtask docs` where the renderer cannot be had, and where it is there already.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot be set up should panic"
)]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

/// Runs it in a workspace of its own, without a program in reach.
fn docs(folder: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_xtask"))
        .arg("docs")
        .env("CARGO_MANIFEST_DIR", folder.join("xtask"))
        .env("CARGO_TARGET_DIR", folder.join("target"))
        .env("PATH", "")
        .output()
        .unwrap()
}

fn workspace() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join("spec")).unwrap();
    let document = "openapi: 3.0.4\ninfo: { title: Pets, version: '1' }\npaths: {}\n";
    fs::write(folder.path().join("spec/postpress.yaml"), document).unwrap();
    folder
}

#[test]
fn without_npm_it_says_what_to_install() {
    let folder = workspace();
    let output = docs(folder.path());
    let message = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{message}");
    assert!(message.contains("npm is not installed"), "{message}");
    assert!(message.contains("Install Node.js"), "{message}");
}

#[test]
fn with_the_renderer_there_nothing_else_is_needed_and_the_page_is_one_file() {
    let folder = workspace();
    let target = folder.path().join("target");
    let bundles = target.join("tools/redoc-2.5.4/package/bundles");
    fs::create_dir_all(&bundles).unwrap();
    fs::write(bundles.join("redoc.standalone.js"), "var Redoc = {};").unwrap();
    let output = docs(folder.path());
    assert!(output.status.success(), "{output:?}");
    let page = fs::read_to_string(target.join("docs/index.html")).unwrap();
    assert!(page.contains("var Redoc = {};"), "{page}");
    assert!(page.contains("\"title\":\"Pets\""), "{page}");
    for elsewhere in ["src=", "href=", "@import"] {
        assert!(!page.contains(elsewhere), "{elsewhere} in {page}");
    }
}
