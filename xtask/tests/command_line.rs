//! `cargo xtask` as it is typed: what it writes, prints and exits with.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot be set up should panic"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::SystemTime;

use tempfile::TempDir;

const DOCUMENT: &str = "\
openapi: 3.0.4
info: { title: Pets, version: '1.0' }
servers: [{ url: 'https://pets.example/v1' }]
paths:
  /pets/{id}:
    get:
      operationId: getPet
      summary: One pet.
      parameters:
        - { name: id, in: path, required: true, schema: { type: string } }
      responses:
        '200':
          description: The pet.
          content:
            application/json:
              schema: { $ref: '#/components/schemas/Pet' }
components:
  schemas:
    Pet:
      type: object
      required: [name]
      properties:
        name: { type: string, description: What it is called. }
";

/// A workspace of its own, with a document and nothing generated yet.
struct Workspace(TempDir);

impl Workspace {
    fn new() -> Workspace {
        let workspace = Workspace(tempfile::tempdir().unwrap());
        workspace.write(
            "Cargo.toml",
            "[workspace]\nmembers = ['crates/*']\npackage.version = '0.1.0'\n",
        );
        workspace.write("spec/postpress.yaml", DOCUMENT);
        workspace.write("crates/client/src/lib.rs", "");
        workspace.write("crates/runtime/Cargo.toml", "");
        workspace
    }

    fn path(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    fn write(&self, path: &str, contents: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, contents).unwrap();
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap()
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
        command
            .args(arguments)
            .current_dir(&self.0)
            // What cargo sets, and what tells the program where its workspace is.
            .env("CARGO_MANIFEST_DIR", self.path("xtask"));
        command
    }

    fn xtask(&self, arguments: &[&str]) -> Run {
        Run::from(self.command(arguments).output().unwrap())
    }

    /// The same document as a crate in `out`.
    fn make(&self, out: &str, more: &[&str]) -> Run {
        let arguments = [
            "generate",
            "--spec",
            "spec/postpress.yaml",
            "--out",
            out,
            "--name",
            "pets",
        ];
        self.xtask(&[&arguments, more].concat())
    }
}

struct Run {
    status: i32,
    stdout: String,
    stderr: String,
}

