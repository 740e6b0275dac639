//! `cargo xtask diff`: what a change of the document means to those who use the crate.

mod change;
mod code;
mod compare;
mod git;
mod judge;
pub(crate) mod outline;
mod rules;
mod show;
#[cfg(test)]
mod tests;
mod tree;

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context as _, Result, anyhow};
use postpress_codegen::{Source, ir::Ir};

use crate::generate::{CRATES, OWN_GENERATED};
use crate::usage::{Arguments, Usage};
use crate::workspace::SPEC;
use crate::{Task, workspace};
use change::Log;
use code::Code;
use compare::compare;
use git::Repository;
use rules::{Effect, Rule};
use show::Title;

pub(crate) const TASK: Task = Task {
    name: "diff",
    summary: "what changed in the API since a git revision, for a reviewer",
    help: || HELP.to_owned(),
    run,
};

const HELP: &str = "\
Usage: cargo xtask diff [BASE] [--format markdown|json|github] [--fail-on breaking]
       cargo xtask diff --spec NEW OLD [--format markdown|json|github] [--fail-on breaking]
       cargo xtask diff --explain RULE

Compares spec/postpress.yaml, as it lies there, with the one at the git revision BASE (default:
where this branch left main), and says what changed: operations, parameters, bodies, how parts of
forms are written, fields, values, limits, error types, servers, credentials. Then follow the change
in the public API of the generated code, and its size. What is compared is what the generator
understands of both documents, so that a schema that is written in another way is no change.

Each change is marked breaking or compatible, with the reason, for those who use postpress-client as
its documentation shows: they call its methods, build what they send with `..Default::default()`,
read what they get, and match enums, which are open, with a `_`. Breaking is what makes such code
stop compiling or mean something else, and everything that changes the bytes on the wire: that may
be a correction, but then somebody should have meant it. New values, variants, error types and
optional fields are compatible by this measure. A crate that promises more, the whole of Rust's
rules for semantic versioning, would also count a new field of a struct without #[non_exhaustive].

Options:
  --spec NEW            Compare two other documents, the files NEW and OLD, and no code
  --format markdown     What is printed (the default)
  --format json         The same for programs: breaking, compatible, waived, reworded, public_api, generated
  --format github       Annotations of the lines of the document, for a workflow of GitHub
  --fail-on breaking    Exit with 3 if any change is breaking, unless the version of the workspace went
                        up by a major number, or by a minor one of 0
  --explain RULE        Say what a rule such as field-removed means

A break that is meant is waived in the file waivers.toml beside the document, by its rule and one of the
pointers that --format json gives, and reported as waived:

  [[waiver]]
  rule = 'field-removed'
  pointer = '/components/schemas/Chat/properties/name'
  reason = 'The service has not sent it for a year.'

Where the generator refuses the former document, the report says so, and shows the change of the public API alone.

Exit status: 0 compared; 1 it could not be done, as when the generator refuses the new document; 2 the command line
is wrong, or there is no such revision; 3 there are breaking changes, and --fail-on asks.
";

/// The breaking changes that are meant, beside the document.
const WAIVERS: &str = "waivers.toml";

/// The exit status for breaking changes, which no other failure has.
const BREAKING: u8 = 3;

fn run(parser: lexopt::Parser, out: &mut dyn Write) -> Result<ExitCode> {
    let options = ["spec", "format", "fail-on", "explain"];
    let arguments = Arguments::parse("diff", parser, (&options, &[], 1))?;
    if let Some(id) = arguments.text("explain")? {
        out.write_all(explain(id)?.as_bytes())?;
        return Ok(ExitCode::SUCCESS);
    }
    let format = arguments.choice("format", &["markdown", "json", "github"])?;
    let fails = arguments.choice("fail-on", &["", "breaking"])? == "breaking";
    let base = arguments
        .others
        .first()
        .map(|base| base.display().to_string());
    let (old, new, code, title) = match arguments.path("spec") {
        None => revisions(base.as_deref())?,
        Some(_) => files(&arguments, base)?,
    };
    let mut log = match document(&title.former, &old) {
        Ok(old) => compare(&old, &document(&title.spec, &new)?),
        Err(error) => {
            document(&title.spec, &new)?;
            Log {
                refused: Some(error.to_string()),
                ..Log::default()
            }
        }
    };
    if let Ok(waivers) = fs::read_to_string(
        Path::new(&title.root)
            .join(&title.spec)
            .with_file_name(WAIVERS),
    ) {
        log.waive(&waivers).context(WAIVERS)?;
    }
    let text = match format {
        "json" => show::json(&title, &log, &code),
        "github" => show::github(&title, &log),
        _ => show::markdown(&title, &log, &code),
    };
    out.write_all(text.as_bytes())?;
    let is_breaking = log.of(Effect::Breaking).next().is_some();
    Ok(if is_breaking && fails && title.release.is_none() {
        ExitCode::from(BREAKING)
    } else {
        ExitCode::SUCCESS
    })
}

