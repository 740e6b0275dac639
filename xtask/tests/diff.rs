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

#[test]
fn a_break_that_is_meant_is_waived_with_its_reason_in_a_file() {
    let folder = repository();
    let waivers = folder.path().join("spec/waivers.toml");
    let waiver = "[[waiver]]\nrule = 'operation-renamed'\npointer = '/paths/~1pets/get'\nreason = 'A better name.'\n";
    let idle = "[[waiver]]\nrule = 'field-removed'\npointer = '/paths'\nreason = 'Long ago.'\n";
    fs::write(&waivers, format!("{waiver}{idle}")).unwrap();
    let output = diff(&folder, &["--fail-on", "breaking"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output));
    let report = text(&output);
    assert!(
        report.contains("**0 breaking changes**, 1 waived, "),
        "{report}"
    );
    assert!(
        report.contains("| A better name. | `operation-renamed` |"),
        "{report}"
    );
    assert!(
        report.contains("to be removed: `field-removed` at `/paths`."),
        "{report}"
    );
    let output = diff(&folder, &["--format", "json"]);
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(report["waived"][0]["waived"], "A better name.");
    assert_eq!(report["breaking"].as_array().unwrap().len(), 0);
    // Neither another rule nor another place is waived by it.
    for (part, other) in [
        ("operation-renamed", "operation-moved"),
        ("~1pets", "~1cats"),
    ] {
        fs::write(&waivers, waiver.replace(part, other)).unwrap();
        assert_eq!(
            diff(&folder, &["--fail-on", "breaking"]).status.code(),
            Some(3)
        );
    }
    for (part, other, message) in [
        ("operation-renamed", "no-rule", "there is no rule `no-rule`"),
        ("reason = 'A better name.'", "", "waiver 1 has no `reason`"),
        ("[[", "[", "waivers.toml"),
    ] {
        fs::write(&waivers, waiver.replace(part, other)).unwrap();
        let output = diff(&folder, &[]);
        assert_ne!(output.status.code(), Some(0), "{}", text(&output));
        assert!(text(&output).contains(message), "{}", text(&output));
    }
}

#[test]
fn a_version_that_may_break_code_lets_breaking_changes_through() {
    let folder = repository();
    let manifest = |version: &str| {
        let text = format!("[workspace.package]\nversion = '{version}'\n");
        fs::write(folder.path().join("Cargo.toml"), text).unwrap();
    };
    manifest("0.1.0");
    git(folder.path(), &["add", "."]);
    git(folder.path(), &["commit", "-q", "-m", "three"]);
    fs::write(folder.path().join("spec/postpress.yaml"), DOCUMENT).unwrap();
    for (version, status) in [("0.1.0", 3), ("0.1.1", 3), ("0.2.0", 0), ("1.0.0", 0)] {
        manifest(version);
        let output = diff(&folder, &["HEAD", "--fail-on", "breaking"]);
        assert_eq!(
            output.status.code(),
            Some(status),
            "{version}: {}",
            text(&output)
        );
        let is_said = text(&output).contains(&format!("The version is now {version}"));
        assert_eq!(is_said, status == 0, "{}", text(&output));
    }
}

#[test]
fn github_gets_an_annotation_for_each_change_at_its_line() {
    let folder = repository();
    let output = diff(&folder, &["--format", "github"]);
    assert_eq!(
        text(&output),
        "::error file=spec/postpress.yaml,line=5,title=operation-renamed::`listPets`: renamed from `getPets`: its method \
         is called differently, and so are the types that are named after it\n"
    );
    let more = DOCUMENT.replace("{ description: All. }", "{ description: '50%, all.' }").replace("      operationId", "      parameters: [{ name: a, in: query, schema: { type: string } }]\n      operationId");
    fs::write(folder.path().join("spec/postpress.yaml"), more).unwrap();
    let output = diff(&folder, &["main", "--format", "github"]);
    assert!(
        text(&output).starts_with(
            "::error file=spec/postpress.yaml,line=6,title=parameter-first-optional::"
        ),
        "{}",
        text(&output)
    );
}

#[test]
fn a_former_document_that_the_generator_refuses_stops_nothing() {
    let folder = repository();
    let document = folder.path().join("spec/postpress.yaml");
    fs::write(&document, DOCUMENT.replace("3.0.4", "2.0")).unwrap();
    git(folder.path(), &["commit", "-q", "-a", "-m", "wrong"]);
    fs::write(&document, DOCUMENT).unwrap();
    let output = diff(&folder, &["HEAD", "--fail-on", "breaking"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output));
    assert!(
        text(&output).contains("**not compared**"),
        "{}",
        text(&output)
    );
    assert!(
        text(&output).contains("spec/postpress.yaml:1:"),
        "{}",
        text(&output)
    );
    let output = diff(&folder, &["HEAD", "--format", "json"]);
    assert!(
        text(&output).contains("\"not_compared\": \""),
        "{}",
        text(&output)
    );
    assert!(text(&diff(&folder, &["HEAD", "--format", "github"])).starts_with("::warning::"));
}
