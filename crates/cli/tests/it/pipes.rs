//! Pipes: input that nobody asked for, and output that nobody reads.

use std::{
    fs::{self, File},
    io::{Write, pipe},
    process::{Command, Stdio},
};

use crate::support::{KEY, at, postpress, server};

/// The exit code and standard error of a run with this standard input.
fn run(command: &mut Command, input: impl Into<Stdio>) -> (Option<i32>, String) {
    let output = command.stdin(input).output().expect("it runs");
    (
        output.status.code(),
        String::from_utf8(output.stderr).expect("UTF-8"),
    )
}

#[test]
fn input_that_nothing_reads_is_refused() {
    let server = server();
    let dir = tempfile::tempdir().expect("a directory");
    let path = dir.path().join("input");
    fs::write(&path, "hi\n").expect("it is written");
    let send = ["messages", "send", "chat_1"];
    for (more, says) in [
        (&[][..], "`-` as the text sends it"),
        (&["Hi"], "`-` as the text sends it"),
        (
            &["--attach", path.to_str().expect("UTF-8")],
            "`< /dev/null`",
        ),
    ] {
        let mut command = at(&server, send.into_iter().chain(more.iter().copied()));
        let (reader, mut writer) = pipe().expect("a pipe");
        writer.write_all(b"hi\n").expect("it is written");
        drop(writer);
        let file = File::open(&path).expect("a file");
        for (code, said) in [run(&mut command, reader), run(&mut command, file)] {
            assert_eq!(code, Some(2), "{said}");
            assert!(said.contains(says), "{said}");
        }
    }
    assert_eq!(server.received_count(), 0);
}

#[test]
fn input_without_anything_in_it_is_no_matter() {
    let server = server();
    let send = || at(&server, ["messages", "send", "chat_1", "Hi"]);
    let dir = tempfile::tempdir().expect("a directory");
    let path = dir.path().join("empty");
    fs::write(&path, "").expect("it is written");
    let (closed, writer) = pipe().expect("a pipe");
    drop(writer);
    // The other end stays open, as that of a program that starts this one may.
    let (silent, _open) = pipe().expect("a pipe");
    let inputs: [Stdio; 4] = [
        Stdio::null(),
        closed.into(),
        silent.into(),
        File::open(&path).expect("a file").into(),
    ];
    for input in inputs {
        assert_eq!(run(&mut send(), input), (Some(0), String::new()));
    }
    let mut shell = Command::new("sh");
    let closed = "exec 0<&-; exec \"$0\" messages send chat_1 Hi";
    let shell = shell
        .args(["-c", closed, env!("CARGO_BIN_EXE_postpress")])
        .env("POSTPRESS_API_KEY", KEY)
        .env("POSTPRESS_BASE_URL", server.base_url());
    assert_eq!(run(shell, Stdio::null()).0, Some(0));
    assert_eq!(server.received_count(), 5);
}

#[test]
fn output_that_nobody_reads_is_no_error() {
    let server = server();
    let dir = tempfile::tempdir().expect("a directory");
    fs::write(dir.path().join("people.csv"), "to\nx1\n").expect("it is written");
    for arguments in [
        &["--help"][..],
        &["chats", "start", "--help"],
        &["chats", "list"],
        &["chats", "list", "-o", "table"],
        &["chats", "list", "--all", "-o", "csv"],
        &["chats", "get", "chat_1"],
        &["chats", "list", "--dry-run"],
        &["messages", "send", "chat_1", "Hi"],
        &[
            "chats",
            "start",
            "-a",
            "a",
            "--each",
            "people.csv",
            "-t",
            "{{ to }}",
            "Hi",
        ],
        &["errors"],
        &["schema"],
        &["completions", "bash"],
        &["man"],
        &["demo"],
    ] {
        let (reader, writer) = pipe().expect("a pipe");
        drop(reader);
        let mut command = at(&server, arguments.iter().copied());
        command.current_dir(dir.path()).stdout(writer);
        let ended = run(&mut command, Stdio::null());
        assert_eq!(ended, (Some(0), String::new()), "{arguments:?}");
    }
    // Nor are messages that nobody reads.
    let (reader, writer) = pipe().expect("a pipe");
    drop(reader);
    let mut failing = postpress([
        "chats",
        "get",
        "x",
        "-vv",
        "--base-url",
        "http://127.0.0.1:9",
    ]);
    let failing = failing
        .env("POSTPRESS_API_KEY", KEY)
        .args(["--retries", "0"]);
    let status = failing.stderr(writer).status().expect("it runs");
    assert_eq!(status.code(), Some(6));
}
