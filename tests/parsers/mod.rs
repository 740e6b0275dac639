//! What our client sends, read by public parsers of other languages: python-multipart, on which Starlette and FastAPI are built,
//! and multer, the usual one of Express. Both give the nested object that was meant.

mod reader;

use postpress_client::Upload;
use postpress_client::enums::{SourcingChannel, Visibility};
use postpress_client::forms::{
    ClassicOptions, DaysSchedule, FollowUp, LinkedinOptions, RecruiterOptions, ScheduledTime,
    SendMessageRequest, StartChatRequest,
};
use postpress_client::multipart::{ArrayNames, FormOptions};
use postpress_tests::client::keyless;
use postpress_tests::{Request, Server, examples};
use serde_json::{Value, json};

use self::reader::{READERS, Reader};

async fn start_chat(form: StartChatRequest, array_names: ArrayNames) -> Request {
    let server = Server::responding(examples::response("startChat"));
    let options = FormOptions::new().with_array_names(array_names);
    let client = keyless(&server.origin()).with_form_options(options);
    client.start_chat(&form).await.unwrap();
    server.request()
}

async fn send_message(form: SendMessageRequest) -> Request {
    let server = Server::responding(examples::response("sendMessage"));
    keyless(&server.origin())
        .send_message("chat_1", &form)
        .await
        .unwrap();
    server.request()
}

/// Fails unless every reader that is installed reads the object.
fn assert_read(request: &Request, meant: &Value) {
    for reader in READERS {
        assert_read_by(reader, request, meant);
    }
}

fn assert_read_by(reader: Reader, request: &Request, meant: &Value) {
    match reader.read(request, &[]) {
        Ok(read) => assert_eq!(read, *meant, "{reader:?}"),
        Err(why) => println!("{why}"),
    }
}

/// A file as the readers print it.
fn file(name: &str, media_type: &str, content: &[u8]) -> String {
    let content: String = content.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{name}; {media_type}; {content}")
}

/// Texts and files, nested to the third level.
fn recruiter() -> StartChatRequest {
    StartChatRequest {
        account_id: "acc_1".into(),
        attendees_ids: vec!["AEMAAA1".into(), "AEMAAA2".into()],
        text: Some("<strong>Hello</strong>".into()),
        subject: Some("A position".into()),
        attachments: vec![
            Upload::bytes("offer").with_file_name("offer.pdf"),
            Upload::bytes("a,b\r\n").with_file_name("table.csv"),
        ],
        voice_message: Some(Upload::bytes(&b"\0\xff\r\n"[..]).with_file_name("note.mp3")),
        video_message: None,
        linkedin: Some(LinkedinOptions::Recruiter(RecruiterOptions {
            signature: Some("Jordan".into()),
            hiring_project_id: Some("project_1".into()),
            job_posting_id: Some("job_1".into()),
            sourcing_channel: Some(SourcingChannel::Referral),
            email_address: Some("candidate@example.com".into()),
            visibility: Some(Visibility::Public),
            follow_up: Some(FollowUp {
                subject: "Still there?".into(),
                text: "We would love to hear from you.".into(),
                attachments: vec![
                    Upload::bytes("role").with_file_name("role.txt"),
                    Upload::bytes("team").with_file_name("team.png"),
                ],
                scheduled_time: ScheduledTime::Days(DaysSchedule {
                    days: 28,
                    timezone: "Europe/Paris".into(),
                }),
            }),
        })),
    }
}

#[tokio::test]
async fn a_full_follow_up_is_the_nested_object_that_was_meant() {
    let request = start_chat(recruiter(), ArrayNames::Plain).await;
    let meant = json!({
        "account_id": "acc_1",
        "attendees_ids": ["AEMAAA1", "AEMAAA2"],
        "text": "<strong>Hello</strong>",
        "subject": "A position",
        "attachments": [
            file("offer.pdf", "application/pdf", b"offer"),
            file("table.csv", "text/csv", b"a,b\r\n"),
        ],
        "voice_message": file("note.mp3", "audio/mpeg", b"\0\xff\r\n"),
        "linkedin": {
            "api": "recruiter",
            "signature": "Jordan",
            "hiring_project_id": "project_1",
            "job_posting_id": "job_1",
            "sourcing_channel": "REFERRAL",
            "email_address": "candidate@example.com",
            "visibility": "PUBLIC",
            "follow_up": {
                "subject": "Still there?",
                "text": "We would love to hear from you.",
                "attachments": [
                    file("role.txt", "text/plain", b"role"),
                    file("team.png", "image/png", b"team"),
                ],
                "scheduled_time": { "days": "28", "timezone": "Europe/Paris" },
            },
        },
    });
    assert_read(&request, &meant);
}

