//! `cargo xtask corpus`: what the generator makes of a folder of documents.

mod forms;

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::sync::Mutex;
use std::time::Instant;

use anyhow::{Context as _, Result, anyhow, ensure};
use glob::Pattern;
use postpress_codegen::{Filter, Output, Settings, Source, generate, read};
use postpress_openapi::{Diagnostics, Document, Endpoint};
use serde::{Deserialize, Serialize};

use crate::usage::{Arguments, Usage, loader};
use crate::{Task, crate_folder, report, workspace};

pub(crate) const TASK: Task = Task {
    name: "corpus",
    summary: "generate from every document in a folder, and count",
    help: || HELP.to_owned(),
    run,
};

const HELP: &str = "\
Usage: cargo xtask corpus DIR [--check] [--jobs N] [--format text|json]
       cargo xtask corpus DOCUMENT [--check|--forms]

Generates from every OpenAPI document in a folder, as with --skip-unsupported, and prints a line for each and the sums:
whether it is accepted without the flag, its operations and those with multipart bodies, how many of these are
generated, warnings, lines, and the time in milliseconds and the most memory in MiB that it took (where the system
tells: on Linux). Each document has a process of its own, which prints its line as JSON, as it does for one DOCUMENT
alone. Files that are no OpenAPI 3 documents are passed over; files that a document refers to are looked for below the
folder where it really is, if the one in DIR is a link.

Options:
  --check        Compile each crate as well (cargo check), in target/corpus; this takes long
  --forms        Compile and run a program instead that writes each multipart form of the document with sample values, and
                 print its bytes and what was meant, as JSON; tests/parsers/corpus.py compares them
  --jobs N       How many documents at a time; by default one
  --format json  One JSON object for each document

tests/corpus.md has the documents that we use, and the figures.
";

/// What became of a document.
#[derive(Default, Deserialize, Serialize)]
struct Row {
    document: String,
    accepted: bool,
    operations: usize,
    multipart: usize,
    generated: usize,
    generated_multipart: usize,
    /// How many operations are left out for each code.
    skipped: BTreeMap<String, usize>,
    warnings: usize,
    lines: usize,
    milliseconds: u64,
    /// The most memory that the process took, in MiB.
    memory: Option<u64>,
    compiles: Option<bool>,
}

fn run(parser: lexopt::Parser, out: &mut dyn Write) -> Result<ExitCode> {
    let arguments = Arguments::parse(
        "corpus",
        parser,
        (&["jobs", "format"], &["check", "forms"], 1),
    )?;
    let Some(folder) = arguments.others.first().map(PathBuf::from) else {
        return Err(Usage::new(
            "name a folder: cargo xtask corpus DIR".to_owned(),
        ));
    };
    let check = arguments.has("check");
    if folder.is_file() && arguments.has("forms") {
        out.write_all(&forms(&folder)?)?;
        return Ok(ExitCode::SUCCESS);
    }
    if folder.is_file() {
        if let Some(row) = row(&folder, check)? {
            writeln!(out, "{}", serde_json::to_string(&row)?)?;
        }
        return Ok(ExitCode::SUCCESS);
    }
    let jobs = arguments.text("jobs")?.unwrap_or("1").parse();
    let jobs: usize = jobs.map_err(|_| Usage::new("--jobs: write a number".to_owned()))?;
    let as_json = arguments.choice("format", &["text", "json"])? == "json";
    let mut files = Vec::new();
    for entry in
        fs::read_dir(&folder).with_context(|| format!("cannot list {}", folder.display()))?
    {
        files.push(entry?.path());
    }
    files.sort();
    let (waiting, rows) = (Mutex::new(files.iter()), Mutex::new(Vec::new()));
    std::thread::scope(|scope| {
        for _ in 0..jobs.max(1) {
            scope.spawn(|| {
                while let Some(file) = next(&waiting) {
                    let row = row_of_process(file, check);
                    if let Ok(mut rows) = rows.lock() {
                        rows.extend(row.transpose());
                    }
                }
            });
        }
    });
    let rows = rows.into_inner().unwrap_or_default();
    let mut rows: Vec<Row> = rows.into_iter().collect::<Result<_>>()?;
    ensure!(
        !rows.is_empty(),
        "there is no OpenAPI document in {}",
        folder.display()
    );
    rows.sort_by(|a, b| a.document.cmp(&b.document));
    if as_json {
        for row in &rows {
            writeln!(out, "{}", serde_json::to_string(row)?)?;
        }
    } else {
        print(&rows, out)?;
    }
    Ok(ExitCode::SUCCESS)
}

fn next<'f>(waiting: &Mutex<std::slice::Iter<'f, PathBuf>>) -> Option<&'f PathBuf> {
    waiting.lock().ok()?.next()
}

