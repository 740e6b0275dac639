//! `--dry-run`.

use std::fs;

use crate::support::{KEY, Run, postpress, run};

/// A dry run with its boundary made the same every time.
fn stable(run: Run) -> String {
    let boundary = run
        .stdout
        .split("boundary=")
        .nth(1)
        .and_then(|rest| rest.lines().next())
        .unwrap_or("none")
        .to_owned();
    run.stdout
        .replace(&boundary, "BOUNDARY")
        .replace(env!("CARGO_PKG_VERSION"), "VERSION")
}

#[test]
fn it_shows_the_request_and_a_curl_line_without_a_key() {
    let dir = tempfile::tempdir().expect("a directory");
    fs::write(dir.path().join("a;b.pdf"), "%PDF").expect("it is written");
    let arguments = [
        "messages",
        "send",
        "chat 1/2",
        "It's $HOME; @me",
        "--attach",
        "a;b.pdf",
        "--attach",
        "-;name=x.csv",
        "--quote",
        "msg_1",
        "--dry-run",
    ];
    insta::assert_snapshot!(stable(
        run(postpress(arguments).current_dir(dir.path())).succeeded()
    ));
}

#[test]
fn a_read_is_shown_with_its_query() {
    let arguments = [
        "chats",
        "list",
        "-a",
        "acc_1",
        "--after",
        "2026-05-17",
        "--dry-run",
        "--base-url",
        "https://example.com:8443/x/",
    ];
    insta::assert_snapshot!(stable(run(&mut postpress(arguments)).succeeded()));
}

#[test]
fn as_json_it_can_be_taken_apart() {
    let arguments = [
        "chats",
        "start",
        "-a",
        "acc_1",
        "-t",
        "ACoAAA",
        "--inmail",
        "Hi",
        "--dry-run",
        "-o",
        "json",
    ];
    let mut command = postpress(arguments);
    let run = run(command.env("POSTPRESS_API_KEY", KEY)).succeeded();
    assert!(!run.stdout.contains(KEY));
    let request = run.json();
    assert_eq!(request["method"], "POST");
    assert_eq!(request["url"], "https://api.postpress.ai/v1/chats");
    assert_eq!(request["headers"]["x-api-key"], "********");
    assert_eq!(request["form"][4]["name"], "linkedin[inmail]");
    assert_eq!(request["form"][4]["value"], "true");
    assert!(
        request["curl"]
            .as_str()
            .is_some_and(|line| line.contains("$POSTPRESS_API_KEY"))
    );
}

#[test]
fn what_would_be_refused_is_refused_and_nothing_goes_through_a_proxy() {
    run(&mut postpress(["messages", "send", " ", "Hi", "--dry-run"])).failed(2);
    run(&mut postpress([
        "chats",
        "list",
        "--dry-run",
        "--base-url",
        "ftp://example.com",
    ]))
    .failed(2);
    let mut command = postpress(["chats", "list", "--dry-run"]);
    run(command
        .env("HTTP_PROXY", "http://127.0.0.1:9")
        .env("HTTPS_PROXY", "http://127.0.0.1:9"))
    .succeeded();
}
