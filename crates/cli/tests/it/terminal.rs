//! On a terminal: what people see.

use std::{
    fs,
    io::{Read, Write},
    sync::{Mutex, mpsc},
};

use postpress_mock::MockServer;
use pty_process::{Size, blocking};
use rustix::termios::{LocalModes, Termios, tcgetattr};

use crate::support::{FOREIGN, KEY, NOW, server, server_with, without_cause};

/// What the program shows on a terminal of so many columns, and its exit code.
fn show(
    server: &MockServer,
    columns: u16,
    arguments: &[&str],
    variables: &[(&str, &str)],
) -> (String, Option<i32>) {
    show_and_act(server, columns, arguments, variables, "", |_| {})
}

/// The same; `act` is called once it shows `text`.
fn show_and_act(
    server: &MockServer,
    columns: u16,
    arguments: &[&str],
    variables: &[(&str, &str)],
    text: &str,
    act: impl FnOnce(&mut blocking::Pty),
) -> (String, Option<i32>) {
    let (mut terminal, end) = blocking::open().expect("a terminal");
    terminal
        .resize(Size::new(24, columns))
        .expect("it is resized");
    let mut command = blocking::Command::new(env!("CARGO_BIN_EXE_postpress")).args(arguments);
    for name in FOREIGN {
        command = command.env_remove(name);
    }
    command = command
        .env("TERM", "xterm-256color")
        .env("SOURCE_DATE_EPOCH", NOW)
        .env("POSTPRESS_BASE_URL", server.base_url());
    let mut child = command
        .envs(variables.iter().copied())
        .spawn(end)
        .expect("the program starts");
    let mut shown = Vec::new();
    while !String::from_utf8_lossy(&shown).contains(text) {
        let mut byte = [0];
        terminal.read_exact(&mut byte).expect(text);
        shown.push(byte[0]);
    }
    act(&mut terminal);
    // Once the program has gone, a terminal gives an error.
    let _ = terminal.read_to_end(&mut shown);
    let status = child.wait().expect("it ends");
    (
        String::from_utf8_lossy(&shown).replace("\r\n", "\n"),
        status.code(),
    )
}

/// A server that holds each response until it is released.
fn holding_server() -> (MockServer, mpsc::Sender<()>) {
    let (release, released) = mpsc::channel();
    let released = Mutex::new(released);
    let server = server_with(|builder| {
        builder.on_request(move |_| {
            // A test that has seen enough has dropped its end.
            let _ = released.lock().expect("one request").recv();
        })
    });
    (server, release)
}

/// The result, with colours as words and without what moved before it.
fn still(shown: &str) -> String {
    let result = shown
        .rsplit("\u{1b}[2K")
        .next()
        .unwrap_or_default()
        .trim_start_matches('\r');
    let mut out = result.trim_start_matches("\u{1b}[1A").to_owned();
    for (code, word) in [
        ("0", "/"),
        ("1", "bold"),
        ("2", "dim"),
        ("31", "red"),
        ("32", "green"),
        ("33", "yellow"),
        ("36", "cyan"),
    ] {
        out = out.replace(&format!("\u{1b}[{code}m"), &format!("‹{word}›"));
    }
    out.trim_end().to_owned()
}

#[test]
fn a_listing_is_an_aligned_table_with_relative_times() {
    let (shown, code) = show(
        &server(),
        100,
        &["chats", "list"],
        &[("POSTPRESS_API_KEY", KEY)],
    );
    assert_eq!(code, Some(0));
    insta::assert_snapshot!(still(&shown));
}

#[test]
fn a_narrow_terminal_cuts_names_and_never_ids() {
    let (shown, _) = show(
        &server(),
        64,
        &["chats", "list", "--color", "never"],
        &[("POSTPRESS_API_KEY", KEY)],
    );
    insta::assert_snapshot!(still(&shown));
}

#[test]
fn no_line_of_a_table_is_wider_than_the_terminal() {
    for columns in [20, 30, 40] {
        let list = ["chats", "list", "--color", "never"];
        let (shown, _) = show(&server(), columns, &list, &[("POSTPRESS_API_KEY", KEY)]);
        let shown = still(&shown);
        assert_eq!(shown.lines().count(), 4, "{shown}");
        let get = ["chats", "get", "chat_1", "--color", "never"];
        let (chat, _) = show(&server(), columns, &get, &[("POSTPRESS_API_KEY", KEY)]);
        let chat = still(&chat);
        // A text is shown whole.
        let lines = chat.lines().filter(|line| !line.contains('│'));
        for line in shown.lines().chain(lines) {
            let width = console::measure_text_width(line);
            assert!(width <= usize::from(columns), "{width}: {line}");
        }
        assert!(chat.contains("let's chat tomorrow."), "{chat}");
    }
}

