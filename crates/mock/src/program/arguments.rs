//! The command line.

use std::ffi::OsString;

use lexopt::prelude::*;

use super::Options;

/// What `--help` prints.
pub const USAGE: &str = "\
A server that behaves as the postpress messaging API is documented.

Usage: postpress-mock [OPTIONS]

Options:
  --port PORT          listen on this port; 0 is a free one (4010)
  --host ADDRESS       listen on this address (127.0.0.1)
  --api-key KEY        accept only this key (any that is not empty)
  --fault FAULT        put a fault in force; can be repeated
  --max-upload BYTES   the most that the files of a request may have (15000000)
  --strict             refuse fields that the documentation does not have
  --empty              start without chats
  --help               print this
  --version            print the version

Faults:
  latency=250ms        answer later
  reset-before-read    reset the connection, carry nothing out
  reset-after-read     carry the request out, then reset the connection
  cut-short            carry the request out, then send half of the answer
  hang                 carry the request out and never answer
  429, 429=2s, 429=date:2s
                       too many requests, with or without Retry-After
  502                  a page of HTML from a proxy
  401                  an empty answer
  redirect, redirect=URL
                       to another origin
  unknown-enum-values, unknown-attachments, nulls, extra-fields
                       answers of a service that has moved on

  A fault is for the next request. Any of these may follow it, after commas:
  times=N              for the next N requests
  one-in=N             for one in N requests
  always               for all requests
  on=OPERATION         only for listChats, startChat, getChat or sendMessage

Any id `err_<type>` of an account, a chat or an attendee is answered with that error, where the
operation documents it: err_insufficient_credits.
";

/// What a command line asks for.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Arguments {
    /// Run the server.
    Run(Options),
    /// Print [`USAGE`].
    Help,
    /// Print the version.
    Version,
}

/// The command line is wrong.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct UsageError(String);

impl Arguments {
    /// Reads a command line, without the name of the program.
    ///
    /// # Errors
    /// When there is an option that does not exist, or a value that is none.
    pub fn parse<I>(arguments: I) -> Result<Arguments, UsageError>
    where
        I: IntoIterator,
        I::Item: Into<OsString>,
    {
        parse(lexopt::Parser::from_args(arguments)).map_err(|error| UsageError(error.to_string()))
    }
}

fn parse(mut parser: lexopt::Parser) -> Result<Arguments, lexopt::Error> {
    let mut options = Options::default();
    while let Some(argument) = parser.next()? {
        match argument {
            Long("port") | Short('p') => options.port = parser.value()?.parse()?,
            Long("host") => options.host = parser.value()?.parse()?,
            Long("api-key") => options.api_key = Some(parser.value()?.string()?),
            Long("fault") => options.faults.push(parser.value()?.parse()?),
            Long("max-upload") => options.max_upload = Some(parser.value()?.parse()?),
            Long("strict") => options.strict = true,
            Long("empty") => options.empty = true,
            Long("help") | Short('h') => return Ok(Arguments::Help),
            Long("version") | Short('V') => return Ok(Arguments::Version),
            other => return Err(other.unexpected()),
        }
    }
    if options.api_key.as_deref() == Some("") {
        return Err("--api-key must not be empty".into());
    }
    Ok(Arguments::Run(options))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Fault;

    fn options(line: &str) -> Options {
        match Arguments::parse(line.split_whitespace()) {
            Ok(Arguments::Run(options)) => options,
            other => panic!("{line}: {other:?}"),
        }
    }

    #[test]
    fn without_arguments_it_is_port_4010_and_any_key() {
        let options = options("");
        assert_eq!((options.port, options.api_key), (4010, None));
    }

    #[test]
    fn everything_can_be_said() {
        let options = options(
            "--port 0 --host ::1 --api-key k --fault hang --fault=502,times=2 --max-upload 5 --strict --empty",
        );
        assert_eq!(options.port, 0);
        assert!(options.host.is_ipv6());
        assert_eq!(options.api_key.as_deref(), Some("k"));
        assert_eq!(
            options.faults,
            [Fault::hang(), Fault::bad_gateway().times(2)]
        );
        assert_eq!(options.max_upload, Some(5));
        assert!(options.strict && options.empty);
    }

    #[test]
    fn what_is_wrong_is_named() {
        for (line, name) in [
            ("--port high", "high"),
            ("--fault slow", "latency=250ms"),
            ("--speed", "--speed"),
            ("extra", "extra"),
            ("--api-key=", "--api-key"),
        ] {
            let error = Arguments::parse(line.split_whitespace()).expect_err(line);
            assert!(error.to_string().contains(name), "{error}");
        }
    }

    #[test]
    fn the_usage_names_every_fault() {
        for fault in [
            "latency",
            "reset-before-read",
            "reset-after-read",
            "cut-short",
            "hang",
            "429",
            "502",
            "401",
            "redirect",
            "unknown-enum-values",
            "unknown-attachments",
            "nulls",
            "extra-fields",
        ] {
            assert!(USAGE.contains(fault), "{fault}");
        }
    }
}
