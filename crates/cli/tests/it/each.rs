//! `--each`: a message for each row of a table.

use std::{fs, path::Path, process::Command};

use postpress_mock::MockServer;
use serde_json::Value;
use tempfile::TempDir;

use crate::support::{Run, at, run, run_with, server};

const START: [&str; 8] = [
    "chats",
    "start",
    "--account",
    "acc_1",
    "--each",
    "people.csv",
    "--to",
    "{{ to }}",
];
const TEXT: &str = "Hello {{ first_name }}!";

/// A folder with a table.
fn folder(table: &str) -> TempDir {
    let folder = tempfile::tempdir().expect("a directory");
    write(&folder, table);
    folder
}

fn write(folder: &TempDir, table: &str) {
    fs::write(folder.path().join("people.csv"), table).expect("it is written");
}

fn journal(folder: &TempDir) -> String {
    fs::read_to_string(folder.path().join("people.csv.journal")).expect("a journal")
}

/// The command that starts a chat with each row, with more arguments.
fn each(server: &MockServer, folder: &TempDir, more: &[&str]) -> Command {
    let mut command = at(server, START.into_iter().chain(more.iter().copied()));
    command.current_dir(folder.path());
    command
}

/// The states of all rows in a report.
fn states(run: &Run) -> Vec<String> {
    let rows: Value = run.json();
    let rows = rows.as_array().expect("a list").iter();
    rows.map(|row| {
        format!(
            "{} {}",
            row["row"],
            row["state"].as_str().unwrap_or_default()
        )
    })
    .collect()
}

#[test]
fn everything_wrong_with_any_row_is_said_before_the_first_is_sent() {
    let server = server();
    let mut table = b"to;first_name;days\n\
        linkedin:ACoAAA1;Ada;5\n\
        linkedin:ACoAAA2;;5\n\
        linkedin:ACoAAA3;Grace\n\
        linkedin:nobody;Linus;5\n\
        linkedin:ACoAAA1;Ada Lovelace;5\n\
        ;;\n\
        linkedin:ACoAAA4;Edsger;99\n\
        linkedin:ACoAAA5;J"
        .to_vec();
    table.extend(b"\xf6rg;5\n");
    let folder = folder("");
    fs::write(folder.path().join("people.csv"), table).expect("it is written");
    let follow_up = [
        TEXT,
        "--follow-up-subject",
        "Still there?",
        "--follow-up-text",
        "{{ first_name }}?",
        "--follow-up-days",
        "{{ days }}",
        "--follow-up-timezone",
        "Europe/Paris",
    ];
    let said = run(&mut each(&server, &folder, &follow_up)).failed(2);
    insta::assert_snapshot!(said);
    assert_eq!(server.received_count(), 0);
}

#[test]
fn what_the_templates_get_wrong_is_said_once() {
    let server = server();
    let table = folder("to,first_name\nx1,Ada\nx2,Grace\n");
    for (text, says) in [
        (
            "Hello {{ fist_name }}!",
            "; perhaps first_name; it has to, first_name",
        ),
        ("Hello {{ first_name !", "TEXT is no template: syntax error"),
    ] {
        let said = run(&mut each(&server, &table, &[text])).failed(2);
        assert!(said.contains(says), "{said}");
    }
    for (table, says) in [
        ("to,first_name\n", "people.csv has no rows"),
        ("to,to\nx1,x2\n", "two columns `to`"),
    ] {
        let said = run(&mut each(&server, &folder(table), &[TEXT])).failed(2);
        assert!(said.contains(says), "{said}");
    }
    assert_eq!(server.received_count(), 0);
}

