//! `cargo xtask lint`: the house rules for the document.

mod descriptions;
mod errors;
mod examples;
mod names;
mod places;
mod rules;
#[cfg(test)]
mod tests;
mod validate;
mod waivers;

use std::io::Write;
use std::process::ExitCode;

use anyhow::Result;
use postpress_codegen::{Diagnostics, Settings, Source};
use postpress_openapi::Document;

use crate::Task;
use crate::usage::Arguments;
use rules::RULES;

pub(crate) const TASK: Task = Task {
    name: "lint",
    summary: "hold spec/postpress.yaml against the house rules",
    help: || HELP.to_owned(),
    run,
};

const HELP: &str = "\
Usage: cargo xtask lint [--rules] [--spec FILE]

Holds spec/postpress.yaml against the house rules, and lists what breaks them by file, line and
column, each with what to do about it. What the generator has to say of the document comes first.

Options:
  --rules        Print the rules, and why each is there
  --spec FILE    Another OpenAPI 3.0 document

An object with `x-lint-allow: [CODE]` is let off that rule, together with everything inside it. Say
why in a comment beside it.

Exit status: 0 nothing to report; 1 something is, or it could not be done; 2 the command line is
wrong.
";

fn run(parser: lexopt::Parser, out: &mut dyn Write) -> Result<ExitCode> {
    let arguments = Arguments::parse("lint", parser, (&["spec"], &["rules"], 0))?;
    if arguments.has("rules") {
        write!(out, "{}", rules::list())?;
        return Ok(ExitCode::SUCCESS);
    }
    let (name, text) = arguments.document()?;
    let found = lint(&Source {
        name: &name,
        text: &text,
    });
    if found.is_empty() {
        writeln!(out, "{name} keeps all {} house rules", RULES.len())?;
        return Ok(ExitCode::SUCCESS);
    }
    writeln!(out, "{found}")?;
    Ok(ExitCode::FAILURE)
}

/// Everything to report: by the generator, and, if the document can be read at all, by the rules.
fn lint(source: &Source<'_>) -> Diagnostics {
    let settings = Settings {
        command: "cargo xtask generate".to_owned(),
        ..Settings::default()
    };
    let mut found = match postpress_codegen::generate(source, &settings) {
        Ok(output) => output.warnings,
        Err(errors) => errors,
    };
    let by_rules = by_the_rules(source, &found);
    by_rules
        .iter()
        .for_each(|finding| found.push(finding.clone()));
    found
}

/// What the rules alone have to say, besides what is `reported`.
fn by_the_rules(source: &Source<'_>, reported: &Diagnostics) -> Diagnostics {
    let mut found = Diagnostics::new(source.name);
    let Some(document) = Document::parse(source, &mut found) else {
        return found;
    };
    let mut found = Diagnostics::new(source.name);
    descriptions::check(&document, &mut found);
    names::check(&document, &mut found);
    errors::check(&document, &mut found);
    examples::check(&document, reported, &mut found);
    waivers::apply(&document, found)
}
