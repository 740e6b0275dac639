//! `postpress man`.

use std::fs;

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
    if let Some(dir) = &command.dir {
        fs::create_dir_all(dir).with_context(|| format!("cannot make {}", dir.display()))?;
        let written = clap_mangen::generate_to(root, dir);
        return Ok(written.with_context(|| format!("cannot write to {}", dir.display()))?);
    }
    root.build();
    let mut page = Vec::new();
    Man::new(find(root, &command.command)?).render(&mut page)?;
    output::raw(&page)
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