#[test]
fn a_dry_run_shows_every_message_and_sends_none() {
    let server = server();
    // As a spreadsheet exports it.
    let table = folder("\u{feff}To,First name,CV\r\nx1,Ada,cv.pdf\r\nx2,\"Grace\nHopper\",\r\n");
    fs::write(table.path().join("cv.pdf"), "%PDF").expect("it is written");
    let arguments = [
        "chats",
        "start",
        "-a",
        "acc_1",
        "--each",
        "people.csv",
        "-t",
        "{{ To }}",
        "--attach={{ CV | default('') }}",
        "Hello {{ First_name }}{% if CV %}, here it is{% endif %}.",
        "--dry-run",
        "--base-url",
        "https://example.com",
    ];
    let mut command = at(&server, arguments.into_iter().chain(["-o", "table"]));
    let command = command
        .current_dir(table.path())
        .env_remove("POSTPRESS_API_KEY");
    insta::assert_snapshot!(run(command).succeeded().stdout);
    let mut command = at(&server, arguments.into_iter().chain(["-o", "json"]));
    let drafts = run(command.current_dir(table.path())).succeeded().json();
    assert_eq!(drafts[1]["row"], 3);
    assert_eq!(drafts[1]["form"][2]["value"], "Hello Grace\nHopper.");
    assert_eq!(server.received_count(), 0);
    assert!(!table.path().join("people.csv.journal").exists());
}

#[test]
fn every_row_is_sent_once_however_often_it_is_run() {
    let server = server();
    let folder = folder("to,first_name\nx1,Ada\nx2,Grace\n");
    let first = run(&mut each(&server, &folder, &[TEXT])).succeeded();
    assert_eq!(states(&first), ["2 sent", "3 sent"]);
    let again = run(&mut each(&server, &folder, &[TEXT])).succeeded();
    assert_eq!(first.stdout, again.stdout);
    // Rows may come in another order, and more of them.
    write(&folder, "to,first_name\nx3,Linus\nx2,Grace\nx1,Ada\n");
    let more = run(&mut each(&server, &folder, &[TEXT])).succeeded();
    assert_eq!(states(&more), ["2 sent", "3 sent", "4 sent"]);
    let texts: Vec<_> = server.received();
    let texts: Vec<_> = texts
        .iter()
        .map(|it| it.text("text").unwrap_or_default())
        .collect();
    assert_eq!(texts, ["Hello Ada!", "Hello Grace!", "Hello Linus!"]);
    let journal = journal(&folder);
    assert!(
        !journal.contains("Ada") && !journal.contains("Hello"),
        "{journal}"
    );
    let report = run(&mut each(&server, &folder, &[TEXT, "-o", "csv"]))
        .succeeded()
        .stdout;
    let header = report.lines().next().unwrap_or_default();
    assert_eq!(header, "row,to,state,chat_id,message_id,error");
    assert!(report.contains("\n4,x1,sent,chat_"), "{report}");
}

#[test]
fn messages_go_into_chats_as_well() {
    let server = server();
    let folder = folder("chat,name\nchat_1,Jordan\nchat_2,all\n");
    fs::write(folder.path().join("text.txt"), "Dear {{ name }},\nhello.\n").expect("it is written");
    let send = ["messages", "send", "--each", "people.csv", "{{ chat }}"];
    let mut command = at(&server, send.into_iter().chain(["-f", "text.txt"]));
    run(command.current_dir(folder.path())).succeeded();
    let mut command = at(
        &server,
        send.into_iter().chain(["-", "--journal", "second.journal"]),
    );
    run_with(command.current_dir(folder.path()), b"And {{ name }}?\n").succeeded();
    let received = server.received();
    let received: Vec<_> = received
        .iter()
        .map(|it| format!("{} {}", it.path(), it.text("text").unwrap_or_default()))
        .collect();
    assert_eq!(
        received,
        [
            "/v1/chats/chat_1/messages Dear Jordan,\nhello.",
            "/v1/chats/chat_2/messages Dear all,\nhello.",
            "/v1/chats/chat_1/messages And Jordan?",
            "/v1/chats/chat_2/messages And all?",
        ]
    );
}

