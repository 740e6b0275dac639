//! `postpress-mock`: the server as a program.

mod arguments;

use std::process::ExitCode;

use postpress_mock::program;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let server = match arguments::parse(lexopt::Parser::from_env()) {
        Ok(Some(server)) => server,
        Ok(None) => return ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}\nSee `postpress-mock --help`.");
            return ExitCode::from(2);
        }
    };
    match program::run(server).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}
