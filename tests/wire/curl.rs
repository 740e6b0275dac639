//! The same call by the real curl and by our client is the same request.

use std::fs;
use std::path::Path;

use postpress_client::forms::{
    ClassicOptions, LinkedinOptions, SendMessageRequest, StartChatRequest,
};
use postpress_client::multipart::{ArrayNames, FormOptions};
use postpress_client::params::{GetChatParams, ListChatsParams};
use postpress_client::{API_V1_BASE_URL, Client, DEFAULT_BASE_URL, Upload};
use postpress_tests::client::{client, keyless};
use postpress_tests::tools::Tools;
use postpress_tests::{Facts, Part, Request, Server, examples};
use tempfile::TempDir;

use crate::wire::curl_lines::{CurlLine, ORIGIN, beside};

fn tools() -> Tools {
    Tools::beside(env!("CARGO_TARGET_TMPDIR"))
}

/// A folder with the files that the lines name.
fn files() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("file.pdf"), "%PDF-1.7\r\n\r\n--").unwrap();
    fs::write(
        folder.path().join("cute_dog.png"),
        b"\x89PNG\r\n\x1a\n\0\xff",
    )
    .unwrap();
    folder
}

/// The call that a line makes, by our client.
async fn call(line: &CurlLine, client: &Client, files: &Path) {
    let upload = |path| vec![Upload::path(beside(files, path))];
    let start = |account_id: &str, attendees_ids: &[&str]| StartChatRequest {
        account_id: account_id.into(),
        attendees_ids: attendees_ids.iter().map(|&id| id.into()).collect(),
        text: Some("Hello world!".into()),
        ..Default::default()
    };
    let by_inmail = || {
        Some(LinkedinOptions::Classic(ClassicOptions {
            inmail: Some(true),
            ..Default::default()
        }))
    };
    let attendee = "ACoAAAcDMMQBODyLwZrRcgYhrkCafURGqva0U4E";
    let form = match line.page.as_str() {
        "List all chats" => {
            let params = ListChatsParams {
                account_id: vec!["acc_01HXYZ4QK3WJ8FN3M6QH7TZ8GR".into()],
                limit: Some(100),
                ..Default::default()
            };
            client.list_chats(&params).await.unwrap();
            return;
        }
        "Retrieve a chat" => {
            client
                .get_chat("chat_01HXYZ4QK3WJ8FN3M6QH7TZ8GR", &GetChatParams::default())
                .await
                .unwrap();
            return;
        }
        "Send a message in a chat" => {
            let form = SendMessageRequest {
                text: Some("Got it - thanks!".into()),
                attachments: upload("/path/to/file.pdf"),
                ..Default::default()
            };
            let chat = "chat_01HXYZ4QK3WJ8FN3M6QH7TZ8GR";
            client.send_message(chat, &form).await.unwrap();
            return;
        }
        "Send Messages: in an existing chat" => {
            let form = SendMessageRequest {
                text: Some("Hello world!".into()),
                ..Default::default()
            };
            client
                .send_message("9f9uio56sopa456s", &form)
                .await
                .unwrap();
            return;
        }
        "Start a new chat" => StartChatRequest {
            text: Some("Hey! Interested in chatting about your role.".into()),
            linkedin: by_inmail(),
            ..start("acc_01HXYZ4QK3WJ8FN3M6QH7TZ8GR", &["ACoAACr-1eYBl..."])
        },
        "Send Messages: to a user" => start("Yk08cDzzdsqs9_8ds", &[attendee]),
        "Send Messages: LinkedIn" => StartChatRequest {
            linkedin: by_inmail(),
            ..start("Asdq-j08dsqQS89QSD", &[attendee])
        },
        "Send Messages: attachments" => StartChatRequest {
            attachments: upload("C:\\Documents\\cute_dog.png"),
            ..start("sSR22ds5dd_ds", &[attendee])
        },
        "Send Messages: group chat" => StartChatRequest {
            subject: Some("Vacation".into()),
            ..start(
                "k0_s8cdss9Dz8ds",
                &["33600000000@s.whatsapp.net", "33600000001@s.whatsapp.net"],
            )
        },
        other => panic!("`{other}` has no call here"),
    };
    client.start_chat(&form).await.unwrap();
}

/// What our client sends for a line, with the base URL and key that the line has.
async fn sent(line: &CurlLine, files: &Path, options: FormOptions) -> Request {
    let url = line.arguments("--url").next().unwrap();
    let mut bases = [DEFAULT_BASE_URL, API_V1_BASE_URL].into_iter();
    let base = bases
        .find(|base| url.starts_with(&format!("{base}/")))
        .unwrap();
    let server = Server::responding(line.response());
    let client = keyless(&base.replace(ORIGIN, &server.origin()));
    let client = client
        .with_api_key(line.key())
        .unwrap()
        .with_form_options(options);
    call(line, &client, files).await;
    server.request()
}