/// What a rule means.
fn explain(id: &str) -> Result<String> {
    let rule = Rule::find(id)?;
    let effect = match rule.effect {
        Effect::Compatible => "compatible",
        _ => "breaking",
    };
    let Rule { area, why, .. } = rule;
    Ok(format!("{id} ({area}): {effect}, because {why}.\n"))
}

/// The two texts of a document, the generated code, and what is compared.
type Compared = (String, String, Code, Title);

/// The workspace and a revision of it.
fn revisions(base: Option<&str>) -> Result<Compared> {
    let root = workspace::root();
    let repository = Repository { root: root.clone() };
    let commit = match base {
        Some(base) => repository.commit(base)?,
        None => repository.merge_base()?,
    };
    let old = repository
        .file(&commit, SPEC)?
        .ok_or_else(|| anyhow!("there is no {SPEC} at {}", commit.short()))?;
    let (_, new) = Arguments::default().document()?;
    let base = match base {
        Some(base) if commit.0.starts_with(base) => format!("`{}`", commit.short()),
        Some(base) => format!("`{base}` (`{}`)", commit.short()),
        None => format!("`{}`, where this branch left main", commit.short()),
    };
    let generated = format!("{CRATES}/{OWN_GENERATED}");
    let mut former = repository.folder(&commit, &generated)?;
    former.retain(|name, _| name.ends_with(".rs"));
    let code = Code::new(former, code::folder(&root.join(generated))?)?;
    let version = repository.file(&commit, "Cargo.toml")?;
    let version = version.and_then(|manifest| workspace::version_in(&manifest));
    let title = Title {
        spec: SPEC.to_owned(),
        former: SPEC.to_owned(),
        package: "postpress-client",
        base,
        release: version
            .zip(workspace::version(&root).ok())
            .and_then(|(old, new)| release(&old, &new)),
        root,
    };
    Ok((old, new, code, title))
}

/// The version of a release that may break code which the former one did not: another major one, or minor one of 0.
fn release(old: &str, new: &str) -> Option<String> {
    let line = |version: &str| {
        let mut numbers = version.split('.').map(str::to_owned);
        let major = numbers.next()?;
        Some(if major == "0" {
            format!("0.{}", numbers.next()?)
        } else {
            major
        })
    };
    (line(old) != line(new)).then(|| new.to_owned())
}

/// Two documents, whatever they belong to.
fn files(arguments: &Arguments, base: Option<String>) -> Result<Compared> {
    let former = base.ok_or_else(|| {
        Usage::new(
            "--spec compares two files. Name the former one too: cargo xtask diff --spec NEW OLD",
        )
    })?;
    let (spec, new) = arguments.document()?;
    let old = fs::read_to_string(&former).with_context(|| format!("cannot read {former}"))?;
    let title = Title {
        base: format!("`{former}`"),
        spec,
        former,
        package: "the crate",
        release: None,
        root: PathBuf::new(),
    };
    Ok((old, new, Code::default(), title))
}

fn document(name: &str, text: &str) -> Result<Ir> {
    postpress_codegen::read(
        &Source { name, text },
        &postpress_codegen::Settings::default(),
    )
    .map_err(|diagnostics| anyhow!("{}", diagnostics.to_string().trim_end()))
}