#[test]
fn what_was_not_sent_is_tried_again_and_what_is_unknown_is_not() {
    let server = server();
    let folder = folder("to,first_name\nx1,Ada\nerr_blocked_recipient,Grace\nx3,Linus\n");
    server.inject("reset-after-read".parse().expect("a fault"));
    let first = run(&mut each(&server, &folder, &[TEXT]));
    assert_eq!(states(&first), ["2 unknown", "3 not-sent", "4 sent"]);
    assert_eq!((first.code, server.received_count()), (5, 3));
    let look = "look with `postpress chats list --account acc_1 --after ";
    assert!(first.stderr.contains(look), "{}", first.stderr);
    let again = run(&mut each(&server, &folder, &[TEXT]));
    assert_eq!(states(&again), ["2 unknown", "3 not-sent", "4 sent"]);
    assert_eq!((again.code, server.received_count()), (5, 4));
    let said = run(&mut each(&server, &folder, &[TEXT, "--mark", "4=not-sent"])).failed(2);
    assert!(said.contains("row 4 is not unknown"), "{said}");
    let marked = run(&mut each(&server, &folder, &[TEXT, "--mark", "2=sent"]));
    assert_eq!(states(&marked), ["2 sent", "3 not-sent", "4 sent"]);
    assert_eq!((marked.code, server.received_count()), (3, 5));
    assert_eq!(server.messages_sent(), 2);
}

#[test]
fn a_row_that_was_marked_as_not_sent_is_sent() {
    let server = server();
    let folder = folder("to,first_name\nx1,Ada\n");
    server.inject("reset-before-read".parse().expect("a fault"));
    run(&mut each(&server, &folder, &[TEXT]));
    let marked = run(&mut each(&server, &folder, &[TEXT, "--mark", "2=not-sent"])).succeeded();
    assert_eq!(states(&marked), ["2 sent"]);
    assert_eq!(server.messages_sent(), 1);
}

#[test]
fn failures_of_the_account_stop_it_before_all_rows_have_met_them() {
    let server = server();
    let mut table = "to,first_name\n".to_owned();
    for row in 0..50 {
        table += &format!("err_insufficient_credits_{row},Ada\n");
    }
    for (account, status) in [
        ("err_insufficient_credits", 422),
        ("err_account_restricted", 403),
    ] {
        let folder = folder(&table.replace("err_insufficient_credits", "x"));
        server.forget_received();
        let arguments = START.map(|word| word.replace("acc_1", account));
        let mut command = at(&server, arguments.iter().map(String::as_str).chain([TEXT]));
        let stopped = run(command.current_dir(folder.path()));
        assert_eq!(stopped.code, 3, "{}", stopped.stderr);
        let received = server.received();
        let received: Vec<_> = received.iter().filter_map(|it| it.status()).collect();
        assert_eq!(received, [status; 3]);
        let headline = "error: of 50 messages, 3 not sent, 47 not tried\n";
        assert!(stopped.stderr.starts_with(headline), "{}", stopped.stderr);
    }
}

#[test]
fn a_service_of_which_nobody_knows_what_it_does_is_not_asked_to_do_more() {
    let server = server();
    let folder = folder("to,first_name\nx1,A\nx2,B\nx3,C\nx4,D\nx5,E\n");
    server.inject("reset-after-read,always".parse().expect("a fault"));
    let stopped = run(&mut each(&server, &folder, &[TEXT]));
    assert_eq!((stopped.code, server.received_count()), (5, 3));
    let headline = "error: of 5 messages, 3 unknown, 2 not tried\n";
    assert!(stopped.stderr.starts_with(headline), "{}", stopped.stderr);
}

#[test]
fn standard_input_is_a_template_or_nothing() {
    let server = server();
    let folder = folder("to,first_name\nx1,Ada\n");
    let said = run_with(
        &mut each(&server, &folder, &["-", "--api-key-file", "-"]),
        b"k",
    )
    .failed(2);
    assert!(
        said.contains("TEXT and --api-key-file both come from standard input"),
        "{said}"
    );
    let said = run(&mut each(&server, &folder, &["Hi", "--attach", "-"])).failed(2);
    assert!(
        said.contains("row 2") && said.contains("a row cannot read standard input"),
        "{said}"
    );
    assert_eq!(server.received_count(), 0);
}

