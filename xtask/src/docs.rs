//! `cargo xtask docs`: a reference of the API to look at, in one file that needs no network.

mod page;
mod renderer;

use std::fs;
use std::io::Write;
use std::process::ExitCode;

use anyhow::{Context as _, Result};
use postpress_codegen::{Diagnostics, Source};
use postpress_openapi::Document;

use crate::tools::Tools;
use crate::usage::Arguments;
use crate::{Task, workspace};

pub(crate) const TASK: Task = Task {
    name: "docs",
    summary: "an HTML reference of the API, in one file that works offline",
    help: || HELP.to_owned(),
    run,
};

const HELP: &str = "\
Usage: cargo xtask docs [--out FILE] [--spec FILE]

Makes a reference of the API from spec/postpress.yaml, to be looked at in a browser: one file, with
the renderer (Redoc) inside, which asks the network for nothing. The renderer is fetched with npm
once, in the one version that this program knows, and kept below target/tools.

Options:
  --out FILE     Where to write it; the default is target/docs/index.html
  --spec FILE    Another OpenAPI 3.0 document

Exit status: 0 done; 1 it could not be done; 2 the command line is wrong.
";

fn run(parser: lexopt::Parser, out: &mut dyn Write) -> Result<ExitCode> {
    let arguments = Arguments::parse("docs", parser, (&["spec", "out"], &[], 0))?;
    let (name, text) = arguments.document()?;
    let root = workspace::root();
    let mut diagnostics = Diagnostics::default();
    let source = Source {
        name: &name,
        text: &text,
    };
    let Some(document) = Document::parse(&source, &mut diagnostics) else {
        eprintln!("{diagnostics}");
        return Ok(ExitCode::FAILURE);
    };
    let renderer = renderer::renderer(&Tools::of(&root))?;
    let page = page::page(&document, &renderer);
    let target = arguments.path("out");
    let target = target.unwrap_or_else(|| workspace::target(&root).join("docs/index.html"));
    if let Some(folder) = target.parent() {
        fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    }
    fs::write(&target, &page).with_context(|| format!("cannot write {}", target.display()))?;
    let size = page.len().div_ceil(1024);
    writeln!(
        out,
        "{}: {size} KiB, nothing to fetch. Open it in a browser",
        target.display()
    )?;
    Ok(ExitCode::SUCCESS)
}
