//! `cargo xtask generate`: from an OpenAPI document to the source of its client.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use anyhow::{Context as _, Result};
use lexopt::prelude::*;
use postpress_codegen::{Diagnostic, Diagnostics, Output, Settings, Source};

use crate::diff::outline;
use crate::sync::{Mode, Wanted, sync};
use crate::usage::Usage;
use crate::{Task, crate_folder, report, workspace};

pub(crate) const TASK: Task = Task {
    name: "generate",
    summary: "regenerate the client crate from spec/postpress.yaml",
    help: || HELP.to_owned(),
    run,
};

const HELP: &str = "\
Usage: cargo xtask generate [--check]
       cargo xtask generate --spec FILE --out DIR --name CRATE [--check]

Regenerates crates/client/src/generated/ from spec/postpress.yaml; crates/client/api.txt, the outline
of its public API; and crates/mock/spec/postpress.yaml, the copy of the document that the package of
the mock server contains. Files that are right already are not touched; if anything fails, nothing is.

Options:
  --check        Write nothing. If a file differs, print a unified diff and exit with 1
  --spec FILE    Another OpenAPI 3.0 document, YAML or JSON
  --out DIR      The folder for its crate: a new or empty one, or one made by this command before
  --name CRATE   The name of its package

Exit status: 0 done, or nothing differs; 1 the document has errors, a file differs, or it could not
be done; 2 the command line is wrong.
";

/// The folder of our own crates, seen from the root of the workspace.
pub(crate) const CRATES: &str = "crates";
/// The generated files of our own client, seen from there.
pub(crate) const OWN_GENERATED: &str = "client/src/generated";
/// The outline of our own client's public API, seen from there.
const OUTLINE: &str = "client/api.txt";
/// The mock server's copy of the document, seen from there. A package cannot contain a file from outside of its folder.
const MOCK_SPEC: &str = "mock/spec/postpress.yaml";
/// Where the generated files are in a crate of its own.
const GENERATED: &str = "src/generated";
/// The document that our own client is made from.
pub(crate) const SPEC: &str = "spec/postpress.yaml";

/// What to make, and of what.
struct Job {
    /// The document's file.
    spec: PathBuf,
    /// How messages name it.
    spec_name: String,
    /// How the generated files name it.
    title: String,
    /// The folder that the files go to.
    folder: PathBuf,
    /// How messages name it.
    folder_name: String,
    /// The command that the generated files name.
    header: String,
    /// What somebody here and now types to have it made.
    command: String,
    /// The package's name, where a whole crate is made.
    package: Option<String>,
}

