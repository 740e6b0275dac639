//! `cargo xtask corpus`: what the generator makes of a folder of documents.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::sync::Mutex;
use std::time::Instant;

use anyhow::{Context as _, Result, ensure};
use postpress_codegen::{Output, Settings, Source, generate};
use postpress_openapi::{Diagnostics, Document};
use serde_json::json;

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

Generates from every OpenAPI document in a folder, as with --skip-unsupported, and prints a line for each and the sums:
whether it is accepted without the flag, its operations and those with multipart bodies, how many of these are
generated, warnings, lines, and the time in milliseconds. Files that are no OpenAPI 3 document are passed over.

Options:
  --check        Compile each crate as well (cargo check), in target/corpus; this takes long
  --jobs N       How many documents at a time; by default one
  --format json  One JSON object for each document

tests/corpus.md has the documents that we use, and the figures.
";

/// What became of a document.
struct Row {
    name: String,
    accepted: bool,
    operations: usize,
    multipart: usize,
    generated: usize,
    generated_multipart: usize,
    /// How many operations are left out for each code.
    skipped: BTreeMap<&'static str, usize>,
    warnings: usize,
    lines: usize,
    milliseconds: u128,
    compiles: Option<bool>,
}

fn run(parser: lexopt::Parser, out: &mut dyn Write) -> Result<ExitCode> {
    let arguments = Arguments::parse("corpus", parser, (&["jobs", "format"], &["check"], 1))?;
    let Some(folder) = arguments.others.first().map(PathBuf::from) else {
        return Err(Usage::new(
            "name a folder: cargo xtask corpus DIR".to_owned(),
        ));
    };
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
                    let row = row(file, arguments.has("check"));
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
    rows.sort_by(|a, b| a.name.cmp(&b.name));
    if as_json {
        rows.iter()
            .try_for_each(|row| writeln!(out, "{}", row.json()))?;
    } else {
        print(&rows, out)?;
    }
    Ok(ExitCode::SUCCESS)
}

fn next<'f>(waiting: &Mutex<std::slice::Iter<'f, PathBuf>>) -> Option<&'f PathBuf> {
    waiting.lock().ok()?.next()
}

/// What becomes of a file; `None` if it is no OpenAPI document.
fn row(file: &Path, check: bool) -> Result<Option<Row>> {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let Ok(text) = fs::read_to_string(file) else {
        return Ok(None);
    };
    let source = Source {
        name: &name,
        text: &text,
    };
    let Some(document) = Document::parse(&source, &mut Diagnostics::default()) else {
        return Ok(None);
    };
    let version = document.root.get("openapi").map(ToString::to_string);
    if !version.is_some_and(|version| version.starts_with("3.0") || version.starts_with("3.1")) {
        return Ok(None);
    }
    let folder = file.parent().unwrap_or(Path::new("."));
    let mut settings = Settings {
        command: "cargo xtask corpus".to_owned(),
        loader: Some(loader(folder.to_owned(), folder.canonicalize()?)),
        features: true,
        ..Settings::default()
    };
    let mut started = Instant::now();
    let mut output = generate(&source, &settings);
    let accepted = output.is_ok();
    if !accepted {
        settings.skip_unsupported = true;
        started = Instant::now();
        output = generate(&source, &settings);
    }
    let milliseconds = started.elapsed().as_millis();
    let multipart: Vec<String> = document
        .endpoints()
        .iter()
        .filter(|endpoint| {
            let body = endpoint.at.get("requestBody");
            let body = body.and_then(|body| body.resolve(&document));
            body.is_some_and(|body| {
                body.map("content")
                    .any(|(media, _)| media.starts_with("multipart/"))
            })
        })
        .map(|endpoint| format!("{} {}", endpoint.method.to_ascii_uppercase(), endpoint.path))
        .collect();
    let mut row = Row {
        name: name.to_string(),
        accepted,
        operations: document.endpoints().len(),
        multipart: multipart.len(),
        generated: 0,
        generated_multipart: 0,
        skipped: BTreeMap::new(),
        warnings: 0,
        lines: 0,
        milliseconds,
        compiles: None,
    };
    let Ok(output) = output else {
        return Ok(Some(row));
    };
    row.operations = row.operations.max(output.summary.operations);
    let is_skipped = |request: &&String| output.skipped.iter().any(|own| own.request == **request);
    row.generated = row.operations - output.skipped.len();
    row.generated_multipart = row.multipart - multipart.iter().filter(is_skipped).count();
    for skipped in &output.skipped {
        let code = skipped
            .reasons
            .first()
            .map_or("other", |reason| reason.code);
        *row.skipped.entry(code).or_default() += 1;
    }
    row.warnings = output.warnings.len();
    row.lines = output
        .files
        .iter()
        .map(|file| file.contents.lines().count())
        .sum();
    if check {
        row.compiles = Some(compiles(&name, &output)?);
    }
    Ok(Some(row))
}

