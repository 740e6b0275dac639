//! `chats list` and `chats get` in scripts.

use std::{io::Read, process::Stdio};

use crate::support::{at, run, server, server_with};

#[test]
fn in_a_pipe_a_listing_is_the_page_as_the_service_sends_it() {
    let server = server();
    let page = run(&mut at(&server, ["chats", "list"])).succeeded().json();
    assert_eq!(page["object"], "ChatList");
    let ids: Vec<_> = page["items"]
        .as_array()
        .expect("items")
        .iter()
        .map(|chat| &chat["id"])
        .collect();
    assert_eq!(ids, ["chat_1", "chat_2", "chat_3"]);
    assert_eq!(page["cursor"], serde_json::Value::Null);
}

#[test]
fn filters_are_sent_as_the_service_takes_them() {
    let server = server();
    let filters = [
        "chats",
        "list",
        "-a",
        "acc_1",
        "--account",
        "acc_2",
        "--provider",
        "linkedin",
        "--unread=false",
        "--before",
        "2026-05-17",
        "--after",
        "7d",
        "--limit",
        "7",
    ];
    run(&mut at(&server, filters)).succeeded();
    let received = server.received();
    let query: Vec<String> = received[0]
        .query()
        .iter()
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    assert_eq!(
        query,
        [
            "account_id=acc_1,acc_2",
            "account_type=LINKEDIN",
            "unread=false",
            "before=2026-05-17T00:00:00.000Z",
            "after=2026-05-13T12:00:00.000Z",
            "limit=7",
        ]
    );
}

#[test]
fn all_pages_are_one_document_or_one_line_each() {
    let server = server();
    let all = run(&mut at(&server, ["chats", "list", "--all", "--limit", "1"]))
        .succeeded()
        .json();
    assert_eq!(all["items"].as_array().map(Vec::len), Some(3));
    assert_eq!(server.received_count(), 3);
    let lines = run(&mut at(
        &server,
        ["chats", "list", "--all", "--limit", "2", "-o", "jsonl"],
    ))
    .succeeded()
    .stdout;
    assert_eq!(lines.lines().count(), 3);
    for line in lines.lines() {
        let chat: serde_json::Value = serde_json::from_str(line).expect("JSON on each line");
        assert_eq!(chat["object"], "Chat");
    }
}

#[test]
fn a_name_from_a_stranger_is_no_formula_in_a_spreadsheet() {
    let server = server();
    for (id, name) in [
        "=1+cmd|A0",
        "+33",
        "-1",
        "@SUM",
        "\t=1",
        "＝1",
        "a;=1",
        "x=1",
    ]
    .iter()
    .enumerate()
    {
        let chat = serde_json::json!({ "id": format!("f{id}"), "account_id": "f", "name": name });
        server.add_chat(chat).expect("a chat");
    }
    let list = ["chats", "list", "-a", "f", "-o", "csv"];
    let csv = run(&mut at(&server, list)).succeeded().stdout;
    let mut names: Vec<&str> = csv
        .lines()
        .skip(1)
        .filter_map(|line| line.split(',').nth(5))
        .collect();
    names.sort_unstable();
    let expected = [
        "\"'\t=1\"",
        "\"a;=1\"",
        "'+33",
        "'-1",
        "'=1+cmd|A0",
        "'@SUM",
        "'＝1",
        "x=1",
    ];
    assert_eq!(names, expected, "{csv}");
    // Numbers stay numbers.
    let muted = ["chats", "list", "-a", "acc_2", "-o", "csv"];
    let csv = run(&mut at(&server, muted)).succeeded().stdout;
    assert!(csv.contains(",1,-1,0,"), "{csv}");
}