fn run(parser: lexopt::Parser, out: &mut dyn Write) -> Result<ExitCode> {
    let started = Instant::now();
    let root = workspace::root();
    let (job, mode) = parse(parser, &root)?;
    if job.package.is_some() {
        crate_folder::check_folder(&job.folder)?;
    }
    let text = read(&job)?;
    let source = Source {
        name: &job.title,
        text: &text,
    };
    let settings = Settings {
        command: job.header.clone(),
    };
    let output = match postpress_codegen::generate(&source, &settings) {
        Ok(output) => output,
        Err(diagnostics) => {
            print(&diagnostics, &job);
            return Ok(ExitCode::FAILURE);
        }
    };
    print(&output.warnings, &job);

    let made = made(&output);
    let wanted = wanted(&job, &text, output, &root)?;
    let changes = sync(&job.folder, wanted, mode)?;
    let Job {
        spec_name,
        folder_name,
        command,
        ..
    } = &job;
    let size = report::size(&changes);
    let difference = report::difference(&changes);
    match (mode, difference) {
        (Mode::Check, Some(difference)) => {
            write!(out, "{}", report::unified_diff(folder_name, &changes))?;
            out.flush()?;
            eprintln!("error: {folder_name} is not what {spec_name} generates: {difference}");
            eprintln!("To mend it, run: {command}");
            return Ok(ExitCode::FAILURE);
        }
        (Mode::Check, None) => {
            let time = report::time(started.elapsed());
            writeln!(
                out,
                "{folder_name} is what {spec_name} generates: {size}; {time}"
            )?;
        }
        (Mode::Write, difference) => {
            let time = report::time(started.elapsed());
            let difference = difference.map_or_else(
                || "nothing changed".to_owned(),
                |files| format!("changed {files}"),
            );
            writeln!(out, "{folder_name}, from {spec_name}:")?;
            write!(out, "{}", report::table(&changes))?;
            writeln!(out, "{made}")?;
            writeln!(out, "{size}; {difference}; {time}")?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn parse(mut parser: lexopt::Parser, root: &Path) -> Result<(Job, Mode)> {
    let mut mode = Mode::Write;
    let mut values: BTreeMap<&str, PathBuf> = BTreeMap::new();
    let usage =
        |error: lexopt::Error| Usage::new(format!("{error}. See `cargo xtask generate --help`"));
    while let Some(argument) = parser.next().map_err(usage)? {
        let option = match argument {
            Long("check") => {
                mode = Mode::Check;
                continue;
            }
            Long("spec") => "--spec",
            Long("out") => "--out",
            Long("name") => "--name",
            other => return Err(usage(other.unexpected())),
        };
        let value = parser.value().map_err(usage)?;
        if value.is_empty() {
            return Err(Usage::new(format!("{option} is empty. Give it a value")));
        }
        if values.insert(option, value.into()).is_some() {
            return Err(Usage::new(format!("{option} is given twice. Give it once")));
        }
    }
    let job = if values.is_empty() {
        own(root)
    } else {
        foreign(values)?
    };
    Ok((job, mode))
}

fn own(root: &Path) -> Job {
    Job {
        spec: root.join(SPEC),
        spec_name: SPEC.to_owned(),
        title: SPEC.to_owned(),
        folder: root.join(CRATES),
        folder_name: CRATES.to_owned(),
        header: "cargo xtask generate".to_owned(),
        command: "cargo xtask generate".to_owned(),
        package: None,
    }
}

fn foreign(mut values: BTreeMap<&str, PathBuf>) -> Result<Job> {
    let mut take = |option: &str, what: &str| {
        values.remove(option).ok_or_else(|| {
            Usage::new(format!(
                "{option} is missing: {what}. For another document, give all of --spec FILE --out DIR --name CRATE"
            ))
        })
    };
    let spec = take("--spec", "the document to generate from")?;
    let folder = take("--out", "the folder for the crate")?;
    let name = take("--name", "the name of the package")?;
    let Some(name) = name.to_str().map(str::to_owned) else {
        return Err(Usage::new(
            "--name is not UTF-8. Use ASCII letters, digits, `-` and `_`",
        ));
    };
    let (spec_name, folder_name) = (spec.display().to_string(), folder.display().to_string());
    // The files name no folder: the same document makes the same bytes wherever it and its crate lie.
    let file = spec.file_name().unwrap_or_default().to_string_lossy();
    // Both go into comments, which end with the line.
    let file = file.replace(char::is_control, "?");
    Ok(Job {
        header: format!(
            "cargo xtask generate --spec {} --out DIR --name {name}",
            quoted(&file)
        ),
        command: format!(
            "cargo xtask generate --spec {} --out {} --name {name}",
            quoted(&spec_name),
            quoted(&folder_name)
        ),
        title: file,
        spec,
        spec_name,
        folder,
        folder_name,
        package: Some(name),
    })
}

fn read(job: &Job) -> Result<String> {
    let shown = &job.spec_name;
    match fs::read_to_string(&job.spec) {
        Ok(text) => Ok(text),
        Err(error) if job.package.is_some() && error.kind() == io::ErrorKind::NotFound => {
            Err(Usage::new(format!(
                "--spec {shown}: there is no such file. Name an OpenAPI 3.0 document"
            )))
        }
        Err(error) => Err(error).with_context(|| format!("cannot read {shown}")),
    }
}

fn wanted(job: &Job, document: &str, output: Output, root: &Path) -> Result<Wanted> {
    Ok(match &job.package {
        None => Wanted {
            files: own_files(job, document, output)?,
            owned: OWN_GENERATED,
        },
        Some(name) => Wanted {
            files: crate_folder::files(name, &output, &job.folder, root, &job.header)?,
            owned: GENERATED,
        },
    })
}

/// The generated module of our own client, the outline of what it makes public, and the mock server's copy of the
/// document.
fn own_files(job: &Job, document: &str, output: Output) -> Result<BTreeMap<String, String>> {
    let header = &job.header;
    let files = output.files.iter();
    let outline = outline::outline(files.map(|file| (file.path.as_str(), file.contents.as_str())))?;
    let copy = format!("# A copy of {SPEC}, made by `{header}`. Do not edit it.\n{document}");
    let files = output.files.into_iter();
    let files = files.map(|file| (format!("{OWN_GENERATED}/{}", file.path), file.contents));
    let files = files.chain([
        (OUTLINE.to_owned(), outline::text(&outline, header)),
        (MOCK_SPEC.to_owned(), copy),
    ]);
    Ok(files.collect())
}

/// Prints the findings, if there are any, with the document's path as it was typed, so that it leads there.
fn print(found: &Diagnostics, job: &Job) {
    let mut shown = Diagnostics::new(&job.spec_name);
    for diagnostic in found {
        shown.push(Diagnostic {
            file: job.spec_name.clone(),
            ..diagnostic.clone()
        });
    }
    if !shown.is_empty() {
        eprintln!("{}", shown.to_string().trim_end());
    }
}

/// What the document gave, in one line.
fn made(output: &Output) -> String {
    let made = &output.summary;
    [
        (made.operations, "operation"),
        (made.types, "type"),
        (made.forms, "form"),
        (made.enums, "enum"),
        (made.unions, "union"),
        (made.error_types, "error type"),
    ]
    .map(|(number, noun)| report::count(number, noun))
    .join(", ")
}

/// `text` as one word of a shell.
fn quoted(text: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./:=@%+,~\\".contains(c);
    if !text.is_empty() && text.chars().all(plain) {
        text.to_owned()
    } else {
        format!("'{}'", text.replace('\'', r"'\''"))
    }
}
