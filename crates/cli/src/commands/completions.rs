//! `postpress completions`.

use clap::CommandFactory;

use crate::{
    args::{Arguments, reference::Completions},
    failure::Failure,
    output,
};

pub(crate) fn run(command: &Completions) -> Result<(), Failure> {
    let mut script = Vec::new();
    clap_complete::generate(
        command.shell,
        &mut Arguments::command(),
        "postpress",
        &mut script,
    );
    output::raw(&script)
}
