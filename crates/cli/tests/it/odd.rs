//! Records that are not what the documentation says: each is printed, costs nothing else, and is named.

use std::{
    fmt::Write as _,
    io::{Read, Write as _},
    net::TcpListener,
};

use postpress::raw::{RawJson, decode_json};
use postpress_mock::{Fault, MockServer, Oddity};
use serde_json::json;

use crate::support::{KEY, Run, at, postpress, run, server, server_with};

/// All kinds of oddities, and those that a chat of a listing can have.
fn kinds() -> impl Iterator<Item = (Oddity, bool)> {
    let in_messages_only = [Oddity::HugeNumber, Oddity::LongInteger, Oddity::DeepNesting];
    let kinds = Oddity::ALL.iter().copied();
    kinds.map(move |kind| (kind, !in_messages_only.contains(&kind)))
}

/// A server on which a record of each response is odd.
fn odd(kind: Oddity) -> MockServer {
    server_with(|builder| {
        builder
            .record_responses()
            .fault(Fault::odd_record(kind).always())
    })
}

/// Runs a command whose last response was odd, and says nothing of anybody on standard error. Returns that response, too.
fn run_odd(server: &MockServer, arguments: &[&str]) -> (Run, String) {
    let run = run(&mut at(server, arguments.iter().copied()));
    assert_eq!(run.code, 0, "{run:#?}");
    for text in [
        "Jordan", "Vacation", "Friends", "Sounds", "ACoAACr", "unheard",
    ] {
        assert!(!run.stderr.contains(text), "{run:#?}");
    }
    let received = server.received();
    let last = received.last().expect("a request");
    assert_eq!(last.faults().len(), 1, "{last}");
    let body = String::from_utf8(last.response_body().to_vec()).expect("UTF-8");
    (run, body)
}

/// JSON without the white space between its tokens. No string of these tests has two blanks or a line break.
fn squeezed(json: &str) -> String {
    let lines: String = json.lines().map(str::trim_start).collect();
    lines.replace("\": ", "\":")
}

/// The records of a page.
fn items(page: &str) -> Vec<String> {
    #[derive(serde::Deserialize)]
    struct Page {
        items: Vec<RawJson>,
    }
    let page: Page = decode_json(page.as_bytes()).expect("a page");
    page.items.iter().map(|it| it.as_str().to_owned()).collect()
}

#[test]
fn json_is_what_the_service_sent_whatever_it_is() {
    for (kind, in_lists) in kinds() {
        let server = odd(kind);
        let (got, sent) = run_odd(&server, &["chats", "get", "chat_1", "-o", "json"]);
        assert_eq!(squeezed(&got.stdout), sent, "{kind}");
        let (got, sent) = run_odd(&server, &["chats", "get", "chat_1", "-o", "jsonl"]);
        assert_eq!(got.stdout, sent + "\n", "{kind}");
        if !in_lists {
            continue;
        }
        let (page, sent) = run_odd(&server, &["chats", "list", "-o", "json"]);
        assert_eq!(squeezed(&page.stdout), sent, "{kind}");
        let (all, _) = run_odd(&server, &["chats", "list", "--all", "-o", "json"]);
        assert_eq!(items(&squeezed(&all.stdout)), items(&sent), "{kind}");
        let list = ["chats", "list", "-o", "jsonl"];
        for arguments in [&list[..], &["chats", "list", "-o", "jsonl", "--all"]] {
            let (lines, _) = run_odd(&server, arguments);
            let lines: Vec<&str> = lines.stdout.lines().collect();
            assert_eq!(lines, items(&sent), "{kind}");
        }
    }
}

/// A service that responds once with this JSON.
fn responds(json: &str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    let length = json.len();
    let response = format!("HTTP/1.1 200 OK\r\ncontent-length: {length}\r\n\r\n{json}");
    std::thread::spawn(move || {
        let (mut connection, _) = listener.accept().expect("a connection");
        let mut head = [0; 4096];
        let _ = connection.read(&mut head);
        let _ = connection.write_all(response.as_bytes());
    });
    format!("http://{address}/v1")
}

/// What a command prints of a response.
fn printed(arguments: &[&str], response: &str) -> Run {
    let url = responds(response);
    let arguments = arguments.iter().copied().chain(["--base-url", &url]);
    run(postpress(arguments).env("POSTPRESS_API_KEY", KEY))
}

