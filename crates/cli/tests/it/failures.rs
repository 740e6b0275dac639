//! How failures are told, and the exit codes they end with.

use std::{
    io::{Read, Write},
    net::TcpListener,
};

use postpress::ErrorType;

use crate::support::{KEY, at, postpress, run, run_with, server, server_with, without_cause};

/// What changes from run to run.
fn stable(text: &str) -> String {
    let words = text.split(' ').map(|word| match word.split_once("req_") {
        Some((before, rest)) => format!(
            "{before}req_…{}",
            rest.trim_start_matches(|c: char| c.is_ascii_alphanumeric())
        ),
        None => word.to_owned(),
    });
    words.collect::<Vec<_>>().join(" ")
}

#[test]
fn usage_is_2() {
    let server = server();
    for (arguments, says) in [
        (
            &["chats", "list", "--limit", "0"][..],
            "0 is not in 1..=250",
        ),
        (
            &["chats", "list", "--after", "soon"],
            "a time is written like",
        ),
        (&["chats", "list", "--api-key", "x"], "unexpected argument"),
        (
            &["chats", "start", "Hi"],
            "the ids of accounts are in the postpress dashboard",
        ),
        (
            &["chats", "start", "Hi"],
            "Usage: postpress chats start --account <ID> --to <ID> <TEXT>\n",
        ),
        (
            &["messages", "send"],
            "Usage: postpress messages send <CHAT> [TEXT]\n",
        ),
        (
            &["chats", "list", "--provider", "whatsap"],
            "no provider is called whatsap; perhaps whatsapp; if it is new, write raw:whatsap",
        ),
        (
            &["messages", "send", "chat_1", "- hi"],
            "goes to the end, after `--`: -- '- like this'",
        ),
        (
            &["messages", "send", "chat_1", "Hi", "-q", "msg_1"],
            "unexpected argument '-q'",
        ),
        (&["chats", "get", " "], "CHAT"),
        (&["messages", "send", "chat_1"], "there is nothing to send"),
        (
            &["messages", "send", "chat_1", " \n"],
            "there is nothing to send",
        ),
        (
            &["messages", "send", "chat_1", "-"],
            "there is nothing to send",
        ),
        (
            &["chats", "start", "-a", "a", "-t", "b"],
            "there is nothing to send",
        ),
        (
            &[
                "chats", "start", "-a", "a", "-t", "b", "--inmail", "-f", "-",
            ],
            "there is nothing to send",
        ),
        (
            &["messages", "send", "chat_1", "--attach", "no/such/file.pdf"],
            "cannot read no/such/file.pdf: no such file",
        ),
        (
            &["messages", "send", "chat_1", "--attach", "."],
            "it is a directory",
        ),
        (
            &["messages", "send", "chat_1", "-", "--attach", "-"],
            "can be read only once",
        ),
        (
            &["chats", "start", "-a", "a", "-t", "linkedin:x", "Hi"],
            "--to",
        ),
        (
            &[
                "chats",
                "start",
                "-a",
                "a",
                "-t",
                "b",
                "--inmail",
                "--signature",
                "s",
                "Hi",
            ],
            "cannot be used with",
        ),
        (
            &[
                "chats",
                "start",
                "-a",
                "a",
                "-t",
                "b",
                "--linkedin",
                "recruiter",
                "--topic",
                "other",
                "Hi",
            ],
            "does not take the options of LinkedIn classic",
        ),
        (
            &[
                "chats",
                "start",
                "-a",
                "a",
                "-t",
                "b",
                "--follow-up-days",
                "5",
                "Hi",
            ],
            "--follow-up-subject",
        ),
        (&["errors", "no_hander"], "perhaps no_handler"),
        (&["schema", "Chatt"], "there is no type"),
    ] {
        let said = run(&mut at(&server, arguments.iter().copied())).failed(2);
        assert!(said.contains(says), "{arguments:?}: {said}");
    }
    assert_eq!(server.received_count(), 0);
}