/// What becomes of a file in a process of its own, whose memory is its own too.
fn row_of_process(file: &Path, check: bool) -> Result<Option<Row>> {
    let mut command = Command::new(env::current_exe()?);
    command.arg("corpus").arg(file);
    let ran = command.args(check.then_some("--check")).output()?;
    let why = String::from_utf8_lossy(&ran.stderr);
    ensure!(ran.status.success(), "{}: {why}", file.display());
    let is_document = !ran.stdout.is_empty();
    let row = is_document.then(|| serde_json::from_slice(&ran.stdout));
    Ok(row.transpose()?)
}

/// What becomes of a file; `None` if it is no OpenAPI document.
fn row(file: &Path, check: bool) -> Result<Option<Row>> {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let Ok(text) = fs::read_to_string(file) else {
        return Ok(None);
    };
    let mut row = Row {
        document: name.to_string(),
        ..Row::default()
    };
    let source = Source {
        name: &name,
        text: &text,
    };
    let Some(document) = Document::parse(&source, &mut Diagnostics::default()) else {
        // What cannot be read may say what it is nevertheless.
        let says = |line: &str| {
            line.trim_start_matches(['{', '"', ' '])
                .starts_with("openapi")
        };
        return Ok(text.lines().take(9).any(says).then_some(row));
    };
    let version = document.root.get("openapi").map(ToString::to_string);
    if !version.is_some_and(|version| version.starts_with("3.0") || version.starts_with("3.1")) {
        return Ok(None);
    }
    let mut settings = settings(file)?;
    let mut started = Instant::now();
    let mut output = generate(&source, &settings);
    row.accepted = output.is_ok();
    if !row.accepted {
        settings.skip_unsupported = true;
        started = Instant::now();
        output = generate(&source, &settings);
    }
    row.milliseconds = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
    row.memory = peak_memory();
    let multipart: Vec<String> = multipart(&document)
        .map(|endpoint| format!("{} {}", endpoint.method.to_ascii_uppercase(), endpoint.path))
        .collect();
    row.operations = document.endpoints().len();
    row.multipart = multipart.len();
    let Ok(output) = output else {
        return Ok(Some(row));
    };
    // Where all paths are in other files.
    if row.operations == 0 {
        row.operations = output.summary.operations + output.skipped.len();
    }
    let is_skipped = |request: &&String| output.skipped.iter().any(|own| own.request == **request);
    row.generated = row.operations - output.skipped.len();
    row.generated_multipart = row.multipart - multipart.iter().filter(is_skipped).count();
    for skipped in &output.skipped {
        let reason = skipped.reasons.first();
        let code = reason.map_or("other", |reason| reason.code);
        *row.skipped.entry(code.to_owned()).or_default() += 1;
    }
    row.warnings = output.warnings.len();
    let files = output.files.iter();
    row.lines = files.map(|file| file.contents.lines().count()).sum();
    if check {
        row.compiles = Some(compiles(&name, &output)?);
    }
    Ok(Some(row))
}

fn settings(file: &Path) -> Result<Settings> {
    let file = file.canonicalize()?;
    let folder = file.parent().unwrap_or(Path::new(".")).to_owned();
    Ok(Settings {
        command: "cargo xtask corpus".to_owned(),
        loader: Some(loader(folder.clone(), folder)),
        features: true,
        ..Settings::default()
    })
}

/// The operations with multipart bodies.
fn multipart(document: &Document) -> impl Iterator<Item = Endpoint<'_>> {
    document.endpoints().into_iter().filter(|endpoint| {
        let body = endpoint.at.get("requestBody");
        let body = body.and_then(|body| body.resolve(document));
        let is_form = |(media, _): (&str, _)| media.starts_with("multipart/");
        body.is_some_and(|body| body.map("content").any(is_form))
    })
}

/// What the program prints that writes the multipart forms of a document.
fn forms(file: &Path) -> Result<Vec<u8>> {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let text = fs::read_to_string(file)?;
    let source = Source {
        name: &name,
        text: &text,
    };
    let document = Document::parse(&source, &mut Diagnostics::default());
    let document = document.with_context(|| format!("{name} cannot be read"))?;
    let mut settings = settings(file)?;
    settings.skip_unsupported = true;
    let path = |endpoint: Endpoint<'_>| Pattern::new(&Pattern::escape(endpoint.path));
    let paths: Result<Vec<_>, _> = multipart(&document).map(path).collect();
    settings.only = paths?.into_iter().map(Filter::Path).collect();
    ensure!(!settings.only.is_empty(), "{name} has no multipart bodies");
    let output = generate(&source, &settings).map_err(|found| anyhow!("{found}"))?;
    let ir = read(&source, &settings).map_err(|found| anyhow!("{found}"))?;
    let (package, folder) = write_crate("forms", &name, &output)?;
    let mut manifest = fs::OpenOptions::new()
        .append(true)
        .open(folder.join("Cargo.toml"))?;
    writeln!(manifest, "\n[dev-dependencies]\nfutures-util = \"0.3\"")?;
    fs::create_dir_all(folder.join("examples"))?;
    fs::write(
        folder.join("examples/write.rs"),
        forms::program(&ir, &package),
    )?;
    let ran = cargo(
        &folder,
        &["run", "--quiet", "--offline", "--example", "write"],
    )?;
    let why = String::from_utf8_lossy(&ran.stderr);
    ensure!(ran.status.success(), "{name}: {why}");
    Ok(ran.stdout)
}

