//! `postpress-mock`: the server as a program.

use std::env;
use std::process::ExitCode;

use postpress_mock::program::{self, Arguments, USAGE};

fn main() -> ExitCode {
    let server = match Arguments::parse(env::args_os().skip(1)) {
        Ok(Arguments::Run(server)) => server,
        Ok(Arguments::Version) => {
            println!("postpress-mock {}", env!("CARGO_PKG_VERSION"));
            return ExitCode::SUCCESS;
        }
        Ok(_) => {
            print!("{USAGE}");
            return ExitCode::SUCCESS;
        }
        Err(error) => {
            eprintln!("error: {error}\nSee `postpress-mock --help`.");
            return ExitCode::from(2);
        }
    };
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    let result = runtime
        .map_err(program::ProgramError::Signals)
        .and_then(|it| it.block_on(program::run(server)));
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}