#[test]
fn a_mass_sending_shows_how_far_it_is_and_reports_on_each_row() {
    let (server, release) = holding_server();
    let dir = tempfile::tempdir().expect("a directory");
    let table = dir.path().join("people.csv");
    fs::write(&table, "to,name\nx1,Ada\nerr_blocked_recipient,Grace\n").expect("it is written");
    let table = table.to_str().expect("UTF-8");
    let start = [
        "chats",
        "start",
        "-a",
        "acc_1",
        "--each",
        table,
        "-t",
        "{{ to }}",
        "Hi {{ name }}!",
    ];
    let key = [("POSTPRESS_API_KEY", KEY), ("NO_COLOR", "1")];
    let (shown, code) = show_and_act(&server, 100, &start, &key, "0/2 row 2", |_| {
        drop(release);
    });
    assert_eq!(code, Some(3), "{shown}");
    assert!(shown.contains("1/2 row 3"), "{shown:?}");
    let report = still(&shown);
    for line in [
        "  3  err_blocked_recipient  not-sent  errors/blocked_recipient",
        "error: of 2 messages, 1 sent, 1 not sent",
    ] {
        assert!(report.lines().any(|it| it.trim_end() == line), "{report}");
    }
}

#[test]
fn no_color_is_respected() {
    let variables = [("POSTPRESS_API_KEY", KEY), ("NO_COLOR", "1")];
    let (shown, _) = show(&server(), 100, &["chats", "get", "chat_9"], &variables);
    let colored = shown.split("\u{1b}[").skip(1).any(|rest| {
        let code: String = rest
            .chars()
            .take_while(|c| c.is_ascii_digit() || *c == ';')
            .collect();
        rest[code.len()..].starts_with('m')
    });
    assert!(!colored, "{shown:?}");
}

#[test]
fn a_message_from_outside_cannot_control_the_terminal() {
    let (shown, _) = show(
        &server(),
        100,
        &["chats", "get", "chat_1"],
        &[("POSTPRESS_API_KEY", KEY)],
    );
    insta::assert_snapshot!(still(&shown));
}

#[test]
fn an_error_says_what_happened_and_what_to_do() {
    let server = server();
    server.inject("reset-after-read".parse().expect("a fault"));
    let (shown, code) = show(
        &server,
        100,
        &["messages", "send", "chat_1", "Hi"],
        &[("POSTPRESS_API_KEY", KEY)],
    );
    assert_eq!(code, Some(5));
    insta::assert_snapshot!(without_cause(&still(&shown)));
}

#[test]
fn the_key_is_asked_for_and_not_shown() {
    let server = server();
    let question = "API key (not shown): ";
    let (shown, code) = show_and_act(
        &server,
        100,
        &["chats", "list"],
        &[],
        question,
        |terminal| {
            // What is typed before the terminal stops to show it is dropped.
            let shows_input = |modes: Termios| modes.local_modes.contains(LocalModes::ECHO);
            while shows_input(tcgetattr(&*terminal).expect("the modes")) {
                std::thread::yield_now();
            }
            terminal
                .write_all(format!("{KEY}\n").as_bytes())
                .expect("it is typed");
        },
    );
    assert_eq!(code, Some(0), "{shown}");
    assert!(!shown.contains(KEY), "{shown}");
    assert_eq!(server.received()[0].header("x-api-key"), Some(KEY));
}

#[test]
fn uploads_and_long_listings_show_how_far_they_are() {
    let (server, release) = holding_server();
    let dir = tempfile::tempdir().expect("a directory");
    let path = dir.path().join("film.mp4");
    fs::write(&path, vec![0; 8 << 20]).expect("it is written");
    let file = path.to_str().expect("UTF-8");
    let send = ["messages", "send", "chat_1", "--attach", file];
    let key = [("POSTPRESS_API_KEY", KEY)];
    let (shown, code) = show_and_act(&server, 100, &send, &key, "Sending the message", |_| {
        release.send(()).expect("the server");
    });
    assert_eq!(code, Some(0), "{shown}");
    assert!(
        shown.contains("film.mp4") && shown.contains("8.00 MiB"),
        "{shown}"
    );
    assert!(
        still(&shown).starts_with("‹green›✔‹/› Sent msg_"),
        "{shown:?}"
    );
    let list = ["chats", "list", "--all", "--limit", "1"];
    for _ in 0..2 {
        release.send(()).expect("the server");
    }
    show_and_act(&server, 100, &list, &key, "Listing chats: 2", |_| {
        drop(release);
    });
}

#[test]
fn a_pause_before_another_attempt_is_announced() {
    let server = server();
    server.inject("429=0s".parse().expect("a fault"));
    let (shown, code) = show(
        &server,
        100,
        &["messages", "send", "chat_1", "Hi"],
        &[("POSTPRESS_API_KEY", KEY)],
    );
    assert_eq!(code, Some(0));
    let announced = shown
        .split_once("errors/too_many_requests: trying again in ")
        .and_then(|(_, rest)| rest.split_once(" s (attempt 2)"));
    let (seconds, _) = announced.unwrap_or_else(|| panic!("{shown}"));
    assert!(seconds.parse::<f64>().is_ok(), "{shown}");
}
