//! `cargo xtask generate`: from an OpenAPI document to the source of its client.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use anyhow::{Context as _, Result, anyhow};
use postpress_codegen::{Diagnostic, Diagnostics, Output, Settings, Source};

use crate::diff::outline;
use crate::sync::{Change, Mode, Wanted, rust_files_below, sync};
use crate::usage::{Arguments, Usage};
use crate::workspace::SPEC;
use crate::{Task, crate_folder, report, workspace};

pub(crate) const TASK: Task = Task {
    name: "generate",
    summary: "regenerate the client crate from spec/postpress.yaml",
    help: || HELP.to_owned(),
    run,
};

const HELP: &str = "\
Usage: cargo xtask generate [--check]
       cargo xtask generate --spec FILE --out DIR --name CRATE [--only FILTER]... [--skip-unsupported] [--check]

Regenerates crates/client/src/generated/ from spec/postpress.yaml; api.txt, the outline of the public
API, of the client and of the crates that are written by hand and used by others; and crates/mock/spec/postpress.yaml, the copy of the document that the package of
the mock server contains. Files that are right already are not touched; if anything fails, nothing is.

Options:
  --check        Write nothing. If a file differs, print a unified diff and exit with 1
  --spec FILE    Another OpenAPI document, 3.0 or 3.1, YAML or JSON; `-` reads it from standard input
  --out DIR      The folder for its crate: a new or empty one, or one made by this command before
  --name CRATE   The name of its package
  --only FILTER  Only these operations, and the types that they reach: tag:NAME, operation:ID or path:GLOB.
                 May be given several times
  --ref-root DIR Follow references to files in this folder; by default, in that of the document
  --skip-unsupported
                 Leave out operations that cannot be generated, and list them, instead of refusing the document

Cargo.toml, README.md and src/lib.rs of a crate are made once, and are then yours to edit. Everything in src/generated is
made anew by each run, and nothing else may stand there.

Exit status: 0 done, or nothing differs; 1 the document has errors (our own: or warnings), a file differs, or it could not
be done; 2 the command line is wrong.
";

/// The folder of our own crates, seen from the root of the workspace.
pub(crate) const CRATES: &str = "crates";
/// The generated files of our own client, seen from there.
pub(crate) const OWN_GENERATED: &str = "client/src/generated";
/// The outline of our own client's public API, seen from there.
const OUTLINE: &str = "client/api.txt";
/// The crates that are written by hand and used by others, each with its folder. They have such an outline, too.
const OUTLINED: &[(&str, &str)] = &[
    ("mock", "postpress-mock"),
    ("multipart", "postpress-multipart"),
    ("postpress", "postpress"),
    ("runtime", "postpress-runtime"),
];
/// The mock server's copy of the document, seen from there. A package cannot contain a file from outside of its folder.
const MOCK_SPEC: &str = "mock/spec/postpress.yaml";
/// Where the generated files are in a crate of its own.
pub(crate) const GENERATED: &str = "src/generated";

/// What to make, and of what.
struct Job {
    /// The document, and how messages name it.
    document: String,
    spec: String,
    /// How the generated files name it.
    title: String,
    /// The folder that the files go to, and how messages name it.
    folder: PathBuf,
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
    let arguments = Arguments::parse(
        "generate",
        parser,
        (
            &["spec", "out", "name", "only", "ref-root"],
            &["check", "skip-unsupported"],
            0,
        ),
    )?;
    let mode = if arguments.has("check") {
        Mode::Check
    } else {
        Mode::Write
    };
    let root = workspace::root();
    let job = job(&arguments, &root)?;
    let source = Source {
        name: &job.title,
        text: &job.document,
    };
    let mut settings = Settings {
        command: job.header.clone(),
        only: arguments.only.clone(),
        skip_unsupported: arguments.has("skip-unsupported"),
        loader: arguments.loader()?,
        features: job.package.is_some(),
        longest_file: None,
    };
    let output = match postpress_codegen::generate(&source, &settings) {
        Ok(output) => output,
        Err(diagnostics) => {
            print(&diagnostics, &job);
            settings.skip_unsupported = true;
            if let Ok(rest) = postpress_codegen::generate(&source, &settings) {
                eprintln!(
                    "--skip-unsupported generates the rest: {} of {}",
                    report::count(rest.summary.operations, "operation"),
                    rest.summary.operations + rest.skipped.len()
                );
            }
            return Ok(ExitCode::FAILURE);
        }
    };
    print(&output.warnings, &job);
    for skipped in &output.skipped {
        eprintln!("left out: {} ({})", skipped.request, skipped.id);
        let mut reasons = Diagnostics::new(&job.spec);
        skipped
            .reasons
            .iter()
            .for_each(|reason| reasons.push(reason.clone()));
        print(&reasons, &job);
    }
    // What others may get away with is a fault in a document of our own.
    if job.package.is_none() && !output.warnings.is_empty() {
        return Ok(ExitCode::FAILURE);
    }

