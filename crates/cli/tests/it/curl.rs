//! The curl lines of `--dry-run`, run by a real curl, where there is one.

use std::{fs, process::Command};

use postpress_mock::Received;

use crate::support::{KEY, at, run, server};

/// What of a request the service acts on.
fn essence(received: &Received) -> Vec<String> {
    let parts = received.parts().iter().map(|part| {
        format!(
            "{} {:?} {:?} {:?} {}",
            part.name(),
            part.text(),
            part.file_name(),
            part.media_type(),
            part.size()
        )
    });
    let head = format!(
        "{} {} {:?}",
        received.method(),
        received.path(),
        received.query()
    );
    std::iter::once(head).chain(parts).collect()
}

#[test]
fn curl_sends_what_the_program_sends() {
    let shell_and_curl = Command::new("sh").args(["-c", "curl --version"]).output();
    if !shell_and_curl.is_ok_and(|output| output.status.success()) {
        println!("skipped: there is no curl");
        return;
    }
    let server = server();
    let dir = tempfile::tempdir().expect("a directory");
    fs::write(dir.path().join("a;b, c.pdf"), "%PDF").expect("it is written");
    for arguments in [
        &[
            "chats",
            "list",
            "-a",
            "acc_1",
            "-a",
            "acc_2",
            "--unread",
            "--before",
            "2026-05-17T11:42:11+02:00",
        ][..],
        &["chats", "get", "l1", "--account", "acc_1"],
        &[
            "messages",
            "send",
            "chat_1",
            "@it's; <\"$HOME\"\n`x`;type=a",
            "--attach",
            "a;b, c.pdf",
            "--quote",
            "msg_1",
        ],
        &[
            "chats",
            "start",
            "-a",
            "acc_1",
            "-t",
            "ACoAAA",
            "--inmail=false",
            "--voice",
            "a;b, c.pdf;name=é.m4a",
            "Hi",
        ],
    ] {
        server.forget_received();
        run(at(&server, arguments.iter().copied()).current_dir(dir.path())).succeeded();
        let dry = run(at(
            &server,
            arguments.iter().copied().chain(["--dry-run", "-o", "json"]),
        )
        .current_dir(dir.path()))
        .json();
        let line = dry["curl"].as_str().expect("a curl line").to_owned();
        let curl = Command::new("sh")
            .args([
                "-c",
                &format!("{line} --silent --show-error --fail --noproxy '*'"),
            ])
            .env("POSTPRESS_API_KEY", KEY)
            .current_dir(dir.path())
            .output()
            .expect("curl runs");
        assert!(
            curl.status.success(),
            "{line}\n{}",
            String::from_utf8_lossy(&curl.stderr)
        );
        let received = server.received();
        assert_eq!(received.len(), 2, "{line}");
        assert_eq!(essence(&received[0]), essence(&received[1]), "{line}");
    }
}