/// The most memory that this process has taken so far, in MiB, where the system tells.
fn peak_memory() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kibibytes: u64 = line.trim().strip_suffix(" kB")?.parse().ok()?;
    Some(kibibytes.div_ceil(1024))
}

/// Whether the crate of a document compiles without a warning.
fn compiles(name: &str, output: &Output) -> Result<bool> {
    let (_, folder) = write_crate("corpus", name, output)?;
    let check = cargo(&folder, &["check", "--quiet", "--offline"])?;
    Ok(check.status.success() && check.stderr.is_empty())
}

/// Writes the crate of a document below `target/corpus`, and gives its name and folder.
fn write_crate(prefix: &str, document: &str, output: &Output) -> Result<(String, PathBuf)> {
    let root = workspace::root();
    let name = document.to_ascii_lowercase();
    let words = name.split(|c: char| !c.is_ascii_alphanumeric());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    let name: String = words.join("_").chars().take(50).collect();
    let package = format!("{prefix}_{}", name.trim_end_matches('_'));
    let folder = root.join("target/corpus").join(&package);
    // What an earlier run made of another document.
    let _ = fs::remove_dir_all(folder.join("src"));
    for (path, contents) in
        crate_folder::files(&package, output, &folder, &root, "cargo xtask corpus")?
    {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap_or(&folder))?;
        fs::write(path, contents)?;
    }
    Ok((package, folder))
}

fn cargo(folder: &Path, arguments: &[&str]) -> Result<std::process::Output> {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let target = workspace::root().join("target/corpus/target");
    let mut command = Command::new(cargo);
    let command = command.args(arguments).current_dir(folder);
    Ok(command.env("CARGO_TARGET_DIR", target).output()?)
}

fn print(rows: &[Row], out: &mut dyn Write) -> Result<()> {
    writeln!(
        out,
        "{:>8} {:>11} {:>11} {:>8} {:>7} {:>6} {:>5} {:>8}  document, and what is left out for which reason",
        "accepted", "operations", "multipart", "warnings", "lines", "ms", "MiB", "compiles"
    )?;
    let word = |flag: bool| if flag { "yes" } else { "no" };
    for row in rows {
        let reasons = row.skipped.iter();
        let reasons: Vec<String> = reasons
            .map(|(code, count)| format!("{code} {count}"))
            .collect();
        writeln!(
            out,
            "{:>8} {:>11} {:>11} {:>8} {:>7} {:>6} {:>5} {:>8}  {} {}",
            word(row.accepted),
            format!("{}/{}", row.generated, row.operations),
            format!("{}/{}", row.generated_multipart, row.multipart),
            row.warnings,
            row.lines,
            row.milliseconds,
            row.memory
                .map(|memory| memory.to_string())
                .unwrap_or_default(),
            row.compiles.map_or("", word),
            row.document,
            reasons.join(", ")
        )?;
    }
    let sum = |count: fn(&Row) -> usize| rows.iter().map(count).sum::<usize>();
    writeln!(
        out,
        "\n{}, {} accepted as they are; {} of {} operations generated, {} of {} with multipart bodies",
        report::count(rows.len(), "document"),
        rows.iter().filter(|row| row.accepted).count(),
        sum(|row| row.generated),
        sum(|row| row.operations),
        sum(|row| row.generated_multipart),
        sum(|row| row.multipart),
    )?;
    let mut skipped: BTreeMap<&str, usize> = BTreeMap::new();
    for (code, count) in rows.iter().flat_map(|row| &row.skipped) {
        *skipped.entry(code).or_default() += count;
    }
    for (code, count) in skipped {
        writeln!(out, "{count:>6} left out: {code}")?;
    }
    let tried = rows.iter().filter_map(|row| row.compiles);
    let (tried, well): (Vec<bool>, usize) =
        (tried.clone().collect(), tried.filter(|well| *well).count());
    if !tried.is_empty() {
        writeln!(
            out,
            "{well} of {} crates compile without a warning",
            tried.len()
        )?;
    }
    Ok(())
}