#[test]
fn nothing_of_a_record_is_rewritten() {
    let chat = r#"{"new":[1.0,1e2,{}],"id":"c\u00e9","object":"Chat","account_id":"a","account_type":"LINKEDIN","provider_id":"p","name":null,"type":0,"timestamp":"2026-05-17T11:42:11.1203+02:00","unread_count":0,"archived":0,"muted_until":null,"read_only":0,"disabledFeatures":[],"folder":[],"pinned":0}"#;
    let page = format!(r#"{{"total":1.50,"items":[{chat}],"cursor":null,"object":"ChatList"}}"#);
    let lines = printed(&["chats", "list", "-o", "jsonl"], &page).succeeded();
    assert_eq!(lines.stdout, format!("{chat}\n"));
    let all = printed(&["chats", "list", "--all", "-o", "jsonl"], &page).succeeded();
    assert_eq!(all.stdout, format!("{chat}\n"));
    let whole = printed(&["chats", "list", "-o", "json"], &page).succeeded();
    assert_eq!(squeezed(&whole.stdout), page);
    let detail = chat.replace("}]", "}],\"lastMessage\":null");
    let got = printed(&["chats", "get", "c", "-o", "json"], &detail).succeeded();
    assert_eq!(squeezed(&got.stdout), detail);
    let csv = printed(&["chats", "list", "-o", "csv"], &page).succeeded();
    assert!(
        csv.stdout.contains(",2026-05-17T11:42:11.1203+02:00,"),
        "{csv:#?}"
    );
}

#[test]
fn a_chat_that_is_odd_itself_is_printed_and_what_is_no_chat_is_an_error() {
    let chat = r#"{"id":"chat_1","object":"Chat","name":"Jordan Walke","unread_count":2}"#;
    for (format, expected) in [
        ("jsonl", format!("{chat}\n")),
        (
            "table",
            "Jordan Walke  \n  id      chat_1\n  unread  2\n\nNo messages.\n".to_owned(),
        ),
    ] {
        let got = printed(&["chats", "get", "chat_1", "-o", format], chat);
        assert_eq!((got.code, got.stdout), (0, expected));
        assert!(
            got.stderr
                .starts_with("Not as documented: missing field `account_id`"),
            "{}",
            got.stderr
        );
    }
    for other in [r#"{"title":"Gone"}"#, r#"["chat_1"]"#, "null", "<p>"] {
        printed(&["chats", "get", "chat_1"], other).failed(1);
    }
}

#[test]
fn all_pages_are_listed_whatever_is_odd_on_one_of_them() {
    let fault = Fault::odd_record(Oddity::Missing).one_in(2);
    let server = server_with(|builder| builder.fault(fault));
    for _ in 0..72 {
        server.add_chat(json!({})).expect("a chat");
    }
    let all = ["chats", "list", "--all", "--limit", "25", "-o", "jsonl"];
    let listing = run(&mut at(&server, all));
    assert_eq!((listing.code, listing.stdout.lines().count()), (0, 75));
    assert_eq!(listing.stderr.lines().count(), 1, "{listing:#?}");
    assert!(
        listing
            .stderr
            .contains(" is not as documented: missing field ")
    );
}

#[test]
fn tables_and_csv_show_what_is_known_and_a_note_says_which_and_why() {
    let mut shown = String::new();
    for (kind, _) in kinds().filter(|(_, in_lists)| *in_lists) {
        let server = odd(kind);
        let (table, _) = run_odd(&server, &["chats", "list", "-o", "table"]);
        assert_eq!(table.stdout.lines().count(), 4, "{table:#?}");
        let (all, _) = run_odd(&server, &["chats", "list", "--all", "-o", "table"]);
        assert_eq!(
            (all.stdout, &all.stderr),
            (table.stdout.clone(), &table.stderr)
        );
        let (csv, _) = run_odd(&server, &["chats", "list", "-o", "csv"]);
        assert_eq!(csv.stdout.lines().count(), 4, "{csv:#?}");
        assert_eq!(csv.stderr, table.stderr);
        let row = |lines: &str| lines.lines().nth(2).unwrap_or_default().to_owned();
        let (table_row, csv_row) = (row(&table.stdout), row(&csv.stdout));
        let _ = writeln!(shown, "{kind}\n{table_row}\n{csv_row}\n{}", table.stderr);
    }
    insta::assert_snapshot!(shown);
}

#[test]
fn a_chat_whose_last_message_is_odd_is_shown() {
    let mut shown = String::new();
    for (kind, _) in kinds() {
        let server = odd(kind);
        let (table, _) = run_odd(&server, &["chats", "get", "chat_1", "-o", "table"]);
        assert!(table.stdout.starts_with("Jordan Walke"), "{table:#?}");
        let (csv, _) = run_odd(&server, &["chats", "get", "chat_1", "-o", "csv"]);
        assert_eq!(csv.stderr, table.stderr);
        let (_, message) = table.stdout.split_once("\n\n").expect("a message");
        let _ = writeln!(shown, "{kind}\n{message}{}", table.stderr);
    }
    insta::assert_snapshot!(shown);
}

#[test]
fn a_chat_whose_last_message_quotes_something_odd_is_shown() {
    let mut chat = server().chat("chat_1").expect("the chat");
    chat["lastMessage"]["quoted"] = json!("unheard of");
    chat["lastMessage"]["reply_to"] = json!({ "text": "Shall we?", "sender_id": null });
    let image =
        json!({ "id": "a", "type": "img", "url": "https://example.com/a.png", "sticker": null });
    chat["lastMessage"]["attachments"] = json!([image]);
    let get = ["chats", "get", "chat_1", "-o", "table"];
    let got = printed(&get, &chat.to_string());
    assert_eq!(got.code, 0, "{got:#?}");
    for shown in [
        "Jordan Walke",
        "Sounds good",
        "in reply to  Shall we?",
        "https://example.com/a.png",
    ] {
        assert!(got.stdout.contains(shown), "{got:#?}");
    }
    assert!(
        got.stderr
            .contains("Not as documented: lastMessage.quoted: expected "),
        "{got:#?}"
    );
}
