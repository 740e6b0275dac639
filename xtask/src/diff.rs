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

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context as _, Result, anyhow};
use lexopt::prelude::*;
use postpress_codegen::{Source, ir::Ir};

use crate::generate::{CRATES, OWN_GENERATED, SPEC};
use crate::usage::Usage;
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
Usage: cargo xtask diff [BASE] [--format markdown|json] [--fail-on breaking]
       cargo xtask diff --spec NEW OLD [--format markdown|json] [--fail-on breaking]
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
  --format json         The same for programs: breaking, compatible, reworded, public_api, generated
  --fail-on breaking    Exit with 3 if any change is breaking
  --explain RULE        Say what a rule such as field-removed means

Exit status: 0 compared; 1 it could not be done, as when the generator refuses a document; 2 the command line
is wrong, or there is no such revision; 3 there are breaking changes, and --fail-on asks.
";

/// The exit status for breaking changes, which no other failure has.
const BREAKING: u8 = 3;

struct Options {
    base: Option<String>,
    spec: Option<PathBuf>,
    json: bool,
    fail_on_breaking: bool,
    explain: Option<String>,
}

fn run(parser: lexopt::Parser, out: &mut dyn Write) -> Result<ExitCode> {
    let options = parse(parser)?;
    if let Some(id) = &options.explain {
        out.write_all(explain(id)?.as_bytes())?;
        return Ok(ExitCode::SUCCESS);
    }
    let (log, code, title) = match &options.spec {
        None => revisions(options.base.as_deref())?,
        Some(spec) => files(spec, options.base.as_deref())?,
    };
    let text = if options.json {
        show::json(&title, &log, &code)
    } else {
        show::markdown(&title, &log, &code)
    };
    out.write_all(text.as_bytes())?;
    let is_breaking = log.of(Effect::Breaking).next().is_some();
    Ok(if is_breaking && options.fail_on_breaking {
        ExitCode::from(BREAKING)
    } else {
        ExitCode::SUCCESS
    })
}

fn parse(mut parser: lexopt::Parser) -> Result<Options> {
    let usage =
        |error: lexopt::Error| Usage::new(format!("{error}. See `cargo xtask diff --help`"));
    let mut options = Options {
        base: None,
        spec: None,
        json: false,
        fail_on_breaking: false,
        explain: None,
    };
    while let Some(argument) = parser.next().map_err(usage)? {
        match argument {
            Long("format") => {
                let format = parser.value().map_err(usage)?;
                options.json = match format.to_str() {
                    Some("json") => true,
                    Some("markdown") => false,
                    _ => {
                        let format = format.display();
                        return Err(Usage::new(format!(
                            "--format {format}: write `markdown` or `json`"
                        )));
                    }
                };
            }
            Long("fail-on") => {
                let kind = parser.value().map_err(usage)?;
                if kind != "breaking" {
                    let kind = kind.display();
                    return Err(Usage::new(format!(
                        "--fail-on {kind}: only `breaking` is possible"
                    )));
                }
                options.fail_on_breaking = true;
            }
            Long("explain") => {
                options.explain = Some(parser.value().map_err(usage)?.string().map_err(usage)?);
            }
            Long("spec") => options.spec = Some(parser.value().map_err(usage)?.into()),
            Value(base) if options.base.is_none() => {
                options.base = Some(base.string().map_err(usage)?);
            }
            other => return Err(usage(other.unexpected())),
        }
    }
    Ok(options)
}

/// What a rule means.
fn explain(id: &str) -> Result<String> {
    let rule = rules::ALL
        .iter()
        .find(|rule| rule.id == id)
        .ok_or_else(|| {
            let ids: Vec<&str> = rules::ALL.iter().map(|rule| rule.id).collect();
            Usage::new(format!(
                "there is no rule `{id}`. The rules are: {}",
                ids.join(", ")
            ))
        })?;
    let effect = match rule.effect {
        Effect::Breaking => "breaking",
        Effect::Compatible => "compatible",
    };
    let Rule { area, why, .. } = rule;
    Ok(format!("{id} ({area}): {effect}, because {why}.\n"))
}

/// Compares the workspace with a revision.
fn revisions(base: Option<&str>) -> Result<(Log, Code, Title<'static>)> {
    let root = workspace::root();
    let repository = Repository { root: root.clone() };
    let commit = match base {
        Some(base) => repository.commit(base)?,
        None => repository.merge_base()?,
    };
    let old = repository
        .file(&commit, SPEC)?
        .ok_or_else(|| anyhow!("there is no {SPEC} at {}", commit.short()))?;
    let new = read(&root.join(SPEC), SPEC)?;
    let base = match base {
        Some(base) if commit.0.starts_with(base) => format!("`{}`", commit.short()),
        Some(base) => format!("`{base}` (`{}`)", commit.short()),
        None => format!("`{}`, where this branch left main", commit.short()),
    };
    let old = document(&format!("{SPEC} at {}", commit.short()), &old)?;
    let log = compare(&old, &document(SPEC, &new)?);
    let generated = format!("{CRATES}/{OWN_GENERATED}");
    let mut former = repository.folder(&commit, &generated)?;
    former.retain(|name, _| name.ends_with(".rs"));
    let code = Code::new(former, code::folder(&root.join(generated))?)?;
    Ok((
        log,
        code,
        Title {
            spec: SPEC,
            former: SPEC,
            package: "postpress-client",
            base,
        },
    ))
}

/// Compares two documents, whatever they belong to.
fn files<'a>(spec: &'a std::path::Path, base: Option<&'a str>) -> Result<(Log, Code, Title<'a>)> {
    let base = base.ok_or_else(|| {
        Usage::new(
            "--spec compares two files. Name the former one too: cargo xtask diff --spec NEW OLD",
        )
    })?;
    let name = spec
        .to_str()
        .context("the name of the document is not UTF-8")?;
    let old = document(base, &read(std::path::Path::new(base), base)?)?;
    let new = document(name, &read(spec, name)?)?;
    let code = Code::new(Default::default(), Default::default())?;
    let title = Title {
        spec: name,
        former: base,
        package: "the crate",
        base: format!("`{base}`"),
    };
    Ok((compare(&old, &new), code, title))
}

fn read(path: &std::path::Path, shown: &str) -> Result<String> {
    std::fs::read_to_string(path).with_context(|| format!("cannot read {shown}"))
}

fn document(name: &str, text: &str) -> Result<Ir> {
    postpress_codegen::read(&Source { name, text })
        .map_err(|diagnostics| anyhow!("{}", diagnostics.to_string().trim_end()))
}