#[tokio::test]
async fn a_message_with_everything_is_the_object_that_was_meant() {
    let request = send_message(SendMessageRequest {
        text: Some("Got it - thanks!".into()),
        account_id: Some("acc_1".into()),
        thread_id: Some("thread_1".into()),
        quote_id: Some("msg_1".into()),
        voice_message: Some(Upload::bytes("voice").with_file_name("note.mp3")),
        video_message: Some(Upload::bytes("video").with_file_name("hello.mp4")),
        attachments: vec![Upload::bytes("%PDF").with_file_name("file.pdf")],
        typing_duration: Some("3000".into()),
    })
    .await;
    let meant = json!({
        "text": "Got it - thanks!",
        "account_id": "acc_1",
        "thread_id": "thread_1",
        "quote_id": "msg_1",
        "voice_message": file("note.mp3", "audio/mpeg", b"voice"),
        "video_message": file("hello.mp4", "video/mp4", b"video"),
        "attachments": file("file.pdf", "application/pdf", b"%PDF"),
        "typing_duration": "3000",
    });
    assert_read(&request, &meant);
}

#[tokio::test]
async fn a_form_without_parts_is_an_empty_object() {
    let request = send_message(SendMessageRequest::default()).await;
    assert_read(&request, &json!({}));
}

#[tokio::test]
async fn no_value_breaks_out_of_its_field() {
    for value in [
        "",
        "\r\n",
        "\r\n--",
        "--x\r\nContent-Disposition: form-data; name=\"forged\"\r\n\r\n1\r\n--x--\r\n",
        "\"; filename=\"x",
        "[follow_up][text]",
        "linkedin[api]=recruiter&a=b",
        "a\rb\nc\0d\\",
        "Zo\u{eb} \u{65e5}\u{672c}\u{8a9e} \u{1f600}",
    ] {
        let options = ClassicOptions {
            applicant_id: Some(value.into()),
            ..Default::default()
        };
        let form = StartChatRequest {
            account_id: value.into(),
            text: Some(value.into()),
            linkedin: Some(LinkedinOptions::Classic(options)),
            ..Default::default()
        };
        let meant = json!({
            "account_id": value,
            "text": value,
            "linkedin": { "api": "classic", "applicant_id": value },
        });
        assert_read(&start_chat(form, ArrayNames::Plain).await, &meant);
    }
}

#[tokio::test]
async fn no_file_name_breaks_out_of_its_header() {
    for (name, escaped) in [
        ("Zo\u{eb} \u{65e5}\u{672c} \u{1f600}.pdf", None),
        ("a\"b.pdf", Some("a%22b.pdf")),
        (
            "a\r\nX-Evil: 1\r\n\r\n.pdf",
            Some("a%0D%0AX-Evil: 1%0D%0A%0D%0A.pdf"),
        ),
        ("\"; name=\"text.pdf", Some("%22; name=%22text.pdf")),
        ("a;b=c&d.pdf", None),
        ("linkedin[api].pdf", None),
    ] {
        let request = send_message(SendMessageRequest {
            text: Some("before".into()),
            attachments: vec![Upload::bytes("1").with_file_name(name)],
            typing_duration: Some("after".into()),
            ..Default::default()
        })
        .await;
        for reader in READERS {
            // multer undoes the escapes of the name, python-multipart leaves them.
            let read_name = match reader {
                Reader::PythonMultipart => escaped.unwrap_or(name),
                Reader::Multer => name,
            };
            let meant = json!({
                "text": "before",
                "attachments": file(read_name, "application/pdf", b"1"),
                "typing_duration": "after",
            });
            assert_read_by(reader, &request, &meant);
        }
    }
}

#[tokio::test]
async fn with_brackets_a_list_of_one_is_a_list() {
    let form = StartChatRequest {
        attendees_ids: vec!["AEMAAA1".into()],
        ..Default::default()
    };
    for (array_names, attendees) in [
        (ArrayNames::Plain, json!("AEMAAA1")),
        (ArrayNames::TextBrackets, json!(["AEMAAA1"])),
        (ArrayNames::Brackets, json!(["AEMAAA1"])),
    ] {
        let request = start_chat(form.clone(), array_names).await;
        assert_read(
            &request,
            &json!({ "account_id": "", "attendees_ids": attendees }),
        );
    }
}

#[tokio::test]
async fn a_server_that_names_its_file_fields_takes_plain_names_only() {
    let fields = [
        "attachments",
        "voice_message",
        "linkedin[follow_up][attachments]",
    ];
    for (array_names, accepted) in [
        (ArrayNames::Plain, true),
        (ArrayNames::TextBrackets, true),
        (ArrayNames::Brackets, false),
    ] {
        let request = start_chat(recruiter(), array_names).await;
        match Reader::Multer.read(&request, &fields) {
            Ok(read) if accepted => {
                assert_eq!(read["attachments"].as_array().unwrap().len(), 2);
                assert_eq!(
                    read["linkedin"]["follow_up"]["scheduled_time"]["days"],
                    "28"
                );
            }
            Ok(read) => assert_eq!(read, json!({ "error": "LIMIT_UNEXPECTED_FILE" })),
            Err(why) => println!("{why}"),
        }
    }
}
