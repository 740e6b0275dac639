//! Help, the catalogue of errors, schemas, completions, man pages, the mock server.

use std::{
    fs,
    io::{BufRead, BufReader},
    process::Stdio,
};

use postpress::ErrorType;

use crate::support::{KEY, postpress, run};

const DOCUMENT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../spec/postpress.yaml");

#[test]
fn help_goes_to_standard_output_and_has_examples_and_exit_codes() {
    for command in [
        &["chats", "list"][..],
        &["chats", "get"],
        &["chats", "start"],
        &["messages", "send"],
        &["errors"],
        &["schema"],
        &["mock"],
        &["demo"],
        &["completions"],
        &["man"],
    ] {
        let help = run(&mut postpress(command.iter().chain(&["--help"])))
            .succeeded()
            .stdout;
        assert!(
            help.contains("Examples:\n  postpress") || help.contains("Examples:\n  POSTPRESS"),
            "{help}"
        );
    }
    insta::assert_snapshot!(run(&mut postpress(["--help"])).succeeded().stdout);
}

#[test]
fn every_error_is_explained() {
    let all = run(&mut postpress(["errors", "-o", "json"]))
        .succeeded()
        .json();
    assert_eq!(all.as_array().map(Vec::len), Some(ErrorType::all().count()));
    for name in ["no_handler", "errors/request_timeout"] {
        insta::assert_snapshot!(
            name.trim_start_matches("errors/"),
            run(&mut postpress(["errors", name, "-o", "table"]))
                .succeeded()
                .stdout
        );
    }
    insta::assert_snapshot!(
        "unavailable",
        run(&mut postpress(["errors", "--status", "503", "-o", "table"]))
            .succeeded()
            .stdout
    );
}

#[test]
fn a_schema_describes_what_a_listing_gives() {
    let names = run(&mut postpress(["schema"])).succeeded().stdout;
    for name in [
        "ChatList",
        "ChatDetail",
        "StartChatRequest",
        "SendMessageRequest",
        "FollowUp",
        "Problem",
    ] {
        assert!(
            names.lines().any(|line| line == name),
            "{name} is not in {names}"
        );
        let schema = run(&mut postpress(["schema", name])).succeeded().json();
        assert_eq!(schema["title"], name);
    }
}

#[test]
fn completions_are_made_for_every_shell() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = run(&mut postpress(["completions", shell]))
            .succeeded()
            .stdout;
        assert!(script.contains("follow-up-timezone"), "{shell}");
    }
}

#[test]
fn there_is_a_man_page_for_each_command() {
    let page = run(&mut postpress(["man", "chats", "start"]))
        .succeeded()
        .stdout;
    assert!(
        page.contains("postpress\\-chats\\-start") && page.contains("Whom to write to"),
        "{page}"
    );
    let dir = tempfile::tempdir().expect("a directory");
    let path = dir.path().join("man1");
    run(&mut postpress([
        "man",
        "--dir",
        path.to_str().expect("UTF-8"),
    ]))
    .succeeded();
    for name in [
        "postpress",
        "postpress-chats",
        "postpress-messages-send",
        "postpress-mock",
    ] {
        assert!(
            fs::read_to_string(path.join(format!("{name}.1")))
                .is_ok_and(|page| page.contains(".TH")),
            "{name}"
        );
    }
    run(&mut postpress(["man", "chats", "end"])).failed(2);
}

#[test]
fn the_other_commands_can_call_the_mock_server() {
    let mut child = postpress([
        "mock", "--port", "0", "--spec", DOCUMENT, "--fault", "429=0s",
    ])
    .stdout(Stdio::piped())
    .stderr(Stdio::null())
    .spawn()
    .expect("the program starts");
    let mut line = String::new();
    BufReader::new(child.stdout.take().expect("it is piped"))
        .read_line(&mut line)
        .expect("a line");
    let url = line.trim().rsplit(' ').next().expect("a URL").to_owned();
    let mut list = postpress(["chats", "list", "--limit", "1", "--base-url", &url]);
    let page = run(list.env("POSTPRESS_API_KEY", KEY));
    child.kill().expect("it runs");
    child.wait().expect("it ends");
    assert_eq!(
        page.json()["items"].as_array().map(Vec::len),
        Some(1),
        "{page:#?}"
    );
}
