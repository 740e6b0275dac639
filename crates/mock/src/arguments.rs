//! The command line.

use std::path::PathBuf;

use lexopt::prelude::*;
use postpress_mock::program::{FAULTS, PORT};
use postpress_mock::{MockServer, MockServerBuilder};

/// What `--help` prints.
const USAGE: &str = "\
A server that behaves as the postpress messaging API is documented.

Usage: postpress-mock [OPTIONS]

Options:
  --port PORT          listen on this port; 0 is a free one (4010)
  --host ADDRESS       listen on this address (127.0.0.1)
  --api-key KEY        accept only this key (any that is not empty)
  --spec FILE          serve this OpenAPI document, 3.0 or 3.1, instead of that of postpress
  --fault FAULT        put a fault in force; can be repeated
  --max-upload BYTES   the most that the files of a request may have (15000000)
  --strict             refuse fields that the documentation does not have, and lists in one text
  --empty              start without chats
  --help               print this
  --version            print the version
";

/// Reads a command line. Where it asks for help or the version, prints that, and there is no server.
pub(crate) fn parse(
    mut parser: lexopt::Parser,
) -> Result<Option<MockServerBuilder>, lexopt::Error> {
    let mut server = MockServer::builder().port(PORT);
    while let Some(argument) = parser.next()? {
        server = match argument {
            Long("port") | Short('p') => server.port(parser.value()?.parse()?),
            Long("host") => server.host(parser.value()?.parse()?),
            Long("api-key") => match parser.value()?.string()? {
                key if key.is_empty() => return Err("--api-key must not be empty".into()),
                key => server.api_key(key),
            },
            Long("spec") => {
                let path = PathBuf::from(parser.value()?);
                let text = std::fs::read_to_string(&path);
                let text = text.map_err(|error| format!("{}: {error}", path.display()))?;
                server.document(path.display().to_string(), text)
            }
            Long("fault") => server.fault(parser.value()?.parse()?),
            Long("max-upload") => server.max_upload(parser.value()?.parse()?),
            Long("strict") => server.strict(),
            Long("empty") => server.empty_inbox(),
            Long("help") | Short('h') => {
                print!("{USAGE}\n{FAULTS}");
                return Ok(None);
            }
            Long("version") | Short('V') => {
                println!("postpress-mock {}", env!("CARGO_PKG_VERSION"));
                return Ok(None);
            }
            other => return Err(other.unexpected()),
        };
    }
    Ok(Some(server))
}

#[cfg(test)]
mod tests {
    use postpress_mock::{Fault, Oddity};

    use super::*;

    fn parsed(line: &str) -> Result<Option<MockServerBuilder>, lexopt::Error> {
        parse(lexopt::Parser::from_args(line.split_whitespace()))
    }

    fn run(line: &str) -> String {
        let server = parsed(line).expect(line).expect("a server");
        format!("{server:?}")
    }

    #[test]
    fn without_arguments_it_is_port_4010_and_any_key() {
        let server = MockServer::builder().port(4010);
        assert_eq!(run(""), format!("{server:?}"));
    }

    #[test]
    fn every_setting_has_an_option() {
        let server = MockServer::builder()
            .port(0)
            .host("::1".parse().expect("an address"))
            .api_key("k")
            .fault(Fault::hang())
            .fault(Fault::bad_gateway().times(2))
            .max_upload(5)
            .strict()
            .empty_inbox();
        let line = "--port 0 --host ::1 --api-key k --fault hang --fault=502,times=2 --max-upload 5 --strict --empty";
        assert_eq!(run(line), format!("{server:?}"));
    }

    #[test]
    fn what_is_wrong_is_named() {
        for (line, name) in [
            ("--port high", "high"),
            ("--fault slow", "latency=250ms"),
            ("--spec absent.yaml", "absent.yaml"),
            ("--speed", "--speed"),
            ("extra", "extra"),
            ("--api-key=", "--api-key"),
        ] {
            let error = parsed(line).expect_err(line);
            assert!(error.to_string().contains(name), "{error}");
        }
    }

    #[test]
    fn the_help_names_every_fault() {
        let error = "".parse::<Fault>().expect_err("no fault").to_string();
        let (_, faults) = error.split_once("there are ").expect("the faults");
        let faults = faults.split(", ").map(|it| it.replace("=missing", ""));
        for name in faults.chain(Oddity::ALL.iter().map(ToString::to_string)) {
            assert!(FAULTS.contains(&name), "{name}");
        }
    }
}