#[test]
fn not_sent_is_3_and_no_response_to_a_read_is_6() {
    let server = server();
    let nowhere = ["--base-url", "http://127.0.0.1:9/v1", "--retries", "0"];
    let send = ["messages", "send", "chat_1", "Hi"]
        .into_iter()
        .chain(nowhere);
    insta::assert_snapshot!(without_cause(&run(&mut at(&server, send)).failed(3)));
    let read = ["chats", "get", "chat_1"].into_iter().chain(nowhere);
    run(&mut at(&server, read)).failed(6);
    server.inject("hang".parse().expect("a fault"));
    run(&mut at(
        &server,
        ["chats", "list", "--timeout", "50ms", "--retries", "0"],
    ))
    .failed(6);
}

/// The address of a server that reads one form, and responds so.
fn responds(status: &'static str, body: &'static str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    std::thread::spawn(move || {
        let (mut connection, _) = listener.accept().expect("a connection");
        let mut received = Vec::new();
        while !received.ends_with(b"--\r\n") {
            let mut chunk = [0; 4096];
            let read = connection.read(&mut chunk).expect("a form");
            received.extend_from_slice(&chunk[..read]);
        }
        let length = body.len();
        let response = format!("HTTP/1.1 {status}\r\ncontent-length: {length}\r\n\r\n{body}");
        let _ = connection.write_all(response.as_bytes());
    });
    format!("http://{address}/v1")
}

