//! `postpress man`.

use std::{fs, path::Path};

use anyhow::Context;
use clap::CommandFactory;
use clap_mangen::Man;

use crate::{
    args::{self, Arguments},
    failure::Failure,
    output,
};

pub(crate) fn run(command: &args::reference::Man) -> Result<(), Failure> {
    let mut root = Arguments::command().disable_help_subcommand(true);
    root.build();
    match &command.dir {
        Some(dir) => Ok(write_all(root, dir)?),
        None => output::raw(&page(find(root, &command.command)?)?),
    }
}

/// The command with this path: `chats list`.
fn find(root: clap::Command, words: &[String]) -> Result<clap::Command, Failure> {
    words.iter().try_fold(root, |command, word| {
        let found = command.find_subcommand(word).cloned();
        found.ok_or_else(|| {
            Failure::usage(format!(
                "there is no command {:?}; `postpress help` lists them",
                words.join(" ")
            ))
        })
    })
}

/// Writes the page of a command and those of its subcommands.
fn write_all(command: clap::Command, dir: &Path) -> anyhow::Result<()> {
    fs::create_dir_all(dir).with_context(|| format!("cannot make {}", dir.display()))?;
    for below in command
        .get_subcommands()
        .filter(|below| !below.is_hide_set())
    {
        write_all(below.clone(), dir)?;
    }
    let path = dir.join(format!("{}.1", name(&command)));
    fs::write(&path, page(command)?).with_context(|| format!("cannot write {}", path.display()))
}

fn page(command: clap::Command) -> anyhow::Result<Vec<u8>> {
    let name = name(&command);
    let mut page = Vec::new();
    Man::new(command.name(name)).render(&mut page)?;
    Ok(page)
}

/// The name of a page: `postpress-chats-list`.
fn name(command: &clap::Command) -> String {
    command
        .get_display_name()
        .unwrap_or(command.get_name())
        .to_owned()
}
