//! Where the key comes from.

use std::fs;

use crate::support::{KEY, at, run, run_with, server};

#[test]
fn a_file_goes_before_the_environment() {
    let server = server();
    let dir = tempfile::tempdir().expect("a directory");
    let path = dir.path().join("key");
    fs::write(&path, "pp_from_a_file\n").expect("it is written");
    let path = path.to_str().expect("UTF-8");
    run(&mut at(&server, ["chats", "list", "--api-key-file", path])).succeeded();
    run(&mut at(&server, ["chats", "list"])).succeeded();
    run_with(
        &mut at(&server, ["chats", "list", "--api-key-file", "-"]),
        b"pp_from_stdin",
    )
    .succeeded();
    let keys: Vec<_> = server
        .received()
        .iter()
        .map(|it| it.header("x-api-key").unwrap_or_default().to_owned())
        .collect();
    assert_eq!(keys, ["pp_from_a_file", KEY, "pp_from_stdin"]);
}

#[test]
fn without_a_key_and_a_terminal_it_says_where_one_is_looked_for() {
    let server = server();
    let said = run(at(&server, ["chats", "list"]).env_remove("POSTPRESS_API_KEY")).failed(2);
    assert!(
        said.contains("POSTPRESS_API_KEY") && said.contains("--api-key-file"),
        "{said}"
    );
    run_with(
        &mut at(&server, ["chats", "list", "--api-key-file", "-"]),
        b"two\nlines\n",
    )
    .failed(2);
    run_with(
        &mut at(&server, ["chats", "list", "--api-key-file", "-"]),
        b"\n",
    )
    .failed(2);
    assert_eq!(server.received_count(), 0);
}

#[test]
fn the_key_does_not_go_out_in_clear_text() {
    let said = run(&mut at(
        &server(),
        ["chats", "list", "--base-url", "http://192.0.2.1/v1"],
    ))
    .failed(2);
    assert!(said.contains("clear text"), "{said}");
}