impl Run {
    fn from(output: Output) -> Run {
        Run {
            status: output.status.code().unwrap(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }

    #[track_caller]
    fn succeeds(self) -> Run {
        assert_eq!(self.status, 0, "{}{}", self.stdout, self.stderr);
        self
    }

    /// Fails with `status`, and `message` is part of what it says.
    #[track_caller]
    fn fails(self, status: i32, message: &str) -> Run {
        assert_eq!(self.status, status, "{}{}", self.stdout, self.stderr);
        assert!(
            self.stderr.contains(message),
            "{message:?} is not in:\n{}",
            self.stderr
        );
        self
    }
}

/// Every file below a folder with its contents and time.
fn files(folder: &Path) -> BTreeMap<PathBuf, (String, SystemTime)> {
    let mut found = BTreeMap::new();
    let Ok(entries) = fs::read_dir(folder) else {
        return found;
    };
    for entry in entries {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            let modified = path.metadata().unwrap().modified().unwrap();
            found.insert(path.clone(), (fs::read_to_string(&path).unwrap(), modified));
        }
    }
    found
}

const GENERATED: &str = "crates/client/src/generated";

#[test]
fn generating_writes_the_client_and_says_what_changed_and_how_long_it_took() {
    let workspace = Workspace::new();
    let first = workspace.xtask(&["generate"]).succeeds();
    assert!(
        workspace
            .read("crates/client/src/generated/mod.rs")
            .contains("cargo xtask generate")
    );
    assert!(first.stdout.contains("mod.rs"), "{}", first.stdout);
    assert!(first.stdout.contains(" new "), "{}", first.stdout);
    assert!(first.stdout.contains("1 operation,"), "{}", first.stdout);
    assert!(
        first.stdout.trim_end().ends_with('s'),
        "no time: {}",
        first.stdout
    );

    let second = workspace.xtask(&["generate"]).succeeds();
    assert!(second.stdout.contains(" unchanged "), "{}", second.stdout);
    assert!(
        second.stdout.contains("; nothing changed; "),
        "{}",
        second.stdout
    );
}

#[test]
fn the_mock_server_gets_a_copy_of_the_document_that_is_compared_as_well() {
    let workspace = Workspace::new();
    workspace.xtask(&["generate"]).succeeds();
    let copy = workspace.read("crates/mock/spec/postpress.yaml");
    assert!(copy.ends_with(DOCUMENT), "{copy}");
    workspace.write("crates/mock/spec/postpress.yaml", DOCUMENT);
    workspace
        .xtask(&["generate", "--check"])
        .fails(1, "postpress.yaml generates: 1 file, +1 -0");
    workspace.xtask(&["generate"]).succeeds();
    assert_eq!(workspace.read("crates/mock/spec/postpress.yaml"), copy);
}

#[test]
fn a_second_run_touches_no_file() {
    let workspace = Workspace::new();
    workspace.xtask(&["generate"]).succeeds();
    let before = files(&workspace.path(GENERATED));
    assert!(!before.is_empty());
    workspace.xtask(&["generate"]).succeeds();
    assert_eq!(files(&workspace.path(GENERATED)), before);
}

#[test]
fn a_stale_file_is_deleted() {
    let workspace = Workspace::new();
    workspace.write(
        "crates/client/src/generated/former.rs",
        "// Generated from x\n",
    );
    let run = workspace.xtask(&["generate"]).succeeds();
    assert!(run.stdout.contains("former.rs"), "{}", run.stdout);
    assert!(
        !workspace
            .path("crates/client/src/generated/former.rs")
            .exists()
    );
}

#[test]
fn check_writes_nothing_and_names_the_command_that_mends_it() {
    let workspace = Workspace::new();
    let run = workspace
        .xtask(&["generate", "--check"])
        .fails(1, "run: cargo xtask generate\n");
    assert!(
        run.stdout
            .contains("--- /dev/null\n+++ b/crates/client/src/generated/mod.rs\n"),
        "{}",
        run.stdout
    );
    assert!(!workspace.path(GENERATED).exists());

    workspace.xtask(&["generate"]).succeeds();
    workspace.xtask(&["generate", "--check"]).succeeds();
}

#[test]
fn a_failed_check_tells_a_changed_document_from_a_changed_generator() {
    let workspace = Workspace::new();
    workspace.xtask(&["generate"]).succeeds();
    let client = "crates/client/src/generated/client.rs";
    let made = workspace.read(client);
    // What another generator would have made of the same document.
    workspace.write(client, &format!("{made}// Another line.\n"));
    let check = || workspace.xtask(&["generate", "--check"]);
    check().fails(1, "The document is the same, so the generator has changed");
    workspace.write(client, &made);
    workspace.write(
        "spec/postpress.yaml",
        &DOCUMENT.replace("getPet", "readPet"),
    );
    check().fails(1, "The document has changed");
}

#[test]
fn a_document_can_come_from_standard_input_and_a_url_is_not_fetched() {
    let workspace = Workspace::new();
    let make = |spec: &str| {
        let mut command = workspace.command(&[
            "generate", "--out", "pets", "--name", "pets", "--spec", spec,
        ]);
        let document = fs::File::open(workspace.path("spec/postpress.yaml")).unwrap();
        Run::from(command.stdin(document).output().unwrap())
    };
    make("https://pets.example/openapi.yaml")
        .fails(2, "curl -sL https://pets.example/openapi.yaml |");
    assert!(!workspace.path("pets").exists());
    make("-").succeeds();
    assert!(
        workspace
            .read("pets/src/generated/client.rs")
            .contains("fn get_pet")
    );
}

#[test]
fn what_people_write_in_a_generated_crate_is_never_lost() {
    let workspace = Workspace::new();
    workspace.make("pets", &[]).succeeds();
    for file in ["Cargo.toml", "src/lib.rs"] {
        let edited = format!("{}# mine\n", workspace.read(&format!("pets/{file}")));
        workspace.write(&format!("pets/{file}"), &edited);
        let run = workspace.make("pets", &[]).succeeds();
        assert!(
            run.stderr
                .contains(&format!("note: pets/{file} is kept as it was edited")),
            "{}",
            run.stderr
        );
        assert_eq!(workspace.read(&format!("pets/{file}")), edited);
    }
    // A run that was killed at its very beginning leaves nothing but this.
    workspace.write("cats/.xtask-generate/0.new", "half");
    workspace.make("cats", &[]).succeeds();
    assert!(!workspace.path("cats/.xtask-generate").exists());
    workspace.write("pets/src/generated/mine.rs", "fn mine() {}\n");
    let before = files(&workspace.path("pets"));
    workspace.make("pets", &[]).fails(
        1,
        "mine.rs stands among the generated files, but is not generated",
    );
    assert_eq!(files(&workspace.path("pets")), before);
}

/// A document that has a file for each tag, with these tags.
fn large(tags: &[&str]) -> String {
    let (head, rest) = DOCUMENT.split_once("paths:\n").unwrap();
    let operations = tags.iter().flat_map(|tag| {
        (0..80).map(move |number| {
            format!(
                "  /{tag}/{number}/{{id}}:\n    get:\n      operationId: {tag}{number}\n      tags: [{tag}]\n      \
                 parameters: [{{name: id, in: path, required: true, schema: {{type: string}}}}]\n      \
                 responses: {{'200': {{description: D}}}}\n"
            )
        })
    });
    format!("{head}paths:\n{}{rest}", operations.collect::<String>())
}

#[test]
fn a_large_document_has_files_and_features_for_its_tags() {
    let workspace = Workspace::new();
    let mut tags = vec!["ants", "bees", "cats", "dogs", "eels", "fish"];
    workspace.write("spec/postpress.yaml", &large(&tags));
    workspace.make("pets", &[]).succeeds();
    workspace.make("pets", &["--check"]).succeeds();
    let bees = workspace.path("pets/src/generated/client/bees.rs");
    let text = fs::read_to_string(&bees).unwrap();
    assert!(text.contains("pub fn bees79(&self"), "{text}");
    let manifest = workspace.read("pets/Cargo.toml");
    assert!(manifest.contains("\nbees = []\n"), "{manifest}");

    tags[1] = "gnus";
    workspace.write("spec/postpress.yaml", &large(&tags));
    workspace
        .make("pets", &["--check"])
        .fails(1, "pets is not what");
    let run = workspace.make("pets", &[]).succeeds();
    assert!(!bees.exists());
    assert!(workspace.path("pets/src/generated/client/gnus.rs").exists());
    // The manifest is its owner's, and says nothing of the new tag.
    assert_eq!(workspace.read("pets/Cargo.toml"), manifest);
    let advice = "pets/Cargo.toml does not declare 1 feature of the generated code, so what it stands for is not compiled. \
                  Add to its [features], and to `all-tags` there:\n    gnus = []\n";
    assert!(run.stderr.contains(advice), "{}", run.stderr);
    let declared = manifest.replace("\nbees = []\n", "\nbees = []\ngnus = []\n");
    workspace.write("pets/Cargo.toml", &declared);
    let run = workspace.make("pets", &[]).succeeds();
    assert!(!run.stderr.contains("does not declare"), "{}", run.stderr);

    workspace.write("spec/postpress.yaml", DOCUMENT);
    workspace.make("pets", &[]).succeeds();
    assert!(!workspace.path("pets/src/generated/client").exists());
}

#[test]
fn the_diff_of_a_failed_check_mends_the_tree() {
    let workspace = Workspace::new();
    workspace.xtask(&["generate"]).succeeds();
    let right = files(&workspace.path(GENERATED));
    let edited = workspace.read("crates/client/src/generated/mod.rs") + "// by hand\n";
    workspace.write("crates/client/src/generated/mod.rs", &edited);
    workspace.write(
        "crates/client/src/generated/former.rs",
        "// Generated from x\n",
    );

    let drifted = files(&workspace.path(GENERATED));
    let run = workspace
        .xtask(&["generate", "--check"])
        .fails(1, "postpress.yaml generates: 2 files, +0 -2");
    assert_eq!(
        files(&workspace.path(GENERATED)),
        drifted,
        "a check writes nothing"
    );
    assert!(run.stdout.contains("-// by hand\n"), "{}", run.stdout);

    workspace.write("drift.patch", &run.stdout);
    let applied = Command::new("git")
        .args(["apply", "drift.patch"])
        .current_dir(&workspace.0)
        .output()
        .unwrap();
    assert!(
        applied.status.success(),
        "{}",
        String::from_utf8_lossy(&applied.stderr)
    );
    let contents = |files: BTreeMap<PathBuf, (String, SystemTime)>| -> BTreeMap<PathBuf, String> {
        files
            .into_iter()
            .map(|(path, (contents, _))| (path, contents))
            .collect()
    };
    assert_eq!(contents(files(&workspace.path(GENERATED))), contents(right));
}

#[test]
fn a_document_with_errors_changes_nothing() {
    let workspace = Workspace::new();
    workspace.xtask(&["generate"]).succeeds();
    let before = files(&workspace.path(GENERATED));
    workspace.write(
        "spec/postpress.yaml",
        &DOCUMENT.replace("openapi: 3.0.4", "openapi: 2.0.0"),
    );
    workspace
        .xtask(&["generate"])
        .fails(1, "spec/postpress.yaml:1:");
    assert_eq!(files(&workspace.path(GENERATED)), before);
}

#[test]
fn a_folder_in_the_way_of_a_file_changes_nothing() {
    let workspace = Workspace::new();
    fs::create_dir_all(workspace.path("crates/client/src/generated/mod.rs")).unwrap();
    workspace.write(
        "crates/client/src/generated/former.rs",
        "// Generated from x\n",
    );
    let before = files(&workspace.path(GENERATED));
    workspace.xtask(&["generate"]).fails(1, "mod.rs");
    assert_eq!(files(&workspace.path(GENERATED)), before);
}

#[test]
fn a_crate_of_its_own_depends_on_the_runtime_and_is_its_own_workspace() {
    let workspace = Workspace::new();
    workspace.make("out/pets", &[]).succeeds();
    let manifest = workspace.read("out/pets/Cargo.toml");
    assert!(manifest.contains("name = \"pets\""), "{manifest}");
    assert!(manifest.contains("\"../../crates/runtime\""), "{manifest}");
    assert!(manifest.contains("[workspace]"), "{manifest}");
    assert!(workspace.path("out/pets/src/lib.rs").exists());
    assert!(workspace.path("out/pets/src/generated/mod.rs").exists());
}

#[test]
fn a_crate_that_the_workspace_lists_is_no_workspace() {
    let workspace = Workspace::new();
    workspace.make("crates/pets", &[]).succeeds();
    let manifest = workspace.read("crates/pets/Cargo.toml");
    assert!(!manifest.contains("[workspace]"), "{manifest}");
    assert!(manifest.contains("\"../runtime\""), "{manifest}");
}

#[test]
fn the_generated_code_is_the_same_wherever_the_document_and_the_crate_lie() {
    let workspace = Workspace::new();
    workspace.make("one", &[]).succeeds();
    workspace.write("elsewhere/deep/postpress.yaml", DOCUMENT);
    let spec = workspace.path("elsewhere/deep/postpress.yaml");
    let out = workspace.path("two/far/away");
    let (spec, out) = (spec.to_str().unwrap(), out.to_str().unwrap());
    workspace
        .xtask(&["generate", "--name", "pets", "--spec", spec, "--out", out])
        .succeeds();
    let contents = |folder: &str| -> Vec<String> {
        files(&workspace.path(folder))
            .into_values()
            .map(|(contents, _)| contents)
            .collect()
    };
    assert!(!contents("one/src").is_empty());
    assert_eq!(contents("one/src"), contents("two/far/away/src"));
}

#[test]
fn a_crate_can_be_checked_and_made_again() {
    let workspace = Workspace::new();
    let command =
        "run: cargo xtask generate --spec spec/postpress.yaml --out 'my pets' --name pets\n";
    workspace.make("my pets", &["--check"]).fails(1, command);
    assert!(!workspace.path("my pets").exists());
    workspace.make("my pets", &[]).succeeds();
    let before = files(&workspace.path("my pets"));
    workspace.make("my pets", &["--check"]).succeeds();
    workspace.make("my pets", &[]).succeeds();
    assert_eq!(files(&workspace.path("my pets")), before);
}

#[test]
fn a_folder_with_anything_else_in_it_is_not_written_to() {
    let workspace = Workspace::new();
    workspace.write("mine/notes.txt", "mine");
    workspace
        .make("mine", &[])
        .fails(2, "--out mine is not empty");
    workspace
        .make("mine", &["--check"])
        .fails(2, "--out mine is not empty");
    workspace
        .make("Cargo.toml", &[])
        .fails(2, "--out Cargo.toml is a file");
    assert_eq!(files(&workspace.path("mine")).len(), 1);
}

#[test]
fn a_wrong_command_line_is_status_2_and_names_the_argument() {
    let workspace = Workspace::new();
    let wrong: &[(&[&str], &str)] = &[
        (&[], "which task?"),
        (&["regenerate"], "no task `regenerate`"),
        (&["generate", "--chekc"], "--chekc"),
        (&["generate", "spec/postpress.yaml"], "spec/postpress.yaml"),
        (&["generate", "--check=yes"], "--check"),
        (&["generate", "--spec"], "--spec"),
        (&["generate", "--spec", ""], "--spec is empty"),
        (
            &["generate", "--spec", "a", "--spec", "b"],
            "--spec is given twice",
        ),
        (&["generate", "--out", "x"], "--spec is missing"),
        (
            &["generate", "--spec", "a", "--name", "x"],
            "--out is missing",
        ),
        (
            &["generate", "--spec", "a", "--out", "x"],
            "--name is missing",
        ),
        (
            &["generate", "--spec", "a", "--out", "x", "--name", "pets"],
            "--spec a: there is no such file",
        ),
        (&["test", "everything"], "no step `everything`"),
        (&["test", "--all"], "--all"),
    ];
    let spec = "spec/postpress.yaml";
    let before = files(workspace.0.path());
    for name in [
        "no way",
        "../x",
        "2pets",
        "async",
        "std",
        "serde",
        "postpress-runtime",
    ] {
        let arguments = ["generate", "--spec", spec, "--out", "x", "--name", name];
        workspace
            .xtask(&arguments)
            .fails(2, "--name ")
            .fails(2, name);
    }
    for (arguments, message) in wrong {
        workspace.xtask(arguments).fails(2, message);
    }
    assert_eq!(files(workspace.0.path()), before);
}

#[test]
fn every_task_has_help() {
    let workspace = Workspace::new();
    for arguments in [
        &["--help"][..],
        &["help"],
        &["generate", "--help"],
        &["generate", "-h"],
        &["test", "--help"],
    ] {
        let run = workspace.xtask(arguments).succeeds();
        assert!(
            run.stdout.starts_with("Usage: cargo xtask "),
            "{}",
            run.stdout
        );
        assert!(run.stderr.is_empty(), "{}", run.stderr);
    }
}

#[test]
fn a_document_that_cannot_be_read_is_named() {
    let workspace = Workspace::new();
    fs::remove_file(workspace.path("spec/postpress.yaml")).unwrap();
    workspace
        .xtask(&["generate"])
        .fails(1, "cannot read spec/postpress.yaml");
    fs::write(workspace.path("spec/postpress.yaml"), b"\xff\xfe").unwrap();
    workspace
        .xtask(&["generate"])
        .fails(1, "cannot read spec/postpress.yaml");
}

#[test]
fn a_step_that_fails_fails_the_test_run_and_stands_in_its_summary() {
    let workspace = Workspace::new();
    let run = workspace.xtask(&["test", "generated"]);
    assert_eq!(run.status, 1, "{}{}", run.stdout, run.stderr);
    let (_, summary) = run.stdout.split_once("\nSummary\n").unwrap();
    assert!(summary.contains("FAILED   generated"), "{summary}");
    assert!(
        summary.ends_with("\n0 passed, 1 failed, 0 skipped\n"),
        "{summary}"
    );

    workspace.xtask(&["generate"]).succeeds();
    let run = workspace.xtask(&["test", "generated"]).succeeds();
    assert!(
        run.stdout.ends_with("\n1 passed, 0 failed, 0 skipped\n"),
        "{}",
        run.stdout
    );
}

#[cfg(unix)]
#[test]
fn a_corpus_is_counted_document_by_document() {
    let workspace = Workspace::new();
    let good = "openapi: 3.0.4\ninfo: {title: T, version: '1'}\npaths:\n  /a:\n    post:\n      operationId: a\n      \
                requestBody: {content: {multipart/form-data: {schema: {$ref: 'more/form.yaml'}}}}\n      \
                responses: {'204': {description: D}}\n";
    let bad = good.replace("form-data", "mixed");
    workspace.write("elsewhere/good.yaml", good);
    workspace.write(
        "elsewhere/more/form.yaml",
        "{type: object, properties: {b: {type: string}}}",
    );
    workspace.write("corpus/bad.yaml", &bad.replace("description: D", "x-a: 1"));
    workspace.write("corpus/broken.yaml", "openapi: 3.0.4\n  info: []\n");
    workspace.write("corpus/other.yaml", "a: 1");
    let (original, link) = ("../elsewhere/good.yaml", workspace.path("corpus/good.yaml"));
    std::os::unix::fs::symlink(original, link).unwrap();
    let run = workspace
        .xtask(&["corpus", "corpus", "--format=json"])
        .succeeds();
    let rows = run
        .stdout
        .lines()
        .map(|line| serde_json::from_str(line).unwrap());
    let rows: Vec<serde_json::Value> = rows.collect();
    let of = |key: &str| {
        rows.iter()
            .map(|row| row[key].to_string())
            .collect::<Vec<_>>()
    };
    assert_eq!(
        of("document"),
        ["\"bad.yaml\"", "\"broken.yaml\"", "\"good.yaml\""]
    );
    assert_eq!(of("accepted"), ["false", "false", "true"]);
    assert_eq!(of("operations"), ["1", "0", "1"]);
    assert_eq!(of("generated"), ["0", "0", "1"]);
    assert_eq!(of("generated_multipart"), ["0", "0", "1"]);
    assert_eq!(of("skipped")[0], "{\"unsupported-body\":1}");
    assert!(cfg!(not(target_os = "linux")) || rows[2]["memory"].as_u64() > Some(0));
    let run = workspace.xtask(&["corpus", "corpus"]).succeeds();
    assert!(
        run.stdout.contains("bad.yaml unsupported-body 1"),
        "{}",
        run.stdout
    );
    assert!(
        run.stdout
            .contains("3 documents, 1 accepted as they are; 1 of 2 operations"),
        "{}",
        run.stdout
    );
}
