//! What goes out.

use std::fs;

use postpress_mock::{MockServer, Received};

use crate::support::{at, run, run_with, server};

/// The only request that a server received.
fn only(server: &MockServer) -> Received {
    let received = server.received();
    assert_eq!(received.len(), 1, "{received:#?}");
    received[0].clone()
}

/// The texts and files of a form, a line each.
fn form(received: &Received) -> String {
    assert_eq!(received.ignored(), [""; 0]);
    let lines = received.parts().iter().map(|part| match part.text() {
        Some(text) => format!("{} = {text}", part.name()),
        None => format!(
            "{} = {} of {} bytes, {}",
            part.name(),
            part.file_name().unwrap_or_default(),
            part.size(),
            part.media_type().unwrap_or_default()
        ),
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn a_message_goes_out_with_everything_that_was_given() {
    let server = server();
    let dir = tempfile::tempdir().expect("a directory");
    for (name, content) in [
        ("report.pdf", "%PDF"),
        ("photo.jpg", "jpg"),
        ("hello.m4a", "m4a"),
        ("hello.mp4", "mp4"),
    ] {
        fs::write(dir.path().join(name), content).expect("it is written");
    }
    let arguments = [
        "messages",
        "send",
        "chat_1",
        "Got it, thanks!",
        "--account",
        "acc_1",
        "--thread",
        "t_1",
        "--quote",
        "msg_1",
        "--typing-duration",
        "3s",
        "--attach",
        "report.pdf",
        "--attach",
        "photo.jpg;name=Photo \"1\".jpg",
        "--voice",
        "hello.m4a",
        "--video",
        "hello.mp4;type=video/x-odd",
        "--max-file-size",
        "15MB",
    ];
    let sent = run(at(&server, arguments).current_dir(dir.path()))
        .succeeded()
        .json();
    assert_eq!(sent["object"], "MessageSent");
    let received = only(&server);
    assert_eq!(
        (received.method(), received.path()),
        ("POST", "/v1/chats/chat_1/messages")
    );
    insta::assert_snapshot!(form(&received));
}

#[test]
fn a_group_is_started_with_several_recipients() {
    let server = server();
    let arguments = [
        "chats",
        "start",
        "--account",
        "acc_2",
        "--to",
        "whatsapp:+33 6 00 00 00 00",
        "-t",
        "33600000001@s.whatsapp.net",
        "--subject",
        "Vacation",
        "Who is in?",
    ];
    let started = run(&mut at(&server, arguments)).succeeded().json();
    assert_eq!(started["object"], "ChatStarted");
    insta::assert_snapshot!(form(&only(&server)));
}

#[test]
fn linkedin_classic_follows_from_its_options() {
    let server = server();
    let arguments = [
        "chats",
        "start",
        "-a",
        "acc_1",
        "-t",
        "linkedin:ACoAAA",
        "--topic",
        "request-demo",
        "--applicant",
        "ap_1",
        "--invitation",
        "in_1",
        "--inmail",
        "Hello!",
    ];
    run(&mut at(&server, arguments)).succeeded();
    insta::assert_snapshot!(form(&only(&server)));
}

#[test]
fn linkedin_recruiter_takes_a_follow_up_with_files() {
    let server = server();
    let dir = tempfile::tempdir().expect("a directory");
    fs::write(dir.path().join("offer.pdf"), "%PDF").expect("it is written");
    fs::write(dir.path().join("later.txt"), "Did you see\nmy message?\n").expect("it is written");
    let arguments = [
        "chats",
        "start",
        "-a",
        "acc_1",
        "-t",
        "AEMAAA",
        "--linkedin",
        "recruiter",
        "--signature",
        "Ada",
        "--hiring-project",
        "p_1",
        "--job-posting",
        "j_1",
        "--sourcing-channel",
        "recruiter_search",
        "--email-address",
        "jordan@example.com",
        "--visibility",
        "public",
        "--follow-up-subject",
        "One more thing",
        "--follow-up-text-file",
        "later.txt",
        "--follow-up-attach",
        "offer.pdf",
        "--follow-up-weeks",
        "2",
        "--follow-up-timezone",
        "Europe/Paris",
        "Hello!",
    ];
    run(at(&server, arguments).current_dir(dir.path())).succeeded();
    insta::assert_snapshot!(form(&only(&server)));
}

#[test]
fn sales_navigator_is_named_and_needs_no_more() {
    let server = server();
    run(&mut at(
        &server,
        [
            "chats",
            "start",
            "-a",
            "acc_1",
            "-t",
            "ACwAAA",
            "--linkedin",
            "sales-navigator",
            "Hi",
        ],
    ))
    .succeeded();
    assert_eq!(only(&server).text("linkedin[api]"), Some("sales_navigator"));
}

#[test]
fn bracketed_arrays_are_an_option() {
    let server = server();
    let sent = [
        "chats",
        "start",
        "-a",
        "acc_1",
        "-t",
        "ACoAAA",
        "--bracketed-arrays",
        "Hi",
    ];
    run(&mut at(&server, sent));
    assert!(only(&server).part("attendees_ids[]").is_some());
}

#[test]
fn text_and_files_come_from_standard_input() {
    let server = server();
    run_with(
        &mut at(&server, ["messages", "send", "chat_1", "-"]),
        "two\nlines\n".as_bytes(),
    )
    .succeeded();
    assert_eq!(only(&server).text("text"), Some("two\nlines"));
    server.forget_received();
    let sent = [
        "messages",
        "send",
        "chat_1",
        "The notes",
        "--attach",
        "-;name=notes.csv",
    ];
    run_with(&mut at(&server, sent), b"a,b\n").succeeded();
    insta::assert_snapshot!(form(&only(&server)));
}

#[test]
fn a_message_is_sent_again_only_where_nothing_was_sent() {
    let server = server();
    server.inject("429=0s".parse().expect("a fault"));
    run(&mut at(&server, ["messages", "send", "chat_1", "once"])).succeeded();
    assert_eq!((server.received_count(), server.messages_sent()), (2, 1));
    server.inject("reset-after-read".parse().expect("a fault"));
    run(&mut at(&server, ["messages", "send", "chat_1", "perhaps"])).failed(5);
    assert_eq!((server.received_count(), server.messages_sent()), (3, 2));
}