/// Whether the crate of a document compiles without a warning.
fn compiles(name: &str, output: &Output) -> Result<bool> {
    let root = workspace::root();
    let plain = |c: char| {
        if c.is_ascii_alphanumeric() {
            c.to_ascii_lowercase()
        } else {
            '_'
        }
    };
    let package = format!("corpus_{}", name.chars().map(plain).collect::<String>());
    let folder = root.join("target/corpus").join(&package);
    for (path, contents) in
        crate_folder::files(&package, output, &folder, &root, "cargo xtask corpus")?
    {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap_or(&folder))?;
        fs::write(path, contents)?;
    }
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let check = Command::new(cargo)
        .args(["check", "--quiet", "--offline"])
        .current_dir(&folder)
        .env("CARGO_TARGET_DIR", root.join("target/corpus/target"))
        .output()?;
    Ok(check.status.success() && check.stderr.is_empty())
}

impl Row {
    fn json(&self) -> serde_json::Value {
        json!({
            "document": self.name,
            "accepted": self.accepted,
            "operations": self.operations,
            "multipart": self.multipart,
            "generated": self.generated,
            "generated_multipart": self.generated_multipart,
            "skipped": self.skipped,
            "warnings": self.warnings,
            "lines": self.lines,
            "milliseconds": u64::try_from(self.milliseconds).unwrap_or(u64::MAX),
            "compiles": self.compiles,
        })
    }
}

fn print(rows: &[Row], out: &mut dyn Write) -> Result<()> {
    writeln!(
        out,
        "{:>8} {:>11} {:>11} {:>8} {:>7} {:>6} {:>8}  document",
        "accepted", "operations", "multipart", "warnings", "lines", "ms", "compiles"
    )?;
    let word = |flag: bool| if flag { "yes" } else { "no" };
    for row in rows {
        writeln!(
            out,
            "{:>8} {:>11} {:>11} {:>8} {:>7} {:>6} {:>8}  {}",
            word(row.accepted),
            format!("{}/{}", row.generated, row.operations),
            format!("{}/{}", row.generated_multipart, row.multipart),
            row.warnings,
            row.lines,
            row.milliseconds,
            row.compiles.map_or("", word),
            row.name
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_counted_document_by_document() {
        let folder = tempfile::tempdir().unwrap();
        let good = "openapi: 3.0.4\ninfo: {title: T, version: '1'}\npaths:\n  /a:\n    post:\n      operationId: a\n      \
                    requestBody: {content: {multipart/form-data: {schema: {type: object, properties: {b: {type: string}}}}}}\n      \
                    responses: {'204': {description: D}}\n";
        let bad = good
            .replace("form-data", "mixed")
            .replace("description: D", "x-a: 1");
        for (name, text) in [
            ("good.yaml", good),
            ("bad.yaml", &bad),
            ("other.yaml", "a: 1"),
            ("x.txt", "?"),
        ] {
            fs::write(folder.path().join(name), text).unwrap();
        }
        let arguments = [folder.path().as_os_str().to_owned(), "--format=json".into()];
        let mut out = Vec::new();
        run(lexopt::Parser::from_args(arguments), &mut out).unwrap();
        let out = String::from_utf8(out).unwrap();
        let rows = out.lines().map(|line| serde_json::from_str(line).unwrap());
        let rows: Vec<serde_json::Value> = rows.collect();
        assert_eq!(rows.len(), 2, "{out}");
        assert_eq!(rows[0]["document"], "bad.yaml");
        assert_eq!(rows[0]["skipped"], json!({"unsupported-body": 1}));
        assert_eq!(
            (&rows[0]["generated"], &rows[0]["warnings"]),
            (&json!(0), &json!(1))
        );
        assert_eq!(
            (&rows[1]["accepted"], &rows[1]["generated_multipart"]),
            (&json!(true), &json!(1))
        );
        assert_eq!(
            (&rows[1]["operations"], &rows[1]["multipart"]),
            (&json!(1), &json!(1))
        );
    }
}
