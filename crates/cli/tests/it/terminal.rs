//! On a terminal: what people see.

use std::{
    fs,
    io::{Read, Write},
};

use postpress_mock::MockServer;
use pty_process::{Size, blocking};

use crate::support::{FOREIGN, KEY, NOW, server, without_cause};

/// What the program shows on a terminal of so many columns, and its exit code. `typed` is a question and what is
/// typed when it comes.
fn show(
    server: &MockServer,
    columns: u16,
    arguments: &[&str],
    variables: &[(&str, &str)],
    typed: Option<(&str, &str)>,
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
    if let Some((question, answer)) = typed {
        // What is typed before the question is dropped.
        while !String::from_utf8_lossy(&shown).contains(question) {
            let mut byte = [0];
            terminal.read_exact(&mut byte).expect("a question");
            shown.push(byte[0]);
        }
        std::thread::sleep(std::time::Duration::from_millis(200));
        terminal.write_all(answer.as_bytes()).expect("it is typed");
    }
    // Once the program has gone, a terminal gives an error.
    let _ = terminal.read_to_end(&mut shown);
    let status = child.wait().expect("it ends");
    (
        String::from_utf8_lossy(&shown).replace("\r\n", "\n"),
        status.code(),
    )
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
        None,
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
        None,
    );
    insta::assert_snapshot!(still(&shown));
}

#[test]
fn no_color_is_respected() {
    let variables = [("POSTPRESS_API_KEY", KEY), ("NO_COLOR", "1")];
    let (shown, _) = show(
        &server(),
        100,
        &["chats", "get", "chat_9"],
        &variables,
        None,
    );
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
fn a_message_from_outside_cannot_command_the_terminal() {
    let (shown, _) = show(
        &server(),
        100,
        &["chats", "get", "chat_1"],
        &[("POSTPRESS_API_KEY", KEY)],
        None,
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
        None,
    );
    assert_eq!(code, Some(5));
    insta::assert_snapshot!(without_cause(&still(&shown)));
}

#[test]
fn the_key_is_asked_for_and_not_shown() {
    let server = server();
    let (shown, code) = show(
        &server,
        100,
        &["chats", "list"],
        &[],
        Some(("API key (not shown): ", &format!("{KEY}\n"))),
    );
    assert_eq!(code, Some(0), "{shown}");
    assert!(shown.contains("API key (not shown): "), "{shown}");
    assert_eq!(server.received()[0].header("x-api-key"), Some(KEY));
}

#[test]
fn uploads_and_long_listings_show_how_far_they_are() {
    let server = server();
    let dir = tempfile::tempdir().expect("a directory");
    let path = dir.path().join("film.mp4");
    fs::write(&path, vec![0; 8 << 20]).expect("it is written");
    server.inject("latency=400ms".parse().expect("a fault"));
    let file = path.to_str().expect("UTF-8");
    let (shown, code) = show(
        &server,
        100,
        &["messages", "send", "chat_1", "--attach", file],
        &[("POSTPRESS_API_KEY", KEY)],
        None,
    );
    assert_eq!(code, Some(0), "{shown}");
    assert!(
        shown.contains("film.mp4")
            && shown.contains("8.00 MiB")
            && shown.contains("Sending the message"),
        "{shown}"
    );
    assert!(
        still(&shown).starts_with("‹green›✔‹/› Sent msg_"),
        "{shown:?}"
    );
    server.inject("latency=200ms,times=3".parse().expect("a fault"));
    let (shown, _) = show(
        &server,
        100,
        &["chats", "list", "--all", "--limit", "1"],
        &[("POSTPRESS_API_KEY", KEY)],
        None,
    );
    assert!(shown.contains("Listing chats: 2"), "{shown}");
}

#[test]
fn a_pause_before_another_attempt_is_announced() {
    let server = server();
    server.inject("429=1s".parse().expect("a fault"));
    let (shown, code) = show(
        &server,
        100,
        &["messages", "send", "chat_1", "Hi"],
        &[("POSTPRESS_API_KEY", KEY)],
        None,
    );
    assert_eq!(code, Some(0));
    assert!(
        shown.contains("errors/too_many_requests: trying again in 1.0 s (attempt 2)"),
        "{shown}"
    );
}