    let made = made(&output);
    let features = output.features.clone();
    let changes = sync(&job.folder, wanted(&job, output, &root)?, mode)?;
    let Job {
        spec, folder_name, ..
    } = &job;
    let size = report::size(&changes);
    let difference = report::difference(&changes);
    if let (Mode::Check, Some(difference)) = (mode, &difference) {
        write!(out, "{}", report::unified_diff(folder_name, &changes))?;
        out.flush()?;
        eprintln!("error: {folder_name} is not what {spec} generates: {difference}");
        let copy = changes.iter().find(|change| change.path == MOCK_SPEC);
        if copy.is_some_and(|copy| copy.old.is_some()) {
            eprintln!(
                "{}",
                match copy.is_some_and(Change::is_unchanged) {
                    true =>
                        "The document is the same, so the generator has changed, or somebody edited a generated file.",
                    false => "The document has changed since the client was generated.",
                }
            );
        }
        eprintln!("To mend it, run: {}", job.command);
        return Ok(ExitCode::FAILURE);
    }
    for kept in changes.iter().filter(|change| change.is_kept) {
        eprintln!(
            "note: {}/{} is kept as it was edited; to have it made anew, delete it",
            job.folder_name, kept.path
        );
        let missing = match kept.path.as_str() {
            "Cargo.toml" => crate_folder::missing_features(kept, &features),
            _ => Vec::new(),
        };
        if !missing.is_empty() {
            let lines = missing.iter().map(|name| format!("\n    {name} = []"));
            eprintln!(
                "warning: {}/{} does not declare {} of the generated code, so what {} for is not compiled. \
                 Add to its [features], and to `all-tags` there:{}",
                job.folder_name,
                kept.path,
                report::count(missing.len(), "feature"),
                if missing.len() == 1 {
                    "it stands"
                } else {
                    "they stand"
                },
                lines.collect::<String>(),
            );
        }
    }
    let time = report::time(started.elapsed());
    if mode == Mode::Check {
        writeln!(
            out,
            "{folder_name} is what {spec} generates: {size}; {time}"
        )?;
        return Ok(ExitCode::SUCCESS);
    }
    let changed = difference.map_or("nothing changed".to_owned(), |files| {
        format!("changed {files}")
    });
    writeln!(
        out,
        "{folder_name}, from {spec}:\n{}{made}",
        report::table(&changes)
    )?;
    writeln!(out, "{size}; {changed}; {time}")?;
    Ok(ExitCode::SUCCESS)
}

fn job(arguments: &Arguments, root: &Path) -> Result<Job> {
    if !["spec", "out", "name"]
        .iter()
        .any(|option| arguments.has(option))
    {
        let (spec, document) = arguments.document()?;
        return Ok(Job {
            document,
            title: spec.clone(),
            spec,
            folder: root.join(CRATES),
            folder_name: CRATES.to_owned(),
            header: "cargo xtask generate".to_owned(),
            command: "cargo xtask generate".to_owned(),
            package: None,
        });
    }
    let needed = [
        ("spec", "the document to generate from"),
        ("out", "the folder for the crate"),
        ("name", "the name of the package"),
    ];
    let missing = needed.iter().find(|(option, _)| !arguments.has(option));
    if let Some((option, what)) = missing {
        return Err(Usage::new(format!(
            "--{option} is missing: {what}. For another document, give all of --spec FILE --out DIR --name CRATE"
        )));
    }
    let folder = arguments.path("out").unwrap_or_default();
    let name = arguments.text("name")?.unwrap_or_default();
    crate_folder::check_folder(&folder)?;
    let (spec, document) = arguments.document()?;
    let folder_name = folder.display().to_string();
    // The files name no folder: the same document makes the same bytes wherever it and its crate lie.
    let file = Path::new(&spec)
        .file_name()
        .unwrap_or_default()
        .to_string_lossy();
    // This goes into comments, which end with the line.
    let title = file.replace(char::is_control, "?");
    let mut flags: String = arguments
        .only
        .iter()
        .map(|filter| format!(" --only {}", quoted(&filter.to_string())))
        .collect();
    if arguments.has("skip-unsupported") {
        flags.push_str(" --skip-unsupported");
    }
    let command = |spec: &str, folder: &str| {
        format!(
            "cargo xtask generate --spec {} --out {folder} --name {name}{flags}",
            quoted(spec)
        )
    };
    Ok(Job {
        header: command(&title, "DIR"),
        command: command(&spec, &quoted(&folder_name)),
        package: Some(name.to_owned()),
        document,
        title,
        spec,
        folder,
        folder_name,
    })
}

