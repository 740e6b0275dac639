//! The commands, a file each.

mod chats_get;
mod chats_list;
mod chats_start;
mod completions;
mod demo;
mod dry_run;
mod errors;
mod man;
mod messages_send;
mod mock;
mod schema;

use crate::{
    args::{Command, chats::Chats, messages::Messages},
    delivery::Sending,
    failure::Failure,
};

/// Runs a command.
pub(crate) async fn run(command: Command) -> Result<(), Failure> {
    match command {
        Command::Chats(Chats::List(command)) => interruptible(None, chats_list::run(command)).await,
        Command::Chats(Chats::Get(command)) => interruptible(None, chats_get::run(command)).await,
        Command::Chats(Chats::Start(command)) => {
            let sending = Sending::default();
            let run = chats_start::run(*command, sending.clone());
            interruptible(Some(sending), run).await
        }
        Command::Messages(Messages::Send(command)) => {
            let sending = Sending::default();
            let run = messages_send::run(*command, sending.clone());
            interruptible(Some(sending), run).await
        }
        Command::Errors(command) => errors::run(&command),
        Command::Schema(command) => schema::run(&command),
        Command::Mock(command) => mock::run(command).await,
        Command::Demo(command) => demo::run(&command).await,
        Command::Completions(command) => completions::run(&command),
        Command::Man(command) => man::run(&command),
    }
}

/// Runs a command until it is interrupted from the keyboard, which ends it with what is known of the message.
async fn interruptible(
    sending: Option<Sending>,
    command: impl Future<Output = Result<(), Failure>>,
) -> Result<(), Failure> {
    tokio::select! {
        outcome = command => outcome,
        Ok(()) = tokio::signal::ctrl_c() => Err(Failure::Interrupted {
            delivery: sending.map(|sending| sending.described()),
        }),
    }
}