#[test]
fn a_success_is_0_without_an_id_too_and_unknown_is_5() {
    let send = |url: &str| {
        let arguments = ["messages", "send", "chat_1", "Hi", "--base-url", url];
        run(postpress(arguments).env("POSTPRESS_API_KEY", KEY))
    };
    let sent = send(&responds("201 Created", r#"{"message_id": null}"#)).succeeded();
    assert_eq!(sent.json(), serde_json::json!({ "message_id": null }));
    let sent = send(&responds("204 No Content", "")).succeeded();
    assert_eq!(sent.json(), serde_json::json!({}));
    let error = r#"{"title": "No session", "status": 503}"#;
    let said = send(&responds("200 OK", error)).failed(5);
    assert!(said.contains("its body is an error: No session"), "{said}");
    assert!(said.contains("look into the chat"), "{said}");
}

#[test]
fn a_service_that_repeats_the_key_does_not_make_it_show() {
    const ERROR: &str = r#"{"title": "pp_live_0123456789", "detail": "Bad key pp_live_0123456789", "instance": "pp_live_0123456789"}"#;
    assert!(ERROR.contains(KEY));
    for body in [ERROR, "<html>pp_live_0123456789</html>"] {
        let url = responds("401 Unauthorized", body);
        let arguments = [
            "messages",
            "send",
            "chat_1",
            "Hi",
            "-vv",
            "--base-url",
            &url,
        ];
        let said = run(postpress(arguments).env("POSTPRESS_API_KEY", KEY)).failed(4);
        assert!(said.contains("[redacted]") && !said.contains(KEY), "{said}");
    }
}

#[test]
fn rejected_is_4_and_says_what_to_do() {
    let server = server();
    let said = run(&mut at(
        &server,
        [
            "chats",
            "start",
            "-a",
            "acc_1",
            "-t",
            "err_no_connection_with_recipient",
            "Hi",
        ],
    ))
    .failed(4);
    insta::assert_snapshot!(stable(&said));
    let said = run(&mut at(&server, ["chats", "get", "chat_9"])).failed(4);
    assert!(
        said.contains("errors/resource_not_found (404)") && !said.contains("delivery"),
        "{said}"
    );
}

#[test]
fn delivery_unknown_is_5_and_warns() {
    let server = server();
    server.inject("reset-after-read".parse().expect("a fault"));
    insta::assert_snapshot!(without_cause(
        &run(&mut at(&server, ["messages", "send", "chat_1", "Hi"])).failed(5)
    ));
    for (fault, timeout) in [("hang", "1s"), ("502", "1h")] {
        server.inject(fault.parse().expect("a fault"));
        let send = ["messages", "send", "chat_1", "Hi", "--timeout", timeout];
        let said = run(&mut at(&server, send)).failed(5);
        assert!(said.contains("may have been sent"), "{fault}: {said}");
    }
}

#[test]
fn a_response_that_is_no_documented_error_is_quoted() {
    let server = server();
    server.inject("502".parse().expect("a fault"));
    let said = run(&mut at(&server, ["chats", "list", "--retries", "0"])).failed(4);
    assert!(
        said.starts_with("error: the service responded with 502 Bad Gateway\n  response "),
        "{said}"
    );
    server.inject("401".parse().expect("a fault"));
    let said = run(&mut at(&server, ["chats", "list"])).failed(4);
    assert!(said.contains("check the key"), "{said}");
}

#[test]
fn the_advice_on_trying_again_is_what_the_client_does() {
    let server = server();
    for info in ErrorType::all() {
        let name = info.error_type().trim_start_matches("errors/");
        let entry = run(&mut postpress(["errors", name, "-o", "jsonl"]))
            .succeeded()
            .json();
        let account = format!("err_{name}");
        if !info.operations().any(|operation| operation == "startChat") {
            continue;
        }
        server.forget_received();
        let before = server.received_count();
        let send = [
            "chats",
            "start",
            "-a",
            &account,
            "-t",
            "x",
            "Hi",
            "--retries",
            "1",
        ];
        let failed = run(&mut at(&server, send));
        let expected = match entry["again"].as_str() {
            Some("yes") => (4, 2),
            Some("reads-only") => (5, 1),
            _ => (4, 1),
        };
        assert_eq!(
            (failed.code, server.received_count() - before),
            expected,
            "{name}: {}",
            failed.stderr
        );
    }
}

#[test]
fn the_key_is_never_shown() {
    let server = server_with(|builder| builder.api_key("another"));
    for arguments in [
        &["chats", "list", "-vvv"][..],
        &["messages", "send", "chat_1", "Hi", "-vv"],
    ] {
        let said = run(&mut at(&server, arguments.iter().copied()));
        assert_eq!(said.code, 4);
        assert!(
            said.stderr.contains("postpress.operation"),
            "{}",
            said.stderr
        );
        assert!(!said.stderr.contains(KEY), "{}", said.stderr);
    }
}

#[test]
fn text_that_is_none_is_refused() {
    let said = run_with(
        &mut at(&server(), ["messages", "send", "chat_1", "-"]),
        b"\xff\xfe",
    )
    .failed(2);
    assert!(
        said.contains("standard input is not text in UTF-8"),
        "{said}"
    );
}

/// The error that a run printed as JSON.
fn error(run: crate::support::Run) -> serde_json::Value {
    let json: serde_json::Value =
        serde_json::from_str(&run.stderr).unwrap_or_else(|error| panic!("{error}: {run:#?}"));
    assert_eq!(json["error"]["exit_code"], run.code);
    json["error"].clone()
}

#[test]
fn with_output_json_an_error_is_json() {
    let server = server();
    let send = ["messages", "send", "chat_1", "Hi", "-o", "json"];
    server.inject("429=7s".parse().expect("a fault"));
    let limited = error(run(&mut at(
        &server,
        send.into_iter().chain(["--retries", "0"]),
    )));
    assert_eq!(limited["type"], "errors/too_many_requests");
    assert_eq!(
        (&limited["status"], &limited["retry_after"]),
        (&429.into(), &7.0.into())
    );
    assert_eq!(limited["delivery"], "rejected");
    assert!(
        limited["title"].is_string() && limited["next"].is_string(),
        "{limited}"
    );
    server.inject("reset-after-read".parse().expect("a fault"));
    assert_eq!(error(run(&mut at(&server, send)))["delivery"], "unknown");
    let account = [
        "--output=jsonl",
        "chats",
        "list",
        "-a",
        "err_account_restricted",
    ];
    let refused = [
        "chats",
        "start",
        "-a",
        "err_account_restricted",
        "-t",
        "x",
        "Hi",
        "-ojson",
    ];
    let refused = error(run(&mut at(&server, refused)));
    let id = refused["request_id"].as_str().expect("an id");
    assert!(
        id.starts_with("req_") && refused["detail"].is_string(),
        "{refused}"
    );
    // What is wrong with the command line, too.
    assert_eq!(error(run(&mut at(&server, account)))["exit_code"], 2);
    let missing = ["messages", "send", "chat_1", "--output", "json"];
    let missing = error(run(&mut at(&server, missing)));
    assert!(
        missing["title"]
            .as_str()
            .is_some_and(|it| it.starts_with("there is nothing to send"))
    );
}

#[test]
fn a_connection_that_fails_names_host_port_and_proxy() {
    let nowhere = |arguments: &[&str], proxy: Option<(&str, &str)>| {
        let arguments = ["chats", "list", "--retries", "0"].iter().chain(arguments);
        let mut command = postpress(arguments);
        command.env("POSTPRESS_API_KEY", KEY).envs(proxy);
        run(&mut command)
    };
    let local = "--base-url=http://127.0.0.1:9/v1";
    let said = nowhere(&[local], None).failed(6);
    assert!(said.contains("address   127.0.0.1:9\n"), "{said}");
    assert!(!said.contains("proxy "), "{said}");
    let by = "--proxy=http://user:secret@127.0.0.1:7";
    let said = nowhere(&[by, "--base-url=https://example.com"], None).failed(6);
    assert!(said.contains("address   example.com:443\n"), "{said}");
    assert!(
        said.contains("proxy     127.0.0.1:7\n") && !said.contains("secret"),
        "{said}"
    );
    let environment = ("HTTPS_PROXY", "http://user:secret@127.0.0.1:5");
    let said = nowhere(&["-o", "json"], Some(environment));
    let error = error(said);
    assert_eq!(error["address"], "api.postpress.ai:443");
    assert_eq!(error["proxy"], "127.0.0.1:5");
    // It is not used for this one.
    let said = nowhere(&[local], Some(environment)).failed(6);
    assert!(!said.contains("proxy "), "{said}");
}

#[test]
fn advice_speaks_of_flags() {
    let server = server();
    let start = ["chats", "start", "-a", "a", "Hi", "-t"];
    for (arguments, says) in [
        (
            &["chats", "list", "--base-url", "http://192.0.2.1"][..],
            "give --allow-http",
        ),
        (
            &["chats", "list", "--base-url", "http://k@192.0.2.1"],
            "POSTPRESS_API_KEY",
        ),
    ] {
        let said = run(&mut at(&server, arguments.iter().copied())).failed(2);
        assert!(said.contains(says) && !said.contains("`"), "{said}");
    }
    for (to, flag) in [
        ("linkedin:x", "--to:"),
        ("linkedin-company:9", "--topic:"),
        ("whatsapp:0", "--to:"),
    ] {
        let said = run(&mut at(&server, start.into_iter().chain([to]))).failed(2);
        assert!(said.contains(flag) && !said.contains("::"), "{said}");
    }
    let follow_up = [
        "--follow-up-subject",
        "s",
        "--follow-up-text",
        " ",
        "--follow-up-days",
        "5",
    ];
    let zone = ["x", "--follow-up-timezone", "Europe/Pariz"];
    let said = run(&mut at(
        &server,
        start.into_iter().chain(zone).chain(follow_up),
    ))
    .failed(2);
    for flag in [
        "--follow-up-text: it is empty",
        "--follow-up-timezone: \"Europe/Pariz\"",
    ] {
        assert!(said.contains(flag), "{said}");
    }
}