fn wanted(job: &Job, output: Output, root: &Path) -> Result<Wanted> {
    Ok(match &job.package {
        None => Wanted {
            files: own_files(job, output)?,
            owned: OWN_GENERATED,
            once: &[],
        },
        Some(name) => Wanted {
            files: crate_folder::files(name, &output, &job.folder, root, &job.header)?,
            owned: GENERATED,
            once: &["Cargo.toml", "README.md", "src/lib.rs"],
        },
    })
}

/// The generated module of our own client, the outline of what it makes public, and the mock server's copy of the
/// document.
fn own_files(job: &Job, output: Output) -> Result<BTreeMap<String, String>> {
    let header = &job.header;
    let files = output.files.iter();
    let outline = outline::outline(files.map(|file| (file.path.as_str(), file.contents.as_str())))?;
    let document = &job.document;
    let copy = format!("# A copy of {SPEC}, made by `{header}`. Do not edit it.\n{document}");
    let files = output.files.into_iter();
    let files = files.map(|file| (format!("{OWN_GENERATED}/{}", file.path), file.contents));
    let text = outline::text(&outline, "the generated code", header);
    let mut files: BTreeMap<_, _> = files
        .chain([(OUTLINE.to_owned(), text), (MOCK_SPEC.to_owned(), copy)])
        .collect();
    // Each on a thread of its own: parsing these crates takes longer than all the rest.
    let outlines = std::thread::scope(|scope| {
        let crates = OUTLINED.iter();
        let threads: Vec<_> = crates
            .map(|outlined| scope.spawn(move || outline_of(job, *outlined)))
            .collect();
        let joined = threads.into_iter().map(|thread| {
            let outline = thread.join();
            outline.map_err(|_| anyhow!("the outline panicked"))?
        });
        joined.collect::<Vec<Result<_>>>()
    });
    for outline in outlines {
        files.extend(outline?);
    }
    Ok(files)
}

/// The outline of a crate that is written by hand: its file and text; none where the crate is not there.
fn outline_of(job: &Job, (folder, package): (&str, &str)) -> Result<Option<(String, String)>> {
    let sources = sources(&job.folder.join(folder).join("src"))?;
    if sources.is_empty() {
        return Ok(None);
    }
    let sources = sources
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()));
    let outline = outline::outline(sources).with_context(|| format!("no outline of {package}"))?;
    let text = outline::text(&outline, package, &job.header);
    Ok(Some((format!("{folder}/api.txt"), text)))
}

/// The Rust files of a library, by path: neither its tests nor a program beside it.
fn sources(folder: &Path) -> Result<BTreeMap<String, String>> {
    let files = rust_files_below(folder, "")?.into_iter();
    let is_library = |path: &String| {
        !path.ends_with("tests.rs") && !path.contains("tests/") && path != "main.rs"
    };
    let read = |path: String| {
        let text = fs::read_to_string(folder.join(&path));
        Ok((
            path.clone(),
            text.with_context(|| format!("cannot read {path}"))?,
        ))
    };
    files.filter(is_library).map(read).collect()
}

/// Prints the findings, if there are any, with the document's path as it was typed, so that it leads there.
fn print(found: &Diagnostics, job: &Job) {
    let mut shown = Diagnostics::new(&job.spec);
    for diagnostic in found {
        // The other files are named relative to the document.
        let file = match diagnostic.file == job.title {
            true => job.spec.clone(),
            false => Path::new(&job.spec)
                .with_file_name(&diagnostic.file)
                .display()
                .to_string(),
        };
        shown.push(Diagnostic {
            file,
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
