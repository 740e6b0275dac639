//! The arguments of a task, and what is wrong with a command line.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use lexopt::prelude::*;
use postpress_codegen::{Filter, Loader};

use crate::workspace;

/// A command line that cannot be followed. Ends the program with status 2; every other error with 1.
#[derive(Debug)]
pub(crate) struct Usage(String);

impl Usage {
    /// `message` names the argument and says what to write instead.
    #[expect(clippy::new_ret_no_self, reason = "it is only ever used as an error")]
    pub(crate) fn new(message: impl Into<String>) -> anyhow::Error {
        Usage(message.into()).into()
    }
}

impl fmt::Display for Usage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.trim_end())
    }
}

impl std::error::Error for Usage {}

/// What follows the name of a task.
#[derive(Default)]
pub(crate) struct Arguments {
    options: BTreeMap<&'static str, OsString>,
    /// The values of `--only`, which may be given several times.
    pub(crate) only: Vec<Filter>,
    /// What is no option, in order.
    pub(crate) others: Vec<OsString>,
}

impl Arguments {
    /// Reads the arguments of the task `task`: options with a value, flags, and at most so many others.
    ///
    /// # Errors
    /// Another option, an option given twice or without a value, and too many other arguments.
    pub(crate) fn parse(
        task: &str,
        mut parser: lexopt::Parser,
        (options, flags, others): (&[&'static str], &[&'static str], usize),
    ) -> Result<Arguments> {
        let usage =
            |error: lexopt::Error| Usage::new(format!("{error}. See `cargo xtask {task} --help`"));
        let mut found = Arguments::default();
        while let Some(argument) = parser.next().map_err(usage)? {
            let named = |names: &[&'static str]| match &argument {
                Long(name) => names.iter().copied().find(|known| known == name),
                _ => None,
            };
            let (name, value) = match (named(options), named(flags), argument) {
                (Some(name), ..) => (name, parser.value().map_err(usage)?),
                (_, Some(name), _) => (name, OsString::from("set")),
                (.., Value(value)) if found.others.len() < others => {
                    found.others.push(value);
                    continue;
                }
                (.., argument) => return Err(usage(argument.unexpected())),
            };
            if value.is_empty() {
                return Err(Usage::new(format!("--{name} is empty. Give it a value")));
            }
            if name == "only" {
                let filter = value.to_string_lossy().parse();
                let filter = filter
                    .map_err(|why| Usage::new(format!("--only {}: {why}", value.display())))?;
                found.only.push(filter);
            } else if found.options.insert(name, value).is_some() {
                return Err(Usage::new(format!("--{name} is given twice. Give it once")));
            }
        }
        Ok(found)
    }

    pub(crate) fn has(&self, flag: &str) -> bool {
        self.options.contains_key(flag)
    }

    pub(crate) fn path(&self, option: &str) -> Option<PathBuf> {
        self.options.get(option).map(PathBuf::from)
    }

    /// The value of an option that is a text.
    pub(crate) fn text(&self, option: &str) -> Result<Option<&str>> {
        let value = self.options.get(option);
        let text = value.map(|value| value.to_str().ok_or(value)).transpose();
        text.map_err(|value| {
            Usage::new(format!("--{option} {}: this is not UTF-8", value.display()))
        })
    }

    /// The value of an option that has to be one of a few words; by default the first.
    pub(crate) fn choice<'a>(&self, option: &str, words: &[&'a str]) -> Result<&'a str> {
        let Some(value) = self.options.get(option) else {
            return Ok(words[0]);
        };
        let word = words.iter().find(|word| !word.is_empty() && value == *word);
        word.copied().ok_or_else(|| {
            let words: Vec<&str> = words
                .iter()
                .filter(|word| !word.is_empty())
                .copied()
                .collect();
            Usage::new(format!(
                "--{option} {}: write `{}`",
                value.display(),
                words.join("` or `")
            ))
        })
    }

    /// Reads the files that the document of `--spec` refers to: those below its folder, or below `--ref-root`.
    ///
    /// # Errors
    /// A folder that is not there.
    pub(crate) fn loader(&self) -> Result<Option<Loader>> {
        let Some(spec) = self.path("spec").filter(|spec| spec.as_os_str() != "-") else {
            return Ok(None);
        };
        let folder = spec.parent().unwrap_or(Path::new("")).to_owned();
        let folder = if folder.as_os_str().is_empty() {
            PathBuf::from(".")
        } else {
            folder
        };
        let root = self.path("ref-root").unwrap_or_else(|| folder.clone());
        let root = root
            .canonicalize()
            .with_context(|| format!("--ref-root {}", root.display()))?;
        Ok(Some(loader(folder, root)))
    }

    /// The document that `--spec` names, or else our own: how messages name it, and its text.
    ///
    /// # Errors
    /// A file that is not there, a URL, and what is not UTF-8.
    pub(crate) fn document(&self) -> Result<(String, String)> {
        let Some(path) = self.path("spec") else {
            let path = workspace::root().join(workspace::SPEC);
            let text = fs::read_to_string(path);
            let text = text.with_context(|| format!("cannot read {}", workspace::SPEC))?;
            return Ok((workspace::SPEC.to_owned(), text));
        };
        let name = path.display().to_string();
        let text = match fs::read_to_string(&path) {
            _ if name == "-" => io::read_to_string(io::stdin()),
            Err(_) if name.contains("://") => {
                return Err(Usage::new(format!(
                    "--spec {name}: this is a URL, and nothing is fetched. Fetch it yourself: curl -sL {name} | cargo \
                     xtask ... --spec -"
                )));
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Err(Usage::new(format!(
                    "--spec {name}: there is no such file. Name an OpenAPI 3.0 document"
                )));
            }
            text => text,
        };
        let text = text.with_context(|| format!("cannot read {name}"))?;
        Ok((name, text))
    }
}

/// Reads files relative to a folder, if they are below `root`, which is absolute.
pub(crate) fn loader(folder: PathBuf, root: PathBuf) -> Loader {
    Loader::new(move |path| {
        let file = folder.join(path).canonicalize();
        let file = file.map_err(|error| error.to_string())?;
        if !file.starts_with(&root) {
            return Err(format!(
                "it is not in {}; name another folder with --ref-root",
                root.display()
            ));
        }
        fs::read_to_string(file).map_err(|error| error.to_string())
    })
}