#[test]
fn a_page_that_is_not_the_last_says_how_to_go_on() {
    let server = server();
    let list = |format| {
        let arguments = ["chats", "list", "--limit", "2", "-o", format];
        run(&mut at(&server, arguments))
    };
    let first = list("jsonl");
    assert_eq!(first.stdout.lines().count(), 2);
    let said =
        "There are more: --all lists them; --output json shows the cursor to continue from.\n";
    assert_eq!(first.stderr, said);
    let first = list("json").succeeded().json();
    let cursor = first["cursor"].as_str().expect("a cursor");
    assert!(cursor.len() > 100, "{cursor}");
    let rest = run(&mut at(
        &server,
        ["chats", "list", "--limit", "2", "--cursor", cursor],
    ))
    .succeeded()
    .json();
    assert_eq!(rest["items"][0]["id"], "chat_3");
}

#[test]
fn an_error_half_way_keeps_what_came_and_says_where_to_resume() {
    let server = server_with(|builder| builder.fault("502,one-in=2".parse().expect("a fault")));
    let listing = run(&mut at(
        &server,
        [
            "chats",
            "list",
            "--all",
            "--limit",
            "1",
            "--retries",
            "0",
            "-o",
            "csv",
        ],
    ));
    assert_eq!(listing.code, 4, "{listing:#?}");
    assert_eq!(listing.stdout.lines().count(), 2, "{listing:#?}");
    let cursor = listing
        .stderr
        .split("--cursor '")
        .nth(1)
        .and_then(|rest| rest.split('\'').next())
        .expect("a cursor");
    server.clear_faults();
    let rest = run(&mut at(
        &server,
        ["chats", "list", "--all", "--cursor", cursor],
    ))
    .succeeded()
    .json();
    assert_eq!(rest["items"].as_array().map(Vec::len), Some(2));
}

#[test]
fn csv_has_the_services_names_and_survives_every_character() {
    let csv = run(&mut at(&server(), ["chats", "list", "--output", "csv"]))
        .succeeded()
        .stdout;
    insta::assert_snapshot!(csv);
}

#[test]
fn a_table_in_a_pipe_is_whole_and_without_colour() {
    let table = run(&mut at(&server(), ["chats", "list", "--output", "table"]))
        .succeeded()
        .stdout;
    insta::assert_snapshot!(table);
}

#[test]
fn a_chat_is_shown_with_its_newest_message() {
    let server = server();
    let chat = run(&mut at(&server, ["chats", "get", "chat_1"]))
        .succeeded()
        .json();
    assert_eq!(chat["lastMessage"]["id"], "msg_1");
    insta::assert_snapshot!(
        run(&mut at(&server, ["chats", "get", "chat_1", "-o", "table"]))
            .succeeded()
            .stdout
    );
    let csv = run(&mut at(&server, ["chats", "get", "chat_2", "-o", "csv"]))
        .succeeded()
        .stdout;
    assert!(
        csv.lines()
            .next()
            .is_some_and(|header| header.ends_with("lastMessage.timestamp,lastMessage.text")),
        "{csv}"
    );
}

#[test]
fn a_providers_id_is_looked_up_in_an_account() {
    let server = server();
    let chat = run(&mut at(
        &server,
        ["chats", "get", "l1", "--account", "acc_1"],
    ))
    .succeeded()
    .json();
    assert_eq!(chat["id"], "chat_1");
}

#[test]
fn a_closed_pipe_is_no_error() {
    let server = server();
    for _ in 0..50 {
        server
            .add_chat(serde_json::json!({"name": "x".repeat(4000)}))
            .expect("a chat");
    }
    for format in ["json", "jsonl", "csv", "table"] {
        let mut child = at(&server, ["chats", "list", "--all", "-o", format])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut out = child.stdout.take().expect("it is piped");
        out.read_exact(&mut [0; 10]).expect("something");
        drop(out);
        let output = child.wait_with_output().expect("the program ends");
        assert_eq!(
            (
                output.status.code(),
                String::from_utf8_lossy(&output.stderr).as_ref()
            ),
            (Some(0), ""),
            "{format}"
        );
    }
}