#[test]
fn a_journal_belongs_to_what_it_was_written_of() {
    let server = server();
    let folder = folder("to,first_name\nx1,Ada\nx2,Grace\n");
    run(&mut each(&server, &folder, &[TEXT])).succeeded();
    let written = journal(&folder);
    write(&folder, "to,first_name\nx1,Ada\nx2,Grace Hopper\n");
    let said = run(&mut each(&server, &folder, &[TEXT])).failed(2);
    assert!(
        said.contains("1 of 2 rows") && said.contains("row 3"),
        "{said}"
    );
    let elsewhere = [TEXT, "--base-url", "http://127.0.0.1:9/v1"];
    let said = run(&mut each(&server, &folder, &elsewhere)).failed(2);
    assert!(
        said.contains("is the journal of `chats start` at http://"),
        "{said}"
    );
    // Somebody's file is left as it is.
    for more in [&["--dry-run"][..], &[]] {
        let arguments: Vec<_> = [TEXT, "--journal", "people.csv"]
            .into_iter()
            .chain(more.iter().copied())
            .collect();
        let said = run(&mut each(&server, &folder, &arguments)).failed(2);
        assert!(said.contains("people.csv is no journal"), "{said}");
    }
    let table = fs::read_to_string(folder.path().join("people.csv")).expect("a table");
    assert!(table.ends_with("Grace Hopper\n"), "{table}");
    assert_eq!((journal(&folder), server.received_count()), (written, 2));
}

#[test]
fn a_torn_line_of_the_journal_is_as_good_as_none() {
    let server = server();
    let folder = folder("to,first_name\nx1,Ada\n");
    run(&mut each(&server, &folder, &[TEXT])).succeeded();
    let whole = journal(&folder);
    let path = folder.path().join("people.csv.journal");
    let ends: Vec<usize> = whole.match_indices('\n').map(|(at, _)| at + 1).collect();
    let [header, sending, sent] = ends[..] else {
        panic!("{whole}");
    };
    for length in [
        0,
        9,
        header - 1,
        header,
        header + 9,
        sending - 1,
        sending,
        sending + 9,
        sent - 1,
    ] {
        fs::write(&path, &whole[..length]).expect("it is written");
        server.forget_received();
        let run = run(&mut each(&server, &folder, &[TEXT]));
        // Before the line about sending is finished, nothing is sent; after it, nobody knows.
        let (code, state, received) = if length < sending {
            (0, "2 sent", 1)
        } else {
            (5, "2 unknown", 0)
        };
        assert_eq!(
            (run.code, states(&run)),
            (code, vec![state.to_owned()]),
            "{length}: {}",
            run.stderr
        );
        assert_eq!(server.received().len(), received);
        assert!(journal(&folder).ends_with('\n'));
    }
}

#[test]
fn a_rate_is_kept() {
    let server = server();
    let folder = folder("to,first_name\nx1,Ada\nx2,Grace\n");
    // One and a half times the gap is 15 ms.
    run(&mut each(&server, &folder, &[TEXT, "--per-hour", "360000"])).succeeded();
    let said = run(&mut each(&server, &folder, &[TEXT, "--per-hour", "0"])).failed(2);
    assert!(said.contains("--per-hour"), "{said}");
    assert_eq!(server.received_count(), 2);
}

#[test]
fn a_file_that_is_missing_in_one_row_is_found_for_all() {
    let server = server();
    let folder = folder("to,first_name,cv\nx1,Ada,people.csv\nx2,Grace,none.pdf\n");
    let said = run(&mut each(&server, &folder, &[TEXT, "--attach", "{{ cv }}"])).failed(2);
    assert!(
        said.contains("row 3") && said.contains("cannot read none.pdf"),
        "{said}"
    );
    assert!(!Path::new("people.csv.journal").exists());
    assert_eq!(server.received_count(), 0);
}