/// The parts of a form, without the order of those that have different names, which has no meaning.
fn parts(request: &Request) -> Vec<Part> {
    if request.header("content-type").is_none() {
        assert_eq!(request.body, b"");
        return Vec::new();
    }
    let mut parts = request.parts();
    parts.sort_by(|one, other| one.name.cmp(&other.name));
    parts
}

fn assert_same(line: &CurlLine, curl: &Request, ours: &Request) {
    let page = &line.page;
    assert_eq!(ours.line(), curl.line(), "{page}");
    for header in ["x-api-key", "accept"] {
        assert_eq!(ours.header(header), curl.header(header), "{page}");
    }
    assert_eq!(parts(ours), parts(curl), "{page}");
}

#[test]
fn every_page_has_a_curl_line() {
    for facts in Facts::all() {
        assert!(!facts.curl_lines().is_empty(), "{}", facts.operation);
    }
}

#[tokio::test]
async fn our_client_sends_what_every_curl_line_of_the_pages_sends() {
    let (tools, files) = (tools(), files());
    for line in CurlLine::all() {
        let curl = match tools.curl() {
            Ok(curl) => line.run(curl, files.path()),
            Err(why) => return println!("{why}"),
        };
        // One page adds brackets to the name of a list, which the others do not, nor we by default.
        let brackets = line
            .arguments("--form")
            .any(|form| form.starts_with("attendees_ids[]="));
        let options = match brackets {
            true => FormOptions::new().with_array_names(ArrayNames::TextBrackets),
            false => FormOptions::new(),
        };
        let ours = sent(&line, files.path(), options).await;
        assert_same(&line, &curl, &ours);
        println!("{}: {} parts, the same", line.page, parts(&ours).len());
    }
}

#[tokio::test]
async fn by_default_only_the_brackets_of_one_list_differ_from_the_page() {
    let files = files();
    let line = CurlLine::all()
        .into_iter()
        .find(|line| line.page == "Start a new chat")
        .unwrap();
    let curl = match tools().curl() {
        Ok(curl) => line.run(curl, files.path()),
        Err(why) => return println!("{why}"),
    };
    let ours = sent(&line, files.path(), FormOptions::new()).await;
    let (mut theirs, ours) = (parts(&curl), parts(&ours));
    assert_ne!(ours, theirs);
    let list = theirs
        .iter_mut()
        .find(|part| part.name == "attendees_ids[]")
        .unwrap();
    list.name = "attendees_ids".into();
    assert_eq!(ours, theirs);
}

#[tokio::test]
async fn our_client_adds_no_header_that_curl_does_not_send() {
    let (tools, files) = (tools(), files());
    for line in CurlLine::all() {
        let curl = match tools.curl() {
            Ok(curl) => line.run(curl, files.path()),
            Err(why) => return println!("{why}"),
        };
        let ours = sent(&line, files.path(), FormOptions::new()).await;
        let mut theirs = curl.header_names();
        theirs.retain(|name| name != "user-agent");
        assert_eq!(ours.header_names(), theirs, "{}", line.page);
    }
}

#[tokio::test]
async fn hostile_file_names_are_sent_as_curl_sends_them() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("content");
    fs::write(&file, "1").unwrap();
    for name in [
        "Zo\u{eb} \u{65e5}\u{672c} \u{1f600}.pdf",
        "a\"b\".pdf",
        "a\r\nX-Evil: 1.pdf",
        "a;b=c&d%22.pdf",
        "\"; name=\"text.pdf",
        "a\\b.pdf",
    ] {
        let server = Server::responding(examples::response("sendMessage"));
        let mut curl = match tools().curl() {
            Ok(curl) => curl,
            Err(why) => return println!("{why}"),
        };
        // In curl's own quotes, `\` and `"` are escaped.
        let quoted = name.replace('\\', "\\\\").replace('"', "\\\"");
        let form = format!(
            "attachments=@{};filename=\"{quoted}\";type=application/pdf",
            file.display()
        );
        curl.args([
            "--disable",
            "--silent",
            "--noproxy",
            "*",
            "--form",
            &form,
            &server.origin(),
        ]);
        assert!(curl.output().unwrap().status.success());
        let theirs = server.request();

        let server = Server::responding(examples::response("sendMessage"));
        let form = SendMessageRequest {
            attachments: vec![Upload::path(&file).with_file_name(name)],
            ..Default::default()
        };
        client(&server).send_message("chat_1", &form).await.unwrap();
        assert_eq!(server.request().parts(), theirs.parts(), "{name:?}");
    }
}
