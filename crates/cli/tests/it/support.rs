//! Runs the program, and a server with chats that never change.

use std::{
    ffi::OsStr,
    io::Write,
    process::{Command, Stdio},
};

use postpress_mock::{MockServer, MockServerBuilder};
use serde_json::{Value, json};

/// The key that the program is given.
pub(crate) const KEY: &str = "pp_live_0123456789";
/// The moment that relative times are counted from: 2026-05-20T12:00:00Z.
pub(crate) const NOW: &str = "1779278400";

/// What a run left behind.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Run {
    /// Standard output as JSON.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error}: {self:#?}"))
    }

    /// The same run, if it succeeded and said nothing beside its result.
    pub(crate) fn succeeded(self) -> Self {
        assert_eq!(
            (self.code, self.stderr.as_str()),
            (0, ""),
            "{}",
            self.stdout
        );
        self
    }

    /// Standard error, if the run ended with this code and printed no result.
    pub(crate) fn failed(self, code: i32) -> String {
        assert_eq!(
            (self.code, self.stdout.as_str()),
            (code, ""),
            "{}",
            self.stderr
        );
        self.stderr
    }
}

/// Variables of the surroundings that would make a difference.
pub(crate) const FOREIGN: [&str; 12] = [
    "POSTPRESS_API_KEY",
    "POSTPRESS_BASE_URL",
    "NO_COLOR",
    "CLICOLOR",
    "CLICOLOR_FORCE",
    "COLUMNS",
    "HTTP_PROXY",
    "http_proxy",
    "HTTPS_PROXY",
    "https_proxy",
    "ALL_PROXY",
    "all_proxy",
];

/// The program, without a key and with nowhere to go.
pub(crate) fn postpress<A: AsRef<OsStr>>(arguments: impl IntoIterator<Item = A>) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_postpress"));
    for name in FOREIGN {
        command.env_remove(name);
    }
    command
        .args(arguments)
        .env("SOURCE_DATE_EPOCH", NOW)
        .stdin(Stdio::null());
    command
}

/// The program, with a key and the address of a server.
pub(crate) fn at<'a>(server: &MockServer, arguments: impl IntoIterator<Item = &'a str>) -> Command {
    let mut command = postpress(arguments);
    command
        .env("POSTPRESS_API_KEY", KEY)
        .env("POSTPRESS_BASE_URL", server.base_url());
    command
}

pub(crate) fn run(command: &mut Command) -> Run {
    run_with(command, b"")
}

/// Runs it with this on its standard input.
pub(crate) fn run_with(command: &mut Command, input: &[u8]) -> Run {
    let command = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn().expect("the program starts");
    // One that does not read its input closes it early.
    let _ = child.stdin.take().expect("it is piped").write_all(input);
    let output = child.wait_with_output().expect("the program ends");
    Run {
        code: output.status.code().expect("it ends by itself"),
        stdout: String::from_utf8(output.stdout).expect("UTF-8"),
        stderr: String::from_utf8(output.stderr).expect("UTF-8"),
    }
}

/// A server with three chats.
pub(crate) fn server() -> MockServer {
    server_with(|builder| builder)
}

pub(crate) fn server_with(
    settings: impl FnOnce(MockServerBuilder) -> MockServerBuilder,
) -> MockServer {
    let server = settings(MockServer::builder().empty_inbox())
        .start_blocking()
        .expect("it starts");
    for chat in [
        json!({
            "id": "chat_3", "account_id": "acc_2", "account_type": "TELEGRAM", "provider_id": "t3", "name": null,
            "attendee_provider_id": "278999000", "timestamp": null, "read_only": 1, "pinned": 1,
        }),
        json!({
            "id": "chat_2", "account_id": "acc_2", "account_type": "WHATSAPP", "provider_id": "w2", "type": 1,
            "name": "東京オフィス, \"Vacation\"", "timestamp": "2026-05-13T12:00:00.000Z", "archived": 1, "muted_until": -1,
            "folder": ["INBOX", "Friends"],
        }),
        json!({
            "id": "chat_1", "account_id": "acc_1", "account_type": "LINKEDIN", "provider_id": "l1", "name": "Jordan Walke",
            "attendee_provider_id": "ACoAACr", "timestamp": "2026-05-20T09:42:11.000Z", "unread_count": 2,
            "lastMessage": {
                "id": "msg_1", "sender_id": "ACoAACr", "timestamp": "2026-05-20T09:42:11.000Z",
                "text": "Sounds good - let's chat tomorrow.\nBring \u{1b}[31mthe minutes.", "is_sender": 0, "seen": 1,
            },
        }),
    ] {
        server.add_chat(chat).expect("a chat");
    }
    server
}

/// A failure without the words of the system and the port of the server, which differ from one run to another.
pub(crate) fn without_cause(failure: &str) -> String {
    failure
        .lines()
        .filter(|line| !line.contains("cause") && !line.contains("address"))
        .map(|line| format!("{line}\n"))
        .collect()
}
