//! The commands, a file each.

mod chats_get;
mod chats_list;
mod completions;
mod demo;
pub(crate) mod dry_run;
mod errors;
mod man;
mod mock;
mod schema;
pub(crate) mod send;

use crate::{
    args::{Command, chats::Chats, messages::Messages},
    delivery::Sending,
    each,
    failure::Failure,
};

use self::send::Message;

/// Runs a command.
pub(crate) async fn run(mut command: Command) -> Result<(), Failure> {
    let settings = command.settings();
    let connection = settings.map(|(connection, _)| connection.clone());
    let outcome = match command {
        Command::Chats(Chats::List(command)) => interruptible(None, chats_list::run(command)).await,
        Command::Chats(Chats::Get(command)) => interruptible(None, chats_get::run(command)).await,
        Command::Chats(Chats::Start(command)) => send_one(Message::Start(command)).await,
        Command::Messages(Messages::Send(command)) => send_one(Message::Send(command)).await,
        Command::Each(job) => each::run(*job).await,
        Command::Errors(command) => errors::run(&command),
        Command::Schema(command) => schema::run(&command),
        Command::Mock(command) => mock::run(command).await,
        Command::Demo(command) => demo::run(&command).await,
        Command::Completions(command) => completions::run(&command),
        Command::Man(command) => man::run(&command),
    };
    outcome.map_err(|failure| match connection {
        Some(connection) => failure.by(&connection),
        None => failure,
    })
}

async fn send_one(message: Message) -> Result<(), Failure> {
    let sending = Sending::default();
    let run = send::run(message, sending.clone());
    interruptible(Some(sending), run).await
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
