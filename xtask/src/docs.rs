//! `cargo xtask docs`: a reference of the API to look at, in one file that needs no network.

mod curl;
mod page;

use std::fs;
use std::io::Write;
use std::process::ExitCode;

use anyhow::{Context as _, Result};
use postpress_codegen::{Diagnostics, Settings, Source, read};
use postpress_openapi::Document;

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

Makes a reference of the API from spec/postpress.yaml, to be looked at in a browser: one file, which
asks the network for nothing. It has a call of each operation with curl and in Rust, made of the
examples of the document, and a search for operations, parameters, types, fields, values and errors.

Options:
  --out FILE     Where to write it; the default is target/docs/index.html
  --spec FILE    Another OpenAPI document

Exit status: 0 done; 1 it could not be done; 2 the command line is wrong.
";

fn run(parser: lexopt::Parser, out: &mut dyn Write) -> Result<ExitCode> {
    let arguments = Arguments::parse("docs", parser, (&["spec", "out"], &[], 0))?;
    let (name, text) = arguments.document()?;
    let root = workspace::root();
    let source = Source {
        name: &name,
        text: &text,
    };
    let settings = Settings {
        loader: arguments.loader()?,
        ..Settings::default()
    };
    let document = Document::parse(&source, &mut Diagnostics::default());
    let (ir, document) = match (read(&source, &settings), document) {
        (Ok(ir), Some(document)) => (ir, document),
        (result, _) => {
            eprintln!("{}", result.err().unwrap_or_default());
            return Ok(ExitCode::FAILURE);
        }
    };
    let page = page::page(&ir, &|pointer| document.example(pointer));
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
