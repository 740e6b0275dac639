//! `postpress demo`.

mod script;

use std::io::{IsTerminal, Write};

use clap::Parser;
use postpress_mock::{Fault, MockServer};

use self::script::{Scene, Step};
use crate::{
    args::{Arguments, output::Format, reference::Demo},
    failure::Failure,
    output::lines,
    terminal::{BOLD, CYAN, DIM, GREEN, YELLOW, paint},
    wire::{display, request::Request},
};

/// The mock server takes any key.
const KEY: &str = "pp_demo";

pub(crate) async fn run(command: &Demo) -> Result<(), Failure> {
    let server = MockServer::builder().record_responses().start();
    let server = server.await.map_err(anyhow::Error::from)?;
    let scene = Scene::set()?;
    lines([
        paint(BOLD, "postpress, in a minute"),
        "Each step shows what you would type and see, and what went over the wire.".to_owned(),
        paint(
            DIM,
            format_args!(
                "Everything happens on this machine: a mock server stands for the service, at {}.",
                server.base_url()
            ),
        ),
    ])?;
    for (index, step) in script::steps().enumerate() {
        for fault in step.faults {
            server.inject(fault.parse::<Fault>().map_err(anyhow::Error::from)?);
        }
        play(index + 1, &step, &scene, &server).await?;
        if command.pause {
            pause().await?;
        }
    }
    lines([
        String::new(),
        paint(BOLD, "That is all there is to it. Next:"),
        format!(
            "  {}  a server to try things on, as this one",
            paint(CYAN, "postpress mock           ")
        ),
        format!(
            "  {}  with your key in POSTPRESS_API_KEY",
            paint(CYAN, "postpress chats list     ")
        ),
        format!(
            "  {}  what else there is",
            paint(CYAN, "postpress --help         ")
        ),
    ])
}

/// Plays a step: the command as it is typed, its result, and its requests and responses.
async fn play(
    number: usize,
    step: &Step,
    scene: &Scene,
    server: &MockServer,
) -> Result<(), Failure> {
    let typed = step.words(scene);
    lines([
        String::new(),
        paint(BOLD, format_args!("{number}. {}", step.title)),
        step.about.to_owned(),
        String::new(),
        format!(
            "{} {}",
            paint(GREEN, "$"),
            paint(BOLD, script::shell(&typed, scene))
        ),
    ])?;
    let mut command = Arguments::try_parse_from(&typed)
        .map_err(|error| Failure::Other(error.into()))?
        .command;
    let settings = command.settings();
    let (connection, output) =
        settings.ok_or_else(|| anyhow::anyhow!("that command sends nothing"))?;
    connection.api_key = Some(KEY.to_owned());
    connection.base_url = Some(server.base_url().to_owned());
    output.output.get_or_insert(Format::Table);
    // Boxed, because a demo is a command itself.
    let outcome = Box::pin(super::run(command)).await;
    if let Err(Failure::ClosedPipe) = outcome {
        return Err(Failure::ClosedPipe);
    }
    if let Err(failure) = &outcome {
        lines(failure.lines())?;
        lines([paint(
            DIM,
            format_args!("(exit code {})", failure.exit() as u8),
        )])?;
    }
    for received in server.received() {
        lines([String::new()])?;
        let (request, response) = (Request::from(&received), display::response(&received));
        lines(beside(paint(CYAN, ">"), &display::request(&request)))?;
        lines(beside(paint(YELLOW, "<"), &response))?;
    }
    server.forget_received();
    Ok(())
}

/// The lines of a request or response, with the mark of its direction.
fn beside(mark: String, lines: &[String]) -> impl Iterator<Item = String> {
    let lines = lines.iter();
    lines.map(move |line| format!("  {mark} {line}").trim_end().to_owned())
}

/// Waits for Enter, if standard input is a terminal.
async fn pause() -> Result<(), Failure> {
    if !std::io::stdin().is_terminal() {
        return Ok(());
    }
    let waiting = tokio::task::spawn_blocking(|| {
        write!(std::io::stderr(), "\nEnter goes on. ")?;
        std::io::stdin().read_line(&mut String::new())
    });
    tokio::select! {
        read = waiting => { read.map_err(anyhow::Error::from)??; }
        Ok(()) = tokio::signal::ctrl_c() => return Err(Failure::Interrupted { delivery: None }),
    }
    Ok(())
}
